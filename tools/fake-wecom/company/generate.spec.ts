import { load } from '../test-support/load.ts';
import type { Department, Member, Notable, Tag } from '../server.mjs';

interface Generated {
  departments: Department[];
  members: Member[];
  tags: Tag[];
  notable: Notable;
}

let generate: (options: object) => Generated;
let levelsOf: (company: Generated) => number[];
let large: Generated;

beforeAll(async () => {
  generate = (await load('company/generate.mjs')).generateCompany;
  const { Company } = await load('company/company.mjs');
  levelsOf = (company) => {
    const tree = new Company(company);
    return company.departments.map(({ id }) => tree.level(id));
  };
  large = generate({ people: 30_000, departments: 2_000 });
});

describe('a company of 30,000 in 2,000 departments', () => {
  it('has as many, all different, all in departments that there are', () => {
    const { departments, members } = large;
    expect([departments.length, members.length]).toEqual([2_000, 30_000]);
    expect(new Set(members.map(({ userid }) => userid.toLowerCase())).size).toBe(30_000);
    expect(new Set(departments.map(({ id }) => id)).size).toBe(2_000);
    for (const field of ['mobile', 'email', 'biz_mail'] as const) {
      const values = members.map((member) => member[field]).filter(Boolean);
      expect(new Set(values).size).toBe(values.length);
    }
    const ids = new Set(departments.map(({ id }) => id));
    const userids = new Set(members.map(({ userid }) => userid));
    const isWhole = ({ userid, department, order, is_leader_in_dept, main_department, direct_leader }: Member) =>
      department.length > 0 &&
      department.every((id) => ids.has(id)) &&
      order.length === department.length &&
      is_leader_in_dept.length === department.length &&
      department.includes(main_department) &&
      direct_leader.every((leader) => userids.has(leader) && leader !== userid);
    expect(members.filter((member) => !isWhole(member))).toEqual([]);
    const leaders = departments.flatMap(({ department_leader }) => department_leader);
    expect(leaders.filter((userid) => !userids.has(userid))).toEqual([]);
  });

  it('is a tree of 15 levels below one root, no two siblings of one name', () => {
    const { departments } = large;
    const levels = levelsOf(large);
    expect(Math.max(...levels)).toBe(15);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels[departments.findIndex(({ id }) => id === large.notable.deepestDepartment)]).toBe(15);
    expect(new Set(departments.map(({ parentid, name }) => `${parentid}/${name}`)).size).toBe(2_000);
  });

  it('has every status, people in many departments, leaders of whom the two sides do not always agree', () => {
    const { departments, members, notable } = large;
    expect(new Set(members.map(({ status }) => status))).toEqual(new Set([1, 2, 4, 5]));
    const busiest = members.find(({ userid }) => userid === notable.busiest);
    expect(busiest!.department).toHaveLength(20);
    expect(members.filter(({ department }) => department.length > 1).length).toBeGreaterThan(1_000);
    const leads = new Set(
      departments.flatMap(({ id, department_leader }) => department_leader.map((who) => `${id}/${who}`)),
    );
    const flags = new Set(
      members.flatMap(({ userid, department, is_leader_in_dept }) =>
        department.filter((_, n) => is_leader_in_dept[n] === 1).map((id) => `${id}/${userid}`),
      ),
    );
    expect(flags.size).toBeGreaterThan(1_000);
    expect([...leads].some((lead) => !flags.has(lead))).toBe(true);
    const orders = [...departments, ...members.flatMap(({ order }) => order.map((each) => ({ order: each })))];
    expect(orders.some(({ order }) => order === 4_294_967_295)).toBe(true);
    expect(departments.some(({ id }) => id > 2 ** 31)).toBe(true);
  });
});

describe.each([
  [50, 8],
  [200, 20],
])('a company of %i in %i departments', (people, departments) => {
  it('has the peculiar ones', () => {
    const company = generate({ people, departments });
    const { notable } = company;
    const named = (id?: number) => company.departments.find((each) => each.id === id)!;
    const staff = (id?: number) => company.members.filter(({ department }) => department.includes(id!));
    expect(staff(notable.emptyDepartment)).toEqual([]);
    expect(staff(notable.hiddenDepartment).map(({ userid, department }) => [userid, department])).toEqual([
      [notable.pickedAlone, [notable.hiddenDepartment]],
    ]);
    expect(notable.openDepartments).not.toContain(notable.hiddenDepartment);
    expect(named(notable.namedLikeRoot).name).toBe(named(1).name);
    expect(named(notable.oddDepartment).name).toMatch(/&.*\]\]>.*</);
    const userids = company.members.map(({ userid }) => userid);
    expect(userids).toEqual(expect.arrayContaining(['00123', 'ZhangSan', 'x'.repeat(64), '9007199254740993']));
    expect(userids.every((userid) => /^[A-Za-z0-9][\w\-@.]{0,63}$/.test(userid))).toBe(true);
    const names = company.members.map(({ name }) => name).join('\n');
    for (const part of ['&', '<b>', ']]>', '😀', '👨‍👩‍👧‍👦', '𠮷']) expect(names).toContain(part);
    expect(new Set(company.members.map(({ status }) => status))).toEqual(new Set([1, 2, 4, 5]));
    expect(company.members.some(({ extattr }) => extattr.attrs === undefined)).toBe(true);
  });
});

it('the same seed makes the same company, another one another', () => {
  const options = { people: 100, departments: 60 };
  expect(generate(options)).toEqual(generate(options));
  expect(generate({ ...options, seed: 2 })).not.toEqual(generate(options));
  expect(Math.max(...levelsOf(generate({ people: 1, departments: 52 })))).toBe(15);
});

it.each([
  [0, 1],
  [1, 1],
  [3, 2],
  [2, 6],
])('%i people in %i departments are a company, too', (people, departments) => {
  const company = generate({ people, departments });
  expect([company.members.length, company.departments.length]).toEqual([people, departments]);
});

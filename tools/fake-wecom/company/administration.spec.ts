import { startFake, stopFakes } from '../test-support/client.ts';
import { load } from '../test-support/load.ts';
import type { CompanyOptions, FakeWecom } from '../server.mjs';

/** 1 → 2 → 3 → … → 15, and 20 beside 2. */
const company: CompanyOptions = {
  departments: [
    ...Array.from({ length: 15 }, (_, n) => ({ id: n + 1, name: `D${n + 1}`, parentid: n })),
    { id: 20, name: 'Beside', parentid: 1, department_leader: ['Ann'] },
  ],
  members: [
    {
      userid: 'Ann',
      name: 'Ann',
      department: [2, 3],
      order: [5, 6],
      is_leader_in_dept: [1, 0],
      main_department: 3,
      email: 'a@example.com',
    },
    { userid: 'bo', name: 'Bo', department: [20], direct_leader: ['Ann'], mobile: '13000000000' },
  ],
  tags: [{ tagid: 1, tagname: 'T', userlist: ['ann'] }],
};
let fake: FakeWecom;

beforeEach(async () => {
  fake = await startFake({ company });
});
afterEach(stopFakes);

describe('a member who moves', () => {
  it('keeps what belongs to the departments that stay, and gets a main department among the new ones', () => {
    expect(fake.administration.moveMember('ANN', [20, 2])).toMatchObject({
      department: [20, 2],
      order: [0, 5],
      is_leader_in_dept: [0, 1],
      main_department: 20,
    });
    const staff = (id: number) => fake.company.membersOf(id).map(({ userid }) => userid);
    expect([staff(2), staff(3), staff(20)]).toEqual([['Ann'], [], ['bo', 'Ann']]);
  });
});

describe('a new userid', () => {
  it('follows wherever the old one stood', () => {
    fake.administration.changeUserid('ann', 'Anna');
    expect(fake.company.member('ann')).toBeUndefined();
    expect(fake.company.member('anna')!.department).toEqual([2, 3]);
    expect(fake.company.member('bo')!.direct_leader).toEqual(['Anna']);
    expect(fake.company.department(20)!.department_leader).toEqual(['Anna']);
    expect(fake.truth().tags[0]!.userlist).toEqual(['Anna']);
  });

  it('may be the old one in another spelling', () => {
    fake.administration.changeUserid('ann', 'ANN');
    expect(fake.truth().members.map(({ userid }) => userid)).toEqual(['ANN', 'bo']);
  });
});

it('who leaves leads nobody any more', () => {
  fake.administration.deleteMember('ann');
  expect(fake.company.member('bo')!.direct_leader).toEqual([]);
  expect(fake.company.department(20)!.department_leader).toEqual([]);
  expect(fake.company.membersOf(2)).toEqual([]);
});

it('a member is disabled and enabled by its status', () => {
  expect(fake.administration.disableMember('bo').status).toBe(2);
  expect(fake.administration.enableMember('bo').status).toBe(1);
});

describe('what cannot be', () => {
  it.each<[string, number, (fake: FakeWecom) => unknown]>([
    ['a userid with a space', 40003, ({ administration }) => administration.addMember({ userid: 'a b', name: 'A' })],
    ['a userid that exists', 60102, ({ administration }) => administration.addMember({ userid: 'ANN', name: 'A' })],
    ['the userid of another', 60102, ({ administration }) => administration.changeUserid('ann', 'BO')],
    ['an unknown department', 60123, ({ administration }) => administration.moveMember('ann', [99])],
    ['an unknown member', 60111, ({ administration }) => administration.renameMember('nobody', 'N')],
    ['an empty name', 60112, ({ administration }) => administration.renameMember('ann', '')],
    [
      'the phone of another',
      60104,
      ({ administration }) => administration.updateMember('ann', { mobile: '13000000000' }),
    ],
    [
      'the mail of another',
      60106,
      ({ administration }) => administration.updateMember('bo', { email: 'a@example.com' }),
    ],
    ['a circle', 60010, ({ administration }) => administration.moveDepartment(2, 5)],
    [
      'a department below level 15',
      60010,
      ({ administration }) => administration.addDepartment({ name: 'X', parentid: 15 }),
    ],
    ['a subtree that gets too deep', 60010, ({ administration }) => administration.moveDepartment(2, 20)],
    ['an unknown parent', 60004, ({ administration }) => administration.moveDepartment(20, 99)],
    ['a second root', 60004, ({ administration }) => administration.moveDepartment(20, 0)],
    ['a root that moves', 60010, ({ administration }) => administration.moveDepartment(1, 20)],
    ['two siblings of one name', 60008, ({ administration }) => administration.renameDepartment(20, 'D2')],
    ['a department that is not empty', 60005, ({ administration }) => administration.deleteDepartment(20)],
    ['a parent that goes first', 60006, ({ administration }) => administration.deleteDepartment(2)],
    ['no root', 60007, ({ administration }) => administration.deleteDepartment(1)],
    ['an unknown department that goes', 60003, ({ administration }) => administration.deleteDepartment(99)],
  ])('%s is refused with %i and changes nothing', (_what, errcode, act) => {
    const before = structuredClone(fake.truth());
    let found: unknown;
    try {
      act(fake);
    } catch (error) {
      found = (error as { errcode?: number }).errcode;
    }
    expect(found).toBe(errcode);
    expect(fake.truth()).toEqual(before);
  });
});

it('departments come, move, get another name and go', () => {
  const { administration } = fake;
  const { id } = administration.addDepartment({ name: 'R&D <x> ]]>', parentid: 20 });
  expect(id).toBe(21);
  administration.moveDepartment(id, 2);
  administration.renameDepartment(id, 'Lab');
  expect(fake.company.department(id)).toMatchObject({ name: 'Lab', parentid: 2 });
  administration.deleteDepartment(id);
  expect(fake.company.department(id)).toBeUndefined();
});

describe('random changes', () => {
  it('are the same for the same seed, and leave a company that holds together', async () => {
    const make = async () => {
      const other = await startFake({ people: 80, departments: 20, seed: 5 });
      return {
        changes: other.changeAtRandom(400),
        truth: other.truth(),
        level: other.company.level.bind(other.company),
      };
    };
    const [one, two] = [await make(), await make()];
    expect(one.changes).toEqual(two.changes);
    expect(one.truth).toEqual(two.truth);
    expect(new Set(one.changes.map(({ kind }) => kind)).size).toBe(9);
    const ids = new Set(one.truth.departments.map(({ id }) => id));
    for (const { department } of one.truth.members) expect(department.every((id) => ids.has(id))).toBe(true);
    for (const id of ids) expect(one.level(id)).toBeLessThanOrEqual(15);
  });

  it('can be of one kind', () => {
    expect(fake.changeAtRandom(5, ['rename']).map(({ kind }) => kind)).toEqual(Array(5).fill('rename'));
    expect(() => fake.changeAtRandom(1, ['fire' as never])).toThrow('Kinds are');
  });
});

it('a member has no fields of its own invention', async () => {
  const { completeMember } = await load('company/member.mjs');
  expect(() => completeMember({ userid: 'a', nickname: 'A' })).toThrow('no field "nickname"');
});

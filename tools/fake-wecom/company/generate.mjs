import { Random } from '../random.mjs';
import { generateDepartments } from './generate-departments.mjs';
import { completeMember } from './member.mjs';
import { FAMILY, GIVEN, ODD_PEOPLE, POSITIONS } from './names.mjs';

const MAX_ORDER = 2 ** 32 - 1;
const MOST_DEPARTMENTS = 20;

/**
 * A company of any size, the same for the same seed: `{ departments, members, tags, notable }`. `notable` names what tests
 * look for:
 *
 * - `emptyDepartment`: has no members; `namedLikeRoot`: bears the name of the root; `oddDepartment`: `&`, `<`, `]]>` in its
 *   name; `deepestDepartment`: the last of the longest chain, level 15 from 52 departments on;
 * - `hiddenDepartment`, `pickedAlone`: a department at the top and the one who is only there; with a visible range of
 *   `openDepartments` (all the others at the top) and `pickedAlone`, that member has no visible department;
 * - `busiest`: the member in most departments.
 *
 * Those that the number of departments leaves no room for are absent: from 6 departments on all are there.
 */
export function generateCompany({ people = 50, departments: departmentCount = 8, seed = 1, name = '示例科技' } = {}) {
  const random = new Random(seed);
  const { departments, notable } = generateDepartments(departmentCount, name, random);
  const closed = new Set([notable.emptyDepartment, notable.hiddenDepartment]);
  const open = departments.map(({ id }) => id).filter((id) => !closed.has(id));
  const userids = new UniqueIds(random);
  const members = [];
  for (let n = 0; n < people; n++) {
    const isAlone = n === people - 1 && n > 0 && notable.hiddenDepartment !== undefined;
    const department = isAlone ? [notable.hiddenDepartment] : departmentsOf(n, open, random);
    members.push(memberOf(n, department, userids, random));
    if (isAlone) notable.pickedAlone = members[n].userid;
  }
  if (members.length > 1) notable.busiest = members[1].userid;
  return { departments: withLeaders(departments, members, random), members, tags: tagsOf(members, open), notable };
}

/** One or two, now and then more; the second person is in as many as there are, up to 20. */
function departmentsOf(n, open, random) {
  if (n === 1) return random.shuffled(open).slice(0, MOST_DEPARTMENTS);
  // A department has somebody before another has many.
  const first = n < open.length ? open[n] : random.pick(open);
  const count = random.chance(0.12) ? 2 + random.below(3) : 1;
  return [...new Set([first, ...Array.from({ length: count - 1 }, () => random.pick(open))])];
}

function memberOf(n, department, userids, random) {
  const family = random.pick(FAMILY);
  const given = random.pick(GIVEN);
  const odd = ODD_PEOPLE[n];
  const userid = odd?.userid ?? userids.next(family.pinyin, given.pinyin);
  const status = statusOf(n, random);
  const hasPhone = status !== 4 || random.chance(0.8);
  return completeMember({
    userid,
    name: odd?.name ?? `${family.name}${given.name}${random.chance(0.02) ? '🎉' : ''}`,
    department,
    order: department.map(() => (random.chance(0.05) ? MAX_ORDER : random.below(1_000_000))),
    position: random.pick(POSITIONS),
    mobile: hasPhone ? String(13_000_000_000 + n) : '',
    gender: String(random.below(3)),
    email: random.chance(0.9) ? `person${n}@example.com` : '',
    biz_mail: `person${n}@corp.example.com`,
    is_leader_in_dept: department.map(() => 0),
    avatar: `https://example.com/avatar/${n}/0`,
    thumb_avatar: `https://example.com/avatar/${n}/100`,
    telephone: random.chance(0.3) ? `020-${100_000 + (n % 900_000)}` : '',
    alias: random.chance(0.3) ? `${given.pinyin} ${family.pinyin}` : '',
    address: random.chance(0.2) ? `示例路 ${n} 号` : '',
    main_department: random.pick(department),
    status,
    extattr: extattrOf(n, random),
    qr_code: `https://example.com/qr/${n}`,
    external_position: random.chance(0.1) ? '顾问' : '',
  });
}

/** Everyone of the first twenty is fixed, so that small companies have all four. */
function statusOf(n, random) {
  if (n < 20) return { 3: 2, 4: 4, 7: 4, 9: 5, 13: 2 }[n] ?? 1;
  const roll = random.next();
  if (roll < 0.03) return 2;
  if (roll < 0.1) return 4;
  return roll < 0.105 ? 5 : 1;
}

/** Staff number and a page; some have none, and some answers of the vendor have an empty object. */
function extattrOf(n, random) {
  if (n % 17 === 5) return {};
  const attrs = [{ type: 0, name: '工号', text: { value: `E${String(n).padStart(6, '0')}` } }];
  if (random.chance(0.2))
    attrs.push({ type: 1, name: '主页', web: { url: `https://example.com/${n}`, title: '主页' } });
  // Older answers also have the text beside it.
  if (random.chance(0.1)) attrs[0].value = attrs[0].text.value;
  return { attrs };
}

/** Heads of departments and direct leaders. In a few departments the two notions of a leader disagree. */
function withLeaders(departments, members, random) {
  const staff = new Map(departments.map(({ id }) => [id, []]));
  for (const member of members) for (const id of member.department) staff.get(id).push(member);
  const led = departments.map((department) => {
    const people = staff.get(department.id);
    if (people.length === 0 || random.chance(0.15)) return department;
    // The second person is everywhere, and would lead everything.
    const able = people.length > 1 ? people.filter((member) => member !== members[1]) : people;
    const leaders = able.slice(0, able.length > 4 && random.chance(0.2) ? 2 : 1);
    for (const leader of leaders) {
      if (random.chance(0.03)) continue;
      leader.is_leader_in_dept[leader.department.indexOf(department.id)] = 1;
    }
    return { ...department, department_leader: leaders.map(({ userid }) => userid) };
  });
  const byId = new Map(led.map((department) => [department.id, department]));
  for (const member of members) member.direct_leader = leaderAbove(member, byId);
  return led;
}

/** The head of the main department, for the head itself that of the department above. */
function leaderAbove({ userid, main_department: main }, byId) {
  for (let at = byId.get(main); at; at = byId.get(at.parentid)) {
    const [leader] = at.department_leader;
    if (leader && leader !== userid && !at.department_leader.includes(userid)) return [leader];
  }
  return [];
}

function tagsOf(members, open) {
  const userlist = members.slice(0, 3).map(({ userid }) => userid);
  return [
    { tagid: 1, tagname: '安全员', userlist, partylist: [] },
    { tagid: 2, tagname: '全体', userlist: [], partylist: open.slice(-1) },
  ];
}

/** `wangwei`, `LiNa17`, `chen_fang3`: no two alike, whatever the case. */
class UniqueIds {
  #taken = new Map(ODD_PEOPLE.map(({ userid }) => [userid.toLowerCase(), 0]));
  #random;

  constructor(random) {
    this.#random = random;
  }

  next(family, given) {
    const [first, last] = this.#random.chance(0.2) ? [capital(family), capital(given)] : [family, given];
    const base = `${first}${this.#random.chance(0.15) ? this.#random.pick(['_', '.', '-']) : ''}${last}`;
    const key = base.toLowerCase();
    const count = this.#taken.get(key) ?? 0;
    this.#taken.set(key, count + 1);
    return count === 0 ? base : `${base}${count + 1}`;
  }
}

function capital(word) {
  return word[0].toUpperCase() + word.slice(1);
}

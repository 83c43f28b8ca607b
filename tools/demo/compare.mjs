// What Rollcall made of a company, and what it should have made of it, in one shape: two lists that can be compared.

const DISABLED = 2;
const LEFT = 5;

/** The company as its users and departments should stand: a member who left is nobody. */
export function expectedDirectory({ departments, members }) {
  const here = members.filter(({ status }) => status !== LEFT);
  const known = new Set(here.map(({ userid }) => userid.toLowerCase()));
  const leaders = new Map(
    departments.map(({ id, department_leader: ids }) => [id, ids.map((uid) => uid.toLowerCase())]),
  );
  for (const { userid, department, is_leader_in_dept: leads } of here) {
    department.forEach((id, index) => leads[index] === 1 && leaders.get(id)?.push(userid.toLowerCase()));
  }
  return {
    users: sorted(
      here.map((member) => ({
        uid: member.userid.toLowerCase(),
        name: member.name,
        disabled: member.status === DISABLED,
        departments: [...member.department].map(String).sort(),
        main: String(member.main_department),
        manager:
          member.direct_leader
            .map((uid) => uid.toLowerCase())
            .slice(0, 1)
            .find((uid) => known.has(uid)) ?? null,
      })),
    ),
    departments: sorted(
      departments.map(({ id, name, parentid }) => ({
        uid: String(id),
        title: name,
        parent: parentid === 0 ? null : String(parentid),
        owners: [...new Set(leaders.get(id))].filter((uid) => known.has(uid)).sort(),
      })),
    ),
  };
}

/** What stands in Rollcall of one source. */
export async function actualDirectory(api, source) {
  const users = await everything(api, '/api/users?');
  const departments = await everything(api, '/api/departments?');
  const uidOf = ({ links }) => links.find((link) => link.source === source.name)?.uid;
  const uids = new Map(users.map((user) => [user.id, uidOf(user)]));
  const departmentUids = new Map(departments.map((department) => [department.id, uidOf(department)]));
  return {
    users: sorted(
      users.map((user) => ({
        uid: uidOf(user),
        name: user.nickname,
        disabled: user.status === 'disabled',
        departments: user.departments
          .map(({ id }) => departmentUids.get(id))
          .filter(Boolean)
          .sort(),
        main: departmentUids.get(user.departments.find(({ isMain }) => isMain)?.id),
        manager: user.manager ? uids.get(user.manager.id) : null,
      })),
    ),
    departments: sorted(
      departments
        .filter((department) => uidOf(department) !== undefined)
        .map((department) => ({
          uid: uidOf(department),
          title: department.title,
          parent: departmentUids.get(department.parentId) ?? null,
          owners: department.owners
            .map(({ id }) => uids.get(id))
            .filter(Boolean)
            .sort(),
        })),
    ),
  };
}

/** Of a directory what WeCom announces today: who is there, where, and the tree. Not names, leaders and who is disabled. */
export function announced({ users, departments }) {
  return {
    users: users.map((user) => ({ ...user, name: '', disabled: false, manager: '' })),
    departments: departments.map((department) => ({ ...department, title: '', owners: [] })),
  };
}

async function everything(api, path) {
  const all = [];
  for (let page = 1; ; page++) {
    const { items } = await api('GET', `${path}page=${page}&pageSize=200&sort=id`);
    all.push(...items);
    if (items.length < 200) return all;
  }
}

const sorted = (list) => list.filter(({ uid }) => uid !== undefined).sort((a, b) => (a.uid < b.uid ? -1 : 1));

/** The first few differences, in words for a person who looks for the fault. */
export function differences(actual, expected) {
  const found = [];
  for (const kind of ['departments', 'users']) {
    const is = new Map(actual[kind].map((item) => [item.uid, JSON.stringify(item)]));
    const should = new Map(expected[kind].map((item) => [item.uid, JSON.stringify(item)]));
    for (const [uid, text] of should)
      if (is.get(uid) !== text) found.push(`${kind}: ${is.get(uid) ?? 'nobody'} should be ${text}`);
    for (const [uid, text] of is) if (!should.has(uid)) found.push(`${kind}: ${text} should not be there`);
  }
  return found;
}

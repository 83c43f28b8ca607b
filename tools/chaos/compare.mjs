// Holds the tables against what the company said.
import company from './company-source/company.cjs';

const USERS = `
  select u.username, u.email, u.nickname, u.status, m.username as manager,
    (select json_agg(json_build_object('department', l.uid, 'isMain', s.is_main) order by l.uid)
     from memberships s
     join (
       select r.uid, l.resource_id from links l join records r on r.id = l.record_id
       join targets t on t.id = l.target_id and t.name = 'departments' where l.data_type = 'department'
     ) l on l.resource_id = s.department_id
     where s.user_id = u.id) as memberships
  from users u left join users m on m.id = u.manager_id
  where u.deleted_at is null`;

const DEPARTMENTS = `select title from departments where deleted_at is null order by title`;

/** Records or links that are behind, and what a task leaves behind that it should not. */
const REMAINS = {
  'records without a link': `select 1 from records r where not exists (select 1 from links l where l.record_id = r.id)`,
  'links that are behind': `select 1 from links l join records r on r.id = l.record_id where (l.dirty or l.version <> r.version) and r.gone is null`,
  'two links of one source for one user': `
    select 1 from links l join targets t on t.id = l.target_id and t.name = 'users' group by l.resource_id having count(*) > 1`,
  'staged rows': 'select 1 from staging',
  'staging relations': `select 1 from pg_class where relname like 'staging\\_%' and relkind = 'r'`,
  'tasks that are not over': `select 1 from tasks where status in ('queued', 'running')`,
  'references that wait': 'select 1 from waiting_references',
};

/** Throws, naming the first difference, unless the tables say what the company said up to this version. */
export async function compare(database, version) {
  const { rows } = await database.query(USERS);
  const found = new Map(rows.map((row) => [row.username, row]));
  const expected = company.expectedUsers(version);
  const present = new Set(expected.map((user) => user.uid));
  if (rows.length !== expected.length) throw new Error(`${rows.length} users, expected ${expected.length}`);
  for (const user of expected) {
    const manager = present.has(user.managerUid) ? user.managerUid.replace('u', 'user.') : null;
    const wanted = {
      username: user.username,
      email: user.email,
      nickname: user.nickname,
      status: user.status,
      manager,
      memberships: user.departments.map(({ uid }) => ({ department: uid, isMain: true })),
    };
    const row = found.get(user.username);
    if (JSON.stringify(row) !== JSON.stringify(wanted)) {
      throw new Error(`user ${user.uid}: ${JSON.stringify(row)}, expected ${JSON.stringify(wanted)}`);
    }
  }
  const titles = (await database.query(DEPARTMENTS)).rows.map((row) => row.title);
  const wantedTitles = company.company(version).departments.map((department) => department.title);
  if (titles.join() !== wantedTitles.sort().join()) throw new Error(`departments: ${titles.join()}`);
  for (const [what, text] of Object.entries(REMAINS)) {
    // References to people who are not there yet wait, as they should, until the version that brings everybody.
    if (what === 'references that wait' && version === 0) continue;
    const { rowCount } = await database.query(text);
    if (rowCount > 0) throw new Error(`${rowCount} ${what}`);
  }
}

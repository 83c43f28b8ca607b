import type { DataType } from '@rollcall/core';
import type { Pool } from '../database/postgres';
import type { SHARED_FIELDS } from './directory-model';

export interface UserRow {
  id: number;
  values: Record<(typeof SHARED_FIELDS)[number], unknown>;
  status: 'active' | 'disabled' | 'deleted';
  managerId: number | null;
  /** Visible ones, in no order. */
  memberships: { department: string; flagged: boolean; main: boolean }[];
}

export interface DepartmentRow {
  id: number;
  title: string;
  parentId: number | null;
}

/** What the tables show, and which record stands for which row. */
export interface Tables {
  users: Map<number, UserRow>;
  /** Those that are not deleted. */
  departments: Map<number, DepartmentRow>;
  /** `source/uid` → id. */
  links: Record<DataType, Map<string, number>>;
}

const USERS = `
  select u.id, u.manager_id as "managerId",
    jsonb_build_object('username', u.username, 'email', u.email, 'nickname', u.nickname, 'desk', u.custom -> 'desk') as values,
    case when u.deleted_at is not null then 'deleted' else u.status end as status,
    coalesce((
      select jsonb_agg(jsonb_build_object('department', s.name || '/' || r.uid, 'flagged', m.flagged_main, 'main', m.is_main))
      from memberships m
      join departments d on d.id = m.department_id and d.deleted_at is null
      join links l on l.target_id = (select id from targets where name = 'departments') and l.data_type = 'department'
        and l.resource_id = d.id
      join records r on r.id = l.record_id
      join sources s on s.id = m.source_id
      where m.user_id = u.id
    ), '[]') as memberships
  from users u`;

const DEPARTMENTS = `
  select d.id, d.title, p.id as "parentId"
  from departments d left join departments p on p.id = d.parent_id and p.deleted_at is null
  where d.deleted_at is null`;

/** Attachments have links, too: only those of the resource itself are wanted. */
const LINKS = `
  select r.data_type, s.name || '/' || r.uid as record, l.resource_id
  from links l
  join records r on r.id = l.record_id
  join sources s on s.id = r.source_id
  join targets t on t.id = l.target_id and t.name = r.data_type || 's'
  where l.state <> 'detached'`;

export async function readTables(pool: Pool): Promise<Tables> {
  const users = await pool.query<UserRow>(USERS);
  const departments = await pool.query<DepartmentRow>(DEPARTMENTS);
  const links = await pool.query<{ data_type: DataType; record: string; resource_id: number }>(LINKS);
  const of = (dataType: DataType): Map<string, number> =>
    new Map(links.rows.filter((row) => row.data_type === dataType).map((row) => [row.record, row.resource_id]));
  return {
    users: new Map(users.rows.map((row) => [row.id, row])),
    departments: new Map(departments.rows.map((row) => [row.id, row])),
    links: { user: of('user'), department: of('department') },
  };
}

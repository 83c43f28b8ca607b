import type { DataType } from '@rollcall/core';
import { isLinkOf } from '../../directory/sql/linked-records';

/** SQL: which sources state resource `id`, and under which uid, as JSON. */
const statedBy = (dataType: DataType, id: string): string => `(
      select coalesce(json_agg(json_build_object('source', s.name, 'uid', r.uid) order by r.id), '[]')
      from links k
      join records r on r.id = k.record_id
      join sources s on s.id = r.source_id
      where ${isLinkOf(dataType)} and k.resource_id = ${id}
    )`;

/**
 * How users stand now, deleted ones included: what stands in their own row and in statements about them, those of departments
 * that name their owners among them. $1 ids.
 */
const USERS = `
  select u.id, u.username, u.nickname, u.email, u.phone,
    case when u.deleted_at is null then u.status else 'deleted' end as status,
    u.manager_id as "managerId", d.departments, u.custom, u.protected, u.locked_fields as "lockedFields",
    ${statedBy('user', 'u.id')} as links, u.created_at as "createdAt", u.updated_at as "updatedAt"
  from users u
  cross join lateral (
    select coalesce(json_agg(json_build_object('id', m.department_id, 'isMain', m.is_main, 'isOwner', m.is_owner or exists (
        select from department_owners o where o.department_id = m.department_id and o.user_id = u.id
      ))
      order by m.is_main desc, m.department_id), '[]') as departments
    from (
      select department_id, bool_or(is_main) as is_main, bool_or(is_owner) as is_owner
      from memberships where user_id = u.id group by department_id
    ) m
    join departments d on d.id = m.department_id and d.deleted_at is null
  ) d
  where u.id = any ($1::bigint[])`;

/** The same of departments. */
const DEPARTMENTS = `
  select d.id, d.title, case when d.deleted_at is null then 'active' else 'deleted' end as status,
    d.parent_id as "parentId", d.sort,
    (
      select coalesce(json_agg(distinct o.user_id order by o.user_id), '[]')
      from department_owners o
      join users u on u.id = o.user_id and u.deleted_at is null
      where o.department_id = d.id
    ) as "ownerIds",
    d.custom, d.locked_fields as "lockedFields",
    ${statedBy('department', 'd.id')} as links, d.created_at as "createdAt", d.updated_at as "updatedAt"
  from departments d
  where d.id = any ($1::bigint[])`;

export const CURRENT: Readonly<Record<DataType, string>> = { user: USERS, department: DEPARTMENTS };

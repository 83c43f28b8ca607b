import { linksOf, provenanceOf } from './linked-records';

/** Everything that is shown of departments. $1: their ids, in the order in which they are wanted. */
export const DEPARTMENT_VIEWS = `
  select d.id, d.title, p.id as "parentId", d.sort,
    not exists (select from departments c where c.parent_id = d.id and c.deleted_at is null) as "isLeaf",
    owned.owners,
    d.custom, d.locked_fields as "lockedFields",
    linked.links, settled.provenance,
    d.created_at as "createdAt", d.updated_at as "updatedAt"
  from unnest($1::bigint[]) with ordinality wanted (id, place)
  join departments d on d.id = wanted.id and d.deleted_at is null
  left join departments p on p.id = d.parent_id and p.deleted_at is null
  cross join lateral (
    select coalesce(json_agg(json_build_object('id', u.id, 'nickname', u.nickname) order by u.id), '[]') as owners
    from users u
    where u.deleted_at is null and u.id in (
      select user_id from memberships where department_id = d.id and is_owner
      union all
      select user_id from department_owners where department_id = d.id
    )
  ) owned
  cross join lateral (${linksOf('department', 'd.id')}
  ) linked
  cross join lateral (${provenanceOf('department', 'd.id', 'd.locked_fields')}
  ) settled
  order by wanted.place`;

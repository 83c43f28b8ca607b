import { MEMBER_COUNT_LIMIT } from '../department.dto';
import { linksOf, provenanceOf } from './linked-records';

/** The departments above may stand in no circle, but a reader is no place to rely on that. */
const DEEPEST = 100;

/** Rows that a count reads at most: one member may be stated by several sources. */
const STATEMENTS_READ = 3 * MEMBER_COUNT_LIMIT;

/** SQL: the values of a department by the names that they have in records, references apart. */
const STORED = `(d.custom || jsonb_build_object('title', d.title, 'sort', d.sort, 'parentUid', d.parent_id))`;

/** Everything that is shown of departments. $1: their ids, in the order in which they are wanted. */
export const DEPARTMENT_VIEWS = `
  select d.id, d.title, p.id as "parentId", above.path, d.sort,
    not exists (select from departments c where c.parent_id = d.id and c.deleted_at is null) as "isLeaf",
    least(members.n, ${MEMBER_COUNT_LIMIT}) as "memberCount", owned.owners,
    d.custom, d.locked_fields as "lockedFields",
    linked.links, settled.provenance,
    d.created_at as "createdAt", d.updated_at as "updatedAt"
  from unnest($1::bigint[]) with ordinality wanted (id, place)
  join departments d on d.id = wanted.id and d.deleted_at is null
  left join departments p on p.id = d.parent_id and p.deleted_at is null
  cross join lateral (
    with recursive up (id, title, parent_id, height) as (
      select p.id, p.title, p.parent_id, 1
      union all
      select a.id, a.title, a.parent_id, up.height + 1
      from up join departments a on a.id = up.parent_id and a.deleted_at is null
      where up.height < ${DEEPEST}
    )
    select coalesce(json_agg(json_build_object('id', id, 'title', title) order by height desc), '[]') as path
    from up where id is not null
  ) above
  cross join lateral (
    select count(distinct s.user_id)::int as n
    from (
      select m.user_id from memberships m join users u on u.id = m.user_id and u.deleted_at is null
      where m.department_id = d.id limit ${STATEMENTS_READ}
    ) s
  ) members
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
  cross join lateral (${provenanceOf('department', 'd.id', 'd.locked_fields', STORED)}
  ) settled
  order by wanted.place`;

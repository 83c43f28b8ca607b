import { GRACE } from '../../engine/sql/purge';
import { isLinkOf, linksOf, provenanceOf } from './linked-records';

/** SQL: the values of a user by the names that they have in records, references apart. */
const STORED = `(u.custom || jsonb_build_object(
        'managerUid', u.manager_id, 'username', u.username, 'nickname', u.nickname, 'email', u.email, 'phone', u.phone
      ))`;

/** Everything that is shown of users, whatever their number. $1: their ids, in the order in which they are wanted. */
export const USER_VIEWS = `
  select u.id, u.username, u.nickname, u.email, u.phone,
    case when u.deleted_at is null then u.status else 'deleted' end as status,
    case when m.id is not null then json_build_object('id', m.id, 'nickname', m.nickname) end as manager,
    memberships.main_department_id as "mainDepartmentId",
    memberships.departments,
    u.custom, u.protected, u.locked_fields as "lockedFields",
    linked.links, settled.provenance,
    u.created_at as "createdAt", u.updated_at as "updatedAt",
    case when u.deleted_at is not null and not u.protected then u.deleted_at + make_interval(days => (
      select ${GRACE}
      from links k join records r on r.id = k.record_id join sources s on s.id = r.source_id
      where ${isLinkOf('user')} and k.resource_id = u.id
    )) end as "purgedAfter"
  from unnest($1::bigint[]) with ordinality wanted (id, place)
  join users u on u.id = wanted.id
  left join users m on m.id = u.manager_id and m.deleted_at is null
  cross join lateral (
    select min(d.id) filter (where s.is_main) as main_department_id,
      coalesce(json_agg(json_build_object(
        'id', d.id, 'title', d.title, 'isMain', s.is_main,
        'isOwner', s.is_owner or exists (
          select from department_owners o where o.department_id = d.id and o.user_id = u.id
        ),
        'byHand', s.by_hand, 'sources', s.sources
      ) order by s.is_main desc, s.only_by_hand, s.position, d.id), '[]') as departments
    from (
      select t.department_id, bool_or(t.is_main) as is_main, bool_or(t.is_owner) as is_owner,
        bool_or(t.source_id is null) as by_hand, bool_and(t.source_id is null) as only_by_hand,
        min(t.position) as position,
        coalesce(array_agg(o.name order by o.id) filter (where o.id is not null), '{}') as sources
      from memberships t
      left join sources o on o.id = t.source_id
      where t.user_id = u.id and u.deleted_at is null
      group by t.department_id
    ) s
    join departments d on d.id = s.department_id and d.deleted_at is null
  ) memberships
  cross join lateral (${linksOf('user', 'u.id')}
  ) linked
  cross join lateral (${provenanceOf('user', 'u.id', 'u.locked_fields', STORED)}
  ) settled
  order by wanted.place`;

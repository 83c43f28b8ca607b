import { DETACHES } from '../../tasks/detaches-sql';
import { WAITING } from '../../tasks/waiting-sql';

/** SQL: the target that keeps the users. */
const USERS = `(select id from targets where name = 'users')`;

/** SQL: that of the departments. */
const DEPARTMENTS = `(select id from targets where name = 'departments')`;

/** SQL: when a change of task `t` was certain. */
const SETTLED_AT = 'coalesce(c.settled_at, t.finished_at, t.started_at, t.created_at)';

/**
 * SQL: the records that stand for user $1, or stood for them, each with the tasks between which it did (`since`, `until`; the latter null
 * when it still does, or did last): what it did before and after concerned somebody else. Whom a record was linked to its change says;
 * whom it made says who it was taken from by hand, or whose it is.
 */
const PERIODS = `
    with known as (
      select k.record_id from links k where k.target_id = ${USERS} and k.data_type = 'user' and k.resource_id = $1
      union
      select record_id from taken
    ), begun as (
      select record_id, 0 as since, null::bigint as linked_to from known
      union all
      select b.record_id, b.task_id, case b.action when 'link' then coalesce(b.resource_id, 0) end
      from known n
      join changes b on b.record_id = n.record_id and b.target_id = ${USERS} and b.action in ('create', 'link')
        and (coalesce(b.outcome, 'applied') = 'applied' or b.action = 'link' and exists (
          select from audit a where a.action = 'link.create' and (a.details ->> 'taskId')::bigint = b.task_id
        ))
    ), periods as (
      select *, lead(since) over (partition by record_id order by since) as until from begun
    )
    select p.record_id, p.since, p.until
    from periods p
    where case
      when p.linked_to is not null then p.linked_to = $1
      when p.until is null then exists (
        select from links k where k.target_id = ${USERS} and k.record_id = p.record_id and k.resource_id = $1
      )
      else exists (
        select from taken t join tasks u on u.id = p.until
        where t.record_id = p.record_id and t.at < u.created_at
          and t.at >= coalesce((select b.created_at from tasks b where b.id = p.since), '-infinity')
      ) end`;

/**
 * SQL: the departments that user $1 is stated to be in, and since when at least: what became of them before may have concerned others.
 */
const STATED_DEPARTMENTS = `
      select m.department_id, min(case when m.source_id is null then (
          select max(a.at) from audit a
          where a.action = 'membership.put' and a.subject = 'department:' || m.department_id || '/user:' || $1::bigint
        ) else (
          select max(${SETTLED_AT})
          from mine n
          join records r on r.id = n.record_id and r.source_id = m.source_id
          join changes c on c.record_id = n.record_id and c.target_id = ${DEPARTMENTS} and c.task_id >= n.since
            and c.action is not null and coalesce(c.outcome, 'applied') = 'applied'
          join tasks t on t.id = c.task_id and t.released_at is not null
        ) end) as since
      from memberships m where m.user_id = $1
      group by m.department_id`;

/** SQL: what deleted those departments since, or brought them back: a task, or a hand. */
const MOVED_DEPARTMENTS = `
    select k.at, k.place, k.task, k.by, k.target, k.uid, k.action, 'applied', null, null, null, '[]', null, null, null, null,
      jsonb_build_object('department', jsonb_build_object('id', d.id, 'title', d.title)), null
    from (${STATED_DEPARTMENTS}
    ) m
    join departments d on d.id = m.department_id
    cross join lateral (
      select ${SETTLED_AT} as at, t.id as place, json_build_object('id', t.id, 'kind', t.kind, 'source', s.name) as task, null::json as by,
        'departments' as target, c.uid, 'department.' || c.action as action
      from links l
      join changes c on c.record_id = l.record_id and c.target_id = l.target_id and c.action in ('delete', 'restore')
        and coalesce(c.outcome, 'applied') = 'applied'
      join tasks t on t.id = c.task_id and t.released_at is not null
      left join sources s on s.id = t.source_id
      where l.target_id = ${DEPARTMENTS} and l.data_type = 'department' and l.resource_id = d.id
      union all
      select a.at, a.id, null, json_build_object('kind', a.actor_kind, 'name', a.actor_name), null, null, a.action
      from audit a
      where a.subject = 'department:' || d.id and a.action in ('department.delete', 'department.restore')
    ) k
    where k.at > coalesce(m.since, '-infinity')`;

/**
 * One page of what happened to a user, the newest first, and how much there is: `items` (JSON) and `total`.
 * What tasks did, or failed to do, as soon as it is certain (plans that wait or were thrown away did nothing); and what
 * admins did by hand to the user and the user's memberships; and what deleted, or brought back, a department that they
 * are stated to be in. A create has no differences: the record has them.
 *
 * $1 user, $2 limit, $3 offset.
 */
export const USER_HISTORY = `
  with taken as materialized (
    select (details ->> 'recordId')::bigint as record_id, at
    from audit where subject = 'user:' || $1::bigint and action = 'link.delete'
  ), mine as materialized (${PERIODS}
  ), happened as materialized (
    select ${SETTLED_AT} as at, t.id as place,
      json_build_object('id', t.id, 'kind', t.kind, 'source', s.name) as task, null::json as by,
      g.name as target, c.uid, c.action, coalesce(c.outcome, 'applied') as outcome, c.code, c.field, c.message,
      coalesce(c.written, c.diff, '[]') as diff, c.state, r.payload -> 'isDisabled' = 'true' as disabled, ${WAITING} as waiting,
      ${DETACHES} as detaches, null::jsonb as details, t.source_id as "sourceId"
    from mine m
    join records r on r.id = m.record_id
    join changes c on c.record_id = m.record_id and c.task_id >= m.since and (m.until is null or c.task_id < m.until)
    join tasks t on t.id = c.task_id
    join targets g on g.id = c.target_id
    left join sources s on s.id = t.source_id
    where c.outcome = 'applied' or t.released_at is not null and (c.outcome is not null or t.finished_at is not null)
    union all
    select a.at, a.id, null, json_build_object('kind', a.actor_kind, 'name', a.actor_name),
      null, null, a.action, 'applied', null, null, null, coalesce(e.diff, '[]'), null, null, null, null,
      a.details || jsonb_build_object('record', (
        select jsonb_build_object('uid', r.uid, 'source', s.name)
        from records r join sources s on s.id = r.source_id
        where r.id = coalesce((a.details ->> 'recordId')::bigint, (
          select c.record_id from changes c
          where c.task_id = (a.details ->> 'taskId')::bigint and c.action = 'link' and c.resource_id = $1
          limit 1
        ))
      )), null
    from audit a
    left join hand_edits e on e.audit_id = a.id
    where a.subject = 'user:' || $1::bigint
    union all
    select a.at, a.id, null, json_build_object('kind', a.actor_kind, 'name', a.actor_name),
      null, null, a.action, 'applied', null, null, null, '[]', null, null, null, null,
      a.details || jsonb_build_object('department', jsonb_build_object('id', m.department_id, 'title', d.title)), null
    from audit a
    cross join lateral (select substring(a.subject from '^department:(\\d+)/')::bigint as department_id) m
    left join departments d on d.id = m.department_id
    where a.action in ('membership.put', 'membership.delete')
      and split_part(a.subject, '/', 2) = 'user:' || $1::bigint
    union all${MOVED_DEPARTMENTS}
  ), page as (
    select * from happened order by at desc, place desc, target, uid limit $2 offset $3
  )
  select (select count(*)::int from happened) as total,
    coalesce(json_agg(to_json(page) order by at desc, place desc, target, uid), '[]') as items
  from page`;

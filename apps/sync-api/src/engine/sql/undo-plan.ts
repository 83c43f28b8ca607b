import { type Reading, subset } from '../reading';
import { losesAny } from './losses';
import { isPurged, namedAfter, PURGED, stands, undoneByUndone } from './undo-stands';

const UNDO = { source: '$2', undone: '$3' };

const COLUMNS =
  'target_id, data_type, record_id, position, uid, action, resource_id, diff, state, earlier_task_id, link_state';

const STALE =
  'Somebody else has changed this since the task: a later task, another source or a hand. It is left alone.';

/**
 * The plan of an undo: every applied change of the undone task turned round, from the values that were there before.
 * What has been touched since, or was purged, is stale at once. Writes `changes` of a kind that needs no staging. Remote
 * targets are left out.
 *
 * Parameters: $1 task, $2 source, $3 the task that is undone.
 *
 * Returns one row: `changes` like `planSql`, and `read` (data type → how many records are concerned).
 */
export function planUndoSql(readings: readonly Reading[]): string {
  const owned = readings.filter(({ rules, remote }) => rules.owns && !remote);
  const attached = readings.filter(({ rules }) => !rules.owns);
  return `
  with done as materialized (
    select c.*, coalesce(c.written, c.diff, '[]') as differences, l.state as now, l.resource_id as linked, l.task_id as set_by
    from changes c
    left join links l on l.target_id = c.target_id and l.record_id = c.record_id
    where c.task_id = $3 and c.action is not null and coalesce(c.outcome, 'applied') = 'applied'
      and not exists (
        select 1 from changes o
        where o.task_id = $1 and o.target_id = c.target_id and o.data_type = c.data_type and o.record_id = c.record_id
      )
  ), owned as (
    ${owned.map(judged(ownedChanges)).join('\n    union all\n    ')}
  ), attached as (
    ${[...attached.map(judged(attachedChanges)), ...attached.map(judged(detachments)), NONE].join('\n    union all\n    ')}
  ), planned as (
    insert into changes (task_id, ${COLUMNS}, outcome, code, message)
    select $1, ${COLUMNS}, case when not stands then 'stale' end, case when not stands then 'stale' end,
      case when purged then '${PURGED}' when not stands then '${STALE}' end
    from (select * from owned union all select * from attached) u
    where u.action <> 'update' or u.link_state is not null or u.diff <> '[]'
    returning target_id, data_type, record_id, action, outcome, diff
  ), counted as (
    select target_id, data_type, action, null::text as outcome, count(*)::int as n, count(*)::int as read,
      count(*) filter (where ${losesAny('diff')})::int as loses
    from planned where outcome is null group by 1, 2, 3
  )
  select (select coalesce(jsonb_agg(counted), '[]') from counted) as changes,
    (select coalesce(jsonb_object_agg(data_type, n), '{}') from (
      select data_type, count(distinct record_id)::int as n from planned group by 1
    ) r) as read`;
}

/** Keeps the union well formed when no target attaches anything. */
const NONE = `select o.* from owned o where false`;

const judged =
  (changes: (reading: Reading) => string) =>
  (reading: Reading): string =>
    `select judged.*, not judged.stands and ${isPurged(reading, 'judged')} as purged
    from (
      select turned.*, ${stands(reading, 'turned', UNDO)} as stands from (${changes(reading)}) turned
    ) judged`;

/** SQL: the differences turned round. A uid is the record's, which an undo leaves alone. */
const TURNED = `(
        select coalesce(jsonb_agg(jsonb_build_object('field', d -> 'field', 'before', d -> 'after', 'after', d -> 'before')), '[]')
        from jsonb_array_elements(c.differences) d where d ->> 'field' <> 'uid'
      )`;

/** SQL: the task whose state comes back: of an undo that is undone, the one that the links named after what it took back. */
const earlier = (reading: Reading): string =>
  `coalesce(${namedAfter(reading, 'c', undoneByUndone(UNDO))}, c.earlier_task_id)`;

const POSITION = `row_number() over (order by c.position nulls last, c.record_id)::int`;

/** Changes of the life of a resource, and of its values. */
function ownedChanges(reading: Reading): string {
  const { targetId: t, dataType } = reading;
  return `
      select ${t}::smallint as target_id, '${dataType}' as data_type, c.record_id, ${POSITION} as position, c.uid,
        a.action, c.linked as resource_id, case when a.action <> 'delete' then ${TURNED} end as diff, c.now as state,
        ${earlier(reading)} as earlier_task_id,
        case
          when c.link_state = 'detached' then coalesce(c.state, 'active')
          when c.action = 'link' then 'detached'
          when a.action = 'delete' then 'deleted'
          when c.action in ('delete', 'disable', 'restore') then coalesce(c.state, 'active')
        end as link_state
      from done c
      cross join lateral (
        select case
          when c.link_state = 'detached' then 'link'
          when c.action = 'create' or c.action = 'restore' and c.state = 'deleted' then 'delete'
          when c.action = 'restore' and c.state = 'disabled' then 'disable'
          when c.action in ('delete', 'disable') then 'restore'
          when c.action = 'link' then coalesce((
            select case when d -> 'before' = 'true' then 'disable' else 'restore' end
            from jsonb_array_elements(c.differences) d where d ->> 'field' = 'isDisabled'
          ), 'update')
          else 'update'
        end as action
      ) a
      where c.target_id = ${t} and c.data_type = '${dataType}'`;
}

/**
 * Changes of what is attached to a resource. Left out: what hangs on a resource that the undo hides, because it is hidden
 * with it and comes back with it; what a waiting reference brought, because it goes and comes with what it refers to.
 */
function attachedChanges(reading: Reading): string {
  const { targetId: t, dataType, owner } = reading;
  return `
      select ${t}::smallint as target_id, '${dataType}' as data_type, c.record_id, ${POSITION} as position, c.uid,
        'update' as action, c.linked as resource_id, ${TURNED} as diff, c.now as state, ${earlier(reading)} as earlier_task_id,
        case when c.link_state = 'detached' then coalesce(c.state, 'active') end as link_state
      from done c
      where c.target_id = ${t} and c.data_type = '${dataType}'
        and not exists (
          select 1 from done o
          where o.target_id = ${owner.targetId} and o.data_type = c.data_type and o.record_id = c.record_id
            and (o.action = 'create' or o.action = 'link' or o.action = 'restore' and o.state = 'deleted')
            and o.link_state is distinct from 'detached'
        )
        and not (c.position is null and c.diff is not null and not jsonb_path_exists(c.diff, '$[*].before'))`;
}

/** A record that is taken from a resource takes along everything that it attached there, whenever that was. */
function detachments({ targetId: t, dataType, rules, owner }: Reading): string {
  return `
      select ${t}::smallint as target_id, '${dataType}' as data_type, o.record_id, o.position, o.uid, 'update' as action,
        l.resource_id, (
          select coalesce(jsonb_agg(jsonb_build_object('field', key, 'before', value, 'after', null)), '[]')
          from jsonb_each(${rules.image ? rules.image('l.resource_id', UNDO.source) : subset(rules.fields, 'r.payload')})
        ) as diff, l.state, l.task_id as earlier_task_id, 'detached' as link_state
      from owned o
      join links l on l.target_id = ${t} and l.record_id = o.record_id and l.state <> 'detached'
      join records r on r.id = o.record_id
      where o.target_id = ${owner.targetId} and o.data_type = '${dataType}' and o.link_state = 'detached' and o.stands`;
}

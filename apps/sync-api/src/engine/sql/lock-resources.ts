import type { Reading } from '../reading';
import { APPROVED } from './approved';
import { isShareable } from './effective';

/**
 * SQL: steps of a statement with rows `sent` that lock the resources which they share with others, or take away, in the order of their ids,
 * so that tasks of several sources which speak of one person at the same moment plan and apply one after the other: each
 * sees what the one before it said. `taken`: a condition that is true once they are. $4 source.
 */
export function lockShared(readings: readonly Reading[]): { steps: string; taken: string } {
  const steps = readings.filter(isShareable).map(
    ({ targetId: t, dataType, resource }, n) => `, locked_${n} as materialized (
    select x.id from ${resource?.table ?? ''} x
    where x.id = any (array(
      select l.resource_id from sent s
      join records r on r.source_id = $4 and r.data_type = s.data_type and r.uid = s.uid
      join links l on l.target_id = ${t} and l.record_id = r.id and (l.shared or s.gone is not null)
      where s.data_type = '${dataType}'
    ))
    order by x.id for no key update
  )`,
  );
  return {
    steps: steps.join(''),
    taken: ['$4::bigint is not null', ...steps.map((_, n) => asked(`locked_${n}`))].join(' and '),
  };
}

/** SQL, always true: Postgres runs no step that nobody asks, nor one that is joined to what has no rows. */
const asked = (step: string): string => `(select count(*) from ${step}) >= 0`;

interface Locking {
  /** The plan may link. */
  links: boolean;
  /** What records say is applied; not so in an undo. */
  states: boolean;
}

/**
 * Locks the resources of changes that take over a resource, that write one which others state, too, or that take one away, before it
 * is asked what all of them say together. `states`: whoever is stated here and was deleted meanwhile, for somebody else's record that
 * left, comes back by it, or is made anew; of a plan that an admin approved such a change is stale. $1 task, $2 after this record, $3
 * up to this one, $4 only these records (null: all).
 */
export function lockChangedSql({ targetId: t, dataType, resource }: Reading, { links, states }: Locking): string {
  const these = `c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}' and c.record_id > $2 and c.record_id <= $3`;
  const leaves = `c.action in ('delete', 'disable')`;
  return `
  with changed as materialized (
    select c.record_id, coalesce(l.resource_id, c.resource_id) as id
    from changes c
    left join links l on l.target_id = ${t} and l.record_id = c.record_id and l.record_id > $2 and l.record_id <= $3 and l.state <> 'detached'
    where (${links} or (select exists (select 1 from links where shared)) or (select exists (select 1 from changes c where ${these} and ${leaves})))
      and ${these} and ($4::bigint[] is null or c.record_id = any ($4))
      and c.action is not null and c.outcome is null and (l.shared or c.action = 'link' or ${leaves})
  ), locked as materialized (
    select x.id, x.deleted_at is not null as deleted
    from ${resource?.table ?? ''} x where x.id = any (array(select id from changed)) order by x.id for no key update
  )
  ${states ? turnedRound(t, dataType) : 'select count(*) from locked'}`;
}

const turnedRound = (targetId: number, dataType: string): string => `
  update changes c
  set action = case c.action when 'link' then 'create' else 'restore' end,
    resource_id = case c.action when 'link' then null else c.resource_id end,
    state = case c.action when 'link' then null else 'deleted' end, diff = null, written = null
  from locked k
  join changed n on n.id = k.id
  join records r on r.id = n.record_id and r.gone is null
  where ${asked('locked')} and k.deleted and c.task_id = $1 and c.target_id = ${targetId} and c.data_type = '${dataType}' and c.record_id = n.record_id
    and c.action in ('link', 'update', 'disable') and not ${APPROVED}`;

/**
 * Records that come back to a resource which others stand for, too: locks it before they are said to be there, so that nobody deletes
 * it from then on, and brings back what was deleted since the plan was made. $1 task, $2 source.
 */
export const lockReturningSql = ({ targetId: t, dataType, resource }: Reading, staging: string): string => `
  with back as materialized (
    select r.id as record_id, s.position, r.uid, l.resource_id, l.task_id
    from records r
    join ${staging} s on s.task_id = $1 and s.data_type = r.data_type and s.uid = r.uid and s.gone is null and s.code is null
    join links l on l.target_id = ${t} and l.record_id = r.id and l.shared and l.state <> 'detached'
    where r.source_id = $2 and r.data_type = '${dataType}' and r.gone is not null
  ), locked as materialized (
    select x.id, x.deleted_at is not null${resource?.protectedColumn ? ` and not x.${resource.protectedColumn}` : ''} as deleted
    from ${resource?.table ?? ''} x where x.id = any (array(select resource_id from back)) order by x.id for no key update
  )
  insert into changes (task_id, target_id, data_type, record_id, position, uid, action, state, earlier_task_id)
  select $1, ${t}, '${dataType}', b.record_id, b.position, b.uid, 'restore', 'deleted', b.task_id
  from back b join locked k on k.id = b.resource_id and k.deleted
  on conflict (task_id, target_id, data_type, record_id) do nothing`;

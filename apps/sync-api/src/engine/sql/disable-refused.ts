import type { Batch } from '@rollcall/core';
import { NOTIFY } from '../../tasks/task-sql';
import type { Reading } from '../reading';
import { tellAccepted } from './tell';

/** SQL: the changes `c` of a reading that were to disable somebody and failed, with the link `l`. $1 task. */
const refused = ({ targetId: t, dataType }: Reading): string => `changes c
  cross join lateral (
    select * from links x where x.target_id = ${t} and x.record_id = c.record_id offset 0
  ) l
  where c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}' and c.outcome = 'failed' and c.action = 'disable'`;

/**
 * Those who are active still, and about whom no admin has decided otherwise meanwhile: locked, so that nobody does before they are
 * disabled. $1 task. Returns `record_id`.
 */
export function refusedDisablesSql(reading: Reading): string {
  const { resource } = reading;
  if (!resource) return `select c.record_id from ${refused(reading)} and l.state = 'active'`;
  const decided = [
    ...(resource.protectedColumn ? [`x.${resource.protectedColumn}`] : []),
    ...(resource.lockedColumn ? [`'status' = any (x.${resource.lockedColumn})`] : []),
  ];
  return `
  with due as materialized (
    select c.record_id, l.resource_id from ${refused(reading)} and l.state = 'active'
  ), locked as materialized (
    select x.id, ${decided.length > 0 ? decided.join(' or ') : 'false'} as decided
    from ${resource.table} x where x.id = any (array(select resource_id from due)) order by x.id for no key update
  )
  select d.record_id from due d join locked x on x.id = d.resource_id where not x.decided`;
}

/**
 * The task that disables them, all of it in one transaction; the limits of what comes later count it. $1 the task that could not, $2 notes,
 * $3 message. Returns `id`.
 */
export const BEGIN_PART = `
  insert into tasks (source_id, kind, mode, status, part_of, removes, approved_at, decided_by, notes, message, cost_ms, attempts, request_id,
    api_key_id, started_at, planned_at, released_at, finished_at)
  select source_id, 'event', 'incremental', 'succeeded', id, true, approved_at, decided_by, $2, $3, 0, 1, request_id,
    api_key_id, clock_timestamp(), clock_timestamp(), clock_timestamp(), clock_timestamp()
  from tasks where id = $1
  returning id`;

/** Fills the relation `batch` with what disables them, and nothing else. $1 the task that could not, $2 records. Returns `n`. */
export const fillRefusedDisablesSql = (reading: Reading): string => `
  with cleared as (delete from batch), cleared_failures as (delete from batch_failures),
    cleared_waiting as (delete from batch_waiting),
  filled as (
    insert into batch (record_id, source_id, data_type, uid, position, action, resource_id, payload, changed, version, applied_hash)
    select r.id, r.source_id, r.data_type, r.uid, p.position, 'disable', p.resource_id, '{"isDisabled": true}', '{}', p.version, p.applied_hash
    from (
      select c.record_id, c.position, l.resource_id, l.version, l.applied_hash
      from ${refused(reading)} and c.record_id = any ($2::bigint[])
    ) p
    join records r on r.id = p.record_id
    returning record_id
  )
  select count(*)::int as n from filled`;

/** Ends that batch: the changes are noted, every record of the resource is told, and stays behind. $1 the task that disables. */
export const finishRefusedDisablesSql = ({ targetId: t, ...reading }: Reading, actions: Batch['actions']): string => `
  with accepted as (
    select b.* from batch b where not exists (select from batch_failures f where f.record_id = b.record_id)
  ), ${tellAccepted({ targetId: t, ...reading }, actions)}noted as (
    insert into changes (task_id, target_id, data_type, record_id, uid, action, diff, outcome, state, earlier_task_id, settled_at)
    select $1, ${t}, b.data_type, b.record_id, b.uid, 'disable', '[]', 'applied', l.state, l.task_id, clock_timestamp()
    from accepted b join links l on l.target_id = ${t} and l.record_id = b.record_id
  ), disabled as (
    update links l set state = 'disabled', task_id = case when l.record_id = b.record_id then $1 else l.task_id end
    from accepted b
    where l.target_id = ${t} and l.data_type = b.data_type and l.resource_id = b.resource_id and l.state <> 'detached'
  )
  select 1`;

/** Counts them. Where the database refused that, too, there was no such task. $1 the task that disables. */
export const endPartSql = ({ targetId, targetName }: Reading): string => `
  with counted as (
    select count(*)::int as n from changes where task_id = $1 and target_id = ${targetId}
  ), vain as (
    delete from tasks where id = $1 and (select n from counted) = 0
  )
  update tasks set counts = jsonb_build_object('${targetName}', jsonb_build_object(
      'created', 0, 'updated', 0, 'disabled', n, 'deleted', 0, 'restored', 0, 'linked', 0, 'unchanged', 0, 'failed', 0, 'stale', 0
    ))
  from counted where id = $1 and n > 0
  returning ${NOTIFY}`;

/** Says of the changes that failed who is disabled all the same. $1 task. */
export const sayDisabledSql = ({ targetId: t, dataType }: Reading): string => `
  update changes c set message = c.message || ' The user was disabled all the same, by task ' || p.id || '.'
  from tasks p join changes d on d.task_id = p.id
  where p.part_of = $1 and d.target_id = ${t} and d.data_type = '${dataType}'
    and c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}' and c.record_id = d.record_id and c.outcome = 'failed'
    and c.action = 'disable'`;

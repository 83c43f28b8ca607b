import type { Batch } from '@rollcall/core';
import type { Reading } from '../reading';
import { failedOutcomes } from './batch';
import { keepWritten } from './images';
import { referenceField } from './reference-field';
import { tellAccepted } from './tell';
import { isPurged, PURGED, stands } from './undo-stands';

const BACK = `
      (
        select coalesce(jsonb_object_agg(d ->> 'field', d -> 'after') filter (where d -> 'after' <> 'null'), '{}')
        from jsonb_array_elements(turned.diff) d
      )`;

/**
 * Fills the relation `batch` with the changes of an undo in a range of records: $1 task, $2 after this record, $3 up to
 * this one, $4 only these records (null: all), $5 source, $6 the undone task. What a record
 * says is not asked: the changes hold what is put back. Left out is what has been touched since the plan.
 *
 * Returns one row per action: `action, n`.
 */
export function fillUndoSql(reading: Reading): string {
  const { targetId: t, dataType, rules } = reading;
  const withLife = rules.canDisable
    ? ` || case when turned.action in ('restore', 'disable', 'link')
        then jsonb_build_object('isDisabled', turned.action = 'disable' or turned.link_state is not distinct from 'disabled') else '{}' end`
    : '';
  return `
  with cleared as (delete from batch), cleared_failures as (delete from batch_failures),
    cleared_waiting as (delete from batch_waiting),
  filled as (
    insert into batch (record_id, source_id, data_type, uid, position, action, resource_id, payload, changed, version, applied_hash)
    select turned.record_id, $5, '${dataType}', turned.uid, turned.position, turned.action, turned.resource_id,${BACK}${withLife},
      array(select d ->> 'field' from jsonb_array_elements(turned.diff) d), l.version, l.applied_hash
    from changes turned
    join links l on l.target_id = ${t} and l.record_id = turned.record_id
    where turned.task_id = $1 and turned.target_id = ${t} and turned.data_type = '${dataType}'
      and turned.record_id > $2 and turned.record_id <= $3
      and turned.action is not null and turned.outcome is null and ($4::bigint[] is null or turned.record_id = any ($4))
      and ${stands(reading, 'turned', { source: '$5', undone: '$6' })}
    order by turned.record_id
    returning record_id, source_id, action, resource_id, payload, changed
  )${keepWritten(reading)}
  select action, count(*)::int as n from filled group by action`;
}

/** Names why changes of the range did not get into the batch. $1 to $4 as for `fillUndoSql`. */
export const untouchedNoMoreSql = (reading: Reading): string => `
  update changes c
  set outcome = 'stale', code = 'stale', message = case when ${isPurged(reading, 'c')} then '${PURGED}'
    else 'Somebody has changed this since the undo was planned. It is left alone.' end
  where c.task_id = $1 and c.target_id = ${reading.targetId} and c.data_type = '${reading.dataType}'
    and c.record_id > $2 and c.record_id <= $3
    and c.action is not null and c.outcome is null and ($4::bigint[] is null or c.record_id = any ($4))
    and not exists (select 1 from batch b where b.record_id = c.record_id)`;

/**
 * Ends a batch of an undo: links get their earlier state and name the task whose values stand again. Their hashes stay,
 * so that nothing is applied again until the source says something new; a reference that was awaited for a value that is
 * gone is awaited no more. $1 task.
 */
export function finishUndoSql(reading: Reading, actions: Batch['actions']): string {
  const { targetId: t, dataType } = reading;
  return `
  with accepted as (
    select b.*, c.link_state, c.earlier_task_id
    from batch b
    join changes c on c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}' and c.record_id = b.record_id
    where not exists (select 1 from batch_failures f where f.record_id = b.record_id)
  ), ${failedOutcomes({ targetId: t, dataType, resource: undefined })}, ${tellAccepted(reading, actions)}returned as (
    update links l
    set state = coalesce(a.link_state, l.state), task_id = coalesce(a.earlier_task_id, $1),
      restored_version = case when l.state = 'deleted' and a.link_state <> 'deleted' or l.state = 'disabled' and a.link_state = 'active' and r.gone is not null
        then r.version else l.restored_version end
    from accepted a join records r on r.id = a.record_id
    where l.target_id = ${t} and l.record_id = a.record_id
  ), shared as (
    update links l
    set state = case when a.action = 'delete' then 'deleted' when a.payload -> 'isDisabled' = 'true' then 'disabled' else 'active' end,
      restored_version = case when a.action = 'restore' and r.gone is not null then r.version else l.restored_version end
    from accepted a cross join records r
    where r.id = l.record_id and a.action in ('delete', 'disable', 'restore', 'link')
      and l.target_id = ${t} and l.data_type = a.data_type and l.resource_id = a.resource_id
      and l.state <> 'detached' and l.record_id <> a.record_id
  )
  delete from waiting_references w using accepted a
  where w.target_id = ${t} and w.record_id = a.record_id
    and ${referenceField(`'${dataType}'`, 'w.data_type')} = any (a.changed)`;
}

/** Losers of a collision are tried once more after the last batch. $1 task. Forgets their failure. Returns `record_id`. */
export const secondUndoTrySql = ({ targetId: t, dataType }: Reading): string => `
  update changes c
  set outcome = null, code = null, field = null, message = null
  where c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}' and c.outcome = 'failed'
    and c.code in ('username_taken', 'email_taken', 'phone_taken')
  returning c.record_id`;

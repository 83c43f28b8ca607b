import type { Batch } from '@rollcall/core';
import type { Reading } from '../reading';
import { tellAccepted } from './tell';

/** What is said of them besides. */
export const DISABLED_ALL_THE_SAME = 'The user is disabled all the same.';

/** SQL: the changes `c` of a reading that were to disable somebody and failed, with the link `l`. $1 task. */
const refused = ({ targetId: t, dataType }: Reading): string => `changes c
  cross join lateral (
    select * from links x where x.target_id = ${t} and x.record_id = c.record_id offset 0
  ) l
  where c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}' and c.outcome = 'failed' and c.action = 'disable'`;

/** Those who are active still, and whom nobody has protected meanwhile. $1 task. Returns `record_id`, ascending. */
export function refusedDisablesSql(reading: Reading): string {
  const { resource } = reading;
  const isProtected = resource?.protectedColumn
    ? ` and not exists (select from ${resource.table} x where x.id = l.resource_id and x.${resource.protectedColumn})`
    : '';
  return `
  select c.record_id from ${refused(reading)} and l.state = 'active'${isProtected}
  order by c.record_id`;
}

/** Fills the relation `batch` with what disables them, and nothing else. $1 task, $2 records. Returns `n`. */
export const fillRefusedDisablesSql = (reading: Reading): string => `
  with cleared as (delete from batch), cleared_failures as (delete from batch_failures),
    cleared_waiting as (delete from batch_waiting),
  filled as (
    insert into batch (record_id, source_id, data_type, uid, position, action, resource_id, payload, changed, version, applied_hash, linked, again)
    select r.id, r.source_id, r.data_type, r.uid, p.position, 'disable', p.resource_id, '{"isDisabled": true}', '{}', p.version, p.applied_hash, true, true
    from (
      select c.record_id, c.position, l.resource_id, l.version, l.applied_hash
      from ${refused(reading)} and c.record_id = any ($2::bigint[])
    ) p
    join records r on r.id = p.record_id
    returning record_id
  )
  select count(*)::int as n from filled`;

/** Ends that batch: every record of the resource is told, and stays behind. $1 task. */
export const finishRefusedDisablesSql = (reading: Reading, actions: Batch['actions']): string => `
  with accepted as (
    select b.* from batch b where not exists (select from batch_failures f where f.record_id = b.record_id)
  ), ${tellAccepted(reading, actions)}disabled as (
    update links l set state = 'disabled'
    from accepted b
    where l.target_id = ${reading.targetId} and l.data_type = b.data_type and l.resource_id = b.resource_id and l.state <> 'detached'
  )
  select 1`;

/** Says of the changes that failed who is disabled all the same. $1 task. */
export const sayDisabledSql = ({ targetId: t, dataType }: Reading): string => `
  update changes c set message = c.message || ' ${DISABLED_ALL_THE_SAME}'
  where c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}' and c.outcome = 'failed' and c.action = 'disable'
    and exists (select from links l where l.target_id = ${t} and l.record_id = c.record_id and l.state = 'disabled')`;

import { UNSTATED } from '../engine/sql/unstated';

/** What an earlier attempt applied is settled; what it did not apply is planned again. $1 task, $2 when that attempt ended. */
export const SETTLE_EARLIER_ATTEMPT = `
  update changes set outcome = 'applied', settled_at = $2
  where task_id = $1 and action is not null and coalesce(outcome, 'applied') = 'applied' and settled_at is null`;

/** Whether a task refused records before they became changes. $1 task. Returns `refused`. */
export const READ_AGAIN = 'select exists (select 1 from changes where task_id = $1 and action is null) as refused';

/** SQL: change `c` of task `t` is a link by hand, applied or refused: without match keys nothing else links. */
const BY_HAND = `c.resource_id is not null and t.match_key is null and coalesce(c.action, 'link') = 'link'`;

/** SQL: change `c` of task `t` was not applied, and is tried again with it. */
const TRIED_AGAIN = `c.outcome in ('failed', 'stale') and (c.action is not null or ${BY_HAND})`;

/** SQL: task `t` has applied what it was sent but for records that were refused, which stay refused: retried, it does nothing. */
export const REFUSED_ONLY = `(
    t.status in ('partially_succeeded', 'failed') and t.kind in ('push', 'event', 'snapshot') and t.released_at is not null
      and not exists (select from changes c where c.task_id = t.id and ${TRIED_AGAIN}))`;

/** What was refused is read or looked at again. $1 task. */
export const FORGET_REFUSALS = 'delete from changes where task_id = $1 and action is null';

/**
 * Stages the records of the changes that were not applied, as they stand now, and forgets those changes. Records that
 * were refused stay refused: what was sent does not change by trying again. A link by hand stays one to the same
 * resource, refused or not: what was in its way may be gone. $1 task. Returns `n`, how many rows.
 */
export const RESTAGE_UNAPPLIED = `
  with open as (
    delete from changes c using tasks t
    where c.task_id = $1 and t.id = $1 and ${TRIED_AGAIN}
    returning t.source_id, c.data_type, c.record_id, c.uid, c.position, case when ${BY_HAND} then c.resource_id end as link_to
  ), emptied as (
    delete from staging where task_id = $1
  ), restaged as (
    insert into staging (task_id, position, new_id, data_type, uid, payload, gone, seen_hash, link_to)
    select $1, coalesce(o.position, 0), coalesce(r.id, o.record_id), o.data_type, coalesce(r.uid, o.uid), '{}',
      case when r.id is null then '${UNSTATED}' else r.gone end, coalesce(r.seen_hash, md5('')::uuid), o.link_to
    from (
      select source_id, data_type, record_id, uid, min(position) as position, max(link_to) as link_to
      from open group by 1, 2, 3, 4
    ) o
    left join records r on r.id = coalesce(
      (select k.id from records k where k.id = o.record_id),
      (select k.id from records k where k.source_id = o.source_id and k.data_type = o.data_type and k.uid = o.uid)
    )
    where r.id is not null or o.link_to is not null
    returning 1
  )
  select count(*)::int as n from restaged`;

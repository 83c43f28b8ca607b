/** What an earlier attempt applied is settled; what it did not apply is planned again. $1 task. */
export const SETTLE_EARLIER_ATTEMPT = `
  update changes set outcome = 'applied' where task_id = $1 and action is not null and outcome is null`;

/** Whether a task refused records before they became changes. $1 task. Returns `refused`. */
export const READ_AGAIN = 'select exists (select 1 from changes where task_id = $1 and action is null) as refused';

/**
 * Stages the records of the changes that were not applied, as they stand now, and forgets those changes. Records that
 * were refused stay refused: what was sent does not change by trying again. $1 task. Returns `n`, how many rows.
 */
export const RESTAGE_UNAPPLIED = `
  with open as (
    delete from changes where task_id = $1 and action is not null and outcome in ('failed', 'stale')
    returning record_id, position
  ), emptied as (
    delete from staging where task_id = $1
  ), restaged as (
    insert into staging (task_id, position, new_id, data_type, uid, payload, gone, seen_hash)
    select $1, coalesce(o.position, 0), r.id, r.data_type, r.uid, '{}', r.gone, r.seen_hash
    from (select record_id, min(position) as position from open group by record_id) o
    join records r on r.id = o.record_id
    returning 1
  )
  select count(*)::int as n from restaged`;

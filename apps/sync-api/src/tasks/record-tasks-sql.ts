import { UNSTATED } from '../engine/sql/unstated';

/**
 * Stages records as they stand, and marks their links, so that all of it is applied again whatever the hashes say, and undone tasks.
 * $1 task, $2 records. A detached link stays what it is: its record stands for nothing.
 */
export const STAGE_AGAIN = `
  with marked as (
    update links set dirty = true where record_id = any ($2) and state <> 'detached' and not dirty
  ), said as (
    update taken_back b set gone = r.gone, payload = r.payload, taken_back_at = clock_timestamp()
    from records r
    where b.record_id = any ($2) and r.id = b.record_id and r.version = b.version
  )
  insert into staging (task_id, position, new_id, data_type, uid, payload, gone, seen_hash)
  select $1, row_number() over (order by id) - 1, id, data_type, uid, '{}', gone, seen_hash
  from records where id = any ($2)`;

/**
 * Stages the uid of a user record to be linked to a user, whatever the record says by then; when it is still unknown it
 * becomes one that says nothing. $1 task, $2 uid, $3 user.
 */
export const STAGE_LINK = `
  insert into staging (task_id, position, data_type, uid, payload, gone, seen_hash, link_to)
  values ($1, 0, 'user', $2, '{}', '${UNSTATED}', md5('')::uuid, $3)`;

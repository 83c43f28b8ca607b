import { UNSTATED } from '../engine/sql/unstated';

/**
 * Stages records as they stand, and marks their links, so that all of it is applied again whatever the hashes say, undone tasks, and
 * who brought somebody back who had left.
 * Where an undo had put back something else, what the record says is a newer version of it again to targets elsewhere. $1 task,
 * $2 records. A detached link stays what it is: its record stands for nothing.
 */
export const STAGE_AGAIN = `
  with undone as materialized (
    select r.id, r.version, r.gone, r.payload
    from taken_back b join records r on r.id = b.record_id and r.version = b.version
    where r.id = any ($2) and (b.gone is distinct from r.gone or b.payload <> r.payload)
  ), newer as (
    update records r set version = n.version + 1 from undone n where r.id = n.id
  ), said as (
    update taken_back b set version = n.version + 1, gone = n.gone, payload = n.payload, taken_back_at = clock_timestamp()
    from undone n where b.record_id = n.id
  ), marked as (
    update links l
    set dirty = l.dirty or l.state <> 'detached',
      version = case when l.version = n.version then n.version + 1 else l.version end,
      restored_version = null
    from records r left join undone n on n.id = r.id
    where r.id = any ($2) and l.record_id = r.id and (n.id is not null or l.restored_version is not null or l.state <> 'detached' and not l.dirty)
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

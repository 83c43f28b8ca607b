/**
 * Stages records as they stand, and marks their links, so that all of it is applied again whatever the hashes say.
 * $1 task, $2 records. A detached link stays what it is: its record stands for nothing.
 */
export const STAGE_AGAIN = `
  with marked as (
    update links set dirty = true where record_id = any ($2) and state <> 'detached' and not dirty
  )
  insert into staging (task_id, position, new_id, data_type, uid, payload, gone, seen_hash)
  select $1, row_number() over (order by id) - 1, id, data_type, uid, '{}', gone, seen_hash
  from records where id = any ($2)`;

/**
 * Stages a user record, which may be unknown as yet and then says nothing, to be linked to a user whatever it says.
 * $1 task, $2 source, $3 uid, $4 user.
 */
export const STAGE_LINK = `
  insert into staging (task_id, position, new_id, data_type, uid, payload, seen_hash, link_to)
  select $1, 0, coalesce(r.id, nextval('records_id_seq')), 'user', $3, '{}', coalesce(r.seen_hash, md5('')::uuid), $4
  from (select 1) one
  left join records r on r.source_id = $2 and r.data_type = 'user' and r.uid = $3`;

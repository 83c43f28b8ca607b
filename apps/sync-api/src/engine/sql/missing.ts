/**
 * Adds to staging what a complete read of some data types did not contain, and records that left before but whose leaving
 * could not be applied then. Parameters: $1 task, $2 source, $3 data types.
 */
export const missingSql = (staging: string): string => `
  insert into ${staging} (task_id, position, new_id, data_type, uid, payload, gone, seen_hash)
  select $1, null, r.id, r.data_type, r.uid, '{}', coalesce(r.gone, 'missing'), r.seen_hash
  from records r
  where r.source_id = $2 and r.data_type = any ($3)
    and not exists (select 1 from ${staging} s where s.task_id = $1 and s.data_type = r.data_type and s.uid = r.uid)
    and (r.gone is null or exists (
      select 1 from links l where l.record_id = r.id and l.state not in ('deleted', 'detached') and (l.version <> r.version or l.dirty)
    ))`;

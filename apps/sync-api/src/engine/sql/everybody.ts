import { isHandedOutAnywhere } from './handed-out';
import { UNSTATED } from './unstated';

/**
 * Fills a staging relation with all records of a source whose leaving would change something, as deleted. $1 task,
 * $2 source. Returns `data_type, n`.
 */
export const stageEverybodySql = (staging: string): string => `
  with staged as (
    insert into ${staging} (task_id, position, new_id, data_type, uid, payload, gone, seen_hash)
    select $1, row_number() over (order by r.id) - 1, r.id, r.data_type, r.uid, '{}', 'deleted', r.seen_hash
    from records r
    where r.source_id = $2 and (
      r.gone is null
      or r.gone <> '${UNSTATED}' and (exists (
        select 1 from targets t join links l on l.target_id = t.id and l.record_id = r.id
        where l.state not in ('deleted', 'detached')
          and (t.name = r.data_type || 's' or l.version <> r.version or l.dirty)
      ) or ${isHandedOutAnywhere('r.id')})
    )
    returning data_type
  )
  select data_type, count(*)::int as n from staged group by data_type`;

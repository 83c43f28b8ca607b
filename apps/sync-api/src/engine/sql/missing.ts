import { isHandedOutAnywhere } from './handed-out';
import { UNSTATED } from './unstated';

/**
 * SQL: record `r`, which a complete read did not contain, leaves with it; also one that left before and whose leaving could
 * not be applied then. Who was never there is not missing.
 */
export const LEAVES = `(r.gone is null or r.gone <> '${UNSTATED}' and (exists (
        select 1 from links l where l.record_id = r.id and l.state not in ('deleted', 'detached') and (l.version <> r.version or l.dirty or l.told_uid <> r.uid)
      ) or ${isHandedOutAnywhere('r.id')}))`;

/** SQL: such a record of `differing d` in the form of staging, beside a select of its columns. */
export const MISSING_AS_STAGED = `
      union all
      select r.id, null, r.data_type, r.uid, null, coalesce(r.gone, 'missing'), null, null, null, null, '{}', null, r.seen_hash, null
      from records r where d.place is null and r.id = d.known_id`;

/** Puts them into staging: from there they are applied like what the read contained. $1 task. */
export const stageMissing = (staging: string): string => `
    insert into ${staging} (task_id, position, new_id, data_type, uid, payload, gone, seen_hash)
    select $1, null, r.id, r.data_type, r.uid, '{}', coalesce(r.gone, 'missing'), r.seen_hash
    from differing d
    cross join lateral (select * from records r where r.id = d.known_id offset 0) r
    where d.place is null`;

/** How a record is gone for targets elsewhere when an undo took away what it had made. The record itself is there. */
export const UNDONE = 'undone';

/**
 * SQL: joins as `b` what an undo put back of record `r`, as long as that has said nothing new: targets elsewhere get it instead of what
 * the record says (rule 21).
 */
export const withTakenBack = (r = 'r'): string =>
  `left join taken_back b on b.record_id = ${r}.id and b.version = ${r}.version`;

/** SQL: an undo put something back of record `id` that still stands so. */
export const isTakenBack = (id: string): string => `exists (
            select from taken_back b join records v on v.id = b.record_id and v.version = b.version where b.record_id = ${id}
          )`;

/** SQL: how record `r`, with its `b`, is gone for targets elsewhere; null: it is there. */
export const toldGone = (r = 'r'): string => `case when b.record_id is null then ${r}.gone else b.gone end`;

/** SQL: the same beside a statement that has not joined `b`. */
export const toldGoneOf = (r: string): string => `(select ${toldGone(r)} from (select) one ${withTakenBack(r)})`;

/** SQL: record `r` states whom it stands for. It does still when its leave was undone, until it says something new. Looked up by key. */
export const states = (r: string): string => `(${r}.gone is null or exists (
            select from taken_back b where b.record_id = ${r}.id and b.version = ${r}.version and b.gone is null
          ))`;

/** SQL: what targets elsewhere get of record `r`, with its `b`. */
export const toldPayload = (r = 'r'): string => `coalesce(b.payload, ${r}.payload)`;

/** SQL: the columns `payload` and `cleared` of staging with which what record `r` says becomes what its `b` says. */
export const STAGED_AS_TOLD = {
  payload: `coalesce(b.payload, '{}')`,
  cleared: `case when b.record_id is not null then array(select jsonb_object_keys(r.payload)) end`,
};

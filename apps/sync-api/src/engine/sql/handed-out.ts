/**
 * SQL: a target was handed a change of a record and has not answered for it, so it may have done it. What stands in
 * `handed_out` is no link: nothing is known to be there.
 */
export const isHandedOut = (target: string, record: string): string =>
  `exists (select 1 from handed_out h where h.target_id = ${target} and h.record_id = ${record})`;

/** SQL: the same for any target. */
export const isHandedOutAnywhere = (record: string): string =>
  `exists (
    select 1 from targets t
    cross join lateral (select from handed_out where target_id = t.id and record_id = ${record} offset 0) h
  )`;

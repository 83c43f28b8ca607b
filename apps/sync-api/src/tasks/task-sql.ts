/** For how long a worker may be silent before its task goes to another one. */
const LEASE_SECONDS = 15;

/** SQL: until when a lease runs that is taken or renewed now. */
export const LEASE = `clock_timestamp() + interval '${LEASE_SECONDS} seconds'`;

/** SQL: how many milliseconds task `t`, which runs, has run so far. What it waited before is not among them. */
export const ranMs = (t: string): string =>
  `coalesce(${t}.cost_ms, 0)
    + round(extract(epoch from clock_timestamp() - coalesce(${t}.runs_since, ${t}.started_at)) * 1000)`;

/** SQL, in a list of columns: tells every process that the task of this row changed. See `TaskEvents`. */
export const NOTIFY = `pg_notify('rollcall_tasks', id::text)`;

/**
 * SQL: backfill `t`, or one before it for the same target, waits for that target to be well again. Only what is for the same
 * target waits behind it.
 */
export const waitsForTarget = (t: string): string => `(
    ${t}.kind = 'backfill' and ${t}.status = 'queued' and exists (
      select 1 from tasks w
      where w.source_id = ${t}.source_id and w.target_id = ${t}.target_id and w.kind = 'backfill' and w.status = 'queued'
        and w.id <= ${t}.id and w.next_attempt_at > clock_timestamp()
    ))`;

/** SQL: task `t` comes after the older one `o` of its source. */
export const comesAfter = (t: string, o: string): string =>
  `(${o}.status = 'queued' and ${o}.id < ${t}.id
      and (not ${waitsForTarget(o)} or ${t}.kind = 'backfill' and ${t}.target_id = ${o}.target_id))`;

/** For how long a worker may be silent before its task goes to another one, although it may live. */
const LEASE_SECONDS = 15;

/** SQL: until when a lease runs that is taken or renewed now. */
export const LEASE = `clock_timestamp() + interval '${LEASE_SECONDS} seconds'`;

/** A worker that runs a task renews its lease every two seconds; after so many without it something is wrong. */
const SILENT_SECONDS = 6;

/**
 * SQL: the sign that process `owner` lives, a lock on a connection that it keeps open. Postgres drops it with the connection,
 * and that ends with the process.
 */
const signOf = (owner: string): string => `hashtextextended(${owner}, 0)`;

/** Takes the sign of life on the connection that asks. $1 owner. */
export const TAKE_SIGN = `select pg_advisory_lock_shared(${signOf('$1')})`;

/**
 * SQL: running task `t` lost its worker for certain: it does not renew its lease, and gives no sign of life. All signs are gone
 * for a moment when Postgres itself began anew; then the lease alone counts.
 */
export const workerGone = (t: string): string => `(
    case when ${t}.status = 'running' and ${t}.lease_owner is not null
        and ${t}.lease_until < clock_timestamp() + interval '${LEASE_SECONDS - SILENT_SECONDS} seconds'
      then pg_postmaster_start_time() < clock_timestamp() - interval '${LEASE_SECONDS} seconds' and not exists (
        select from pg_locks l
        where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
          and l.database = (select oid from pg_database where datname = current_database())
          and ((l.classid::bigint << 32) | l.objid::bigint) = ${signOf(`${t}.lease_owner`)}
      )
      else false
    end)`;

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

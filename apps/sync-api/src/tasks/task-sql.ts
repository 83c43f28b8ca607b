/** For how long a worker may be silent before its task goes to another one. */
const LEASE_SECONDS = 15;

/** SQL: until when a lease runs that is taken or renewed now. */
export const LEASE = `clock_timestamp() + interval '${LEASE_SECONDS} seconds'`;

/** SQL, in a list of columns: tells every process that the task of this row changed. See `TaskEvents`. */
export const NOTIFY = `pg_notify('rollcall_tasks', id::text)`;

/**
 * SQL, an insert: notes records of a push in snapshots of its source that are not settled, so that the snapshot's older word
 * does not count against them (rule 22). `sent`: a relation with data_type, uid and code; `source`: null notes nothing;
 * `concerned`: a condition on snapshot `s` and record `p`.
 */
export const notePushedSql = (sent: string, source: string, concerned = 'true'): string => `
       insert into snapshot_pushes as n (snapshot_id, data_type, uid, valid)
       select s.id, p.data_type, p.uid, p.code is null
       from snapshots s
       join ${sent} p on p.data_type = any (s.data_types)
       where s.source_id = ${source}::bigint and s.notes_pushes and p.uid is not null and ${concerned}
       order by s.id, p.data_type, p.uid
       on conflict (snapshot_id, data_type, uid) do update set valid = true where excluded.valid and not n.valid`;

/**
 * When a push is queued: in each snapshot that comes after it. One that was committed before need not know, unless as a dry run,
 * which may be committed for real later. $1 task, $2 source.
 */
export const NOTE_QUEUED_PUSH = notePushedSql(
  'staging',
  '$2',
  'p.task_id = $1 and (s.task_id is null or s.task_id > $1 or exists (select from tasks d where d.id = s.task_id and d.dry_run))',
);

/**
 * When a queued push is applied: in each snapshot that had been opened before it was sent and was not applied, which may be tried
 * again after it. A preview that is approved notes itself only now. $1 task, $2 source.
 */
export const NOTE_APPLIED_PUSH = notePushedSql(
  'staging',
  '$2',
  `p.task_id = $1 and p.cleared is not null and p.position is not null
         and s.created_at < (select created_at from tasks where id = $1)`,
);

/** Its plan is released: what is pushed from now on is newer than what the plan says, and knows itself. $1 task. */
export const STOP_NOTING = 'update snapshots set notes_pushes = false where task_id = $1';

/** An empty relation for the rows of a snapshot. It numbers them as they arrive; to which task they belong is not known yet. */
export const makeSnapshotSql = (staging: string): string => `
  create table ${staging} (like staging including defaults);
  create sequence ${staging}_position as integer minvalue 0 owned by ${staging}.position;
  alter table ${staging} drop column task_id, alter column position set default nextval('${staging}_position')`;

/** Gives all rows to a task without writing one of them: Postgres keeps the default of a new column beside the table. */
export const giveToTaskSql = (staging: string, taskId: number): string =>
  `alter table ${staging} add column task_id bigint not null default ${taskId}`;

/** What was sent so far, before a re-sent uid has replaced the earlier one: `data_type, uids, unreadable`. */
export const sentSql = (staging: string): string => `
  select data_type, count(distinct uid)::int as uids, count(*) filter (where uid is null)::int as unreadable
  from ${staging} group by data_type`;

/** Takes away what was sent before it was pushed. $1 task. */
export const dropPushedSql = (staging: string): string => `
  delete from ${staging} s
  using snapshots o join snapshot_pushes n on n.snapshot_id = o.id
  where o.task_id = $1 and n.valid and n.data_type = s.data_type and n.uid = s.uid`;

/**
 * Puts what was pushed in its place, as it stands: so it is in the read, and nothing changes by it. Whoever was deleted
 * and never known stays away. $1 task, $2 source.
 */
export const stagePushedSql = (staging: string): string => `
  insert into ${staging} (new_id, data_type, uid, payload, gone, seen_hash)
  select r.id, r.data_type, r.uid, '{}', r.gone, r.seen_hash
  from snapshots o
  join snapshot_pushes n on n.snapshot_id = o.id
  join records r on r.source_id = $2 and r.data_type = n.data_type and r.uid = n.uid
  where o.task_id = $1
    and not exists (select 1 from ${staging} s where s.data_type = n.data_type and s.uid = n.uid)`;

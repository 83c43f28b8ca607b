import { lastSuccessIdOf } from '../../tasks/up-to-date-sql';

/** Rows that one transaction deletes at most. */
export const CHUNK = 20_000;

const ENDED = `('succeeded', 'partially_succeeded', 'failed', 'cancelled')`;

/**
 * SQL: the oldest tasks that ended more than $1 days ago. Of each source its newest task stays, its newest read of each kind,
 * and the last task that brought it up to date: they say how it is doing. An undo stays as long as something stands as it put that back,
 * what it takes back as long as it can be tried again, and a first plan of a target as long as nobody has released it. Stays the same until the tasks themselves are deleted.
 */
const OLD_TASKS = `
  select t.id from tasks t
  where t.status in ${ENDED} and t.finished_at < now() - make_interval(days => $1)
    and t.id is distinct from (select max(n.id) from tasks n where n.source_id = t.source_id and n.kind <> 'backfill')
    and t.id is distinct from (${lastSuccessIdOf('t.source_id')})
    and (t.kind <> 'pull' or t.dry_run or t.status = 'cancelled' or exists (
      select from tasks n
      where n.source_id = t.source_id and n.kind = 'pull' and not n.dry_run and n.mode = t.mode and n.id > t.id
        and n.status in ('succeeded', 'partially_succeeded', 'failed')
    ))
    and (t.undoes is null or not exists (select from taken_back b where b.task_id = t.id))
    and not exists (select from tasks u where u.undoes = t.id and u.status in ('partially_succeeded', 'failed', 'cancelled'))
    and t.id not in (select task_id from target_reviews)
  order by t.finished_at, t.id
  limit 500`;

const inChunks = (table: string, rows: string): string =>
  `delete from ${table} where ctid = any (array(${rows} limit ${CHUNK}))`;

/** $1 days. */
export const TRIM_CHANGES = inChunks(
  'changes',
  `select c.ctid from (${OLD_TASKS}) old
   cross join lateral (select ctid from changes where task_id = old.id limit ${CHUNK}) c`,
);

/** What a task that failed or was cancelled had been sent: until now it could be retried. $1 days. */
export const TRIM_STAGING = inChunks(
  'staging',
  `select s.ctid from (${OLD_TASKS}) old
   cross join lateral (select ctid from staging where task_id = old.id limit ${CHUNK}) s`,
);

/** Tasks whose changes and staging are gone. $1 days. */
export const TRIM_TASKS = `
  delete from tasks t
  where t.id = any (array(${OLD_TASKS})) and t.status in ${ENDED}
    and not exists (select 1 from changes c where c.task_id = t.id)
    and not exists (select 1 from staging s where s.task_id = t.id)`;

/** Staging of tasks that have applied everything, or that are not there. */
export const TRIM_LEFT_STAGING = inChunks(
  'staging',
  `select s.ctid from staging s left join tasks t on t.id = s.task_id
   where t.id is null or t.status in ('succeeded', 'partially_succeeded')`,
);

/** $1 days. */
export const TRIM_AUDIT = inChunks(
  'audit',
  `select a.ctid from audit a where a.at < now() - make_interval(days => $1) order by a.at`,
);

/** $1 days. */
export const TRIM_HAND_EDITS = inChunks(
  'hand_edits',
  `select e.ctid from hand_edits e where e.at < now() - make_interval(days => $1) order by e.at`,
);

/**
 * What undos put back of records that say the same by now, or are gone; but a plan that was made before has to learn that it has moved on.
 */
export const TRIM_TAKEN_BACK = inChunks(
  'taken_back',
  `select b.ctid from taken_back b left join records r on r.id = b.record_id and r.version = b.version
   where r.id is null or r.payload = b.payload and r.gone is not distinct from b.gone and not exists (
     select from tasks t where t.status in ('queued', 'running', 'held') and t.planned_at < b.taken_back_at
   )`,
);

/** What vendors said of sources that have been disabled since: such a source may never be read again. $1 days. */
export const TRIM_HINTS = inChunks(
  'hints',
  `select h.ctid from hints h join sources s on s.id = h.source_id
   where not s.enabled and h.received_at < now() - make_interval(days => $1)`,
);

/** Staging relations of single tasks that are over, which a crash left behind: `name, task_id`. */
export const ORPHANED_STAGING = `
  select c.relname as name, s.task_id
  from pg_class c
  cross join lateral (select substring(c.relname from '^staging_([0-9]+)$')::bigint as task_id) s
  left join tasks t on t.id = s.task_id
  where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and s.task_id is not null
    and (t.id is null or t.status in ${ENDED})`;

/** The task, unless it goes on meanwhile. $1 task. */
export const HOLD_ENDED_TASK = `select status in ${ENDED} as ended from tasks where id = $1 for update`;

import { SHARED_STAGING } from '../engine/own-staging';
import { laterOfTheSame } from '../engine/settle';
import { RESTATE } from '../engine/sql/supersede';
import type { SqlSession } from '../engine/sql-session';
import { ofSource, refusal } from '../http/refusals';
import { disabledError, removalOf } from '../sources/refused-source';
import { FORGET_REFUSALS, READ_AGAIN, RESTAGE_UNAPPLIED, SETTLE_EARLIER_ATTEMPT } from './retry-sql';
import { reads, type TaskRow } from './task-row';
import { OPEN, SAYS_NOTHING, STARTED, type TaskStore } from './task-store';
import { requireRetryable } from './transitions';

/**
 * Puts a task that is over into the queue again (rules 7 and 20): it plans anew what it did not apply.
 *
 * - Its plan had not been released: that is everything. A pull reads again; what was sent is still staged, and stale where
 *   the source has told since how the record stands.
 * - It had: the records whose changes failed or were not reached, as they stand now. Nothing is read.
 * - But a pull that refused records, or whose read was cut short, reads its source again, an incremental one from the
 *   cursor from which it had read: what it lacks was never stored, only the source can say it. What it applied in an
 *   earlier attempt stays a change of it; what the source says anew of those records is stored, and applied by the next
 *   task.
 * - An undo reads nothing: it is planned again from the task that it takes back.
 *
 * What a push refused stays refused: what was sent does not change by trying again. A link by hand is tried again.
 */
export async function retryTask(sql: SqlSession, store: TaskStore, task: TaskRow): Promise<TaskRow> {
  requireRetryable(task.status);
  const source = await requireSource(sql, task);
  await requireTarget(sql, task);
  await requireNewest(sql, task);
  const restages = task.released_at !== null && task.kind !== 'undo' && !(await readsAgain(sql, task));
  const readAt = restages || task.staging === SHARED_STAGING ? task.read_at : null;
  if (readAt === null && reads(task) && !task.dry_run && source?.enabled === false) {
    throw await disabledError(sql, source.id, refusal('retry_of_disabled', ofSource(source)));
  }
  if (!restages && SENT.has(task.kind) && !reads(task)) await requireLatest(sql, task);
  const moved = await store.move(sql, task.id, 'queued', {
    // Its job of before may be in the queue still, for when it would have been tried by itself.
    claims: task.claims + 1,
    next_attempt_at: null,
    away_since: null,
    finished_at: null,
    message: null,
    notes: null,
    error_code: null,
    cancel_requested: false,
    released_at: null,
    approved_at: null,
    decided_by: null,
    policies: null,
    doubts: null,
    step: null,
    read_at: readAt,
    cursor: null,
    applied_positions: null,
    done: 0,
    total: null,
    // What is noted since has a backfill that collects it; this one brings what it had.
    started_at: task.started_at ?? (task.kind === 'backfill' ? new Date() : null),
  });
  if (task.released_at) await sql.query(SETTLE_EARLIER_ATTEMPT, [task.id, task.finished_at]);
  if (restages) return restage(sql, task.id);
  if ((reads(task) && readAt === null) || isWhole(task)) await sql.query(FORGET_REFUSALS, [task.id]);
  await sql.query(RESTATE, [task.id, task.source_id]);
  return moved;
}

/** What was sent is not applied before what was sent later, and waits for a decision. */
export async function requireLatest(sql: SqlSession, task: TaskRow): Promise<void> {
  const later = await laterOfTheSame(sql, task);
  if (later !== undefined) throw refusal('later_plan_waits', { taskId: task.id, laterId: later });
}

/** What they apply was sent to Rollcall, and is still staged. */
const SENT: ReadonlySet<TaskRow['kind']> = new Set(['push', 'event', 'snapshot']);

/** All that was sent is staged: an earlier retry has not left out what had been applied, or refused. */
const isWhole = ({ read, staged }: TaskRow): boolean => staged >= Object.values(read).reduce((sum, n) => sum + n, 0);

async function readsAgain(sql: SqlSession, { id, kind, read_failure }: TaskRow): Promise<boolean> {
  if (kind !== 'pull') return false;
  return read_failure !== null || (await sql.one<{ refused: boolean }>(READ_AGAIN, [id])).refused;
}

async function restage(sql: SqlSession, id: number): Promise<TaskRow> {
  const { n } = await sql.one<{ n: number }>(RESTAGE_UNAPPLIED, [id]);
  return sql.one<TaskRow>(
    `update tasks set staging = $3, staged = $2, complete = '{}', renames = false where id = $1 returning *`,
    [id, n, SHARED_STAGING],
  );
}

interface RetriedSource {
  id: number;
  name: string;
  displayName: string;
  enabled: boolean;
}

/** A target that was deleted gets nothing any more, and one of the same name is another. One that is off gets nothing now. */
async function requireTarget(sql: SqlSession, { id: taskId, target_id, source_id }: TaskRow): Promise<void> {
  if (target_id === null) return;
  const [target] = await sql.query<{ name: string; deleted: boolean; serves: boolean }>(
    `select name, deleted_at is not null as deleted, enabled and (sources is null or $2 = any (sources)) as serves
     from targets where id = $1 for share`,
    [target_id, source_id],
  );
  if (target?.deleted) throw refusal('task_target_deleted', { taskId, target: target.name });
  if (target?.serves === false) throw refusal('task_target_off', { taskId, target: target.name });
}

/** A snapshot that was never applied says less than a read or a snapshot that was since. Returns `id`. $1 task. */
const LATER_READ = `
  select o.id
  from tasks t
  join snapshots s on s.task_id = t.id
  join tasks o on o.source_id = t.source_id and o.id <> t.id and o.kind in ('pull', 'snapshot') and o.released_at > t.created_at
  where t.id = $1 and exists (select from jsonb_each(o.complete) c where c.value = 'true' and c.key = any (s.data_types))
  order by o.id desc limit 1`;

/** What was sent is not laid over what the source has said since; of pushes a snapshot knows. */
async function requireNewest(sql: SqlSession, { id: taskId, kind, released_at }: TaskRow): Promise<void> {
  if (kind !== 'snapshot' || released_at !== null) return;
  const [later] = await sql.query<{ id: number }>(LATER_READ, [taskId]);
  if (later) throw refusal('snapshot_outdated', { taskId, later: later.id });
}

/** Nothing of a deleted source is applied, and nobody is removed whose source is in use again (rule 16). */
async function requireSource(sql: SqlSession, { id, kind, source_id }: TaskRow): Promise<RetriedSource | undefined> {
  if (source_id === null) return undefined;
  const [source] = await sql.query<RetriedSource>(
    'select id, name, display_name as "displayName", enabled from sources where id = $1 and deleted_at is null for share',
    [source_id],
  );
  if (!source) throw refusal('task_source_deleted', { taskId: id });
  // What is decided while the removal waits may still be taken back; nothing that its source said is applied.
  const during = kind !== 'purge' && SAYS_NOTHING.has(kind) ? STARTED : OPEN;
  const [removal] = await sql.query<{ id: number }>(removalOf('$1', during), [source_id]);
  if (removal) throw refusal('source_being_deleted', { ...ofSource(source), taskId: removal.id });
  if (kind === 'purge' && source.enabled) throw refusal('removal_of_enabled', ofSource(source));
  return source;
}

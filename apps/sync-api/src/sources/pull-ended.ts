import type { SqlSession } from '../engine/sql-session';
import type { TaskRow } from '../tasks/task-row';
import type { Source } from './source.entity';
import { isSlowedDown, overdueAt, SLOWED_AFTER, timetable } from './timetable';

type Standing = Pick<Source, 'schedule' | 'enabled' | 'failures' | 'nextRunAt' | 'nextIncrementalAt' | 'overdueAt'>;

const LOCK = `
  select schedule, enabled, failures, next_run_at as "nextRunAt", next_incremental_at as "nextIncrementalAt",
    overdue_at as "overdueAt"
  from sources where id = $1 for no key update`;

const WRITE = `
  update sources
  set failures = $2, next_run_at = $3, next_incremental_at = $4, overdue_at = $5, overdue_told_at = case when not $6 then overdue_told_at end
  where id = $1`;

/**
 * What the end of a pull means for its source: failures in a row slow its schedule down (a read that was cut short is
 * one, too), anything else that was applied speeds it up again and says that it is alive. True: with this one it became slow.
 */
export async function pullEnded(sql: SqlSession, task: TaskRow, now = new Date()): Promise<boolean> {
  if (task.kind !== 'pull' || task.dry_run || task.source_id === null) return false;
  const before = await sql.one<Standing>(LOCK, [task.source_id]);
  const failed = task.status === 'failed' || task.read_failure !== null;
  const after = { ...before, failures: failed ? before.failures + 1 : 0 };
  const paceChanged = isSlowedDown(before) || isSlowedDown(after);
  const times = paceChanged ? timetable(after, now) : before;
  await sql.query(WRITE, [
    task.source_id,
    after.failures,
    times.nextRunAt,
    times.nextIncrementalAt,
    failed ? before.overdueAt : overdueAt(after, now, task.cost_ms ?? 0),
    !failed,
  ]);
  return failed && after.failures === SLOWED_AFTER && isSlowedDown(after);
}

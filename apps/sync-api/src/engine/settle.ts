import { DATA_TYPES } from '@rollcall/core';
import type { TaskRow } from '../tasks/task-row';
import type { Run } from './run';
import { LATER_PLANS, leaveToLaterSql, outdateSql, outdateUnreadSql, overlapsSql, settleSql } from './sql/rejections';
import type { SqlSession } from './sql-session';

/** A plan that waits. `statement`: it applies what its source stated; `less`: some of its changes have just become stale. */
type WaitingPlan = Pick<TaskRow, 'id' | 'staging' | 'kind'> & { statement: boolean; less: boolean };

/** Kinds that apply what their source stated. */
const STATEMENTS: ReadonlySet<TaskRow['kind']> = new Set(['pull', 'push', 'event', 'snapshot']);

/**
 * Rule 18: what this task states is newer than what was decided, or is still to be decided, about its records. Returns the plans that
 * wait and hold less than before.
 */
export async function settle(sql: SqlSession, { task, source }: Run): Promise<number[]> {
  const plans = await sql.query<WaitingPlan>(settleSql(task.staging), [task.id, source.id]);
  const complete = DATA_TYPES.filter((dataType) => task.complete[dataType] === true);
  const lessened: number[] = [];
  for (const plan of plans) {
    let { less } = plan;
    if (plan.statement) await sql.execute(outdateSql(plan, task));
    // A read replaces the waiting plans of older reads; what was pushed it does not.
    if (complete.length > 0 && (plan.kind === 'push' || plan.kind === 'event')) {
      const unread = await sql.query(outdateUnreadSql(plan, task, complete));
      less ||= unread.length > 0;
    }
    if (less) lessened.push(plan.id);
  }
  return lessened;
}

/**
 * A plan was approved, and a later one of the same records began to wait before it could be applied: those records are the later one's,
 * as its word would look as if it had moved on.
 */
export async function leaveToLater(
  sql: SqlSession,
  task: Pick<TaskRow, 'id' | 'staging' | 'source_id' | 'kind'>,
): Promise<void> {
  if (!STATEMENTS.has(task.kind)) return;
  const later = await sql.query<Pick<TaskRow, 'id' | 'staging'>>(LATER_PLANS, [task.id, task.source_id]);
  for (const plan of later) await sql.execute(leaveToLaterSql(task, plan));
}

/**
 * A plan that waits, of what the source said later of the same records: it is decided on first. Applied before it, an older word would
 * make the later one look as if it had moved on.
 */
export async function laterOfTheSame(
  sql: SqlSession,
  task: Pick<TaskRow, 'id' | 'staging' | 'source_id' | 'kind'>,
): Promise<number | undefined> {
  if (!STATEMENTS.has(task.kind)) return undefined;
  const plans = await sql.query<Pick<TaskRow, 'id' | 'staging' | 'complete'>>(LATER_PLANS, [task.id, task.source_id]);
  for (const plan of plans) {
    const complete = DATA_TYPES.filter((dataType) => plan.complete[dataType] === true);
    const { overlaps } = await sql.one<{ overlaps: boolean }>(overlapsSql(task, plan, complete));
    if (overlaps) return plan.id;
  }
  return undefined;
}

import { DATA_TYPES } from '@rollcall/core';
import type { TaskRow } from '../tasks/task-row';
import type { Run } from './run';
import { LATER_PLANS, leaveToLaterSql, outdateSql, outdateUnreadSql, settleSql } from './sql/rejections';
import type { SqlSession } from './sql-session';

/** A plan that waits. `statement`: it applies what its source stated; `less`: some of its changes have just become stale. */
type WaitingPlan = Pick<TaskRow, 'id' | 'staging' | 'kind'> & { statement: boolean; less: boolean };

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
 * A plan that waited, and is applied or tried again, says less than the source has said since: of whose records a later plan that waits
 * tells, those are that one's.
 */
export async function leaveToLater(
  sql: SqlSession,
  task: Pick<TaskRow, 'id' | 'staging' | 'source_id'>,
): Promise<void> {
  const later = await sql.query<Pick<TaskRow, 'id' | 'staging'>>(LATER_PLANS, [task.id, task.source_id]);
  for (const plan of later) await sql.execute(leaveToLaterSql(task, plan));
}

import { DATA_TYPES } from '@rollcall/core';
import type { TaskRow } from '../tasks/task-row';
import type { Run } from './run';
import { outdateSql, outdateUnreadSql, settleSql } from './sql/rejections';
import type { SqlSession } from './sql-session';

/** Rule 18: what this task states is newer than what was decided, or is still to be decided, about its records. */
export async function settle(sql: SqlSession, { task, source }: Run): Promise<void> {
  const plans = await sql.query<Pick<TaskRow, 'id' | 'staging' | 'kind'>>(settleSql(task.staging), [
    task.id,
    source.id,
  ]);
  const complete = DATA_TYPES.filter((dataType) => task.complete[dataType] === true);
  for (const plan of plans) {
    await sql.execute(outdateSql(plan, task));
    // A read replaces the waiting plans of older reads; what was pushed it does not.
    if (complete.length > 0 && (plan.kind === 'push' || plan.kind === 'event')) {
      await sql.execute(outdateUnreadSql(plan, task, complete));
    }
  }
}

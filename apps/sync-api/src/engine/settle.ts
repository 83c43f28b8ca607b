import type { TaskRow } from '../tasks/task-row';
import type { Run } from './run';
import { outdateSql, settleSql } from './sql/rejections';
import type { SqlSession } from './sql-session';

/** Rule 18: what this task states is newer than what was decided, or is still to be decided, about its records. */
export async function settle(sql: SqlSession, { task, source }: Run): Promise<void> {
  const plans = await sql.query<Pick<TaskRow, 'id' | 'staging'>>(settleSql(task.staging), [task.id, source.id]);
  for (const plan of plans) await sql.execute(outdateSql(plan, task));
}

import type { TaskRow } from '../tasks/task-row';
import type { SqlSession } from './sql-session';

/** Name of the relation that holds what one pull read; pushes share the table `staging`. */
export const stagingTable = (taskId: number): string => `staging_${taskId}`;

type Staged = Pick<TaskRow, 'id' | 'staging'>;

/** Makes it. Unlogged: Postgres empties it when it crashes, and the plan then notices that rows are missing. */
export async function createOwnStaging(sql: SqlSession, taskId: number): Promise<string> {
  const staging = stagingTable(taskId);
  await sql.execute(
    `drop table if exists ${staging}; create unlogged table ${staging} (like staging including defaults)`,
  );
  return staging;
}

/** A held plan stands on it until somebody decides, perhaps for days: it must survive a crash. */
export async function keepOwnStaging(sql: SqlSession, task: Staged): Promise<void> {
  if (task.staging === stagingTable(task.id)) await sql.execute(`alter table ${task.staging} set logged`);
}

/** Nothing comes back to it: a retry of a pull reads again. What was pushed stays for a retry. */
export async function dropOwnStaging(sql: SqlSession, task: Staged): Promise<void> {
  if (task.staging === stagingTable(task.id)) await sql.execute(`drop table if exists ${task.staging}`);
}

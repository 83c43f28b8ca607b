import { RollcallError } from '@rollcall/core';
import type { TaskRow } from '../tasks/task-row';
import type { SqlSession } from './sql-session';

/** Where pushes are staged, and what is tried again. */
export const SHARED_STAGING = 'staging';

/** Name of the relation that holds what one pull read; see `snapshot-staging.ts` for that of a snapshot. */
export const stagingTable = (taskId: number): string => `staging_${taskId}`;

type Staged = Pick<TaskRow, 'id' | 'staging'>;

/** Makes it, empty. Unlogged: Postgres empties it when it crashes, which `countStaged` shows (rule 5). */
export async function createOwnStaging(sql: SqlSession, taskId: number): Promise<string> {
  const staging = stagingTable(taskId);
  await sql.execute(
    `drop table if exists ${staging}; create unlogged table ${staging} (like staging including defaults)`,
  );
  return staging;
}

/** How many of the read's rows are there: to be held against the number that was committed. Null: the relation is gone. */
export async function countStaged(sql: SqlSession, { id, staging }: Staged): Promise<number | null> {
  const { there } = await sql.one<{ there: boolean }>('select to_regclass($1) is not null as there', [staging]);
  if (!there) return null;
  // Rows without a position were not read: a plan added them.
  return (await sql.one<{ n: number }>(`select count(position)::int as n from ${staging} where task_id = $1`, [id])).n;
}

/** Rule 5: a plan on less than what was read would lose somebody. */
export async function requireWhole(sql: SqlSession, task: Staged & Pick<TaskRow, 'staged'>): Promise<void> {
  const left = (await countStaged(sql, task)) ?? 0;
  if (left === task.staged) return;
  throw new RollcallError(
    'read_interrupted',
    `${task.staged} records were read, ${left} are left: the staging was lost. The read is done again.`,
  );
}

/** Takes back what was staged after the page at which a read goes on: it is read again. */
export async function dropStagedFrom(sql: SqlSession, { id, staging }: Staged, position: number): Promise<void> {
  await sql.query(`delete from ${staging} where task_id = $1 and position >= $2`, [id, position]);
}

/**
 * A held plan stands on it until somebody decides, perhaps for days: it must survive a crash. Meanwhile records are looked up in
 * it, by whoever reads the plan and by every task that states them again.
 */
export async function keepOwnStaging(sql: SqlSession, { id, staging }: Staged): Promise<void> {
  if (staging === SHARED_STAGING) return;
  if (staging === stagingTable(id)) await sql.execute(`alter table ${staging} set logged`);
  await sql.execute(`create index if not exists ${staging}_by_uid on ${staging} (uid)`);
}

/** Nothing comes back to it: a retry of a pull reads again. What was sent stays for a retry. */
export async function dropOwnStaging(sql: SqlSession, task: Staged): Promise<void> {
  if (task.staging === stagingTable(task.id)) await sql.execute(`drop table if exists ${task.staging}`);
}

/** Everything in it was applied. Shared staging was swept with the task. */
export async function dropAppliedStaging(sql: SqlSession, { staging }: Staged): Promise<void> {
  if (staging !== SHARED_STAGING) await sql.execute(`drop table if exists ${staging}`);
}

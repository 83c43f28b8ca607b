import type { DataType } from '@rollcall/core';
import type { TaskStore } from '../tasks/task-store';
import { createOwnStaging } from './own-staging';
import type { Run } from './run';
import { stageEverybodySql } from './sql/everybody';

/**
 * Instead of a read: stages everybody whom the source states, and who stayed after an earlier leaving, as deleted by it.
 * From there on the removal is a plan like any other; once all of it is applied, the source is deleted (rule 16).
 */
export async function stageEverybody(run: Run, store: TaskStore): Promise<void> {
  await run.transact(async (sql) => {
    const staging = await createOwnStaging(sql, run.task.id);
    const rows = await sql.query<{ data_type: DataType; n: number }>(stageEverybodySql(staging), [
      run.task.id,
      run.source.id,
    ]);
    Object.assign(run.task, {
      staging,
      staged: rows.reduce((sum, { n }) => sum + n, 0),
      read: Object.fromEntries(rows.map(({ data_type, n }) => [data_type, n])),
    });
    await store.setRead(sql, run.task.id, run.task);
  });
}

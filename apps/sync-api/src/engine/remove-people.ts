import type { TaskStore } from '../tasks/task-store';
import { createOwnStaging } from './own-staging';
import type { Run } from './run';
import { stageEverybodySql } from './sql/everybody';
import { type StagedSum, sumOf } from './staged-counts';

/**
 * Instead of a read: stages everybody whom the source states, and who stayed after an earlier leaving, as deleted by it.
 * From there on the removal is a plan like any other; once all of it is applied, the source is deleted (rule 16).
 */
export async function stageEverybody(run: Run, store: TaskStore): Promise<void> {
  await run.transact(async (sql) => {
    const { id } = run.task;
    const staging = await createOwnStaging(sql, id);
    await store.beginRead(sql, id, { staging, mode: 'full', since: null });
    const counts = await sql.query<StagedSum>(stageEverybodySql(staging), [id, run.source.id]);
    const staged = await store.endRead(sql, id, {
      ...sumOf(counts),
      complete: {},
      next_cursor: null,
    });
    Object.assign(run.task, staged);
  });
}

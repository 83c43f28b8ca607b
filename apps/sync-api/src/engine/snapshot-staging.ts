import type { DataType } from '@rollcall/core';
import type { TaskStore } from '../tasks/task-store';
import type { Run } from './run';
import { dropPushedSql, stagePushedSql } from './sql/snapshot';
import { dropRepeated } from './stage';
import { sumOf, withoutUnreadable } from './staged-counts';

/** Name of the relation that holds what was sent for a snapshot; once committed it is the staging of its task. */
export const snapshotTable = (snapshotId: number): string => `snapshot_${snapshotId}`;

export const isSnapshotStaging = (staging: string): boolean => /^snapshot_\d+$/.test(staging);

/**
 * Instead of a read: makes what was sent a whole. A re-sent record replaces the earlier one, and what was pushed since
 * the snapshot was opened stands in it as it is now (rule 22). Done before every plan, because a plan that was not
 * released may be made again later.
 */
export async function takeUpSnapshot(run: Run, store: TaskStore): Promise<void> {
  const { id, staging, total } = run.task;
  await run.transact((sql) => store.setProgress(sql, id, 'stage', 0, total));
  await run.transact(async (sql) => {
    await sql.query(`delete from ${staging} where position is null`);
    await sql.query(`update ${staging} set base_version = null where base_version is not null`);
    await sql.analyze(`${staging}, snapshot_pushes`);
    await sql.query(dropPushedSql(staging), [id]);
    await sql.query(stagePushedSql(staging), [id, run.source.id]);
    // A record that was sent again replaces the earlier one: nobody needs to hear of that.
    const { counts } = await dropRepeated(sql, staging, id);
    const { data_types } = await sql.one<{ data_types: DataType[] }>(
      'select data_types from snapshots where task_id = $1',
      [id],
    );
    const complete = withoutUnreadable(Object.fromEntries(data_types.map((dataType) => [dataType, true])), counts);
    Object.assign(run.task, await store.endRead(sql, id, { ...sumOf(counts), complete, next_cursor: null }));
  });
}

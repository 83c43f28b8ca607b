import { type DataType, type NormalisedRecord, readRecord, type Rename, type SourceAdapter } from '@rollcall/core';
import type { PlannedGroup } from './plan';
import type { Run } from './run';
import { planGivenUpSql, planRenamesSql } from './sql/renames';
import type { SqlSession } from './sql-session';
import type { StagedRecord } from './stage';

/** One `{from, to}` of an adapter, ready for staging: a record that says nothing but its new uid. */
export function readRename(
  dataType: DataType,
  raw: unknown,
  { uidCase }: Pick<SourceAdapter, 'uidCase'>,
): Pick<StagedRecord, 'record' | 'renamedTo'> {
  const { from, to } = (typeof raw === 'object' && raw !== null ? raw : {}) as { from?: unknown; to?: unknown };
  const record = named(readRecord(dataType, { uid: from }, { uidCase }), 'uid to change', 'from');
  const renamed = named(readRecord(dataType, { uid: to }, { uidCase }), 'new uid', 'to');
  if (renamed.uid !== null) return { record, renamedTo: renamed.uid };
  // One code for whatever is wrong with the new uid: by it these are found again in staging.
  const failure = renamed.failure && { ...renamed.failure, code: 'uid_invalid' as const };
  return { record: { ...record, failure: record.failure ?? failure } };
}

/** Says of which uid of the rename it is that it cannot be read. */
function named(record: NormalisedRecord, uid: string, field: keyof Rename): NormalisedRecord {
  const { failure } = record;
  if (!failure) return record;
  const message =
    failure.code === 'uid_missing'
      ? `The rename names no ${uid}: send "${field}".`
      : `The ${uid} of the rename, "${field}", cannot be read: ${failure.message}`;
  return { ...record, failure: { ...failure, message } };
}

/** Adds the renames of a read to its plan. Returns the changes that nothing else makes. */
export async function planRenames(sql: SqlSession, { task, source, readings }: Run): Promise<PlannedGroup[]> {
  const groups = await sql.query<Pick<PlannedGroup, 'target_id' | 'data_type' | 'n' | 'read'>>(
    planRenamesSql(readings, task.staging),
    [task.id, source.id],
  );
  const planned = groups.map((group): PlannedGroup => ({ ...group, action: 'update', outcome: null, loses: 0 }));
  const remote = readings.filter((reading) => reading.remote);
  if (remote.length === 0) return planned;
  const givenUp = await sql.query<Pick<PlannedGroup, 'target_id' | 'data_type' | 'action' | 'n'>>(
    planGivenUpSql(remote, task.staging),
    [task.id, source.id],
  );
  return [...planned, ...givenUp.map((group) => ({ ...group, outcome: null, read: 0, loses: 0 }))];
}

/** References and new records have to be held against uids that were given up, those of this task's read among them. */
export const hasEarlierUids = ({ task, earlierUids }: Pick<Run, 'task' | 'earlierUids'>): boolean =>
  earlierUids || task.renames;

import { type DataType, type NormalisedRecord, readRecord, type SourceAdapter } from '@rollcall/core';
import type { PlannedGroup } from './plan';
import type { Run } from './run';
import { planRenamesSql } from './sql/renames';
import type { SqlSession } from './sql-session';
import type { StagedRecord } from './stage';

/** One `{from, to}` of an adapter, ready for staging: a record that says nothing but its new uid. */
export function readRename(
  dataType: DataType,
  raw: unknown,
  { uidCase }: Pick<SourceAdapter, 'uidCase'>,
): Pick<StagedRecord, 'record' | 'renamedTo'> {
  const { from, to } = (typeof raw === 'object' && raw !== null ? raw : {}) as { from?: unknown; to?: unknown };
  const record = readRecord(dataType, { uid: from }, { uidCase });
  const renamed = readRecord(dataType, { uid: to }, { uidCase });
  if (renamed.uid !== null) return { record, renamedTo: renamed.uid };
  return { record: unreadable(record) };
}

const unreadable = (record: NormalisedRecord): NormalisedRecord => ({
  ...record,
  failure: record.failure ?? { code: 'uid_invalid', field: 'uid', message: 'The rename names no new uid: send "to".' },
});

/** Adds the renames of a read to its plan. Returns the changes that nothing else makes. */
export async function planRenames(sql: SqlSession, { task, source, readings }: Run): Promise<PlannedGroup[]> {
  const groups = await sql.query<Pick<PlannedGroup, 'target_id' | 'data_type' | 'n' | 'read'>>(
    planRenamesSql(readings, task.staging),
    [task.id, source.id],
  );
  return groups.map((group) => ({ ...group, action: 'update', outcome: null, loses: 0 }));
}

/** References and new records have to be held against uids that were given up, those of this task's read among them. */
export const hasEarlierUids = ({ task, earlierUids }: Pick<Run, 'task' | 'earlierUids'>): boolean =>
  earlierUids || task.renames;

import type { DataType, PullResult } from '@rollcall/core';
import type { TaskRow } from '../tasks/task-row';

/** What a finished read left in its staging, per data type. */
export interface StagedSum {
  data_type: DataType;
  /** Distinct records. */
  n: number;
}

export interface StagedCount extends StagedSum {
  /** Records among them whose uid could not be read: they might be anybody. */
  unreadable: number;
}

/** The same as the columns of the task. */
export const sumOf = (counts: readonly StagedSum[]): Pick<TaskRow, 'staged' | 'read'> => ({
  staged: counts.reduce((sum, { n }) => sum + n, 0),
  read: Object.fromEntries(counts.map(({ data_type, n }) => [data_type, n])),
});

/** Rule 4: a record whose uid cannot be read might be anybody, so nobody of its data type can be missing. */
export function withoutUnreadable(
  complete: PullResult['complete'],
  counts: readonly StagedCount[],
): PullResult['complete'] {
  const unreadable = new Set(counts.filter((count) => count.unreadable > 0).map((count) => count.data_type));
  const reason = 'A record came without a uid that could be read.';
  return Object.fromEntries(
    (Object.entries(complete) as [DataType, PullResult['complete'][DataType]][]).map(([dataType, value]) => [
      dataType,
      unreadable.has(dataType) ? { complete: false, reason } : value,
    ]),
  );
}

import type { ChangeCounts, DataType } from '@rollcall/core';

/** By data type; what is 0 does not stand there. */
export type CountsByDataType = Partial<Record<DataType, Partial<ChangeCounts>>>;

/** What happened on one target as the task's row keeps it. */
export interface StoredCounts extends ChangeCounts {
  /** Absent where a task counts by itself. */
  byDataType?: CountsByDataType;
}

type AllCounts = Readonly<Record<string, StoredCounts>>;

/** Target → counts of all its data types together. */
export function totalsOf(counts: AllCounts): Record<string, ChangeCounts> {
  return Object.fromEntries(Object.entries(counts).map(([target, { byDataType: _, ...total }]) => [target, total]));
}

/** Target → data type → counts, where the task knows them. */
export function byDataTypeOf(counts: AllCounts): Record<string, CountsByDataType> {
  return Object.fromEntries(
    Object.entries(counts).flatMap(([target, { byDataType }]) => (byDataType ? [[target, byDataType]] : [])),
  );
}

import type { Count, DataType, Task } from '../../api/types';

/** What one line of counts is about: a target, or what it does with the records of one data type. */
export interface CountRow {
  target: string;
  dataType?: DataType;
  counts: Partial<Record<Count, number>>;
}

/**
 * A line a target. The target `departments` has two: it keeps departments, and who is a member where, which user records
 * say. A task that did not count them apart has one.
 */
export function countRows({ counts, countsByDataType }: Pick<Task, 'counts' | 'countsByDataType'>): CountRow[] {
  return Object.entries(counts).flatMap(([target, total]): CountRow[] => {
    const apart = target === 'departments' ? countsByDataType[target] : undefined;
    if (!apart) return [{ target, counts: total }];
    return DEPARTMENTS_FIRST.flatMap((dataType) => {
      const own = apart[dataType];
      return own && Object.keys(own).length > 0 ? [{ target, dataType, counts: own }] : [];
    });
  });
}

const DEPARTMENTS_FIRST = ['department', 'user'] as const satisfies DataType[];

import type { TaskRow } from './task-row';

/** Somebody rejected the plan of a task: it ended as cancelled, and says so first. */
export function isRejected({ status, notes }: Pick<TaskRow, 'status' | 'notes'>): boolean {
  return status === 'cancelled' && notes?.[0]?.code === 'rejected';
}

/** SQL: the same of the row `t` of `tasks`. */
export const rejectedSql = (t: string): string =>
  `(${t}.status = 'cancelled' and ${t}.notes -> 0 ->> 'code' is not distinct from 'rejected')`;

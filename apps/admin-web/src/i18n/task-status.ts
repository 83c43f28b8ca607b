import type { Task } from '../api/types';

/** What is told of a task where only its status shows. */
export type Standing = Pick<Task, 'status'> &
  Partial<Pick<Task, 'heldReason' | 'rejected' | 'incomplete' | 'cancelRequested'>>;

export type StatusName = Task['status'] | 'stopping' | 'preview' | 'rejected' | 'incomplete';

/** By what people call it: nothing holds a preview back, and whoever rejects a plan cancels nothing, and a read
 * that did not see everything is no plain success. The key of its text. */
export function statusName({ status, heldReason, rejected, incomplete, cancelRequested }: Standing): StatusName {
  if (cancelRequested) return 'stopping';
  if (status === 'held' && heldReason === 'preview') return 'preview';
  if (status === 'succeeded' && incomplete) return 'incomplete';
  return rejected ? 'rejected' : status;
}

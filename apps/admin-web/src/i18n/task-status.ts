import type { Task } from '../api/types';

/** What is told of a task where only its status shows. */
export type Standing = Pick<Task, 'status'> & Partial<Pick<Task, 'heldReason' | 'rejected' | 'cancelRequested'>>;

export type StatusName = Task['status'] | 'stopping' | 'preview' | 'rejected';

/** By what people call it: nothing holds a preview back, and whoever rejects a plan cancels nothing. The key of its text. */
export function statusName({ status, heldReason, rejected, cancelRequested }: Standing): StatusName {
  if (cancelRequested) return 'stopping';
  if (status === 'held' && heldReason === 'preview') return 'preview';
  return rejected ? 'rejected' : status;
}

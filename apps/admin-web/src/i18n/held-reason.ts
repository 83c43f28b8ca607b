import type { Task } from '../api/types';

/** Why a plan waits: `rejected`, when nothing but an earlier decision speaks against it. */
export type HeldWhy = NonNullable<Task['heldReason']> | 'rejected';

export function heldWhy({ heldReason, doubts = [] }: Pick<Task, 'heldReason' | 'doubts'>): HeldWhy | undefined {
  const only = heldReason === 'limits' && doubts.length > 0 && doubts.every(({ kind }) => kind === 'rejected');
  return only ? 'rejected' : heldReason;
}

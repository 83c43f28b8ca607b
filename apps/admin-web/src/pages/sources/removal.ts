import type { Source } from '../../api/types';

/**
 * How the removal of a source and its people stands, when its newest task is one: nothing else runs before it is over, as it
 * turned the source off. `waits` for a decision; `goes` on by itself; `rejected` and `stayed` left the source there, turned off.
 */
export type Removal = 'waits' | 'goes' | 'rejected' | 'stayed';

export function removalOf({ enabled, lastTask }: Pick<Source, 'enabled' | 'lastTask'>): Removal | undefined {
  if (enabled || lastTask?.kind !== 'purge') return undefined;
  switch (lastTask.status) {
    case 'held':
      return 'waits';
    case 'queued':
    case 'running':
      return 'goes';
    default:
      return lastTask.rejected ? 'rejected' : 'stayed';
  }
}

/** The source is about to go: nothing is to be done with it but to decide that. */
export const isLeaving = (removal: Removal | undefined): boolean => removal === 'waits' || removal === 'goes';

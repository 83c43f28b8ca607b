import type { Task } from '../api/types';

/**
 * What a notice is about, as a key. A hundred plans of one source that are held for one reason are one concern; a task that
 * fails again in another attempt is another one.
 */
export const concernOf = ({ id, status, attempts, source, heldReason }: Task): string =>
  status === 'held' ? `held/${source?.id ?? ''}/${heldReason ?? ''}` : `${id}/${status}/${attempts}`;

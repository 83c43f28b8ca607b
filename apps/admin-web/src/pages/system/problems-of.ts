import type { System } from '../../api/types';

export type SystemProblem =
  | 'postgres'
  | 'redis'
  | 'workers'
  | 'adapters'
  | 'targets'
  | 'waiting'
  | 'failed'
  | 'overdue'
  | 'unseen'
  | 'left'
  | 'held';

/** A task that waits longer than this waits for something else than its turn. */
const LONG_MS = 15 * 60_000;

/** What stands elsewhere. */
export interface Trouble {
  /** Tasks that failed, or reads that were cut short, with nothing that made up for it. */
  failed: number;
  /** Tasks that left records behind, with nothing that made up for it. */
  left: number;
  /** Targets that do not answer. */
  away: number;
  /** Sources that have not succeeded for longer than their schedule lets expect. */
  overdue: number;
  /** Sources whose last read did not see everybody: nobody is taken for missing by such a one. */
  unseen: number;
}

/** What an admin should look at, the worst first. */
export function problemsOf(
  { checks, queue }: System,
  { failed, left, away, overdue, unseen }: Trouble,
  now: Date,
): SystemProblem[] {
  const waits = queue.oldestWaitingSince === null ? 0 : now.getTime() - new Date(queue.oldestWaitingSince).getTime();
  const found: Record<SystemProblem, boolean> = {
    postgres: checks.postgres.status === 'down',
    redis: checks.redis.status === 'down',
    workers: checks.workers.status === 'down',
    adapters: checks.adapters.missing.length > 0,
    targets: away > 0,
    waiting: waits > LONG_MS,
    failed: failed > 0,
    overdue: overdue > 0,
    unseen: unseen > 0,
    left: left > 0,
    held: queue.held > 0,
  };
  return (Object.keys(found) as SystemProblem[]).filter((problem) => found[problem]);
}

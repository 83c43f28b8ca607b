import type { AdapterLogger } from '@rollcall/core';
import type { Policies } from '../sources/policies';
import type { TaskRow } from '../tasks/task-row';
import type { OtherReading, Reading } from './reading';
import type { SqlSession } from './sql-session';

export interface TransactOptions {
  /** Notes what is done already, also when the task was cancelled meanwhile. */
  evenCancelled?: boolean;
  /** Another one of the task may run at the same time, so the lease is taken just before the commit. */
  beside?: boolean;
  /** Takes long and may be lost: when the task is cancelled or taken over it is broken off in the middle of a statement. */
  breaksOff?: boolean;
}

/** One task on its way through the six steps. */
export interface Run {
  task: TaskRow;
  source: { id: number; name: string };
  policies: Policies;
  readings: readonly Reading[];
  /** What there may be beside them: it gets in a backfill what this run leaves behind. */
  others: readonly OtherReading[];
  /** More than one small transaction: plans are made for the real numbers, batches are cut, statistics are kept. */
  large: boolean;
  /** Uids of the source had been given up for others when the run began (rule 11); see `hasEarlierUids`. */
  earlierUids: boolean;
  /** Tasks of the source were undone; see `hasUndone`. */
  undone: boolean;
  /** Batches are written under a savepoint, so that what the database refuses can be narrowed down. */
  careful: boolean;
  logger: AdapterLogger;
  /** Aborted on cancel, shutdown and loss of the lease. */
  signal: AbortSignal;
  /** Runs work in a transaction that holds the task's lease. A small push runs everything in one. */
  transact<T>(work: (sql: SqlSession) => Promise<T>, options?: TransactOptions): Promise<T>;
}

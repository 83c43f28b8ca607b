import { Inject, Injectable } from '@nestjs/common';
import type { Hint } from '@rollcall/core';
import { PinoLogger } from 'nestjs-pino';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { ALONE_WITH_HINTS, QUEUE_HINT_TASK, STORE_HINTS } from '../engine/sql/hints';
import { inTransaction } from '../engine/sql-session';
import { TaskQueue } from '../queue/task-queue';

/** Time after the first hint in which others may come, to be read with it. */
const SETTLE_SECONDS = 1;

/** Hints that are committed together, and the promise that they are. */
interface Group {
  hints: Hint[];
  stored: Promise<void>;
}

/**
 * Stores hints, and sees to it that a task reads them. While those of a source are being committed, others that come wait
 * for the next transaction and share it: a vendor that calls a thousand times a second gets its answers in time.
 */
@Injectable()
export class HintStore {
  /** By source: the group that has not begun, and what it waits for. */
  private readonly gathering = new Map<number, Group>();
  private readonly committing = new Map<number, Promise<void>>();

  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly queue: TaskQueue,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext('Hints');
  }

  /** Comes back when the hints are committed. */
  async add(sourceId: number, hints: readonly Hint[]): Promise<void> {
    const group = this.gathering.get(sourceId) ?? this.gather(sourceId);
    group.hints.push(...hints);
    await group.stored;
  }

  private gather(sourceId: number): Group {
    const hints: Hint[] = [];
    const before = this.committing.get(sourceId) ?? Promise.resolve();
    const commit = async (): Promise<void> => {
      this.gathering.delete(sourceId);
      await this.store(sourceId, lastOfEachKey(hints));
    };
    // Whether those before were stored is their own senders' business.
    const stored = before.then(commit, commit);
    const group = { hints, stored };
    this.gathering.set(sourceId, group);
    this.committing.set(sourceId, stored);
    const forget = (): void => {
      if (this.committing.get(sourceId) === stored) this.committing.delete(sourceId);
    };
    void stored.then(forget, forget);
    return group;
  }

  private async store(sourceId: number, hints: readonly Hint[]): Promise<void> {
    const queued = await inTransaction(this.pool, { prepared: false }, async (sql) => {
      await sql.query(ALONE_WITH_HINTS, [sourceId]);
      await sql.query(STORE_HINTS, [sourceId, JSON.stringify(hints)]);
      // Of a disabled source they are kept for its next read: a rename is told once, and not by a full read.
      const [source] = await sql.query<{ enabled: boolean }>('select enabled from sources where id = $1', [sourceId]);
      if (!source?.enabled) return [];
      return sql.query<{ id: number }>(QUEUE_HINT_TASK, [sourceId, SETTLE_SECONDS]);
    });
    this.logger.debug({ sourceId, hints: hints.length }, 'Hints stored');
    // What is committed will be read even if Redis is away: the sweeper puts it in again.
    if (queued.length > 0) await this.queue.enqueueDue(sourceId).catch((error: unknown) => this.missed(error));
  }

  private missed(error: unknown): void {
    this.logger.warn({ err: error }, 'The task of an event could not be put into the queue; the sweeper does it');
  }
}

/** One statement cannot store a key twice. */
function lastOfEachKey(hints: readonly Hint[]): Hint[] {
  const byKey = new Map<string, Hint>();
  for (const hint of hints) {
    byKey.delete(hint.key);
    byKey.set(hint.key, hint);
  }
  return [...byKey.values()];
}

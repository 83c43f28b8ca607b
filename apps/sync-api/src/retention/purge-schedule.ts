import { Inject, Injectable } from '@nestjs/common';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { Purger } from '../engine/purge';
import { inTransaction } from '../engine/sql-session';
import { TaskQueue } from '../queue/task-queue';
import { TaskStore } from '../tasks/task-store';

/** Begins a purge when something is due: once a day, and sooner after one that failed. */
@Injectable()
export class PurgeSchedule {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly purger: Purger,
    private readonly store: TaskStore,
    private readonly queue: TaskQueue,
  ) {}

  /** Returns how many tasks it made: one or none. */
  async begin(): Promise<number> {
    const task = await inTransaction(this.pool, { prepared: false }, async (sql) =>
      (await this.purger.isDue(sql)) ? this.store.insertPurge(sql) : undefined,
    );
    if (!task) return 0;
    await this.queue.enqueueDue();
    return 1;
  }
}

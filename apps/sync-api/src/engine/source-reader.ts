import { Inject, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { PinoLogger } from 'nestjs-pino';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { RawArchive } from '../logs/raw-archive';
import { SourcesService } from '../sources/sources.service';
import { TaskLeases } from '../tasks/task-leases';
import { TaskStore } from '../tasks/task-store';
import { canPull, pull } from './read';
import type { Run } from './run';
import { inTransaction } from './sql-session';

/** Read and stage: opens the source of a task with its adapter and secrets, and pulls it into the task's own staging. */
@Injectable()
export class SourceReader {
  constructor(
    private readonly sources: SourcesService,
    private readonly registry: AdapterRegistry,
    private readonly archive: RawArchive,
    private readonly store: TaskStore,
    private readonly leases: TaskLeases,
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly logger: PinoLogger,
  ) {}

  async read(run: Run): Promise<void> {
    const adapter = this.registry.source((await this.sources.byId(run.source.id)).type);
    if (!canPull(adapter)) {
      throw new RollcallError(
        'configuration',
        `"${run.source.name}" cannot be read from here: its records are pushed.`,
      );
    }
    const options = await this.sources.optionsInClear(run.source.id);
    const archive = await this.archive.open(run.task.id);
    try {
      await run.transact((sql) => this.store.setProgress(sql, run.task.id, 'read', 0, null));
      // The adapter sets the pace, so the task's row is only locked at the end: until then it can be cancelled, and
      // its progress is seen.
      await inTransaction(this.pool, { prepared: false }, async (sql) => {
        const progress = (done: number): Promise<void> => this.store.showRead(run.task.id, done);
        const result = await pull(sql, run, { adapter, options, archive, progress });
        await this.leases.renew(sql, run.task.id);
        Object.assign(run.task, result);
        this.logger.info({ read: result.read, complete: result.complete }, 'Read and staged');
        await this.store.setRead(sql, run.task.id, run.task);
      });
    } finally {
      await archive.close();
    }
  }
}

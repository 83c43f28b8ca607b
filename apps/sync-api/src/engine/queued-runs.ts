import { Inject, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { PinoLogger } from 'nestjs-pino';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { effectivePolicies } from '../sources/policies';
import { SourcesService } from '../sources/sources.service';
import { type HeldTask, TaskLeases } from '../tasks/task-leases';
import type { TaskRow } from '../tasks/task-row';
import { breakOff } from './break-off';
import { Cancelled } from './report';
import type { Run } from './run';
import { HAS_EARLIER_UIDS } from './sql/renames';
import { hasUndone } from './sql/taken-back';
import { inTransaction, only } from './sql-session';
import { TargetReadings } from './target-readings';

/** Makes the run of a claimed task: no transaction of it is committed without the lease, or begun once it was cancelled. */
@Injectable()
export class QueuedRuns {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly leases: TaskLeases,
    private readonly readings: TargetReadings,
    private readonly sources: SourcesService,
    private readonly logger: PinoLogger,
  ) {}

  async of(task: TaskRow, stop: AbortController): Promise<Run> {
    if (task.source_id === null) throw new RollcallError('internal', `Task ${task.id} has no source to run for.`);
    const source = await this.sources.byId(task.source_id);
    const { rows } = await this.pool.query<{ renamed: boolean; undone: boolean }>(
      `${HAS_EARLIER_UIDS}, ${hasUndone('$1')} as undone`,
      [source.id],
    );
    const { renamed, undone } = only(rows);
    return {
      task,
      source,
      policies: effectivePolicies(source.policies),
      readings: await this.readings.of(task),
      others: this.readings.others,
      large: true,
      earlierUids: renamed,
      undone,
      careful: true,
      logger: this.logger,
      signal: stop.signal,
      transact: this.transactions(task, stop),
    };
  }

  /** Runs each piece of work on a claimed task in a transaction that commits nothing without its lease. */
  transactions({ id, claims }: HeldTask, stop: AbortController): Run['transact'] {
    const task = { id, claims };
    return (work, { evenCancelled = false, beside = false, breaksOff = false } = {}) =>
      inTransaction(this.pool, { prepared: false }, async (sql) => {
        if (!evenCancelled) stop.signal.throwIfAborted();
        const { cancelRequested } = await (beside ? this.leases.look(sql, task) : this.leases.renew(sql, task));
        if (cancelRequested && !evenCancelled) {
          const cancelled = new Cancelled();
          stop.abort(cancelled);
          throw cancelled;
        }
        const result = await (breaksOff ? breakOff(this.pool, sql, stop.signal, () => work(sql)) : work(sql));
        // Its row was free so far, so that others could write, and somebody may have taken the task.
        if (beside) await this.leases.renew(sql, task);
        // A long transaction hides its row from the heartbeat, so it renews the lease once more as its last act.
        else await this.leases.extend(sql, task);
        return result;
      });
  }
}

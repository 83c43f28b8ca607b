import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import { type DataType, errorPolicy, isRollcallError, RollcallError } from '@rollcall/core';
import { PinoLogger } from 'nestjs-pino';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { KEY_POOL, PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { RawArchive } from '../logs/raw-archive';
import type { Source } from '../sources/source.entity';
import { SourcesService } from '../sources/sources.service';
import { type LogContext, withLogContext } from '../logs/request-context';
import type { TaskRow } from '../tasks/task-row';
import { type NewTask, TaskStore } from '../tasks/task-store';
import { applyAtOnce, applyReading, promote } from './apply';
import { guard, type Hold } from './guard';
import { type Plan, plan } from './plan';
import { canPull, pull, stagingTable } from './read';
import { COUNTS, CLOSE_TASK, readingsParameter } from './sql/close';
import { bindVersionsSql } from './sql/promote';
import { MARK_UNREACHED } from './sql/batch';
import type { Reading } from './reading';
import type { Run } from './run';
import { inTransaction, type SqlSession } from './sql-session';
import { type StagedRecord, stageSmall } from './stage';
import { TargetReadings } from './target-readings';
import { effectivePolicies, type StoredPolicies } from '../sources/policies';

/** Tries of a task that meets retryable errors, and the pauses between them in seconds. */
const PAUSES = [2, 10];
const HEARTBEAT_MS = 5_000;
/** Up to so many records are looked up one by one, by index. */
const BY_KEY = 100;

export interface SpineSource {
  id: number;
  name: string;
  policies: StoredPolicies;
}

/**
 * The spine: read → stage → plan → guard → apply → report. Every way in goes through these steps; a small push in one
 * transaction of its caller (`runSmall`), everything else as a queued task in one transaction a step and a batch
 * (`run`), so that it can be watched, cancelled and taken over.
 */
@Injectable()
export class Spine {
  /** Names this process in the leases that it holds. */
  readonly owner = `${hostname()}:${process.pid}:${randomUUID()}`;

  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    @Inject(KEY_POOL) private readonly keyPool: Pool,
    private readonly store: TaskStore,
    private readonly readings: TargetReadings,
    private readonly sources: SourcesService,
    private readonly registry: AdapterRegistry,
    private readonly archive: RawArchive,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext('Spine');
  }

  /**
   * Takes a few staged records through all steps in one transaction. Undefined when the source is busy: then they go
   * through the queue. Returns the task as it ended: succeeded, partially succeeded, failed or held.
   */
  async runSmall(task: NewTask, source: SpineSource, records: readonly StagedRecord[]): Promise<TaskRow | undefined> {
    const readings = await this.readings.all();
    const byKey = records.length <= BY_KEY;
    const ended = await inTransaction(byKey ? this.keyPool : this.pool, { prepared: byKey }, async (sql) => {
      const opened = await this.store.openInline(sql, { ...task, ...readOf(records) }, this.owner);
      if (!opened) return undefined;
      const run: Run = {
        task: opened,
        source,
        policies: effectivePolicies(source.policies),
        readings,
        large: false,
        logger: this.logger,
        signal: NEVER,
        transact: (work) => work(sql),
      };
      await stageSmall(sql, opened.id, records);
      const planned = await plan(sql, run);
      const hold = await guard(sql, run, planned);
      if (hold) return this.hold(sql, run, hold);
      await promote(sql, run, planned);
      for (const reading of readings) await applyAtOnce(sql, run, reading, changesOf(planned, reading));
      return this.close(sql, run);
    });
    if (ended) this.logEnd(ended);
    return ended;
  }

  /** Runs a queued task, when it is its turn, to its end or to where somebody else has to go on. */
  async run(taskId: number): Promise<TaskRow | undefined> {
    const task = await this.store.claim(taskId, this.owner);
    if (!task) return undefined;
    const stop = new AbortController();
    const heartbeat = setInterval(() => {
      this.store.heartbeat(task.id, this.owner).catch((error: unknown) => {
        this.logger.warn({ err: error, taskId: task.id }, 'The lease of the task could not be renewed');
      });
    }, HEARTBEAT_MS);
    try {
      return await withLogContext(contextOf(task), async () => {
        this.logger.info({ attempt: task.attempts }, task.released_at ? 'The task goes on' : 'The task begins');
        const ended = await this.steps(await this.runOf(task, stop)).catch((error: unknown) => this.ended(task, error));
        if (ended) this.logEnd(ended);
        return ended;
      });
    } finally {
      clearInterval(heartbeat);
      stop.abort();
    }
  }

  private async runOf(task: TaskRow, stop: AbortController): Promise<Run> {
    const source = await this.sourceOf(task);
    const run: Run = {
      task,
      source,
      policies: effectivePolicies(source.policies),
      readings: await this.readings.all(),
      large: true,
      logger: this.logger,
      signal: stop.signal,
      transact: (work) =>
        inTransaction(this.pool, { prepared: false }, async (sql) => {
          const { cancelRequested } = await this.store.renewLease(sql, task.id, this.owner);
          if (cancelRequested) {
            stop.abort();
            throw new Cancelled();
          }
          const result = await work(sql);
          // A long transaction hides its row from the heartbeat, so it renews the lease once more as its last act.
          await this.store.extendLease(sql, task.id, this.owner);
          return result;
        }),
    };
    return run;
  }

  private logEnd({ id, kind, status, counts, cost_ms, message }: TaskRow): void {
    this.logger.info({ taskId: id, kind, status, counts, ms: cost_ms, message }, 'The task ended');
  }

  private async sourceOf(task: TaskRow): Promise<Source> {
    if (task.source_id === null) throw new RollcallError('internal', `Task ${task.id} has no source to run for.`);
    return this.sources.byId(task.source_id);
  }

  private async steps(run: Run): Promise<TaskRow> {
    if (!run.task.released_at) {
      if (run.task.kind === 'pull') await this.read(run);
      const held = await this.planAndGuard(run);
      if (held) return held;
    } else if (!run.task.applied_position) {
      await run.transact((sql) => this.promoteApproved(sql, run));
    }
    const position = run.task.applied_position;
    const from = position
      ? run.readings.findIndex((r) => r.targetName === position.target && r.dataType === position.dataType)
      : 0;
    for (const [index, reading] of run.readings.entries()) {
      if (index < from) continue;
      await applyReading(run, reading, index === from ? position?.recordId : undefined);
      this.logger.info({ target: reading.targetName, dataType: reading.dataType }, 'Applied');
    }
    const closed = await run.transact((sql) => this.close(sql, run));
    if (run.task.staging === stagingTable(run.task.id))
      await this.pool.query(`drop table if exists ${run.task.staging}`);
    return closed;
  }

  private async read(run: Run): Promise<void> {
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
      await run.transact(async (sql) => {
        await this.store.setProgress(sql, run.task.id, 'read', 0, null);
      });
      await run.transact(async (sql) => {
        const result = await pull(sql, run, { adapter, options, archive });
        Object.assign(run.task, result, { staging: stagingTable(run.task.id) });
        this.logger.info({ read: result.read, complete: result.complete }, 'Read and staged');
        await this.store.setRead(sql, run.task.id, run.task);
      });
    } finally {
      await archive.close();
    }
  }

  /** Plan, guard, and — when nothing speaks against it — the release of the plan, in two transactions. */
  private async planAndGuard(run: Run): Promise<TaskRow | undefined> {
    const outcome = await run.transact(async (sql) => {
      await this.store.setProgress(sql, run.task.id, 'plan', 0, null);
      const planned = await plan(sql, run);
      const hold = await guard(sql, run, planned);
      return { planned, held: hold && (await this.hold(sql, run, hold)) };
    });
    this.logger.info({ changes: outcome.planned.changes }, outcome.held ? 'Planned, and held' : 'Planned');
    if (outcome.held) return outcome.held;
    await run.transact(async (sql) => {
      const total = outcome.planned.changes.reduce((sum, group) => sum + (group.action ? group.n : 0), 0);
      await promote(sql, run, outcome.planned);
      await sql.query('update tasks set released_at = clock_timestamp() where id = $1', [run.task.id]);
      await this.store.setProgress(sql, run.task.id, 'apply', 0, total);
    });
    return undefined;
  }

  /** An approved plan stands on the versions that it was made on; once promoted, its own changes must not count as moved on. */
  private async promoteApproved(sql: SqlSession, run: Run): Promise<void> {
    await promote(sql, run);
    await sql.query(
      `update ${run.task.staging} set base_version = null where task_id = $1 and base_version is not null`,
      [run.task.id],
    );
  }

  private async hold(sql: SqlSession, run: Run, hold: Hold): Promise<TaskRow> {
    const { task } = run;
    await sql.query(bindVersionsSql(task.staging), [task.id, run.source.id]);
    const counts = await this.count(sql, task, run.readings);
    return this.store.hold(sql, task.id, hold.reason, hold.message, counts);
  }

  private async close(sql: SqlSession, run: Run): Promise<TaskRow> {
    return sql.one<TaskRow>(CLOSE_TASK, [run.task.id, readingsParameter(run.readings, run.task.read), this.owner]);
  }

  /** What becomes of a task that threw: it tries again later, waits for its new worker, ends as cancelled, or fails. */
  private async ended(claimed: TaskRow, error: unknown): Promise<TaskRow | undefined> {
    if (isRollcallError(error) && error.code === 'lease_lost') {
      this.logger.warn({ taskId: claimed.id }, error.message);
      return undefined;
    }
    return inTransaction(this.pool, { prepared: false }, async (sql) => {
      const task = await this.store.get(claimed.id);
      if (error instanceof Cancelled) {
        return this.store.cancelRunning(sql, task.id, await this.giveUp(sql, task, CANCELLED));
      }
      const code = isRollcallError(error) ? error.code : 'internal';
      const message = isRollcallError(error) ? error.message : UNEXPECTED;
      this.logger.error({ err: error, taskId: task.id, code }, 'The task met an error');
      const pause = PAUSES[task.attempts - 1];
      if (errorPolicy(error).retryable && pause !== undefined) {
        return this.store.requeue(sql, task.id, new Date(Date.now() + pause * 1000), code, message);
      }
      return this.store.fail(sql, task.id, code, message, await this.giveUp(sql, task, NOT_REACHED));
    });
  }

  /** Marks what of a released plan was not applied, and counts the rest. What is applied stays. */
  private async giveUp(sql: SqlSession, task: TaskRow, reason: Unreached): Promise<TaskRow['counts']> {
    const readings = await this.readings.all();
    const position = task.applied_position;
    const reached = readings.findIndex((r) => r.targetName === position?.target && r.dataType === position.dataType);
    for (const [index, reading] of readings.entries()) {
      if (index < reached) continue;
      const after = index === reached ? (position?.recordId ?? 0) : 0;
      await sql.query(MARK_UNREACHED, [
        task.id,
        reading.targetId,
        reading.dataType,
        after,
        reason.code,
        reason.message,
      ]);
    }
    return this.count(sql, task, readings);
  }

  private async count(sql: SqlSession, task: TaskRow, readings: readonly Reading[]): Promise<TaskRow['counts']> {
    const parameters = [task.id, readingsParameter(readings, task.read)];
    return (await sql.one<{ counts: TaskRow['counts'] }>(COUNTS, parameters)).counts;
  }
}

interface Unreached {
  code: string;
  message: string;
}

const CANCELLED: Unreached = { code: 'cancelled', message: 'The task was cancelled before this change.' };
const NOT_REACHED: Unreached = { code: 'not_reached', message: 'The task failed before this change.' };
const UNEXPECTED = 'An unexpected error; the system log has its details under this task.';

/** Thrown between two transactions when an admin cancelled the task. */
class Cancelled extends Error {}

const NEVER = new AbortController().signal;

/** A queued task logs under the request that made it. */
function contextOf(task: TaskRow): LogContext {
  return { taskId: task.id, ...(task.request_id !== null && { requestId: task.request_id }) };
}

function changesOf(planned: Plan, reading: Reading): number {
  return planned.changes
    .filter((g) => g.action !== null && g.target_id === reading.targetId && g.data_type === reading.dataType)
    .reduce((sum, g) => sum + g.n, 0);
}

/** Counts what is about to be staged. */
export function readOf(records: readonly StagedRecord[]): { staged: number; read: Partial<Record<DataType, number>> } {
  const read: Partial<Record<DataType, number>> = {};
  for (const { dataType } of records) read[dataType] = (read[dataType] ?? 0) + 1;
  return { staged: records.length, read };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { type LogContext, withLogContext } from '../logs/request-context';
import { effectivePolicies } from '../sources/policies';
import type { Source } from '../sources/source.entity';
import { markLeftWith } from '../sources/mark-left';
import { type HeldTask, leaseLost, TaskLeases } from '../tasks/task-leases';
import { isPurge, reads, type TaskRow } from '../tasks/task-row';
import { TaskStore } from '../tasks/task-store';
import { markStale, promote } from './apply';
import { noteLacking, noteMovedOn, releaseBackfill, stageLacking } from './backfill';
import { guard, type Hold } from './guard';
import { forgetHints } from './hints';
import { applyInLanes } from './lanes';
import { isOvertaken } from './overtaken';
import { type Plan, plan } from './plan';
import { Purger } from './purge';
import { QueuedRuns } from './queued-runs';
import { RemoteTargets } from './remote-targets';
import { stageEverybody } from './remove-people';
import { Cancelled, Report } from './report';
import type { Run } from './run';
import { settle } from './settle';
import { isSnapshotStaging, takeUpSnapshot } from './snapshot-staging';
import { SourceReader } from './source-reader';
import { awaitedSinceSql } from './sql/plan';
import type { SqlSession } from './sql-session';
import { requireWorkersLeft } from './workers-lost';

const HEARTBEAT_MS = 2_000;

/** For so long a stop waits for adapters to let go of their tasks; later their leases run out. */
const LETTING_GO_MS = 5_000;

/** So often a plan is made at most: overtaken by others all the time it would never be applied. */
const MOST_PLANS = 3;

/** Tasks whose plan may be overtaken. */
const OVERTAKEN: ReadonlySet<TaskRow['kind']> = new Set(['pull', 'push', 'snapshot', 'event', 'purge']);

/** Why a task is put down: this process is asked to stop, and another one goes on. */
class Stopping extends Error {
  constructor() {
    super('This process is asked to stop; another one goes on with the task.');
  }
}

/**
 * The spine: read → stage → plan → guard → apply → report. A queued task goes through it in one transaction a step and a
 * batch, so that it can be watched, cancelled and taken over. A small push takes the same steps in `SmallRuns`.
 */
@Injectable()
export class Spine implements OnModuleDestroy {
  private readonly running = new Map<AbortController, Promise<unknown>>();
  private stopping = false;

  constructor(
    private readonly runs: QueuedRuns,
    private readonly reader: SourceReader,
    private readonly store: TaskStore,
    private readonly leases: TaskLeases,
    private readonly report: Report,
    private readonly purger: Purger,
    private readonly registry: AdapterRegistry,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext('Spine');
  }

  /** Runs a queued task, when it is its turn, to its end or to where somebody else has to go on. */
  async run(taskId: number): Promise<TaskRow | undefined> {
    if (this.stopping) return undefined;
    const stop = new AbortController();
    const run = this.claimed(taskId, stop);
    this.running.set(stop, run);
    try {
      return await run;
    } finally {
      this.running.delete(stop);
    }
  }

  private async claimed(taskId: number, stop: AbortController): Promise<TaskRow | undefined> {
    const task = await this.leases.claim(taskId);
    if (!task) return undefined;
    const held = { id: task.id, claims: task.claims };
    const heartbeat = setInterval(() => void this.beat(held, stop), HEARTBEAT_MS);
    try {
      return await withLogContext(contextOf(task), () => this.attempt(task, stop));
    } finally {
      clearInterval(heartbeat);
    }
  }

  /** Takes no task any more, and puts down those that run: before anything is closed that they work with. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    for (const stop of this.running.keys()) stop.abort(new Stopping());
    const putDown = Promise.allSettled(this.running.values());
    await Promise.race([putDown, sleep(LETTING_GO_MS, undefined, { ref: false })]);
  }

  /** Keeps the lease, and stops what is under way when the task was cancelled or went to another worker. */
  private async beat(task: HeldTask, stop: AbortController): Promise<void> {
    try {
      const state = await this.leases.heartbeat(task);
      if (state === 'cancelled') stop.abort(new Cancelled());
      if (state === 'lost') stop.abort(leaseLost(task.id));
    } catch (error) {
      this.logger.warn({ err: error, taskId: task.id }, 'The lease of the task could not be renewed');
    }
  }

  private async attempt(task: TaskRow, stop: AbortController): Promise<TaskRow | undefined> {
    this.logger.info({ attempt: task.attempts }, isDecided(task) ? 'The task goes on' : 'The task begins');
    let ended: TaskRow | undefined;
    try {
      stop.signal.throwIfAborted();
      await requireWorkersLeft(this.store, task);
      ended = isPurge(task) ? await this.purger.run(task, stop) : await this.steps(await this.runs.of(task, stop));
    } catch (error) {
      if (stop.signal.reason instanceof Stopping) await this.putDown(task);
      else ended = await this.report.failed(task, error);
    } finally {
      stop.abort();
    }
    if (ended) this.report.log(ended);
    return ended;
  }

  private async putDown(task: TaskRow): Promise<void> {
    await this.leases.release(task);
    this.logger.info('The task is put down: this process is asked to stop, and another one goes on');
  }

  private async steps(run: Run): Promise<TaskRow> {
    if (!isDecided(run.task)) {
      if (reads(run.task)) await this.reader.read(run);
      if (run.task.kind === 'purge') await stageEverybody(run, this.store);
      if (run.task.kind === 'backfill') await run.transact((sql) => stageLacking(sql, run, this.store));
      if (isSnapshotStaging(run.task.staging)) await takeUpSnapshot(run, this.store);
      const held = await this.planAndGuard(run);
      if (held) return held;
    } else {
      if (!run.task.applied_positions) await run.transact((sql) => this.promoteApproved(sql, run));
      await run.transact((sql) => this.report.leaveUnserved(sql, run.task.id, run.readings));
    }
    await applyInLanes(run);
    const remote = new RemoteTargets(run);
    for (const reading of run.readings.filter((one) => one.remote)) {
      await remote.apply(reading);
      this.logger.info({ target: reading.targetName, dataType: reading.dataType }, 'Applied');
    }
    await remote.requireDone();
    return run.transact(async (sql) => {
      // A backfill states nothing.
      if (run.task.kind !== 'backfill') await this.report.recount(sql, await settle(sql, run));
      await noteLacking(sql, run);
      await noteMovedOn(sql, run.task);
      const left = { id: run.task.id, source_id: run.source.id };
      await markLeftWith(sql, this.registry, left, run.task.policies ?? run.policies);
      return this.report.close(sql, run, remote.trouble);
    });
  }

  /**
   * Plan and guard, then the hold or the release of the plan. Planning may take long: the task's row stays free meanwhile, so
   * that the step can be seen and a cancel heard at once. What comes next asks for both before it does anything. When other sources
   * have overtaken it, it is made once more, and guarded.
   */
  private async planAndGuard(run: Run): Promise<TaskRow | undefined> {
    for (let plans = 1; ; plans++) {
      await run.transact((sql) => this.store.setProgress(sql, run.task.id, 'plan', 0, null));
      const { planned, hold } = await run.transact((sql) => this.planned(sql, run, plans), {
        beside: true,
        breaksOff: true,
      });
      this.logger.info({ changes: planned.changes }, hold ? 'Planned, and held' : 'Planned');
      if (hold) return run.transact((sql) => this.report.hold(sql, run, hold));
      if (await this.released(run, planned, plans)) return undefined;
      this.logger.info('Planned once more: other sources have let go of somebody meanwhile, or stated them');
    }
  }

  /** The plan becomes what is applied; false: it is to be made anew. */
  private released(run: Run, planned: Plan, plans: number): Promise<boolean> {
    return run.transact(async (sql) => {
      if (OVERTAKEN.has(run.task.kind) && plans < MOST_PLANS && (await isOvertaken(sql, run))) return false;
      const total = planned.changes.reduce((sum, group) => sum + (group.action ? group.n : 0), 0);
      await (run.task.kind === 'backfill' ? releaseBackfill(sql, run) : promote(sql, run, planned));
      await this.report.replaceHeld(sql, run.task);
      await forgetHints(sql, run.task);
      await sql.query('update tasks set released_at = clock_timestamp() where id = $1', [run.task.id]);
      await this.store.setProgress(sql, run.task.id, 'apply', 0, total);
      return true;
    });
  }

  private async planned(sql: SqlSession, run: Run, plans: number): Promise<{ planned: Plan; hold: Hold | undefined }> {
    // Reading may have taken long, and somebody may have thought of something meanwhile.
    const { policies } = await sql.one<Pick<Source, 'policies'>>('select policies from sources where id = $1', [
      run.source.id,
    ]);
    run.policies = effectivePolicies(policies);
    const planned = await plan(sql, run, plans > 1);
    const hold = await guard(sql, run, planned);
    await this.store.setPlanned(sql, run.task.id);
    return { planned, hold };
  }

  /** An approved plan stands on the versions that it was made on; once promoted, its own changes must not count as moved on. */
  private async promoteApproved(sql: SqlSession, run: Run): Promise<void> {
    if (run.task.kind === 'backfill') {
      await markStale(sql, run);
      await releaseBackfill(sql, run);
    } else {
      await promote(sql, run);
      if (run.task.kind !== 'undo') await sql.query(awaitedSinceSql(run.readings), [run.task.id, run.source.id]);
    }
    await forgetHints(sql, run.task);
    const { total } = await sql.one<{ total: number }>(
      'select count(*)::int as total from changes where task_id = $1 and action is not null and outcome is null',
      [run.task.id],
    );
    await this.store.setProgress(sql, run.task.id, 'apply', 0, total);
    await sql.query('update tasks set released_at = coalesce(released_at, clock_timestamp()) where id = $1', [
      run.task.id,
    ]);
    await sql.query(
      `update ${run.task.staging} set base_version = null where task_id = $1 and base_version is not null`,
      [run.task.id],
    );
  }
}

/** Its plan is made, and is to be applied: nothing spoke against it, or an admin approved it. */
const isDecided = ({ released_at, approved_at }: TaskRow): boolean => released_at !== null || approved_at !== null;

/** A queued task logs under the request that made it. */
function contextOf(task: TaskRow): LogContext {
  return { taskId: task.id, ...(task.request_id !== null && { requestId: task.request_id }) };
}

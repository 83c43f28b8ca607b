import { Inject, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { MessageTexts } from '../adapters/message-texts';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { readOf, SmallRuns } from '../engine/small-runs';
import { PENDING_TARGETS } from '../engine/sql/backfill';
import { inTransaction } from '../engine/sql-session';
import { type StagedRecord, stageQueued } from '../engine/stage';
import { TargetReadings } from '../engine/target-readings';
import { type Archive, archivedMeanwhile } from '../logs/archived-meanwhile';
import { TaskQueue } from '../queue/task-queue';
import type { Source } from '../sources/source.entity';
import { TaskEvents } from '../tasks/task-events';
import type { TaskRow } from '../tasks/task-row';
import { type NewTask, TaskStore } from '../tasks/task-store';
import { viewTask } from '../tasks/task-view';
import type { Answer } from './idempotency';
import { type PushFailure, pushAnswer } from './push-answer';
import { PushIntake } from './push-intake';
import type { PushRequest } from './push-request';
import type { ReadRecords } from './read-records';
import { Turns } from './turns';

/** Up to here a push is one short transaction (rule 24). */
const SMALL = 1_000;
/** Pushes that may wait for one source before others are refused. */
const MAX_WAITING = 20;
/** Records of small pushes that may wait in memory for their turn at one source. */
const MOST_WAITING_HERE = 50_000;
const ANSWER_WITHIN_MS = 30_000;

export interface PushOptions {
  /** Answer at once, run in the queue. */
  async: boolean;
  requestId: string;
  apiKeyId: number | undefined;
}

/** A push: the records of one request, taken through the spine as a task. */
@Injectable()
export class PushService {
  private readonly turns = new Turns();
  /** One after the other, so that each sees how many wait before it. */
  private readonly queueing = new Turns();

  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly small: SmallRuns,
    private readonly store: TaskStore,
    private readonly queue: TaskQueue,
    private readonly events: TaskEvents,
    private readonly readings: TargetReadings,
    private readonly intake: PushIntake,
    private readonly texts: MessageTexts,
  ) {}

  async push(source: Source, request: PushRequest, options: PushOptions): Promise<Answer> {
    // A small one finds out by itself whether others wait in the queue.
    if (options.async || request.records.length > SMALL) await this.refuseWhenFull(source);
    else if (this.turns.waiting(source.id) > MOST_WAITING_HERE) throw tooMany(source, 'Many');
    const { staged, warnings } = this.intake.read(source, request);
    const task: NewTask = {
      sourceId: source.id,
      kind: 'push',
      dryRun: request.dryRun,
      matchKey: request.matchKey,
      requestId: options.requestId,
      apiKeyId: options.apiKeyId,
    };
    const small = staged.length <= SMALL && !options.async;
    const archive: Archive = (id) => this.intake.archive(id, request);
    const ended = small
      ? await this.turns.take(source.id, () => this.small.run(task, source, staged, archive), staged.length)
      : undefined;
    if (ended) return this.answer(ended, source, request, warnings);
    const queued = await this.queueing.take(source.id, () => this.putInQueue(source, task, staged, archive));
    await this.queue.enqueueDue(source.id);
    const over = !options.async && (await this.events.waitForEnd(queued.id, ANSWER_WITHIN_MS));
    return this.answer(over ? await this.store.get(queued.id) : queued, source, request, warnings);
  }

  private async putInQueue(
    source: Source,
    task: NewTask,
    staged: readonly StagedRecord[],
    archive: Archive,
  ): Promise<TaskRow> {
    await this.refuseWhenFull(source);
    return inTransaction(this.pool, { prepared: false }, async (sql) => {
      const row = await this.store.insertQueued(sql, { ...task, ...readOf(staged) });
      await archivedMeanwhile(
        sql,
        () => archive(row.id),
        () => stageQueued(sql, row, staged),
      );
      return row;
    });
  }

  private async refuseWhenFull(source: Source): Promise<void> {
    const waiting = await this.store.countWaitingPushes(source.id);
    if (waiting < MAX_WAITING) return;
    throw tooMany(source, String(waiting));
  }

  private async answer(
    task: TaskRow,
    source: Source,
    request: PushRequest,
    warnings: ReadRecords['warnings'],
  ): Promise<Answer> {
    if (task.status === 'succeeded' || task.status === 'partially_succeeded' || this.ranToItsEnd(task)) {
      const failures = await this.failures(task);
      const pushed = { dataType: request.dataType, records: request.records, warnings };
      const [readings, pending] = [await this.readings.inline(source.id), await this.pending(source)];
      return { status: 200, body: pushAnswer(task, readings, pushed, failures, pending) };
    }
    if (task.status === 'failed') {
      throw new RollcallError(
        'unavailable',
        `Task ${task.id} failed: ${task.message ?? 'no reason was kept'} Retry it, or push again.`,
      );
    }
    if (task.status === 'cancelled') throw cancelledError(task, source);
    const message = task.status === 'held' ? `held: ${task.message ?? ''}` : 'accepted';
    const own = { undoneBy: null, undone: false, workerGone: false, refusedOnly: false, appliedBefore: null };
    const names = { source: source.name, target: null, ...own };
    const view = viewTask(task, names, this.texts);
    return { status: 202, body: { ...view, data: { code: 0, message, result: [], taskId: task.id } } };
  }

  /** Targets that get what was pushed a little later, from the queue (rule 26). */
  private async pending(source: Source): Promise<string[]> {
    if (!(await this.readings.hasOthers())) return [];
    const { rows } = await this.pool.query<{ name: string }>(PENDING_TARGETS, [source.id]);
    if (rows.length > 0) await this.queue.enqueueDue(source.id);
    return rows.map(({ name }) => name);
  }

  /** Failed because each of its records did, not because of an error on the way. */
  private ranToItsEnd(task: TaskRow): boolean {
    return task.status === 'failed' && task.error_code === null;
  }

  private async failures(task: TaskRow): Promise<PushFailure[]> {
    if (!Object.values(task.counts).some((count) => count.failed > 0)) return [];
    const { rows } = await this.pool.query<PushFailure>(
      `select target_id, position, action, code, field, message from changes
       where task_id = $1 and outcome = 'failed' and position is not null order by position`,
      [task.id],
    );
    return rows;
  }
}

/** Its caller waited for a task that somebody ended meanwhile. */
function cancelledError({ id, message, notes }: TaskRow, { name }: Source): RollcallError {
  if (notes?.some(({ code }) => code === 'source_deleted')) {
    return new RollcallError(
      'source_unknown',
      `Task ${id} was cancelled, because the source "${name}" was deleted. ` +
        'Push to another one, or add it again with POST /api/sources.',
    );
  }
  return new RollcallError(
    'conflict',
    `Task ${id} did not come to its end. ${message ?? ''} Push again if it is still to be applied.`,
  );
}

function tooMany(source: Source, waiting: string): RollcallError {
  const detail = `${waiting} pushes to "${source.name}" wait already. Push again a little later.`;
  return new RollcallError('too_many_requests', detail, { retryAfter: 5 });
}

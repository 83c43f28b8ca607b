import { Inject, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { readsChanges } from '../adapters/reads-changes';
import { type Caller, callerName } from '../auth/caller';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { Report } from '../engine/report';
import { END_REVIEW } from '../engine/sql/backfill';
import { FORGET_REJECTED, REMEMBER_REJECTED } from '../engine/sql/rejections';
import { inTransaction, type SqlSession } from '../engine/sql-session';
import { ofSource, refusal } from '../http/refusals';
import { TaskQueue } from '../queue/task-queue';
import { disabledError } from '../sources/refused-source';
import { requireHeard } from '../sources/require-heard';
import { SourcesService } from '../sources/sources.service';
import { type Note, notesOf, plainNote } from './notes';
import { requireLatest, retryTask } from './retry';
import type { TaskRow } from './task-row';
import { type NewTask, TaskStore } from './task-store';
import type { SyncBody } from './tasks.query';

/** What an admin does with sources and tasks: sync, retry, cancel, approve, reject. Answers with the committed row. */
@Injectable()
export class TaskActions {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly store: TaskStore,
    private readonly queue: TaskQueue,
    private readonly sources: SourcesService,
    private readonly registry: AdapterRegistry,
    private readonly report: Report,
  ) {}

  async sync(
    sourceId: number,
    { mode, dryRun }: SyncBody,
    made: Pick<NewTask, 'requestId' | 'apiKeyId'>,
  ): Promise<TaskRow> {
    const source = await this.sources.byId(sourceId);
    const adapter = this.registry.source(source.type);
    if (!adapter.pull) throw refusal('source_is_pushed', ofSource(source));
    if (mode === 'incremental' && !readsChanges(adapter, source.options)) {
      throw refusal('full_reads_only', ofSource(source));
    }
    const matchKey = source.matchKey.length > 0 ? source.matchKey.join(',') : undefined;
    return this.queued(async (sql) => {
      if (!source.enabled && !dryRun) {
        throw await disabledError(sql, sourceId, refusal('sync_of_disabled', ofSource(source)));
      }
      return this.store.insertQueued(sql, { sourceId, kind: 'pull', mode, dryRun, matchKey, ...made });
    });
  }

  async retry(id: number): Promise<TaskRow> {
    return this.queued(async (sql) => retryTask(sql, this.store, await this.store.lock(sql, id)));
  }

  /** At once while it waits; a running task stops before its next transaction, or in the midst of its plan. */
  async cancel(id: number): Promise<TaskRow> {
    return this.queued(async (sql) => {
      const task = await this.store.lock(sql, id);
      if (task.status === 'running') {
        return sql.one<TaskRow>('update tasks set cancel_requested = true where id = $1 returning *', [id]);
      }
      if (task.status !== 'queued' && task.status !== 'held') {
        throw new RollcallError(
          'task_not_cancellable',
          `A task that is ${task.status} cannot be cancelled: it is over.`,
        );
      }
      return this.report.stop(sql, task);
    });
  }

  /** Releases exactly the plan that was shown. */
  async approve(id: number, caller: Caller): Promise<TaskRow> {
    return this.queued(async (sql) => {
      const held = await this.lockHeld(sql, id);
      const { kind, source_id: sourceId } = held;
      await requireLatest(sql, held);
      if (kind === 'purge' && sourceId !== null) await requireHeard(sql, await this.sources.byId(sourceId));
      const approved = await this.store.move(sql, id, 'queued', {
        held_reason: null,
        message: null,
        notes: null,
        finished_at: null,
        dry_run: false,
        approved_at: new Date(),
        decided_by: callerName(caller),
      });
      if (approved.kind === 'backfill') {
        await sql.query(END_REVIEW, [id]);
        await sql.query(FORGET_REJECTED, [id]);
      }
      return approved;
    });
  }

  /** Drops the plan. What it would have taken away is held again when it comes again. */
  async reject(id: number, caller: Caller): Promise<TaskRow> {
    return this.queued(async (sql) => {
      const task = await this.lockHeld(sql, id);
      await sql.query(REMEMBER_REJECTED, [id]);
      await sql.query('update tasks set decided_by = $2 where id = $1', [id, callerName(caller)]);
      const kept = await sql.query('select from changes where task_id = $1 and settled_at is not null limit 1', [id]);
      return this.report.cancel(sql, task, [
        plainNote('rejected'),
        ...notesOf(task).map(afterRejection),
        ...(kept.length > 0 ? [plainNote('applied_before')] : []),
      ]);
    });
  }

  /** A plan that still waits for a decision. Nobody else decides before the transaction ends. */
  private async lockHeld(sql: SqlSession, id: number): Promise<TaskRow> {
    const task = await this.store.lock(sql, id);
    if (task.status !== 'held') {
      throw new RollcallError(
        'task_not_held',
        `A task that is ${task.status} has no plan to decide on: only held ones have.`,
      );
    }
    const [source] = await sql.query('select 1 from sources where id = $1 and deleted_at is null', [task.source_id]);
    if (source) return task;
    throw refusal('task_source_deleted', { taskId: id });
  }

  private async queued(work: (sql: SqlSession) => Promise<TaskRow>): Promise<TaskRow> {
    const task = await inTransaction(this.pool, { prepared: false }, work);
    // Nobody works on it who would say so.
    if (task.status === 'cancelled') this.report.log(task);
    if (task.source_id !== null) await this.queue.enqueueDue(task.source_id);
    return task;
  }
}

/** There is nothing to approve any more. */
const afterRejection = (note: Note): Note =>
  note.code === 'new_target' ? { code: 'gets_nothing', values: note.values } : note;

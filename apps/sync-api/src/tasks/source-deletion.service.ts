import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import type { Caller } from '../auth/caller';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { Report } from '../engine/report';
import { inTransaction, type SqlSession } from '../engine/sql-session';
import { ofSource, refusal } from '../http/refusals';
import { TaskQueue } from '../queue/task-queue';
import { deleteSource, lockSource, requireDeletable } from '../sources/delete-source';
import { requireHeard } from '../sources/require-heard';
import { effectivePolicies } from '../sources/policies';
import type { Source } from '../sources/source.entity';
import type { TaskRow } from './task-row';
import { type NewTask, TaskStore } from './task-store';

/**
 * Deletes sources (rule 16): at once, when its people stay; otherwise a task removes the people, and then the source
 * (`engine/remove-people.ts`).
 */
@Injectable()
export class SourceDeletion {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly store: TaskStore,
    private readonly report: Report,
    private readonly queue: TaskQueue,
    private readonly audit: AuditService,
  ) {}

  async keepPeople(caller: Caller, id: number): Promise<void> {
    await this.transact(async (sql) => {
      const source = await this.prepare(sql, id);
      await this.report.cancelWaiting(sql, id);
      const keysDeleted = await deleteSource(sql, id);
      const details = { name: source.name, type: source.type, people: 'keep', keysDeleted };
      await this.audit.record(caller, 'source.delete', `source:${id}`, details, sql.connection);
    });
  }

  /**
   * The source is disabled at once, so that the plan stays true while somebody decides. When the task is rejected,
   * cancelled or does not apply everything, the source stays, disabled.
   */
  async removePeople(caller: Caller, id: number, made: Pick<NewTask, 'requestId' | 'apiKeyId'>): Promise<TaskRow> {
    const task = await this.transact(async (sql) => {
      const source = await this.prepare(sql, id);
      requireRemoving(source);
      await requireHeard(sql, source);
      await sql.query('update sources set enabled = false, updated_at = now() where id = $1', [id]);
      const queued = await this.store.insertQueued(sql, { sourceId: id, kind: 'purge', ...made });
      await this.report.cancelWaiting(sql, id, queued.id);
      const details = { name: source.name, type: source.type, taskId: queued.id };
      // Whether that comes to pass somebody else may decide.
      await this.audit.record(caller, 'source.remove', `source:${id}`, details, sql.connection);
      return queued;
    });
    await this.queue.enqueueDue(id);
    return task;
  }

  private async prepare(sql: SqlSession, id: number): Promise<Source> {
    const source = await lockSource(sql, id);
    await requireDeletable(sql, source);
    return source;
  }

  private transact<T>(work: (sql: SqlSession) => Promise<T>): Promise<T> {
    return inTransaction(this.pool, { prepared: false }, work);
  }
}

/** A source that keeps whoever leaves would remove nobody. */
function requireRemoving(source: Source): void {
  const { user, department } = effectivePolicies(source.policies);
  if (user.onDeleted === 'keep' && department.onDeleted === 'keep') {
    throw refusal('source_keeps_people', ofSource(source));
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../config';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { inTransaction } from '../engine/sql-session';
import { TaskQueue } from '../queue/task-queue';
import type { TaskRow } from './task-row';
import { type NewTask, TaskStore } from './task-store';
import { requireUndoable, UNDO_FACTS, type UndoFacts } from './undoable';

/** Makes tasks that take back what others applied. */
@Injectable()
export class UndoTasks {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly store: TaskStore,
    private readonly queue: TaskQueue,
    private readonly config: Config,
  ) {}

  async undo(id: number, made: Pick<NewTask, 'requestId' | 'apiKeyId'>): Promise<TaskRow> {
    const { retentionDays } = this.config;
    const undo = await inTransaction(this.pool, { prepared: false }, async (sql) => {
      const task = await this.store.lock(sql, id);
      const facts = await sql.one<UndoFacts>(UNDO_FACTS, [id, retentionDays]);
      const { sourceId } = requireUndoable(task, facts, retentionDays);
      return this.store.insertQueued(sql, { sourceId, kind: 'undo', undoes: id, ...made });
    });
    if (undo.source_id !== null) await this.queue.enqueueDue(undo.source_id);
    return undo;
  }
}

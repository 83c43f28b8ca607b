import { Injectable } from '@nestjs/common';
import type { SqlSession } from '../engine/sql-session';
import { TaskQueue } from '../queue/task-queue';
import { STAGE_AGAIN, STAGE_LINK } from './record-tasks-sql';
import type { TaskRow } from './task-row';
import { type NewTask, TaskStore } from './task-store';

/** Who made a task. */
export type MadeBy = Pick<NewTask, 'requestId' | 'apiKeyId'>;

/**
 * Tasks that an admin starts for single records. They are of the kind `event`: something happened to certain uids. What
 * they need is staged in the caller's transaction; `start` them when it is committed.
 */
@Injectable()
export class RecordTasks {
  constructor(
    private readonly store: TaskStore,
    private readonly queue: TaskQueue,
  ) {}

  /** Applies user records of one source again, as they stand. */
  async applyAgain(sql: SqlSession, sourceId: number, recordIds: readonly number[], made: MadeBy): Promise<TaskRow> {
    const task = await this.insert(sql, sourceId, recordIds.length, made);
    await sql.query(STAGE_AGAIN, [task.id, recordIds]);
    return task;
  }

  /** Links a user record to a user, and applies it there. */
  async link(sql: SqlSession, sourceId: number, uid: string, userId: number, made: MadeBy): Promise<TaskRow> {
    const task = await this.insert(sql, sourceId, 1, made);
    await sql.query(STAGE_LINK, [task.id, uid, userId]);
    return task;
  }

  async start(...tasks: readonly TaskRow[]): Promise<void> {
    for (const { source_id } of tasks) if (source_id !== null) await this.queue.enqueueDue(source_id);
  }

  private insert(sql: SqlSession, sourceId: number, records: number, made: MadeBy): Promise<TaskRow> {
    return this.store.insertQueued(sql, {
      sourceId,
      kind: 'event',
      read: { user: records },
      staged: records,
      ...made,
    });
  }
}

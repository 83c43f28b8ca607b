import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../config';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { inTransaction, type SqlSession } from '../engine/sql-session';
import { FeedPlaces } from '../feed/feed-places';
import {
  CHUNK,
  HOLD_ENDED_TASK,
  ORPHANED_STAGING,
  TRIM_AUDIT,
  TRIM_CHANGES,
  TRIM_HAND_EDITS,
  TRIM_HINTS,
  TRIM_LEFT_STAGING,
  TRIM_STAGING,
  TRIM_TAKEN_BACK,
  TRIM_TASKS,
} from './sql/trim';

/** Deletes what is older than its retention, in transactions of a bounded size. Begun again it goes on. */
@Injectable()
export class Trimmer {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly config: Config,
    private readonly places: FeedPlaces,
  ) {}

  /** Tasks that ended long ago, with their changes and what they had staged. Returns how many tasks. */
  async tasks(): Promise<number> {
    const days = [this.config.retentionDays];
    for (let tasks = 0; ;) {
      await this.inChunks(TRIM_CHANGES, days);
      await this.inChunks(TRIM_STAGING, days);
      const trimmed = await this.delete(TRIM_TASKS, days);
      tasks += trimmed;
      if (trimmed === 0) return tasks;
    }
  }

  /** Returns how many entries. */
  audit(): Promise<number> {
    return this.inChunks(TRIM_AUDIT, [this.config.auditRetentionDays]);
  }

  /** The values that hands changed: they are people's data, like those that tasks changed. Returns of how many edits. */
  handEdits(): Promise<number> {
    return this.inChunks(TRIM_HAND_EDITS, [this.config.retentionDays]);
  }

  /** What undos put back of records that say the same by now, or are gone. Returns of how many records. */
  takenBack(): Promise<number> {
    return this.inChunks(TRIM_TAKEN_BACK, []);
  }

  /** What vendors said long ago of sources that are disabled. Returns how many hints. */
  hints(): Promise<number> {
    return this.inChunks(TRIM_HINTS, [this.config.retentionDays]);
  }

  /** What the feed told long ago. Returns how many rows. */
  feed(): Promise<number> {
    return this.places.trim();
  }

  /** What tasks that are over should have taken with them. Returns how many rows and relations. */
  async staging(): Promise<number> {
    const rows = await this.inChunks(TRIM_LEFT_STAGING, []);
    const orphans = await this.pool.query<{ name: string; task_id: number }>(ORPHANED_STAGING);
    let dropped = 0;
    for (const { name, task_id } of orphans.rows) {
      dropped += await this.transact((sql) => dropOrphan(sql, name, task_id));
    }
    return rows + dropped;
  }

  private async inChunks(statement: string, parameters: unknown[]): Promise<number> {
    for (let total = 0; ;) {
      const deleted = await this.delete(statement, parameters);
      total += deleted;
      if (deleted < CHUNK) return total;
    }
  }

  private async delete(statement: string, parameters: unknown[]): Promise<number> {
    return this.transact(async (sql) => (await sql.query(`${statement} returning 1`, parameters)).length);
  }

  private transact<T>(work: (sql: SqlSession) => Promise<T>): Promise<T> {
    return inTransaction(this.pool, { prepared: false }, work);
  }
}

async function dropOrphan(sql: SqlSession, name: string, taskId: number): Promise<number> {
  const [task] = await sql.query<{ ended: boolean }>(HOLD_ENDED_TASK, [taskId]);
  if (task && !task.ended) return 0;
  await sql.execute(`drop table if exists ${name}`);
  return 1;
}

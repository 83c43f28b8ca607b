import { Inject, Injectable } from '@nestjs/common';
import type { DataType, TargetAdapter } from '@rollcall/core';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { Report } from '../engine/report';
import { BEGIN_REVIEW, BRING_REST, TRY_AT_ONCE } from '../engine/sql/backfill';
import type { SqlSession } from '../engine/sql-session';
import { TargetReadings } from '../engine/target-readings';
import { logContext } from '../logs/request-context';
import { TaskQueue } from '../queue/task-queue';
import type { Note } from '../tasks/notes';
import type { TaskRow } from '../tasks/task-row';

/** The backfills that follow from what an admin does with a target. */
@Injectable()
export class TargetTasks {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly report: Report,
    private readonly readings: TargetReadings,
    private readonly queue: TaskQueue,
  ) {}

  /**
   * The target is switched on for these sources: each gets a backfill, and nothing else reaches the target before the plan
   * of that was released. Sources without records need none.
   */
  async begin(sql: SqlSession, targetId: number, adapter: TargetAdapter, sources: readonly number[]): Promise<void> {
    const dataTypes = Object.keys(adapter.dataTypes) as DataType[];
    await sql.query(BEGIN_REVIEW, [targetId, dataTypes, sources, logContext().requestId ?? null]);
  }

  /**
   * The settings of a target were put right: what it refused, or could not take, comes without anybody's asking, and what
   * waits for it to be well again waits no longer.
   */
  async bringRest(
    sql: SqlSession,
    targetId: number,
    adapter: TargetAdapter,
    sources: readonly number[] | null,
  ): Promise<void> {
    const read = this.readings.others.filter(({ type }) => type === adapter.id);
    await sql.query(BRING_REST, [targetId, JSON.stringify(read), sources, logContext().requestId ?? null]);
    await sql.query(TRY_AT_ONCE, [targetId]);
  }

  /** A target answered that it is well: what waits for that is tried at once. */
  async tryAtOnce(targetId: number): Promise<void> {
    const { rowCount } = await this.pool.query(TRY_AT_ONCE, [targetId]);
    if (rowCount) await this.queue.enqueueDue();
  }

  /** After all of that is committed. */
  async enqueue(): Promise<void> {
    this.readings.forget();
    await this.queue.enqueueDue();
  }

  /** The target is switched off for these sources. What runs stops after its present rows. */
  async end(sql: SqlSession, targetId: number, sources: readonly number[], why: Note): Promise<void> {
    await sql.query('delete from target_reviews where target_id = $1 and source_id = any ($2)', [targetId, sources]);
    await sql.query(
      `update tasks set cancel_requested = true where target_id = $1 and source_id = any ($2) and status = 'running'`,
      [targetId, sources],
    );
    const waiting = await sql.query<TaskRow>(
      `select * from tasks where target_id = $1 and source_id = any ($2) and status in ('queued', 'held') for update`,
      [targetId, sources],
    );
    for (const task of waiting) await this.report.cancel(sql, task, [why]);
  }
}

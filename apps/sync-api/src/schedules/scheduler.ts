import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { AlertOutbox } from '../alerts/alert-outbox';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { inTransaction, type SqlSession } from '../engine/sql-session';
import { TaskQueue } from '../queue/task-queue';
import type { Source } from '../sources/source.entity';
import { SELECT_SOURCE } from '../sources/sources.service';
import { overdueAt, timetable } from '../sources/timetable';
import { TaskStore } from '../tasks/task-store';

const EVERY_MS = 5_000;

/** $1 now, $2 adapters that can read. A source that another process looks after at this moment is left to it. */
const CLAIM_DUE = `${SELECT_SOURCE} enabled and schedule is not null and type = any ($2)
  and (next_run_at is null or next_run_at <= $1 or next_incremental_at <= $1)
  order by id for no key update skip locked`;

const MOVE_ON = `
  update sources set next_run_at = $2, next_incremental_at = $3, overdue_at = coalesce(overdue_at, $4) where id = $1`;

/** A pull that waits or runs and will bring what a new one would. $1 source, $2 mode. */
const COVERED = `
  select exists (
    select 1 from tasks
    where source_id = $1 and kind = 'pull' and not dry_run and status in ('queued', 'running')
      and ($2 = 'incremental' or mode = 'full')
  ) as covered`;

/**
 * $1 now. Each source once until it succeeds again, and after a day without that. Not while a read that was begun a moment ago,
 * after a time in which nobody was there, may be that success.
 */
const CLAIM_OVERDUE = `
  update sources s set overdue_told_at = $1
  where deleted_at is null and enabled and schedule is not null and overdue_at <= $1
    and (overdue_told_at is null or overdue_told_at <= $1::timestamptz - interval '1 day')
    and not exists (
      select from tasks t
      where t.source_id = s.id and t.kind = 'pull' and not t.dry_run and t.status in ('queued', 'running')
        and t.created_at > $1::timestamptz - interval '5 minutes'
    )
  returning id, name`;

/**
 * Makes the tasks that schedules ask for. When a source is next due stands in its row, and whoever locks the row makes
 * the task and moves the time on, in one transaction: one firing per cluster, and times that passed while nobody was
 * there are made up for by one task.
 */
@Injectable()
export class Scheduler {
  private readonly logger = new Logger(Scheduler.name);
  private failing = false;

  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly registry: AdapterRegistry,
    private readonly store: TaskStore,
    private readonly queue: TaskQueue,
    private readonly alerts: AlertOutbox,
  ) {}

  @Interval(EVERY_MS)
  async run(): Promise<void> {
    try {
      await this.tick(new Date());
      this.failing = false;
    } catch (error) {
      // Said once, not every five seconds; what is due stays due.
      if (!this.failing) this.logger.error({ err: error }, 'Looking for due schedules failed; trying again');
      this.failing = true;
    }
  }

  /** Does what is due at `now`. */
  async tick(now: Date): Promise<void> {
    const fired = await inTransaction(this.pool, { prepared: false }, (sql) => this.fireDue(sql, now));
    for (const sourceId of fired) await this.queue.enqueueDue(sourceId);
    await inTransaction(this.pool, { prepared: false }, (sql) => this.tellOverdue(sql, now));
  }

  /** Returns the sources that got a task. */
  private async fireDue(sql: SqlSession, now: Date): Promise<number[]> {
    const types = this.registry.sources().flatMap((adapter) => (adapter.pull ? [adapter.id] : []));
    const fired: number[] = [];
    for (const source of await sql.query<Source>(CLAIM_DUE, [now, types])) {
      const mode = dueMode(source, now);
      if (mode && (await this.fire(sql, source, mode))) fired.push(source.id);
      const { nextRunAt, nextIncrementalAt } = timetable(source, now);
      await sql.query(MOVE_ON, [
        source.id,
        ahead(source.nextRunAt, now) ?? nextRunAt,
        ahead(source.nextIncrementalAt, now) ?? nextIncrementalAt,
        overdueAt(source, now),
      ]);
    }
    return fired;
  }

  private async fire(sql: SqlSession, source: Source, mode: 'full' | 'incremental'): Promise<boolean> {
    const { covered } = await sql.one<{ covered: boolean }>(COVERED, [source.id, mode]);
    if (covered) {
      this.logger.log(
        { sourceId: source.id, mode },
        'The task before is not over: this time of the schedule is skipped',
      );
      return false;
    }
    const matchKey = source.matchKey.length > 0 ? source.matchKey.join(',') : undefined;
    const task = await this.store.insertQueued(sql, { sourceId: source.id, kind: 'pull', mode, matchKey });
    this.logger.log({ sourceId: source.id, taskId: task.id, mode }, 'The schedule made a task');
    return true;
  }

  private async tellOverdue(sql: SqlSession, now: Date): Promise<void> {
    for (const { id, name } of await sql.query<{ id: number; name: string }>(CLAIM_OVERDUE, [now])) {
      this.logger.warn({ sourceId: id }, `"${name}" has had no success for longer than twice its schedule`);
      await this.alerts.addSource(sql, 'overdue', id);
    }
  }
}

const ahead = (at: Date | null, now: Date): Date | null => (at !== null && at > now ? at : null);
const isDue = (at: Date | null, now: Date): boolean => at !== null && at <= now;

/** A full read brings what an incremental one would. Nothing is due when the times were only not computed yet. */
function dueMode({ nextRunAt, nextIncrementalAt }: Source, now: Date): 'full' | 'incremental' | undefined {
  if (isDue(nextRunAt, now)) return 'full';
  return isDue(nextIncrementalAt, now) ? 'incremental' : undefined;
}

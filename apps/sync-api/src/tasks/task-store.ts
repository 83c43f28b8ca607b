import { Inject, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { only, type SqlSession } from '../engine/sql-session';
import type { HeldReason, Step, TaskKind, TaskStatus } from './task.entity';
import type { TaskRow } from './task-row';
import { LEASE, NOTIFY } from './task-sql';
import { statusesBefore } from './transitions';

export interface NewTask {
  sourceId: number;
  kind: TaskKind;
  mode?: 'full' | 'incremental';
  dryRun?: boolean;
  matchKey?: string | undefined;
  requestId?: string | undefined;
  apiKeyId?: number | undefined;
  /** What is staged with it in the same transaction. */
  read?: TaskRow['read'];
  staged?: number;
}

/** Everything that writes task rows, except the statement that closes a task with its counts. */
@Injectable()
export class TaskStore {
  constructor(@Inject(PG_POOL) private readonly pool: Pool) {}

  async find(id: number): Promise<TaskRow | undefined> {
    return (await this.pool.query<TaskRow>('select * from tasks where id = $1', [id])).rows[0];
  }

  async get(id: number): Promise<TaskRow> {
    const task = await this.find(id);
    if (!task) throw new RollcallError('not_found', `There is no task ${id}.`);
    return task;
  }

  /** The row as it is now; nobody else changes it before the transaction ends. */
  async lock(sql: SqlSession, id: number): Promise<TaskRow> {
    const [task] = await sql.query<TaskRow>('select * from tasks where id = $1 for update', [id]);
    if (!task) throw new RollcallError('not_found', `There is no task ${id}.`);
    return task;
  }

  /**
   * Makes a task that runs inside the caller's own transaction: nobody else ever sees it running. Waits for other such
   * transactions of the source. Undefined when the source is busy with a committed task, or others are queued before.
   */
  async openInline(sql: SqlSession, task: NewTask, owner: string): Promise<TaskRow | undefined> {
    const rows = await sql.query<TaskRow>(
      `insert into tasks (source_id, kind, dry_run, match_key, request_id, api_key_id, read, staged, status, step, attempts,
         claims, lease_owner, lease_until, started_at)
       select $1, $2, $3, $4, $5, $6, $7, $8, 'running', 'stage', 1, 1, $9, ${LEASE}, clock_timestamp()
       where not exists (select 1 from tasks where source_id = $1 and status = 'queued')
         and exists (select 1 from sources where id = $1 and deleted_at is null)
       on conflict (source_id) where status = 'running' do nothing
       returning *`,
      [
        task.sourceId,
        task.kind,
        task.dryRun ?? false,
        task.matchKey,
        task.requestId,
        task.apiKeyId,
        task.read ?? {},
        task.staged ?? 0,
        owner,
      ],
    );
    return rows[0];
  }

  async insertQueued(sql: SqlSession, task: NewTask): Promise<TaskRow> {
    const rows = await sql.query<TaskRow>(
      `insert into tasks (source_id, kind, mode, dry_run, match_key, request_id, api_key_id, read, staged, status)
       select id, $2, $3, $4, $5, $6, $7, $8, $9, 'queued' from sources where id = $1 and deleted_at is null
       returning *, ${NOTIFY}`,
      [
        task.sourceId,
        task.kind,
        task.mode ?? 'full',
        task.dryRun ?? false,
        task.matchKey,
        task.requestId,
        task.apiKeyId,
        task.read ?? {},
        task.staged ?? 0,
      ],
    );
    if (!rows[0]) throw new RollcallError('source_unknown', 'The source was deleted meanwhile.');
    return rows[0];
  }

  /** What a read has brought so far, and where its rows are. */
  async setRead(
    sql: SqlSession,
    id: number,
    read: Pick<TaskRow, 'staging' | 'staged' | 'read' | 'complete'>,
  ): Promise<void> {
    await sql.query('update tasks set staging = $2, staged = $3, read = $4, complete = $5 where id = $1', [
      id,
      read.staging,
      read.staged,
      read.read,
      read.complete,
    ]);
  }

  /** How many records were read so far; seen at once, beside the transaction that stages them. */
  async showRead(id: number, done: number): Promise<void> {
    await this.pool.query(`update tasks set done = $2 where id = $1 returning ${NOTIFY}`, [id, done]);
  }

  async setProgress(sql: SqlSession, id: number, step: Step, done: number, total: number | null): Promise<void> {
    await sql.query(`update tasks set step = $2, done = $3, total = $4 where id = $1 returning ${NOTIFY}`, [
      id,
      step,
      done,
      total,
    ]);
  }

  async hold(
    sql: SqlSession,
    id: number,
    reason: HeldReason,
    message: string,
    counts: TaskRow['counts'],
  ): Promise<TaskRow> {
    return this.move(sql, id, 'held', {
      held_reason: reason,
      message,
      counts,
      lease_owner: null,
      lease_until: null,
      finished_at: new Date(),
    });
  }

  /** Back to the queue after a retryable error. */
  async requeue(sql: SqlSession, id: number, at: Date, code: string, message: string): Promise<TaskRow> {
    return this.move(sql, id, 'queued', {
      next_attempt_at: at,
      error_code: code,
      message,
      lease_owner: null,
      lease_until: null,
    });
  }

  async fail(sql: SqlSession, id: number, code: string, message: string, counts: TaskRow['counts']): Promise<TaskRow> {
    return this.move(sql, id, 'failed', {
      counts,
      error_code: code,
      message,
      lease_owner: null,
      lease_until: null,
      finished_at: new Date(),
    });
  }

  /** The only way from one status to another; refuses what `TRANSITIONS` does not draw. */
  async move(sql: SqlSession, id: number, to: TaskStatus, set: Partial<TaskRow>): Promise<TaskRow> {
    const columns = Object.keys(set) as (keyof TaskRow)[];
    const rows = await sql.query<TaskRow>(
      `update tasks set status = $2${columns.map((column, index) => `, ${column} = $${index + 4}`).join('')}
       where id = $1 and status = any ($3) returning *, ${NOTIFY}`,
      [id, to, statusesBefore(to), ...columns.map((column) => set[column])],
    );
    if (!rows[0])
      throw new RollcallError('conflict', `Task ${id} cannot become ${to} any more: it moved on meanwhile.`);
    return rows[0];
  }

  /** Queued tasks whose turn it is, or soon will be. */
  async due(sourceId?: number): Promise<{ id: number; claims: number; next_attempt_at: Date | null }[]> {
    const { rows } = await this.pool.query<{ id: number; claims: number; next_attempt_at: Date | null }>(
      `select distinct on (t.source_id) t.id, t.claims, t.next_attempt_at
       from tasks t
       where t.status = 'queued' and ($1::bigint is null or t.source_id = $1)
         and not exists (select 1 from tasks o where o.source_id = t.source_id and o.status = 'running')
       order by t.source_id, t.id`,
      [sourceId ?? null],
    );
    return rows;
  }

  /** How many tasks of a source wait. */
  async countQueued(sourceId: number): Promise<number> {
    const { rows } = await this.pool.query<{ n: number }>(
      `select count(*)::int as n from tasks where source_id = $1 and status = 'queued'`,
      [sourceId],
    );
    return only(rows).n;
  }
}

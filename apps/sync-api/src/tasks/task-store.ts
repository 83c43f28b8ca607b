import { Inject, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import type { Doubt } from '../engine/doubt';
import { only, type SqlSession } from '../engine/sql-session';
import { hasUndone } from '../engine/sql/taken-back';
import { refusal } from '../http/refusals';
import { REFUSED_SOURCE, type RefusedSource, refusedError, removalOf } from '../sources/refused-source';
import { messageOf, type Note } from './notes';
import type { HeldReason, ReadFailure, Step, TaskKind, TaskStatus } from './task.entity';
import type { TaskRow } from './task-row';
import { comesAfter, LEASE, NOTIFY, ranMs, waitsForTarget } from './task-sql';
import { statusesBefore } from './transitions';

export interface NewTask {
  sourceId: number;
  kind: TaskKind;
  mode?: 'full' | 'incremental';
  dryRun?: boolean;
  matchKey?: string | undefined;
  requestId?: string | undefined;
  apiKeyId?: number | undefined;
  /** Kind `undo`: the task that it takes back. */
  undoes?: number;
  /** What is staged with it in the same transaction. */
  read?: TaskRow['read'];
  staged?: number;
  /** How many records were sent for it, which are staged later. */
  sent?: number;
}

/** What was sent was read, and perhaps staged, when the task is made: the step, and the records done in it. */
function stepReached({ staged, sent }: NewTask): [Step | null, number | null] {
  if (staged !== undefined) return ['stage', staged];
  return sent === undefined ? [null, null] : ['read', sent];
}

/** What brings records of a source: a disabled one takes none. */
const BRINGING: ReadonlySet<TaskKind> = new Set(['push', 'snapshot', 'pull']);

/** What takes nothing of the source: it may come while the removal of the source waits for a decision. */
export const SAYS_NOTHING: ReadonlySet<TaskKind> = new Set(['purge', 'undo', 'backfill']);

export const STARTED = ['queued', 'running'] as const;
export const OPEN = [...STARTED, 'held'] as const;

/** `beside`: see `openInline`; `undone`: tasks of its source were undone. */
type OpenedTask = TaskRow & { beside: boolean; undone: boolean };

/** Why a plan waits. */
interface Held {
  reason: HeldReason;
  notes: Note[];
  doubts: Doubt[];
}

/** What a task says, for pages and in English; nothing when there is nothing to say. */
export function told(notes: Note[]): Pick<TaskRow, 'notes' | 'message'> {
  return { notes, message: messageOf(notes) };
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

  /** The type of the adapter that a task asks: that of its target, or of its source. Undefined when it has neither. */
  async adapterOf({ source_id, target_id }: Pick<TaskRow, 'source_id' | 'target_id'>): Promise<string | undefined> {
    const table = target_id === null ? 'sources' : 'targets';
    const { rows } = await this.pool.query<{ type: string }>(`select type from ${table} where id = $1`, [
      target_id ?? source_id,
    ]);
    return rows[0]?.type;
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
   * Neither does one that is disabled or deleted by now take any.
   * A backfill keeps nobody waiting: it only touches what its target was told. `beside`: a target of one of these types,
   * `others`, is switched on.
   */
  async openInline(
    sql: SqlSession,
    task: NewTask,
    { owner, others }: { owner: string; others: readonly string[] },
  ): Promise<OpenedTask | undefined> {
    const rows = await sql.query<OpenedTask>(
      `insert into tasks (source_id, kind, dry_run, match_key, request_id, api_key_id, read, staged, status, step, attempts,
         claims, lease_owner, lease_until, started_at)
       select $1, $2, $3, $4, $5, $6, $7, $8, 'running', 'stage', 1, 1, $9, ${LEASE}, clock_timestamp()
       where not exists (select 1 from tasks where source_id = $1 and status = 'queued' and kind <> 'backfill')
         and exists (
           select 1 from sources
           where id = $1 and deleted_at is null and (enabled or $3 and not exists (${removalOf('sources.id', OPEN)}))
         )
       on conflict (source_id) where status = 'running' and kind <> 'backfill' do nothing
       returning *,
         exists (select from targets where enabled and deleted_at is null and type = any ($10::text[])) as beside,
         ${hasUndone('$1')} as undone`,
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
        others,
      ],
    );
    return rows[0];
  }

  /**
   * Throws `source_disabled` or `source_unknown` when the source takes no such task: from the moment in which its deletion
   * began, behind which a task would wait for nothing.
   */
  async insertQueued(sql: SqlSession, task: NewTask): Promise<TaskRow> {
    // Waits for whoever deletes the source in this moment; the next statement sees what became of it.
    await sql.query('select from sources where id = $1 for key share', [task.sourceId]);
    const rows = await sql.query<TaskRow>(
      `insert into tasks (source_id, kind, mode, dry_run, match_key, request_id, api_key_id, read, staged, undoes, status,
         undo_root, undo_depth, step, done, total)
       select id, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'queued',
         (select coalesce(undo_root, id) from tasks where id = $10),
         (select coalesce(undo_depth, 0) + 1 from tasks where id = $10), $12, coalesce($13::bigint, 0), $13::bigint
       from sources
       where id = $1 and deleted_at is null and (enabled or $11)
         and not exists (${removalOf('sources.id', SAYS_NOTHING.has(task.kind) ? STARTED : OPEN)})
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
        task.undoes,
        (task.dryRun ?? false) || !BRINGING.has(task.kind),
        ...stepReached(task),
      ],
    );
    if (!rows[0]) throw refusedError((await sql.query<RefusedSource>(REFUSED_SOURCE, [task.sourceId]))[0]);
    return rows[0];
  }

  /**
   * Makes the task of a purge, which has no source. Undefined while there is one that is not over, or was one within a
   * day that did not fail. Whoever else may do the same at the same time must be locked out by then.
   */
  async insertPurge(sql: SqlSession): Promise<TaskRow | undefined> {
    const rows = await sql.query<TaskRow>(
      `insert into tasks (kind, status)
       select 'purge', 'queued' where not exists (
         select 1 from tasks
         where kind = 'purge' and source_id is null
           and (status in ('queued', 'running') or status <> 'failed' and created_at > now() - interval '1 day')
       )
       returning *, ${NOTIFY}`,
    );
    return rows[0];
  }

  /** How much a purge has removed so far. */
  async countPurged(sql: SqlSession, id: number, counts: TaskRow['counts']): Promise<void> {
    const done = Object.values(counts).reduce((sum, { deleted }) => sum + deleted, 0);
    await sql.query(`update tasks set step = 'apply', counts = $2, done = $3 where id = $1 returning ${NOTIFY}`, [
      id,
      counts,
      done,
    ]);
  }

  /** Ends a task that has kept its own counts. */
  async succeed(sql: SqlSession, { id }: Pick<TaskRow, 'id'>): Promise<TaskRow> {
    return this.move(sql, id, 'succeeded', {
      step: 'report',
      lease_owner: null,
      lease_until: null,
      finished_at: new Date(),
    });
  }

  /** A read begins, from its first page, into an empty staging. */
  async beginRead(sql: SqlSession, id: number, read: Pick<TaskRow, 'staging' | 'mode' | 'since'>): Promise<TaskRow> {
    return sql.one<TaskRow>(
      `update tasks
       set staging = $2, mode = $3, since = $4, staged = 0, read = '{}', complete = '{}', cursor = null, cursor_staged = 0,
         next_cursor = null, renames = false, read_failure = null, read_began_at = clock_timestamp(), read_at = null, step = 'read', done = 0, total = null
       where id = $1 returning *, ${NOTIFY}`,
      [id, read.staging, read.mode, read.since],
    );
  }

  /** A read goes on after the last page that had a cursor. */
  async resumeRead(sql: SqlSession, id: number): Promise<TaskRow> {
    return sql.one<TaskRow>(
      `update tasks set staged = cursor_staged, step = 'read', done = cursor_staged, total = null
       where id = $1 returning *, ${NOTIFY}`,
      [id],
    );
  }

  /** What a read has brought so far. */
  async addRead(
    sql: SqlSession,
    id: number,
    read: Pick<TaskRow, 'staged' | 'cursor' | 'cursor_staged' | 'renames'>,
  ): Promise<TaskRow> {
    return sql.one<TaskRow>(
      `update tasks set staged = $2, done = $2, cursor = $3, cursor_staged = $4, renames = $5 where id = $1 returning *, ${NOTIFY}`,
      [id, read.staged, read.cursor, read.cursor_staged, read.renames],
    );
  }

  /** The read ends early: what it has brought is all there will be. */
  async cutRead(sql: SqlSession, id: number, failure: ReadFailure): Promise<TaskRow> {
    return sql.one<TaskRow>('update tasks set read_failure = $2 where id = $1 returning *', [id, failure]);
  }

  /** The read is finished, and what it brought is staged as a whole. */
  async endRead(
    sql: SqlSession,
    id: number,
    read: Pick<TaskRow, 'staged' | 'read' | 'complete' | 'next_cursor'> &
      Partial<Pick<TaskRow, 'repeated' | 'hints_to' | 'hints_again'>>,
  ): Promise<TaskRow> {
    return sql.one<TaskRow>(
      `update tasks set staged = $2, read = $3, complete = $4, next_cursor = $5, hints_to = $6, hints_again = $7, repeated = $8,
         read_at = clock_timestamp(), step = 'stage', done = $2, total = $2
       where id = $1 returning *, ${NOTIFY}`,
      [
        id,
        read.staged,
        read.read,
        read.complete,
        read.next_cursor,
        read.hints_to ?? null,
        read.hints_again ?? false,
        read.repeated ?? 0,
      ],
    );
  }

  async setProgress(sql: SqlSession, id: number, step: Step, done: number, total: number | null): Promise<void> {
    await sql.query(`update tasks set step = $2, done = $3, total = $4 where id = $1 returning ${NOTIFY}`, [
      id,
      step,
      done,
      total,
    ]);
  }

  /** What this transaction planned stands on what there was when it began. */
  async setPlanned(sql: SqlSession, id: number): Promise<void> {
    await sql.query('update tasks set planned_at = now() where id = $1', [id]);
  }

  /** The plan waits for a decision. `policies`: those that it was made under. */
  async hold(
    sql: SqlSession,
    id: number,
    { reason, notes, doubts, counts, policies }: Held & Pick<TaskRow, 'counts' | 'policies'>,
  ): Promise<TaskRow> {
    return this.move(sql, id, 'held', {
      step: 'guard',
      held_reason: reason,
      ...told(notes),
      doubts,
      counts,
      policies,
      lease_owner: null,
      lease_until: null,
      finished_at: new Date(),
    });
  }

  /** A dry run that waits, or whose plan is held, is to be planned anew and applied. */
  async takeForReal(sql: SqlSession, { id, status }: Pick<TaskRow, 'id' | 'status'>): Promise<void> {
    if (status === 'held') {
      const undecided = { held_reason: null, doubts: null, message: null, notes: null, finished_at: null };
      await this.move(sql, id, 'queued', undecided);
    }
    await sql.query('update tasks set dry_run = false where id = $1', [id]);
  }

  /** Back to the queue after a retryable error. */
  async requeue(sql: SqlSession, id: number, at: Date, code: string, notes: Note[]): Promise<TaskRow> {
    return this.move(sql, id, 'queued', {
      next_attempt_at: at,
      error_code: code,
      ...told(notes),
      lease_owner: null,
      lease_until: null,
    });
  }

  async fail(sql: SqlSession, id: number, code: string, notes: Note[], counts: TaskRow['counts']): Promise<TaskRow> {
    return this.move(sql, id, 'failed', {
      counts,
      error_code: code,
      ...told(notes),
      lease_owner: null,
      lease_until: null,
      finished_at: new Date(),
    });
  }

  /** The only way from one status to another; refuses what `TRANSITIONS` does not draw. */
  async move(sql: SqlSession, id: number, to: TaskStatus, set: Partial<TaskRow>): Promise<TaskRow> {
    const columns = Object.keys(set) as (keyof TaskRow)[];
    const rows = await sql.query<TaskRow>(
      `update tasks
       set status = $2, cost_ms = case when status = 'running' then ${ranMs('tasks')} else cost_ms end
         ${columns.map((column, index) => `, ${column} = $${index + 4}`).join('')}
       where id = $1 and status = any ($3) returning *, ${NOTIFY}`,
      [id, to, statusesBefore(to), ...columns.map((column) => parameter(set[column]))],
    );
    if (!rows[0]) throw refusal('task_moved_on', { taskId: id, to });
    return rows[0];
  }

  /** Queued tasks whose turn it is, or soon will be. */
  async due(sourceId?: number): Promise<{ id: number; claims: number; next_attempt_at: Date | null }[]> {
    const { rows } = await this.pool.query<{ id: number; claims: number; next_attempt_at: Date | null }>(
      `select distinct on (t.source_id) t.id, t.claims, t.next_attempt_at
       from tasks t
       where t.status = 'queued' and ($1::bigint is null or t.source_id = $1)
         and not exists (
           select 1 from tasks o
           where o.source_id = t.source_id and (o.status = 'running' or ${comesAfter('t', 'o')})
         )
       order by t.source_id, ${waitsForTarget('t')}, t.id`,
      [sourceId ?? null],
    );
    return rows;
  }

  /** How many pushes to a source wait. */
  async countWaitingPushes(sourceId: number): Promise<number> {
    const { rows } = await this.pool.query<{ n: number }>(
      `select count(*)::int as n from tasks where source_id = $1 and status = 'queued' and kind = 'push'`,
      [sourceId],
    );
    return only(rows).n;
  }
}

/** A list is JSON here; the driver would make a Postgres array of it. */
const parameter = (value: unknown): unknown => (Array.isArray(value) ? JSON.stringify(value) : value);

import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { inTransaction, type SqlSession } from '../engine/sql-session';
import type { TaskRow } from './task-row';
import { comesAfter, LEASE, NOTIFY, ranMs, workerGone } from './task-sql';

export function leaseLost(id: number): RollcallError {
  return new RollcallError('lease_lost', `Task ${id} went to another worker; this one stops writing.`);
}

/** $1 task, $2 who takes it. */
const CLAIM = `
  update tasks t
  set status = 'running', lease_until = ${LEASE}, claims = claims + 1,
    attempts = attempts + case when lease_owner is null then 1 else 0 end,
    workers_lost = case when lease_owner is null then 0 else workers_lost + 1 end, lease_owner = $2,
    started_at = coalesce(started_at, clock_timestamp()), runs_since = clock_timestamp(), finished_at = null, next_attempt_at = null,
    message = null, notes = null, error_code = null
  where id = $1 and status = 'queued' and coalesce(next_attempt_at, now()) <= clock_timestamp()
    and not exists (
      select 1 from tasks o
      where o.source_id = t.source_id and (o.status = 'running' or ${comesAfter('t', 'o')})
    )
  returning *, ${NOTIFY}`;

/** A task and how often it had been taken when this worker took it: one that was taken again is not this one's any more. */
export type HeldTask = Pick<TaskRow, 'id' | 'claims'>;

/** $1 task, $2 who holds it, $3 the claim. */
const HELD = `id = $1 and status = 'running' and lease_owner = $2 and claims = $3`;

/**
 * Who works on a task. A worker owns a task for as long as it renews the lease in the task's row; one that lost it
 * finds out in its next transaction, and commits nothing any more.
 */
@Injectable()
export class TaskLeases {
  /** Names this process in the leases that it holds. */
  readonly owner = `${hostname()}:${process.pid}:${randomUUID()}`;

  constructor(@Inject(PG_POOL) private readonly pool: Pool) {}

  /**
   * Takes a queued task: it is its turn when nothing of its source runs and nothing older waits, except for a target that is
   * away. Taking over from a worker that died does not count as an attempt.
   */
  async claim(id: number): Promise<TaskRow | undefined> {
    try {
      return await inTransaction(this.pool, { prepared: false }, async (sql) => {
        // One claim at a time per source: a backfill and another task are in no index that keeps them apart.
        await sql.query(
          'select from sources where id = (select source_id from tasks where id = $1) for no key update',
          [id],
        );
        const [claimed] = await sql.query<TaskRow>(CLAIM, [id, this.owner]);
        return claimed;
      });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === '23505') return undefined;
      throw error;
    }
  }

  /**
   * Takes the task's row for this transaction: its first statement, or its last one when others of the task write at the
   * same time. Throws `lease_lost` when the task went to another worker.
   */
  renew(sql: SqlSession, task: HeldTask): Promise<{ cancelRequested: boolean }> {
    return this.held(sql, task, `update tasks set lease_until = ${LEASE} where ${HELD} returning cancel_requested`);
  }

  /** The same without taking the row. */
  look(sql: SqlSession, task: HeldTask): Promise<{ cancelRequested: boolean }> {
    return this.held(sql, task, `select cancel_requested from tasks where ${HELD}`);
  }

  private async held(sql: SqlSession, task: HeldTask, statement: string): Promise<{ cancelRequested: boolean }> {
    const rows = await sql.query<{ cancel_requested: boolean }>(statement, this.parameters(task));
    if (!rows[0]) throw leaseLost(task.id);
    return { cancelRequested: rows[0].cancel_requested };
  }

  /** Last statement of a transaction, in which the task may have ended. */
  async extend(sql: SqlSession, task: HeldTask): Promise<void> {
    await sql.query(`update tasks set lease_until = ${LEASE} where ${HELD}`, this.parameters(task));
  }

  /**
   * Between transactions. Does not wait for one that holds the row: that one renews the lease itself. Says what became
   * of the task meanwhile.
   */
  async heartbeat(task: HeldTask): Promise<'running' | 'cancelled' | 'lost'> {
    await this.pool.query(
      `update tasks set lease_until = ${LEASE}
       where id = (select id from tasks where ${HELD} for no key update skip locked)`,
      this.parameters(task),
    );
    const { rows } = await this.pool.query<{ cancel_requested: boolean }>(
      `select cancel_requested from tasks where ${HELD}`,
      this.parameters(task),
    );
    if (!rows[0]) return 'lost';
    return rows[0].cancel_requested ? 'cancelled' : 'running';
  }

  /**
   * Gives the task back, for another process to go on with: this one is asked to stop. That is neither an attempt nor a worker
   * that fell silent, which the next claim would take it for.
   */
  async release(task: HeldTask): Promise<void> {
    await this.pool.query(
      `update tasks set status = 'queued', cost_ms = ${ranMs('tasks')}, workers_lost = workers_lost - 1
       where ${HELD} returning ${NOTIFY}`,
      this.parameters(task),
    );
  }

  private parameters({ id, claims }: HeldTask): unknown[] {
    return [id, this.owner, claims];
  }

  /** Ids of running tasks whose workers are gone. */
  async ofGoneWorkers(): Promise<number[]> {
    const { rows } = await this.pool.query<{ id: number }>(
      `select id from tasks t where status = 'running' and ${workerGone('t')}`,
    );
    return rows.map((row) => row.id);
  }

  /** Tasks of workers that are gone, or fell silent, go back to the queue; they keep their lease owner, so that no attempt is counted. */
  async requeueLost(): Promise<number[]> {
    const { rows } = await this.pool.query<{ id: number }>(
      `update tasks set status = 'queued', cost_ms = ${ranMs('tasks')}
       where id in (
         select id from tasks t
         where status = 'running' and (lease_until < clock_timestamp() or ${workerGone('t')})
         for no key update skip locked
       )
       returning id, ${NOTIFY}`,
    );
    return rows.map((row) => row.id);
  }
}

import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { inTransaction, type SqlSession } from '../engine/sql-session';
import type { TaskRow } from './task-row';
import { LEASE, NOTIFY } from './task-sql';

export function leaseLost(id: number): RollcallError {
  return new RollcallError('lease_lost', `Task ${id} went to another worker; this one stops writing.`);
}

/** $1 task, $2 who takes it. */
const CLAIM = `
  update tasks t
  set status = 'running', lease_until = ${LEASE}, claims = claims + 1,
    attempts = attempts + case when lease_owner is null then 1 else 0 end, lease_owner = $2,
    started_at = coalesce(started_at, clock_timestamp()), finished_at = null, next_attempt_at = null,
    message = null, error_code = null
  where id = $1 and status = 'queued' and coalesce(next_attempt_at, now()) <= clock_timestamp()
    and not exists (
      select 1 from tasks o
      where o.source_id = t.source_id and (o.status = 'running' or o.status = 'queued' and o.id < t.id)
    )
  returning *, ${NOTIFY}`;

/**
 * Who works on a task. A worker owns a task for as long as it renews the lease in the task's row; one that lost it
 * finds out at the start of its next transaction, and writes nothing any more.
 */
@Injectable()
export class TaskLeases {
  /** Names this process in the leases that it holds. */
  readonly owner = `${hostname()}:${process.pid}:${randomUUID()}`;

  constructor(@Inject(PG_POOL) private readonly pool: Pool) {}

  /**
   * Takes a queued task: it is its turn when nothing of its source runs and nothing older waits. Taking over from a
   * worker that died does not count as an attempt.
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

  /** First statement of every transaction that works on a task. Throws `lease_lost` when it went to another worker. */
  async renew(sql: SqlSession, id: number): Promise<{ cancelRequested: boolean }> {
    const rows = await sql.query<{ cancel_requested: boolean }>(
      `update tasks set lease_until = ${LEASE} where id = $1 and status = 'running' and lease_owner = $2
       returning cancel_requested`,
      [id, this.owner],
    );
    if (!rows[0]) throw leaseLost(id);
    return { cancelRequested: rows[0].cancel_requested };
  }

  /** Last statement of a transaction, in which the task may have ended. */
  async extend(sql: SqlSession, id: number): Promise<void> {
    await sql.query(
      `update tasks set lease_until = ${LEASE} where id = $1 and status = 'running' and lease_owner = $2`,
      [id, this.owner],
    );
  }

  /**
   * Between transactions. Does not wait for one that holds the row: that one renews the lease itself. Says what became
   * of the task meanwhile.
   */
  async heartbeat(id: number): Promise<'running' | 'cancelled' | 'lost'> {
    await this.pool.query(
      `update tasks set lease_until = ${LEASE}
       where id = (
         select id from tasks where id = $1 and status = 'running' and lease_owner = $2 for no key update skip locked
       )`,
      [id, this.owner],
    );
    const { rows } = await this.pool.query<{ cancel_requested: boolean }>(
      `select cancel_requested from tasks where id = $1 and status = 'running' and lease_owner = $2`,
      [id, this.owner],
    );
    if (!rows[0]) return 'lost';
    return rows[0].cancel_requested ? 'cancelled' : 'running';
  }

  /** Tasks of workers that fell silent go back to the queue; they keep their lease owner, so that no attempt is counted. */
  async requeueLost(): Promise<number[]> {
    const { rows } = await this.pool.query<{ id: number }>(
      `update tasks set status = 'queued'
       where id in (
         select id from tasks where status = 'running' and lease_until < clock_timestamp() for no key update skip locked
       )
       returning id, ${NOTIFY}`,
    );
    return rows.map((row) => row.id);
  }
}

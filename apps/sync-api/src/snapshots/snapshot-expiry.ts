import { Inject, Injectable } from '@nestjs/common';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { inTransaction, type SqlSession } from '../engine/sql-session';
import { SnapshotStore } from './snapshot-store';

/** Nobody came back to it in time, or its task was trimmed. */
const EXPIRED = `
  select s.id from snapshots s
  where case
      when s.task_id is null then s.expires_at < now()
      else not exists (select 1 from tasks t where t.id = s.task_id) end
  order by s.id for update skip locked`;

/**
 * Relations that nothing comes back to: the task of their snapshot ended with its plan released, so
 * that a retry begins from the records. Returns `name`.
 */
const LEFT = `
  select c.relname as name
  from pg_class c
  left join snapshots s on 'snapshot_' || s.id = c.relname
  left join tasks t on t.id = s.task_id
  where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname ~ '^snapshot_[0-9]+$'
    and (
      s.id is null
      or t.released_at is not null and t.status in ('succeeded', 'partially_succeeded', 'failed', 'cancelled')
      or t.staging <> c.relname
    )`;

/** Removes snapshots that were abandoned, and what is left of others. */
@Injectable()
export class SnapshotExpiry {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly store: SnapshotStore,
  ) {}

  /** Returns how many it removed. */
  async expire(): Promise<number> {
    const expired = await this.transact(async (sql) => {
      const snapshots = await sql.query<{ id: number }>(EXPIRED);
      for (const { id } of snapshots) await this.store.remove(sql, id);
      return snapshots.length;
    });
    const left = await this.pool.query<{ name: string }>(LEFT);
    for (const { name } of left.rows) await this.pool.query(`drop table if exists ${name}`);
    return expired + left.rows.length;
  }

  private transact<T>(work: (sql: SqlSession) => Promise<T>): Promise<T> {
    return inTransaction(this.pool, { prepared: false }, work);
  }
}

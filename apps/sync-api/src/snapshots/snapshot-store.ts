import { Inject, Injectable } from '@nestjs/common';
import { type DataType, RollcallError } from '@rollcall/core';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { snapshotTable } from '../engine/snapshot-staging';
import { giveToTaskSql, makeSnapshotSql, sentSql } from '../engine/sql/snapshot';
import { only, type SqlSession } from '../engine/sql-session';
import type { PageQuery } from '../http/page';

/**
 * A row of `snapshots`.
 *
 *   (opened) ──▶ open ──▶ committed, as a task
 *                  └────▶ gone: aborted, expired, or replaced by a newer one
 */
export interface SnapshotRow {
  id: number;
  source_id: number;
  source_name: string;
  data_types: DataType[];
  match_key: string | null;
  /** Null: it is open. */
  task_id: number | null;
  /** How many it was committed with. Null: it is open, or was committed before this was kept. */
  expected: Partial<Record<DataType, number>> | null;
  created_at: Date;
  expires_at: Date;
}

export interface NewSnapshot {
  sourceId: number;
  dataTypes: DataType[];
  matchKey: string | undefined;
  apiKeyId: number | undefined;
}

/** What arrived of one data type. */
export interface Sent {
  data_type: DataType;
  /** Distinct ones. */
  uids: number;
  /** Records whose uid could not be read. */
  unreadable: number;
}

const SELECT = `
  select s.id, s.source_id, o.name as source_name, s.data_types, s.match_key, s.task_id, s.expected, s.created_at, s.expires_at
  from snapshots s join sources o on o.id = s.source_id
  where (s.task_id is not null or s.expires_at > now())`;

/** SQL: made by this API key; null asks for those of everybody. */
const ownedBy = (parameter: string): string => `(${parameter}::bigint is null or s.api_key_id = ${parameter})`;

/** Everything that reads and writes snapshots, except the notes that pushes make in them (`engine/sql/snapshot.ts`). */
@Injectable()
export class SnapshotStore {
  constructor(@Inject(PG_POOL) private readonly pool: Pool) {}

  /** Makes one, and takes away open ones of the source that hold a data type of it: a script that was begun again. */
  async open(sql: SqlSession, { sourceId, dataTypes, matchKey, apiKeyId }: NewSnapshot): Promise<SnapshotRow> {
    // One at a time, or two that are opened together would not see each other.
    await sql.query('select 1 from sources where id = $1 for no key update', [sourceId]);
    const replaced = await sql.query<{ id: number }>(
      'select id from snapshots where source_id = $1 and task_id is null and data_types && $2 order by id for update',
      [sourceId, dataTypes],
    );
    for (const { id } of replaced) await this.remove(sql, id);
    const { id } = await sql.one<{ id: number }>(
      `insert into snapshots (source_id, data_types, match_key, api_key_id, expires_at)
       values ($1, $2, $3, $4, now() + interval '24 hours') returning id`,
      [sourceId, dataTypes, matchKey ?? null, apiKeyId ?? null],
    );
    await sql.execute(makeSnapshotSql(snapshotTable(id)));
    return sql.one<SnapshotRow>(`${SELECT} and s.id = $1`, [id]);
  }

  async get(id: number, apiKeyId: number | null): Promise<SnapshotRow> {
    const { rows } = await this.pool.query<SnapshotRow>(`${SELECT} and s.id = $1 and ${ownedBy('$2')}`, [id, apiKeyId]);
    return found(rows, id);
  }

  async list(
    query: PageQuery,
    order: string,
    apiKeyId: number | null,
  ): Promise<{ rows: SnapshotRow[]; total: number }> {
    const [rows, total] = await Promise.all([
      this.pool.query<SnapshotRow>(`${SELECT} and ${ownedBy('$1')} order by ${order} limit $2 offset $3`, [
        apiKeyId,
        query.pageSize,
        query.offset,
      ]),
      this.pool.query<{ n: number }>(`select count(*)::int as n from (${SELECT} and ${ownedBy('$1')}) s`, [apiKeyId]),
    ]);
    return { rows: rows.rows, total: only(total.rows).n };
  }

  /** The row as it is now, until the transaction ends. `share`: others may add to it too, but nobody commits it. */
  async lock(sql: SqlSession, id: number, apiKeyId: number | null, mode: 'share' | 'update'): Promise<SnapshotRow> {
    const rows = await sql.query<SnapshotRow>(
      `${SELECT} and s.id = $1 and ${ownedBy('$2')} for ${mode === 'share' ? 'share' : 'no key update'} of s`,
      [id, apiKeyId],
    );
    return found(rows, id);
  }

  sent(sql: SqlSession, id: number): Promise<Sent[]> {
    return sql.query<Sent>(sentSql(snapshotTable(id)));
  }

  /** Makes its relation the staging of a task, however many rows it holds. */
  async giveToTask(
    sql: SqlSession,
    id: number,
    taskId: number,
    expected: Partial<Record<DataType, number>>,
  ): Promise<void> {
    await sql.execute(giveToTaskSql(snapshotTable(id), taskId));
    await sql.query('update snapshots set task_id = $2, expected = $3 where id = $1', [id, taskId, expected]);
    await sql.query('update tasks set staging = $2 where id = $1', [taskId, snapshotTable(id)]);
  }

  async remove(sql: SqlSession, id: number): Promise<void> {
    await sql.execute(`drop table if exists ${snapshotTable(id)}`);
    await sql.query('delete from snapshots where id = $1', [id]);
  }
}

function found(rows: readonly SnapshotRow[], id: number): SnapshotRow {
  const [snapshot] = rows;
  if (snapshot) return snapshot;
  throw new RollcallError(
    'not_found',
    `There is no snapshot ${id}: it was never opened, aborted, expired after 24 hours, or replaced by a newer one. Open one.`,
  );
}

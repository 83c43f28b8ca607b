import { Inject, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { MessageTexts } from '../adapters/message-texts';
import { type Caller, may } from '../auth/caller';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { only } from '../engine/sql-session';
import { orderBy, type Page, pageOf } from '../http/page';
import { needingAttention } from './attention-sql';
import { REFUSED_ONLY } from './retry-sql';
import type { TaskRow } from './task-row';
import { workerGone } from './task-sql';
import type { TasksQuery } from './tasks.query';
import { type TaskView, viewTask } from './task-view';
import { undoneBySql } from './undoable';

/** A task with the names of its source and of the target that it fills up, and the task that takes it back. */
export type NamedTask = TaskRow & {
  source_name: string | null;
  target_name: string | null;
  undone_by: number | null;
  undone: boolean;
  worker_gone: boolean;
  refused_only: boolean;
  applied_before: number | null;
};

/**
 * SQL: how many changes earlier attempts of task `t` applied, of whose last one nothing was; null: something was, or it is its first one.
 */
const APPLIED_BEFORE = `case when t.attempts > 1 and (t.status = 'held' or t.status in ('failed', 'cancelled') and t.released_at is null) then (
      select count(*)::int from changes c where c.task_id = t.id and c.settled_at is not null
    ) end`;

const SELECT = `
  select t.*, s.name as source_name, g.name as target_name, u.id as undone_by,
    coalesce(u.status in ('succeeded', 'partially_succeeded'), false) as undone, ${workerGone('t')} as worker_gone,
    ${REFUSED_ONLY} as refused_only, ${APPLIED_BEFORE} as applied_before
  from tasks t left join sources s on s.id = t.source_id left join targets g on g.id = t.target_id
  left join tasks u on u.id = ${undoneBySql('t.id')}`;

const SORTS = {
  id: 't.id',
  createdAt: 't.created_at',
  finishedAt: 't.finished_at',
  costMs: 't.cost_ms',
  status: 't.status',
};

/** Reads tasks. A key that may only push sees the tasks that it made, and is told that others do not exist. */
@Injectable()
export class TaskReader {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly texts: MessageTexts,
  ) {}

  async list(query: TasksQuery, caller: Caller): Promise<Page<TaskView>> {
    const where = `
      where ($1::bigint is null or t.source_id = $1) and ($2::text is null or t.status = $2)
        and ($3::text is null or t.kind = $3) and ($4::bigint is null or t.api_key_id = $4)
        and ($5::bigint is null or t.target_id = $5
          or exists (select 1 from targets g where g.id = $5 and t.counts ? g.name))
        ${query.attention ? `and t.id in (${needingAttention(query.status)})` : ''}`;
    const filters = [query.sourceId, query.status, query.kind, ownKey(caller), query.targetId];
    const order = orderBy(query.sort, SORTS, '-id', 't.id');
    const [rows, total] = await Promise.all([
      this.pool.query<NamedTask>(`${SELECT} ${where} order by ${order} limit $6 offset $7`, [
        ...filters,
        query.pageSize,
        query.offset,
      ]),
      this.pool.query<{ n: number }>(`select count(*)::int as n from tasks t ${where}`, filters),
    ]);
    return pageOf(
      rows.rows.map((row) => this.view(row)),
      only(total.rows).n,
      query,
    );
  }

  async get(id: number, caller: Caller): Promise<TaskView> {
    return this.view(await this.row(id, caller));
  }

  async row(id: number, caller: Caller): Promise<NamedTask> {
    const { rows } = await this.pool.query<NamedTask>(
      `${SELECT} where t.id = $1 and ($2::bigint is null or t.api_key_id = $2)`,
      [id, ownKey(caller)],
    );
    if (!rows[0]) throw new RollcallError('not_found', `There is no task ${id}.`);
    return rows[0];
  }

  /** Without asking who wants to know: for events, whose readers are checked where they listen. */
  async find(id: number): Promise<TaskView | undefined> {
    const { rows } = await this.pool.query<NamedTask>(`${SELECT} where t.id = $1`, [id]);
    return rows[0] && this.view(rows[0]);
  }

  private view(row: NamedTask): TaskView {
    const names = {
      source: row.source_name,
      target: row.target_name,
      undoneBy: row.undone_by,
      undone: row.undone,
      workerGone: row.worker_gone,
      refusedOnly: row.refused_only,
      appliedBefore: row.applied_before,
    };
    return viewTask(row, names, this.texts);
  }
}

function ownKey(caller: Caller): number | null {
  return caller.kind === 'key' && !may(caller, 'read') ? caller.keyId : null;
}

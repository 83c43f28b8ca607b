import { Inject, Injectable } from '@nestjs/common';
import { ERROR_POLICY, type ErrorCode, type FieldDifference } from '@rollcall/core';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { only } from '../engine/sql-session';
import { prefixPattern } from '../http/like';
import { type Page, type PageQuery, pageOf } from '../http/page';
import type { ChangeView, FailureGroupView } from './change-view';
import type { TaskRow } from './task-row';
import type { ChangesQuery } from './tasks.query';

interface ChangeRow extends Omit<ChangeView, 'diff'> {
  target_id: number;
  data_type: string;
  record_id: number;
  diff: FieldDifference[] | null;
  /** Of a create: what the record says. */
  payload: Record<string, unknown> | null;
}

/** Reads what a task changed, or would change. Creates carry no differences of their own: the record has them. */
@Injectable()
export class ChangeReader {
  constructor(@Inject(PG_POOL) private readonly pool: Pool) {}

  async page(task: TaskRow, query: ChangesQuery): Promise<Page<ChangeView>> {
    const { text, parameters } = changesSql(task, query);
    const order = 'target_id, data_type, position nulls last, record_id';
    const [rows, total] = await Promise.all([
      this.pool.query<ChangeRow>(withRecordsSql(task, `${text} order by ${order} limit $9 offset $10`, order), [
        ...parameters,
        query.pageSize,
        query.offset,
      ]),
      this.pool.query<{ n: number }>(`select count(*)::int as n from (${text}) c`, parameters),
    ]);
    return pageOf(rows.rows.map(view), only(total.rows).n, query);
  }

  /** Its failures by reason, the most frequent one first. */
  async failures(task: TaskRow, query: PageQuery): Promise<Page<FailureGroupView>> {
    const { rows } = await this.pool.query<Omit<FailureGroupView, 'party' | 'retryable'> & { total: number }>(
      FAILURES_BY_REASON,
      [task.id, query.pageSize, query.offset],
    );
    const groups = rows.map(({ total: _total, ...group }) => ({ ...group, ...policyOf(group.code) }));
    return pageOf(groups, rows[0]?.total ?? 0, query);
  }

  /** Every change that the filters let through, a few thousand at a time. */
  async *all(task: TaskRow, query: ChangesQuery): AsyncGenerator<ChangeView[]> {
    const { text, parameters } = changesSql(task, query);
    const order = 'target_id, data_type, record_id';
    const size = 5_000;
    const next = `${text} and (target_id, data_type, record_id) > ($9, $10, $11) order by ${order} limit ${size}`;
    let last: Pick<ChangeRow, 'target_id' | 'data_type' | 'record_id'> = { target_id: 0, data_type: '', record_id: 0 };
    for (;;) {
      const { rows } = await this.pool.query<ChangeRow>(withRecordsSql(task, next, order), [
        ...parameters,
        last.target_id,
        last.data_type,
        last.record_id,
      ]);
      if (rows.length > 0) yield rows.map(view);
      const end = rows.at(-1);
      if (!end || rows.length < size) return;
      last = end;
    }
  }
}

/** $1 task, $2 rows, $3 rows before. */
const FAILURES_BY_REASON = `
  select g.name as target, coalesce(c.code, 'internal') as code, c.field, count(*)::int as n,
    coalesce(min(c.message), '') as message, (count(*) over ())::int as total
  from changes c
  join targets g on g.id = c.target_id
  where c.task_id = $1 and c.outcome = 'failed'
  group by 1, 2, 3
  order by n desc, 1, 2, 3
  limit $2 offset $3`;

/** What failed because it failed on a target before is put right there. */
function policyOf(code: string): Pick<FailureGroupView, 'party' | 'retryable'> {
  const { party, retryable } = isErrorCode(code) ? ERROR_POLICY[code] : ERROR_POLICY.blocked;
  return { party, retryable };
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_POLICY, code);

/**
 * SQL: a few changes with what their records say. Records that a held plan would make are only staged yet. Not before the few
 * are chosen: a plan of everybody would read everybody for each page of it.
 */
function withRecordsSql(task: TaskRow, changes: string, order: string): string {
  const staged = `left join ${task.staging} s on s.task_id = $1 and s.position = c.position and c.action = 'create'`;
  const said = task.status === 'held' ? 'coalesce(r.payload, s.payload)' : 'r.payload';
  return `
    select c.*, case when c.action = 'create' then ${said} end as payload,
      coalesce(${said} ->> 'nickname', ${said} ->> 'title', ${said} ->> 'username') as name
    from (${changes}) c
    left join records r on r.id = c.record_id
    ${task.status === 'held' ? staged : ''}
    order by ${order.replaceAll(/(\w+_\w+|position)/g, 'c.$1')}`;
}

function changesSql(task: TaskRow, query: ChangesQuery): { text: string; parameters: unknown[] } {
  const open = task.status === 'held' ? 'held' : task.finished_at ? 'applied' : 'planned';
  return {
    text: `
      select * from (
        select c.target_id, c.record_id, c.position, g.name as target, c.data_type, c.data_type as "dataType", c.uid, c.action,
          coalesce(c.outcome, '${open}') as outcome, c.code, c.field, c.message, coalesce(c.written, c.diff) as diff
        from changes c
        join targets g on g.id = c.target_id
        where c.task_id = $1
      ) c
      where ($2::text is null or target = $2) and ($3::text is null or action = $3)
        and ($4::text is null or outcome = $4) and ($5::text is null or uid = $5)
        and ($6::text is null or code = $6) and ($7::text is null or field = $7)
        and ($8::text is null or uid ilike $8)`,
    parameters: [
      task.id,
      query.target,
      query.action,
      query.outcome,
      query.uid,
      query.code,
      query.field,
      query.q === undefined ? undefined : prefixPattern(query.q),
    ],
  };
}

function view({ target, dataType, uid, name, action, outcome, position, code, field, ...rest }: ChangeRow): ChangeView {
  return {
    target,
    dataType,
    uid,
    name,
    action,
    outcome,
    ...(code && { code }),
    ...(field && { field }),
    ...(rest.message && { message: rest.message }),
    position,
    diff: rest.diff ?? Object.entries(rest.payload ?? {}).map(([key, after]) => ({ field: key, after })),
  };
}

/** For those who may not see what stood there before. */
export const withoutBefore = (change: ChangeView): ChangeView => ({
  ...change,
  diff: change.diff.map(({ field, after }) => ({ field, after })),
});

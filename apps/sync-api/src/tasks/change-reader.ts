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
  diff: FieldDifference[] | null;
  payload: Record<string, unknown> | null;
}

/** Reads what a task changed, or would change. Creates carry no differences of their own: the record has them. */
@Injectable()
export class ChangeReader {
  constructor(@Inject(PG_POOL) private readonly pool: Pool) {}

  async page(task: TaskRow, query: ChangesQuery): Promise<Page<ChangeView>> {
    const { text, parameters } = changesSql(task, query);
    const [rows, total] = await Promise.all([
      this.pool.query<ChangeRow>(
        `${text} order by target_id, data_type, position nulls last, record_id limit $9 offset $10`,
        [...parameters, query.pageSize, query.offset],
      ),
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
    const size = 5_000;
    for (let offset = 0; ; offset += size) {
      const { rows } = await this.pool.query<ChangeRow>(
        `${text} order by target_id, data_type, record_id limit ${size} offset ${offset}`,
        parameters,
      );
      if (rows.length > 0) yield rows.map(view);
      if (rows.length < size) return;
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

function changesSql(task: TaskRow, query: ChangesQuery): { text: string; parameters: unknown[] } {
  const open = task.status === 'held' ? 'held' : task.finished_at ? 'applied' : 'planned';
  return {
    text: `
      select * from (
        select c.target_id, c.record_id, c.position, g.name as target, c.data_type, c.data_type as "dataType", c.uid, c.action,
          coalesce(c.outcome, '${open}') as outcome, c.code, c.field, c.message, coalesce(c.written, c.diff) as diff,
          case when c.action = 'create' then r.payload end as payload
        from changes c
        join targets g on g.id = c.target_id
        left join records r on r.id = c.record_id
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

function view({
  target,
  dataType,
  uid,
  action,
  outcome,
  position,
  code,
  field,
  message,
  ...rest
}: ChangeRow): ChangeView {
  return {
    target,
    dataType,
    uid,
    action,
    outcome,
    ...(code && { code }),
    ...(field && { field }),
    ...(message && { message }),
    position,
    diff: rest.diff ?? Object.entries(rest.payload ?? {}).map(([name, after]) => ({ field: name, after })),
  };
}

/** For those who may not see what stood there before. */
export const withoutBefore = (change: ChangeView): ChangeView => ({
  ...change,
  diff: change.diff.map(({ field, after }) => ({ field, after })),
});

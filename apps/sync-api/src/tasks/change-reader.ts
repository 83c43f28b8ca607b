import { Inject, Injectable } from '@nestjs/common';
import {
  ERROR_POLICY,
  type ErrorCode,
  type FieldDifference,
  type FieldSelection,
  isRemoteTarget,
} from '@rollcall/core';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { MessageTexts } from '../adapters/message-texts';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { wroteNothing } from '../engine/sql/wrote-nothing';
import { only } from '../engine/sql-session';
import { isNamedLike } from '../directory/name-patterns';
import { prefixPattern } from '../http/like';
import { type Page, type PageQuery, pageOf } from '../http/page';
import type { ChangeView, FailureGroupView } from './change-view';
import { DETACHES } from './detaches-sql';
import { namesFor, namesOf, referencesOf } from './reference-names';
import { type DifferenceParts, shownDifferences } from './shown-differences';
import type { TaskRow } from './task-row';
import type { ChangesQuery } from './tasks.query';
import { WAITING } from './waiting-sql';

interface ChangeRow extends Omit<ChangeView, 'diff'>, Omit<DifferenceParts, keyof ChangeView> {
  target_id: number;
  /** Type of the target. */
  type: string;
  data_type: string;
  record_id: number;
  diff: FieldDifference[] | null;
  /** What the record says: of a create, and of what is attached to a resource that the same task creates. */
  payload: Record<string, unknown> | null;
}

/**
 * Reads what a task changed, or would change. Creates, and what is attached to what they create, carry no differences of
 * their own: the record has them.
 */
@Injectable()
export class ChangeReader {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly registry: AdapterRegistry,
    private readonly texts: MessageTexts,
  ) {}

  async page(task: TaskRow, query: ChangesQuery): Promise<Page<ChangeView>> {
    const { text, parameters } = changesSql(task, query);
    const order = 'target_id, data_type, position nulls last, record_id';
    const [rows, total] = await Promise.all([
      this.pool.query<ChangeRow>(withRecordsSql(task, `${text} order by ${order} limit $11 offset $12`, order), [
        ...parameters,
        query.pageSize,
        query.offset,
      ]),
      this.pool.query<{ n: number }>(`select count(*)::int as n from (${text}) c`, parameters),
    ]);
    const changes = await this.withNames(task, rows.rows.map(this.view));
    return pageOf(changes.map(this.inAllLanguages), only(total.rows).n, query);
  }

  /** Its failures by reason, the most frequent one first; what failed because something else did comes last. */
  async failures(task: TaskRow, query: PageQuery): Promise<Page<FailureGroupView>> {
    const { rows } = await this.pool.query<Omit<FailureGroupView, 'party' | 'retryable'> & { total: number }>(
      FAILURES_BY_REASON,
      [task.id, query.pageSize, query.offset],
    );
    const groups = rows.map(({ total: _total, ...group }) =>
      this.inAllLanguages({ ...group, ...policyOf(group.code) }),
    );
    return pageOf(groups, rows[0]?.total ?? 0, query);
  }

  /** Every change that the filters let through, a few thousand at a time. */
  async *all(task: TaskRow, query: ChangesQuery): AsyncGenerator<ChangeView[]> {
    const { text, parameters } = changesSql(task, query);
    const order = 'target_id, data_type, record_id';
    const size = 5_000;
    const next = `${text} and (target_id, data_type, record_id) > ($11, $12, $13) order by ${order} limit ${size}`;
    let last: Pick<ChangeRow, 'target_id' | 'data_type' | 'record_id'> = { target_id: 0, data_type: '', record_id: 0 };
    for (;;) {
      const { rows } = await this.pool.query<ChangeRow>(withRecordsSql(task, next, order), [
        ...parameters,
        last.target_id,
        last.data_type,
        last.record_id,
      ]);
      if (rows.length > 0) yield rows.map(this.view);
      const end = rows.at(-1);
      if (!end || rows.length < size) return;
      last = end;
    }
  }

  /** One question for all that a page of changes names. */
  private async withNames(task: TaskRow, changes: ChangeView[]): Promise<ChangeView[]> {
    const references = referencesOf(changes.flatMap(({ diff }) => diff));
    const names = await namesOf(this.pool, task.source_id, references, task.status === 'held' ? task : undefined);
    return changes.map((change) => ({ ...change, ...namesFor(change.diff, names) }));
  }

  private readonly inAllLanguages = <View extends { message?: string }>(view: View): View => {
    const texts = view.message === undefined ? undefined : this.texts.of(view.message);
    return texts ? { ...view, texts } : view;
  };

  private readonly view = (row: ChangeRow): ChangeView => {
    const { target, dataType, uid, name, resourceId, action, outcome, position, code, field, message } = row;
    return {
      target,
      dataType,
      uid,
      name,
      resourceId,
      action,
      outcome,
      ...(code && { code }),
      ...(field && { field }),
      ...(message && { message }),
      position,
      diff: shownDifferences(row.diff ?? this.said(row), row),
    };
  };

  /**
   * What the record says, as differences to nothing: of somebody new here all of it; of what is attached to them, or made
   * elsewhere, only what the target reads.
   */
  private said({ type, dataType, action, payload }: ChangeRow): FieldDifference[] {
    const adapter = this.registry.targets().find(({ id }) => id === type);
    const madeHere = action === 'create' && adapter && !isRemoteTarget(adapter);
    const fields = madeHere ? undefined : adapter?.dataTypes[dataType]?.fields;
    return Object.entries(payload ?? {})
      .filter(([field]) => fields === undefined || reads(fields, field))
      .map(([field, after]) => ({ field, after }));
  }
}

const reads = (fields: FieldSelection, field: string): boolean =>
  'only' in fields ? fields.only.includes(field) : !fields.except.includes(field);

/** $1 task, $2 rows, $3 rows before. */
const FAILURES_BY_REASON = `
  select g.name as target, c.data_type as "dataType", coalesce(c.code, 'internal') as code, c.field, count(*)::int as n,
    coalesce(min(c.message), '') as message, (count(*) over ())::int as total
  from changes c
  join targets g on g.id = c.target_id
  where c.task_id = $1 and c.outcome = 'failed'
  group by 1, 2, 3, 4
  order by starts_with(coalesce(c.code, 'internal'), 'blocked_by_'), n desc, 1, 2, 3, 4
  limit $2 offset $3`;

/** What failed because it failed on a target before is put right there. */
function policyOf(code: string): Pick<FailureGroupView, 'party' | 'retryable'> {
  const { party, retryable } = isErrorCode(code) ? ERROR_POLICY[code] : ERROR_POLICY.blocked;
  return { party, retryable };
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERROR_POLICY, code);

/** SQL: change `c` attaches something to a resource that the task creates. $1 task. */
const BESIDE_CREATE = `c.action = 'update' and c.diff is null and exists (
      select 1 from targets g join changes o on o.target_id = g.id
      where o.task_id = $1 and o.data_type = c.data_type and o.record_id = c.record_id and o.action = 'create'
    )`;

/** What its plan is made of is still staged, and no record says it yet. */
const isPlanOnly = ({ status, released_at, approved_at }: TaskRow): boolean =>
  status === 'held' || (released_at === null && approved_at !== null && (status === 'queued' || status === 'running'));

/** SQL: what the record of change `c` says. Records that such a plan would make are only staged yet. */
const said = (task: TaskRow): string => (isPlanOnly(task) ? 'coalesce(r.payload, s.payload)' : 'r.payload');

/** SQL: what it says once the plan is applied. One that failed before is there already, and said something else then. */
const SAID_BY_PLAN = `coalesce(case when r.id is null then s.payload else (r.payload - coalesce(s.cleared, '{}')) || s.payload end, r.payload)`;

/**
 * SQL: the same as it was when the task was done: later tasks have told it otherwise, and their changes know what it was before.
 * $1 task.
 */
const SAID_THEN = `(
      select (r.payload - coalesce(array_agg(l.field), '{}')) || coalesce(jsonb_object_agg(l.field, l.before) filter (where l.before <> 'null'), '{}')
      from (
        select distinct on (d ->> 'field') d ->> 'field' as field, d -> 'before' as before
        from changes x
        join tasks t on t.id = x.task_id and t.kind <> 'undo' and t.released_at is not null
        cross join lateral jsonb_array_elements(coalesce(x.diff, x.written)) d
        where x.record_id = c.record_id and x.task_id > $1 and x.data_type = c.data_type
          and x.action is not null and x.outcome is distinct from 'stale' and d ->> 'field' <> 'uid'
          -- A reference that was awaited was said all along.
          and d ? 'before'
        order by d ->> 'field', x.task_id, x.target_id
      ) l
    )`;

const nameIn = (payload: string): string =>
  `coalesce(${payload} ->> 'nickname', ${payload} ->> 'title', ${payload} ->> 'username')`;

/** SQL: joins the records `r` of changes `c`, and of what is only planned what is staged as `s`. What a backfill has noted has no place. */
const withRecords = (task: TaskRow): string => `left join records r on r.id = c.record_id
    ${isPlanOnly(task) ? `left join ${task.staging} s on s.task_id = $1 and s.position = c.position and s.data_type = c.data_type and s.uid is not distinct from c.uid` : ''}`;

/** SQL: the user, or the department that is there, for which record `r` of change `c` stands. */
const STANDS_FOR = `(
      select k.resource_id from links k
      where k.target_id = (select id from targets where name = c.data_type || 's') and k.record_id = c.record_id and k.state <> 'detached'
        and (c.data_type = 'user' or k.state <> 'deleted')
    )`;

/**
 * SQL: a few changes with what their records say. Not before the few are chosen: a plan of everybody would read everybody
 * for each page of it.
 */
function withRecordsSql(task: TaskRow, changes: string, order: string): string {
  return `
    select c.*, case when c.action = 'create' or ${BESIDE_CREATE} then ${isPlanOnly(task) ? SAID_BY_PLAN : SAID_THEN} end as payload,
      ${nameIn(said(task))} as name, ${STANDS_FOR} as "resourceId", r.payload -> 'isDisabled' = 'true' as disabled, ${WAITING} as waiting
    from (${changes}) c
    ${withRecords(task)}
    order by ${order.replaceAll(/(\w+_\w+|position)/g, 'c.$1')}`;
}

/** Who searches for a name asks for the records of all changes; nobody else does. What an earlier attempt applied is no part of a plan. */
function changesSql(task: TaskRow, query: ChangesQuery): { text: string; parameters: unknown[] } {
  const open = task.status === 'held' ? 'held' : task.finished_at ? 'applied' : 'planned';
  const { q } = query;
  return {
    text: `
      select * from (
        select c.target_id, c.record_id, c.position, g.name as target, g.type, c.data_type, c.data_type as "dataType", c.uid,
          c.action, c.state, coalesce(c.outcome, '${open}') as outcome, c.code, c.field, c.message,
          coalesce(c.written, c.diff) as diff, ${DETACHES} as detaches
        from changes c
        join targets g on g.id = c.target_id
        ${q === undefined ? '' : withRecords(task)}
        where c.task_id = $1 and ${wroteNothing('c')} is not true${task.status === 'held' ? ' and c.settled_at is null' : ''} and ($8::text is null or c.uid ilike $8${q === undefined ? '' : ` or ${isNamedLike(nameIn(said(task)), q, '$9')}`})
      ) c
      where ($2::text is null or target = $2) and ($3::text is null or action = $3)
        and ($4::text is null or outcome = $4) and ($5::text is null or uid = $5)
        and ($6::text is null or code = $6) and ($7::text is null or field = $7) and ($9::text is null or true)
        and ($10::text is null or data_type = $10)`,
    parameters: [
      task.id,
      query.target,
      query.action,
      query.outcome,
      query.uid,
      query.code,
      query.field,
      q === undefined ? undefined : prefixPattern(q),
      q,
      query.dataType,
    ],
  };
}

/** For those who may not see what stood there before, and who is named only there. */
export function withoutBefore({ departmentTitles, peopleNames, userNames, ...change }: ChangeView): ChangeView {
  const diff = change.diff.map(({ before: _before, ...rest }) => rest);
  return { ...change, diff, ...namesFor(diff, { departmentTitles, peopleNames, userNames }) };
}

import type { DataType } from '@rollcall/core';
import type { NoteCode } from '../../tasks/notes';
import { ranMs } from '../../tasks/task-sql';
import { firstReadings, type Reading } from '../reading';
import { wroteNothing } from './wrote-nothing';

/**
 * Records that stand at a target which got them in a backfill after the removal of their source was planned: nothing would tell it
 * that they are gone. $1 task, $2 source. Returns `n`.
 */
export const BROUGHT_SINCE = `
  select count(distinct r.id)::int as n
  from tasks p
  join tasks b on b.source_id = $2 and b.kind = 'backfill' and b.id <> p.id and coalesce(b.finished_at, now()) > p.read_at
  join links l on l.task_id = b.id and l.state not in ('deleted', 'detached')
  join records r on r.id = l.record_id and r.source_id = $2
  where p.id = $1`;

/** What `COUNTS` and `CLOSE_TASK` have to know of the readings: their $2. */
export function readingsParameter(readings: readonly Reading[], read: Partial<Record<DataType, number>>): string {
  const first = new Set(firstReadings(readings));
  return JSON.stringify(
    readings
      .filter((reading) => (read[reading.dataType] ?? 0) > 0)
      .map((reading) => ({
        target_id: reading.targetId,
        name: reading.targetName,
        data_type: reading.dataType,
        first: first.has(reading),
        read: read[reading.dataType],
      })),
  );
}

const counted = (action: string): string =>
  `coalesce(sum(t.n) filter (where t.action = '${action}' and t.outcome in ('applied', 'planned')), 0)`;
const ended = (outcome: string): string => `coalesce(sum(t.n) filter (where t.outcome = '${outcome}'), 0)`;

/**
 * The counts of a task, from its changes: distinct records per target, unchanged ones included. $1 task, $2 readings.
 * A record that was refused fails in the first target of its data type and does not count in the others. `byDataType` of
 * a target: the same by data type, without what is 0.
 * Returns `counts`, `failed` (records that failed somewhere), `lost` (those among them that failed in the first target of
 * their data type: nothing else makes up for that) and `concerned` (those that were read, in an earlier attempt as well, and
 * those that were not and are changed all the same: missing ones, and those that waited; changes are asked only when any failed). `plan`: without what earlier attempts applied.
 */
const countedSql = (of: 'task' | 'plan'): string => `readings as (
    select * from jsonb_to_recordset($2::jsonb) as r (target_id smallint, name text, data_type text, first boolean, read integer)
  ), tally as (
    select target_id, data_type, action, coalesce(outcome, 'planned') as outcome,
      count(*)::int as n, count(position)::int as read
    from changes where task_id = $1 and ${wroteNothing('changes')} is not true${of === 'plan' ? ' and settled_at is null' : ''}
    group by 1, 2, 3, 4
  ), refused as (
    select data_type, sum(n)::int as n from tally where action is null group by 1
  ), per_reading as (
    select coalesce(r.name, g.name) as name, coalesce(r.data_type, t.data_type) as data_type,
      ${counted('create')} as created, ${counted('update')} as updated, ${counted('disable')} as disabled,
      ${counted('delete')} as deleted, ${counted('restore')} as restored, ${counted('link')} as linked,
      coalesce(max(r.read), 0) - coalesce(sum(t.read), 0)
        - case when coalesce(bool_and(r.first), true) then 0 else coalesce(max(f.n), 0) end as unchanged,
      ${ended('failed')} as failed, ${ended('stale')} as stale
    from readings r
    full join tally t on t.target_id = r.target_id and t.data_type = r.data_type
    left join refused f on f.data_type = r.data_type
    left join targets g on g.id = t.target_id
    group by coalesce(r.name, g.name), coalesce(r.data_type, t.data_type)
  ), per_target as (
    select name, sum(created) as created, sum(updated) as updated, sum(disabled) as disabled, sum(deleted) as deleted,
      sum(restored) as restored, sum(linked) as linked, greatest(sum(unchanged), 0) as unchanged, sum(failed) as failed,
      sum(stale) as stale, jsonb_object_agg(data_type, numbers) as "byDataType"
    from per_reading
    cross join lateral (
      select coalesce(jsonb_object_agg(key, value) filter (where value::int > 0), '{}') as numbers
      from jsonb_each(to_jsonb(per_reading) - 'name' - 'data_type')
    ) n
    group by name
  )`;

const COUNTING = `
  with ${countedSql('task')}`;

const COUNTS_BY_TARGET = `coalesce((select jsonb_object_agg(name, to_jsonb(p) - 'name') from per_target p), '{}')`;

const RESULT = `
  select ${COUNTS_BY_TARGET} as counts,
    (select count(distinct (data_type, record_id))::int from changes where task_id = $1 and outcome = 'failed') as failed,
    (
      select count(distinct (c.data_type, c.record_id))::int
      from changes c join readings r on r.first and r.target_id = c.target_id and r.data_type = c.data_type
      where c.task_id = $1 and c.outcome = 'failed'
    ) as lost,
    (
      select coalesce(sum(greatest(r.read, c.read) + coalesce(c.unread, 0)), 0)::int
      from (select data_type, read from readings where first) r
      full join (
        select data_type, count(*) filter (where was_read) as read, count(*) filter (where not was_read) as unread
        from (
          select data_type, count(position) > 0 as was_read from changes
          where task_id = $1 and exists (select 1 from tally where outcome = 'failed')
          group by data_type, record_id
        ) changed
        group by data_type
      ) c on c.data_type = r.data_type
    ) as concerned`;

export const COUNTS = `${COUNTING}${RESULT}`;

/** The same of a plan that waits, without what earlier attempts of its task applied. */
export const PLAN_COUNTS = `
  with ${countedSql('plan')}${RESULT}`;

/**
 * A reference that had waited, and was not applied although what it waited for is there: the change failed, the record was
 * refused, or a retry brought what an earlier attempt, whose change stands, had waited for. Nothing brings it again, so the
 * link is looked at whatever its version and hash say: what the record states is what it stated before. An undo changes no
 * link. $1 task.
 */
export const LOOK_AGAIN = `
  update links l
  set dirty = true
  from changes c
  join tasks t on t.id = c.task_id and t.kind <> 'undo'
  where c.task_id = $1 and (c.outcome in ('failed', 'stale') or t.attempts > 1)
    and l.target_id = c.target_id and l.record_id = c.record_id and not l.dirty
    and exists (
      select 1 from waiting_references w
      join resolved_references v on v.source_id = w.source_id and v.data_type = w.data_type and v.uid = w.uid
      where w.target_id = c.target_id and w.record_id = c.record_id
    )`;

/** SQL: a note (tasks/notes.ts). */
const note = (code: NoteCode, values = `'{}'::jsonb`): string =>
  `jsonb_build_object('code', '${code}', 'values', ${values})`;

/** SQL: notes of what the read of task `t` did not see to its end, and why. */
const NOT_COMPLETE = `(
    select jsonb_agg(${note('not_complete', `jsonb_build_object('dataType', c.key)`)} || jsonb_build_object('said', c.value ->> 'reason') order by c.key desc)
    from jsonb_each(t.complete) c where c.value <> 'true'
  )`;

/** SQL: notes of why the read of task `t` was cut short, and whether any of it was applied, by result `r`; null: it was not. */
const CUT = `(t.read_failure -> 'notes') || case when r.lost < r.concerned then ${note('cut_applied')} else ${note('cut_not_applied')} end`;

/** Of how many codes the message of a task tells how often they came. */
const TOLD_CODES = 3;

/** SQL: the codes of what failed only because it failed elsewhere. */
const BLOCKED = `'blocked\\_by\\_%'`;

/**
 * SQL: a note of how many records failed, and of what; null: none did. Codes and numbers, nothing of the records. What failed only
 * because it failed elsewhere is told where nothing else is: it failed in an earlier task. $1 task.
 */
const FAILED_MOST = `(
    select ${note(
      'records_failed',
      `jsonb_build_object(
        'failed', r.failed, 'concerned', r.concerned, 'more', max(m.codes) > ${TOLD_CODES},
        'codes', jsonb_agg(jsonb_build_object('code', m.code, 'n', m.n) order by m.n desc, m.code)
      )`,
    )}
    from (
      select code, n, count(*) over () as codes
      from (
        select coalesce(code, 'internal') as code, count(distinct (data_type, record_id))::int as n,
          bool_and(coalesce(code, 'internal') like ${BLOCKED}) over () as all_blocked
        from changes where task_id = $1 and outcome = 'failed' group by coalesce(code, 'internal')
      ) c
      where all_blocked or code not like ${BLOCKED}
      order by n desc, code limit ${TOLD_CODES}
    ) m
    having count(*) > 0
  )`;

/**
 * SQL, steps of a statement: takes away the changes that were none, whose links name the task whose values they have (`unless` they are
 * looked at again), and what was staged. $1 task.
 */
const tidied = ({ when = 'true', unless = 'false' }: { when?: string; unless?: string }): string => `idle as (
    delete from changes where ${when} and task_id = $1 and ${wroteNothing('changes')}
    returning target_id, record_id, earlier_task_id
  ), given_back as (
    update links l
    set task_id = i.earlier_task_id
    from idle i
    where l.target_id = i.target_id and l.record_id = i.record_id and l.task_id = $1 and i.earlier_task_id is not null
      and not ${unless}
  ), swept as (
    delete from staging where ${when} and task_id = $1
  )`;

/** SQL: what ends task `t` in any case. */
const ENDED = `counts = r.counts, step = 'report', message = null, next_attempt_at = null,
    lease_owner = null, lease_until = null, finished_at = clock_timestamp(),
    released_at = coalesce(t.released_at, clock_timestamp()),
    cost_ms = ${ranMs('t')}`;

const RETURNING = `returning t.*, pg_notify('rollcall_tasks', t.id::text)`;

/**
 * Ends a running task with its counts, without the changes that were none; their links name the task whose values they have.
 * $1 task, $2 readings, $3 lease owner. Nothing failed → succeeded; something
 * did, or the read was cut short → partially succeeded; all of it was lost → failed. Returns the task's row, or none when the lease is lost.
 */
export const CLOSE_TASK = `
  ${COUNTING}, result as (${RESULT}
  ), again as (
    ${LOOK_AGAIN}
    and (exists (select 1 from tally where outcome in ('failed', 'stale')) or (select attempts > 1 from tasks where id = $1))
    returning l.target_id, l.record_id
  ), ${tidied({ unless: 'exists (select from again a where a.target_id = l.target_id and a.record_id = l.record_id)' })}
  update tasks t
  set status = case when r.failed = 0 and t.read_failure is null then 'succeeded' when r.lost >= r.concerned then 'failed' else 'partially_succeeded' end,
    ${ENDED},
    notes = coalesce(${CUT}, '[]') || coalesce(${FAILED_MOST}, '[]')
      || coalesce(case when t.read_failure is null then ${NOT_COMPLETE} end, '[]')
      || case when t.repeated > 0 then jsonb_build_array(${note('uids_repeated', `jsonb_build_object('uids', t.repeated)`)}) else '[]' end,
    error_code = t.read_failure ->> 'code'
  from result r
  where t.id = $1 and t.status = 'running' and t.lease_owner = $3
  ${RETURNING}`;

/**
 * The same for a small push of which nothing failed and nothing is stale, with nothing that only those need: a fifth of what such a
 * push costs is starting the statement above. Does nothing, and returns none, when something is.
 */
export const CLOSE_CLEAN_TASK = `
  with clean as materialized (
    select from tasks t
    where t.id = $1 and t.status = 'running' and t.lease_owner = $3 and t.attempts = 1 and t.read_failure is null and t.complete = '{}'
      and not exists (select from changes c where c.task_id = $1 and c.outcome in ('failed', 'stale'))
  ), ${countedSql('task')}, ${tidied({ when: '(select exists (select from clean))' })}
  update tasks t
  set status = 'succeeded', notes = '[]', error_code = null, ${ENDED}
  from (select ${COUNTS_BY_TARGET} as counts from clean) r
  where t.id = $1
  ${RETURNING}`;

/**
 * Rule 23: the source's cursor moves to where the next incremental read begins, when the task was applied; never back, so
 * that a retry of an older task does not undo it, and not when the source was set up differently meanwhile. $1 task.
 */
export const ADVANCE_CURSOR = `
  update sources s
  set cursor = t.next_cursor, cursor_task_id = t.id
  from tasks t
  where t.id = $1 and s.id = t.source_id and t.status in ('succeeded', 'partially_succeeded')
    and coalesce(s.cursor_task_id, 0) <= t.id and s.updated_at <= t.read_began_at`;

import type { DataType } from '@rollcall/core';
import type { TaskRow } from '../../tasks/task-row';
import { clears, droppedDepartments, SHOWN } from './losses';
import { BEFORE, HAS_UNRELEASED, sentBefore, TOLD_LATER, toldAt } from './supersede';
import { isTakenBack, toldGoneOf } from './told-statement';

/** SQL: the source $2 has plans that wait for a decision or for their turn or were given up, or removals that were rejected. */
export const WATCHED = `(
      exists (select 1 from rejected_removals where source_id = $2)
      or exists (select 1 from tasks where source_id = $2 and status = 'held')
      or ${HAS_UNRELEASED}
      or exists (select 1 from tasks where source_id = $2 and status = 'queued' and approved_at is not null)
    )`;

const LEAVES = `c.action in ('delete', 'disable')`;

/** SQL: the difference takes a value or a membership away. */
const loses = (difference: string): string => `(${clears(difference)} or exists (${droppedDepartments(difference)}))`;

/**
 * SQL: task `t` applies what its source stated. A review of a new target applies what is stated in any case, and an undo what an
 * admin wants whatever was stated: the same statement once more is not newer than those.
 */
const IS_STATEMENT = `t.kind in ('pull', 'push', 'event', 'snapshot')`;

/**
 * Remembers what a held plan would have taken away, where that was what the source says; of a backfill, whom it would have taken from
 * its target. Of who leaves, all that goes with them is no decision of its own. $1 task.
 */
export const REMEMBER_REJECTED = `
  insert into rejected_removals (source_id, record_id, field, target_id, task_id)
  select distinct t.source_id, c.record_id, l.field, case when t.kind = 'backfill' then c.target_id else 0 end, t.id
  from tasks t
  join changes c on c.task_id = t.id and c.outcome is null
  cross join lateral (
    select '' where ${LEAVES}
    union all
    select f.difference ->> 'field' from jsonb_array_elements(${SHOWN}) f (difference)
    where c.action <> 'delete' and ${loses('f.difference')} and not exists (
      select from changes p where p.task_id = t.id and p.record_id = c.record_id and p.action in ('delete', 'disable')
    )
  ) l (field)
  where t.id = $1 and t.source_id is not null and (${IS_STATEMENT} or t.kind = 'backfill' and l.field = '')
  on conflict (source_id, record_id, field, target_id) do update set task_id = excluded.task_id`;

/** An approved backfill takes away what was rejected before. What a source stated is forgotten when that is applied. $1 task. */
export const FORGET_REJECTED = `
  delete from rejected_removals x
  using tasks t join changes c on c.task_id = t.id
  where t.id = $1 and t.kind = 'backfill' and x.source_id = t.source_id and x.target_id = c.target_id and x.record_id = c.record_id`;

/**
 * What of a plan was rejected before: `task_id` (null: of tasks that are not kept any more), `n` (records), `fields` ('':
 * the record itself leaves), the latest decision first. $1 task, $2 source.
 */
export const REJECTED_BEFORE = `
  with rejected as (
    select distinct t.id as task_id, x.record_id, x.field
    from rejected_removals x
    left join tasks t on t.id = x.task_id
    join changes c on c.task_id = $1 and c.record_id = x.record_id and c.outcome is null
    where x.source_id = $2 and x.target_id in (0, c.target_id) and case
        when x.field = '' then ${LEAVES}
        else exists (
          select 1 from jsonb_array_elements(${SHOWN}) f (difference)
          where f.difference ->> 'field' = x.field and ${loses('f.difference')}
        ) end
  )
  select task_id, count(distinct record_id)::int as n, array_agg(distinct field order by field) as fields
  from rejected r
  where field = '' or not exists (select 1 from rejected o where o.record_id = r.record_id and o.field = '')
  group by task_id, field = '', field = 'departments'
  order by task_id desc nulls last, fields`;

/** SQL: task `t` has a plan that waits for a decision, or for its turn after one. $1 task, $2 source. */
const WAITS = `t.source_id = $2 and t.id <> $1 and (t.status = 'held' or t.status = 'queued' and t.approved_at is not null)`;

/** SQL: task `t` had been sent before task $1 was told what it says; a plan that was held, and is approved, may be the older one. */
const OLDER = `exists (select from tasks own where own.id = $1 and ${sentBefore('t', 'own')})`;

/**
 * SQL: plans that wait, and of which the source told after it had told of task $1; of two tasks one is always the later one. They stay
 * as they are until the transaction ends. $1 task, $2 source. Returns `id, staging, complete`.
 */
export const LATER_PLANS = `
  select t.id, t.staging, t.complete from tasks t join tasks own on own.id = $1
  where ${WAITS} and ${IS_STATEMENT} and not t.dry_run and (${toldAt('own')}, own.id) < (${toldAt('t')}, t.id)
  order by t.id for share of t`;

const RESTATED = 'The source has stated this record again since the plan was made.';

/** SQL: staged record `s` is what the source says. What is applied again as it stands, or stands in for what was pushed, says nothing. */
const IS_TOLD = `s.code is distinct from 'stale' and s.position is not null and s.cleared is not null`;

/** SQL: the record of change `c` of the waiting task `t` was told of otherwise: it is there, or it is not and the change wants it there. */
const TOLD_OTHERWISE = `case when s.gone is null then c.action in ('delete', 'disable') or ${IS_STATEMENT}
        else c.action not in ('delete', 'disable') and ${IS_STATEMENT} end`;

/**
 * SQL: change `c` of the waiting task `t` tells a target elsewhere what an undo put back of record `r`, and still does: the same said once
 * more ends no undo (rule 21).
 */
const TELLS_UNDO = `(t.kind = 'backfill' and c.version = r.version and ${isTakenBack('r.id')})`;

/**
 * What is applied settles earlier decisions: a removal that was rejected is forgotten when the source states the record or
 * the field anew, or when it is approved after all, and that of a target when it is to have the record again; and of whom the source
 * states again an older plan of it that waits changes nothing, and no plan that waits removes anybody. Nor does an older plan bring, or
 * bring back, whom the source says to be gone, also where that is nothing new (`unmade`: of whom nothing was known).
 * Mostly there is nothing to settle: what was read is not looked through for that. $1 task, $2 source. Returns the plans that
 * wait, where what they were made of is staged, and which of them hold less now (`less`).
 */
export const settleSql = (staging: string): string => `
  with forgotten as (
    delete from rejected_removals x
    using records r, ${staging} s
    where (select exists (select from rejected_removals where source_id = $2))
      and x.source_id = $2 and r.id = x.record_id
      and s.task_id = $1 and s.code is distinct from 'stale' and s.data_type = r.data_type and s.uid = r.uid
      and (x.field = '' or s.payload ? x.field or x.field = any (coalesce(s.cleared, '{}')))
      and (x.target_id <> 0 or s.position is null or s.cleared is not null)
      and (x.target_id = 0 or ${toldGoneOf('r')} is null)
      and not exists (select from tasks t where t.id = x.task_id and t.id <> $1 and not ${OLDER})
  ), waiting as materialized (
    select id, staging, kind from tasks t where ${WAITS} and t.applied_positions is null and (not ${IS_STATEMENT} or ${OLDER})
  ), outdated as (
    update changes c
    set outcome = 'stale', code = 'stale', message = '${RESTATED}'
    from waiting t, records r, ${staging} s
    where (select exists (select from waiting))
      and c.task_id = t.id and c.outcome is null and c.action is not null and ${TOLD_OTHERWISE} and not ${TELLS_UNDO}
      and r.id = c.record_id and s.task_id = $1 and ${IS_TOLD} and s.data_type = r.data_type and s.uid = r.uid
    returning c.task_id
  ), unmade as (
    update changes c
    set outcome = 'stale', code = 'stale', message = '${RESTATED}'
    from waiting t, ${staging} s
    where (select exists (select from waiting))
      and c.task_id = t.id and c.outcome is null and c.action is not null and ${IS_STATEMENT}
      and s.task_id = $1 and ${IS_TOLD} and s.gone is not null and s.data_type = c.data_type and s.uid = c.uid
      and not exists (select from records r where r.id = c.record_id)
    returning c.task_id
  )
  select id, staging, kind, ${IS_STATEMENT} as statement,
    id in (select task_id from outdated union all select task_id from unmade) as less
  from waiting t`;

/**
 * SQL for one such plan: what it was told of records that the source has told otherwise of is not laid over the newer statement, also
 * where no target has a change of it. `task`: who stated them, and where that is staged.
 */
export const outdateSql = (plan: Staged, task: Staged): string => `
  update ${plan.staging} o
  set code = 'stale', field = null, message = 'Task ${task.id}${TOLD_LATER}'
  from ${task.staging} s
  where o.task_id = ${plan.id} and o.code is null and s.task_id = ${task.id} and ${IS_TOLD} and (s.gone is null or o.gone is null)
    and o.data_type = s.data_type and o.uid = s.uid`;

/**
 * SQL for such a plan of what was pushed: a complete read of these data types that began later says of those whom it does not
 * contain that they are not there, so the plan brings none of them.
 */
export const outdateUnreadSql = (plan: Staged, task: Staged, complete: readonly DataType[]): string => `
  with outdated as (
    update ${plan.staging} o
    set code = 'stale', field = null, message = 'Task ${task.id}${TOLD_LATER}'
    from tasks e, tasks t
    where o.task_id = ${plan.id} and o.code is null and o.gone is null and o.position is not null
      and o.data_type in (${complete.map((dataType) => `'${dataType}'`).join(', ')})
      and e.id = ${plan.id} and t.id = ${task.id} and ${BEFORE}
      and not exists (
        select 1 from ${task.staging} s
        where s.task_id = ${task.id} and s.position is not null and s.data_type = o.data_type and s.uid = o.uid
      )
    returning o.data_type, o.uid
  )
  update changes c
  set outcome = 'stale', code = 'stale', message = '${RESTATED}'
  from outdated o
  where c.task_id = ${plan.id} and c.outcome is null and c.action is not null and c.data_type = o.data_type and c.uid = o.uid
  returning c.task_id`;

/**
 * SQL: whether a later plan tells otherwise of records of a plan: it names them, or has read these data types to their end and does not
 * contain them. Returns `overlaps`.
 */
export const overlapsSql = (plan: Staged, later: Staged, complete: readonly DataType[]): string => {
  const named = `select 1 from ${later.staging} s
        where s.task_id = ${later.id} and ${IS_TOLD} and s.data_type = o.data_type and s.uid = o.uid`;
  const read = complete.map((dataType) => `'${dataType}'`).join(', ') || 'null';
  return `
  select exists (
    select 1 from ${plan.staging} o
    where o.task_id = ${plan.id} and o.code is null and (o.cleared is not null or o.position is null) and (
      exists (${named} and (s.gone is null or o.gone is null))
      or o.gone is null and o.position is not null and o.data_type in (${read}) and not exists (${named})
    )
  ) as overlaps`;
};

/** SQL: the records of a plan of which a later one tells are left to that. */
export const leaveToLaterSql = (plan: Staged, later: Staged): string => `
  with outdated as (${outdateSql(plan, later)}
    returning o.data_type, o.uid
  )
  update changes c
  set outcome = 'stale', code = 'stale', message = 'Task ${later.id}${TOLD_LATER}'
  from outdated o
  where c.task_id = ${plan.id} and c.outcome is null and c.action is not null and c.data_type = o.data_type and c.uid = o.uid`;

type Staged = Pick<TaskRow, 'id' | 'staging'>;

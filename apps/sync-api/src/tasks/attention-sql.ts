import type { TaskStatus } from './task.entity';
import { toldThere } from '../engine/sql/refused-here';
import { readWell } from './up-to-date-sql';

/**
 * SQL: ids of the reads of `source`, an id, that failed or were cut short while no read has done better since. What is done for
 * single people meanwhile does not make up for a read. A full read brings what an incremental one would, but not the other way
 * round.
 */
export const failedReadsOf = (source: string): string => `
  select l.id
  from (values ('full'), ('incremental')) m (mode)
  cross join lateral (
    select t.id, ${readWell('t')} as well from tasks t
    where t.source_id = ${source} and t.kind = 'pull' and not t.dry_run and t.mode = m.mode
      and t.status in ('succeeded', 'partially_succeeded', 'failed')
    order by t.id desc limit 1
  ) l
  where not l.well and (m.mode = 'full' or not exists (
    select from tasks o
    where o.source_id = ${source} and o.kind = 'pull' and not o.dry_run and o.mode = 'full' and o.id > l.id and ${readWell('o')}
  ))`;

/** SQL: id of the last full read of `source`, an id, when it has not seen everybody: nobody is taken for missing by such a one. */
export const unseenReadOf = (source: string): string => `
  select l.id
  from (
    select t.id, t.complete from tasks t
    where t.source_id = ${source} and t.kind = 'pull' and not t.dry_run and t.mode = 'full' and ${readWell('t')}
    order by t.id desc limit 1
  ) l
  where exists (select from jsonb_each(l.complete) c where c.value <> 'true')`;

/** A target that gets next to nothing is not looked for in the whole history. */
const NEWEST = 1_000;

/** SQL: task `t` told target `g` something, or tried to. */
const DID_SOMETHING = `exists (
      select from jsonb_each(t.counts -> g.name) n
      where n.key not in ('unchanged', 'stale', 'byDataType') and n.value::text::integer > 0
    )`;

/**
 * Ids of the newest task of each target that is on, among those that did something there, when the target stopped it for good: it
 * refuses its settings, and gets nothing until they are put right.
 */
const STOPPED_BY_TARGETS = `
  select l.id
  from targets g
  cross join lateral (
    select t.id, t.notes from (select * from tasks order by id desc limit ${NEWEST}) t
    where t.counts ? g.name and not t.dry_run and t.status in ('succeeded', 'partially_succeeded', 'failed') and ${DID_SOMETHING}
    order by t.id desc limit 1
  ) l
  where g.enabled and g.deleted_at is null
    and jsonb_path_exists(l.notes, '$[*] ? (@.code == "target_stopped" && @.values.target == $name)', jsonb_build_object('name', g.name))`;

/** SQL: all that failed of task `t`, a backfill, failed for what had failed at another target before: that task tells why. */
const REPEATS_ONLY = `(t.kind = 'backfill' and t.status = 'failed'
        and exists (select from changes c where c.task_id = t.id and c.outcome = 'failed')
        and not exists (select from changes c where c.task_id = t.id and c.outcome = 'failed' and c.code not like 'blocked\\_by\\_%'))`;

/** So many tasks that failed are looked at. */
const NEWEST_FAILED = 500;

/** And so much of what failed of each. */
const FAILED_OF_ONE = 1_000;

/**
 * SQL: ids of the tasks that ended with a status, and of which a record is at a target still not as it says: no later task has told of it
 * there. What was refused as it was is stored nowhere, and only the task tells of it.
 */
const stillBehind = (status: 'failed' | 'partially_succeeded', and = ''): string => `
  select f.id
  from (select id, source_id, kind, dry_run from tasks where status = '${status}' order by id desc limit ${NEWEST_FAILED}) f
  join sources s on s.id = f.source_id and s.deleted_at is null
  where not f.dry_run ${and} and exists (
    select from (select * from changes where task_id = f.id and outcome = 'failed' limit ${FAILED_OF_ONE}) c
    join targets g on g.id = c.target_id and g.enabled and g.deleted_at is null
    join records r on r.id = c.record_id
    left join links l on l.target_id = c.target_id and l.record_id = c.record_id
    where coalesce(c.code, '') not like 'blocked\\_by\\_%'
      and case when l.record_id is null then r.gone is null else l.state <> 'detached' and (l.dirty or l.version <> r.version) end
      and not exists (
        select from changes n
        where n.record_id = c.record_id and n.task_id > f.id and n.target_id = c.target_id and ${toldThere('n')}
      )
  )`;

/**
 * Ids of the tasks that somebody should look at: plans that wait for a decision (not previews: whoever asked for one looks
 * at it anyway), failed reads, and what failed of other tasks until that is made up for; of each source the latest task when it
 * failed at all, so that the next one that does not takes it away; and what a target stopped. What a deleted target did not get is
 * nobody's concern.
 */
const NEEDING_ATTENTION = `
  select id from tasks where status = 'held' and held_reason <> 'preview'
  union all
  ${STOPPED_BY_TARGETS}
  union all
  select f.id from sources s cross join lateral (${failedReadsOf('s.id')}) f where s.deleted_at is null
  union all
  select l.id
  from sources s
  cross join lateral (
    select t.id, t.kind, t.status from tasks t
    where t.source_id = s.id and t.status not in ('queued', 'running', 'cancelled') and not t.dry_run and t.part_of is null
      and not exists (select from targets g where g.id = t.target_id and g.deleted_at is not null)
      and not ${REPEATS_ONLY}
    order by t.id desc limit 1
  ) l
  where s.deleted_at is null and l.status = 'failed' and l.kind <> 'pull'
  union all
  ${stillBehind('failed', `and f.kind <> 'pull'`)}
  union all
  select l.id
  from (
    select t.id, t.status from tasks t
    where t.kind = 'purge' and t.source_id is null and t.status not in ('queued', 'running', 'cancelled')
    order by t.id desc limit 1
  ) l
  where l.status = 'failed'`;

/**
 * SQL: the same of those that are asked for by their status: of tasks that succeeded in part, those as well that left something behind
 * which nothing has made up for.
 */
export const needingAttention = (status: TaskStatus | undefined): string =>
  status === 'partially_succeeded' ? `${NEEDING_ATTENTION} union all ${stillBehind(status)}` : NEEDING_ATTENTION;

import { lacks } from '../engine/sql/backfill';
import { toldGone, withTakenBack } from '../engine/sql/told-statement';
import { LAST_TASK_COLUMNS } from '../sources/source.view';
import { rejectedSql } from '../tasks/rejected';

/** A target that gets next to nothing is not looked for in the whole history. */
const NEWEST = 1_000;

/**
 * The newest task of each target: one that fills it up, or among the newest tasks one that did something there. A preview
 * does nothing. $1 ids, $2 names of the targets, in one order.
 */
export const LAST_TASKS = `
  select g.id as "targetId", t.id, ${LAST_TASK_COLUMNS}, coalesce((t.counts -> g.name ->> 'failed')::integer, 0) as failed
  from unnest($1::smallint[], $2::text[]) as g (id, name)
  cross join lateral (
    (select * from tasks where target_id = g.id order by id desc limit 1)
    union all
    (select * from (select * from tasks order by id desc limit ${NEWEST}) newest
     where counts ? g.name and not dry_run order by id desc limit 1)
    order by id desc limit 1
  ) t`;

/** Sources whose first plan for a target was not released yet. $1 ids of targets. */
export const REVIEWS = `
  select v.target_id as "targetId", v.task_id as "taskId", t.status, ${rejectedSql('t')} as rejected,
    s.id as "sourceId", s.name as "sourceName"
  from target_reviews v
  join tasks t on t.id = v.task_id
  join sources s on s.id = v.source_id
  where v.target_id = any ($1::smallint[])
  order by s.id`;

/**
 * Targets that do not answer: since when, and of what waits for that the task that is tried next and has a reason to tell. While
 * a try runs it has none. $1 ids of targets.
 */
export const AWAY = `
  select distinct on (t.target_id) t.target_id as "targetId", min(t.away_since) over (partition by t.target_id) as since,
    t.id as "taskId", t.message, t.notes, t.next_attempt_at as "nextAttemptAt", s.id as "sourceId", s.name as "sourceName"
  from tasks t
  join sources s on s.id = t.source_id
  where t.target_id = any ($1::smallint[]) and t.status in ('queued', 'running') and t.away_since is not null
  order by t.target_id, t.message is null, t.next_attempt_at, t.id`;

/** SQL: nobody is there for record `r`, because what it last said failed at the built-in target: no target after that has it. */
const FAILED_BEFORE = `exists (
        select from targets o
        where o.name = r.data_type || 's' and o.id <> $1
          and not exists (select from links k where k.target_id = o.id and k.record_id = r.id)
          and exists (
            select from changes f
            where f.task_id = r.task_id and f.target_id = o.id and f.data_type = r.data_type and f.record_id = r.id and f.outcome = 'failed'
          )
      )`;

/**
 * What a target lacks, by source; of sources that have never said anything of its kind nothing is told. $1 id and $2 name
 * of the target, $3 data types that it reads, $4 sources that it is for (null: all).
 */
export const BACKLOG = `
  with behind as (
    select r.source_id, count(*) filter (where ${toldGone()} is null)::integer as records, count(*) filter (where ${lacks('$1')})::integer as waiting,
      count(*) filter (where l.record_id is null and ${lacks('$1')} and ${FAILED_BEFORE})::integer as blocked
    from records r
    ${withTakenBack()}
    left join links l on l.target_id = $1 and l.record_id = r.id
    where r.data_type = any ($3::text[]) and ($4::integer[] is null or r.source_id = any ($4))
    group by r.source_id
  )
  select s.id, s.name, s.display_name as "displayName", b.records, b.waiting - b.blocked as waiting, b.blocked, coalesce(t.failed, 0) as failed,
    t.id as "taskId"
  from behind b
  join sources s on s.id = b.source_id and s.deleted_at is null
  left join lateral (
    select id, coalesce((counts -> $2 ->> 'failed')::integer, 0) as failed
    from (select * from tasks where source_id = s.id order by id desc limit ${NEWEST}) newest
    where counts ? $2 and not dry_run order by id desc limit 1
  ) t on true
  order by s.id`;

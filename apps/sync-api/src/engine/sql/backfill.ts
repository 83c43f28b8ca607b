import { NOTIFY } from '../../tasks/task-sql';
import { isHandedOut } from './handed-out';
import { PROTECTED_OTHERWISE, PROTECTED_RECORDS } from './protected-records';
import { STAGED_AS_TOLD, toldGone, toldGoneOf, withTakenBack } from './told-statement';
import { IS_CALLED_OTHERWISE } from './told-uid';

const COLUMNS = 'task_id, position, new_id, data_type, uid, payload, gone, seen_hash, base_version';

/**
 * SQL: link `l` of record `r` on a target is not there although it should be, or is behind; or the target knows the record by
 * another uid; or there is none, the record left, and the target may have made something for it. A detached record asks for
 * nothing, and one that an undo took away is lacked by nobody who has not got it; nor is what is said of somebody protected.
 */
export const lacks = (
  target: string,
): string => `case when l.record_id is null then ${toldGoneOf('r')} is null and r.id not in ${PROTECTED_OTHERWISE} or ${isHandedOut(target, 'r.id')}
      else l.state <> 'detached' and (l.version <> r.version or l.dirty or ${IS_CALLED_OTHERWISE}) and r.id not in ${PROTECTED_RECORDS} end`;

/**
 * Stages what a source has said and a target lacks, bound to the versions of now; `remote`: and what undos put back instead. $1 task,
 * $2 source, $3 target, $4 data types that the target reads.
 */
export const stageLackingSql = (staging: string, { remote }: { remote: boolean }): string => `
  insert into ${staging} (${COLUMNS}, cleared)
  select $1, row_number() over (order by r.id) - 1, r.id, r.data_type, r.uid, ${STAGED_AS_TOLD.payload}, ${toldGone()}, r.seen_hash, r.version,
    ${STAGED_AS_TOLD.cleared}
  from records r
  ${withTakenBack()}${remote ? '' : ' and false'}
  left join links l on l.target_id = $3 and l.record_id = r.id
  where r.source_id = $2 and r.data_type = any ($4::text[]) and ${lacks('$3')}`;

/**
 * Several pushes may have noted one record for the same backfill. Not joined with itself: of a task that is not in the statistics
 * Postgres would compare each row with each. $1 task.
 */
export const DROP_NOTED_TWICE = `
  delete from staging
  where ctid = any (array(
    select place from (
      select ctid as place, row_number() over (partition by new_id order by ctid desc) as nth from staging where task_id = $1
    ) s
    where nth > 1
  ))`;

/** What was noted, or is tried again, is planned as it stands and is called now, and bound to that; `remote` as above. $1 task. */
export const bindNotedSql = ({ remote }: { remote: boolean }): string => `
  update staging s
  set uid = r.uid, gone = ${toldGone()}, seen_hash = r.seen_hash, base_version = r.version,
    payload = ${STAGED_AS_TOLD.payload}, cleared = ${STAGED_AS_TOLD.cleared}
  from records r
  ${withTakenBack()}${remote ? '' : ' and false'}
  where s.task_id = $1 and r.id = s.new_id
    and (s.base_version is distinct from r.version or s.uid <> r.uid or b.record_id is not null or s.cleared is not null)`;

/** How many records are staged: $1 task. Returns `data_type, n`. */
export const countStagedSql = (staging: string): string => `
  select data_type, count(*)::int as n from ${staging} where task_id = $1 group by data_type`;

/**
 * SQL: notes what is `lacking` for the one backfill of each target that has not begun and collects it, which is made when
 * there is none. $2 source.
 */
const NOTE = `collecting as (
    insert into tasks (source_id, target_id, kind, mode, status)
    select distinct $2::bigint, target_id, 'backfill', 'incremental', 'queued' from lacking
    on conflict (source_id, target_id) where kind = 'backfill' and mode = 'incremental' and status = 'queued' and started_at is null
    do update set kind = 'backfill'
    returning id, target_id
  ), noted as (
    insert into staging (${COLUMNS})
    select c.id, 0, l.id, l.data_type, l.uid, '{}', l.gone, l.seen_hash, l.version
    from lacking l join collecting c on c.target_id = l.target_id
  )`;

/** Which of a task's records are looked at. */
interface Staged {
  staging: string;
  /** A few are looked up one by one: of what was just written Postgres knows nothing, and would read it all for each. */
  few: boolean;
}

/** SQL: the records `r` of what a task has staged and not refused. $1 task, $2 source. */
export const stagedRecords = ({ staging, few }: Staged): string =>
  few
    ? `(select data_type, uid from ${staging} where task_id = $1 and code is null offset 0) s
    cross join lateral (
      select * from records k where k.source_id = $2 and k.data_type = s.data_type and k.uid = s.uid offset 0
    ) r`
    : `${staging} s
    join records r on s.task_id = $1 and s.code is null and r.source_id = $2 and r.data_type = s.data_type and r.uid = s.uid`;

/** SQL: those among them of which an undo has put something back. $1 task, $2 source. */
export const takenBackRecords = (staged: Staged): string => `${stagedRecords(staged)}
    join taken_back u on u.record_id = r.id and u.version = r.version`;

/** SQL: those of a task that was given up, without those whose changes it did not come to here. $1 task, $2 source, $4 targets here. */
export const reachedRecords = (staged: Staged): string => `${stagedRecords(staged)}
    join lateral (
      select not exists (
        select from changes u
        where u.task_id = $1 and u.target_id = any ($4::smallint[]) and u.data_type = r.data_type and u.record_id = r.id
          and u.outcome = 'stale' and u.code <> 'stale'
      ) as reached
    ) n on n.reached`;

/** SQL: the records `r` of what a task has changed here. $1 task, $2 source, $4 targets here. */
export const CHANGED_RECORDS = `(
      select distinct record_id from changes
      where task_id = $1 and target_id = any ($4::smallint[]) and action is not null and coalesce(outcome, 'applied') = 'applied'
    ) d
    cross join lateral (select * from records k where k.id = d.record_id and k.source_id = $2 offset 0) r`;

/** Whether a task has more than $2 changes: $1 task. Returns `many`. */
export const HAS_MANY_CHANGES = `
  select count(*) > $2 as many from (select from changes where task_id = $1 limit $2 + 1) c`;

/** SQL: a plan for target `t` waits for a decision, and has record `r` as it is to be told now. Mostly none does. $2 source. */
const IS_HELD = `((select exists (select from tasks where source_id = $2 and kind = 'backfill' and status = 'held')) and exists (
        select from tasks h
        cross join lateral (
          select from changes c
          where c.task_id = h.id and c.target_id = t.id and c.data_type = r.data_type and c.record_id = r.id
            and c.action is not null and c.outcome is null and c.settled_at is null and c.version = r.version
            and not exists (select from taken_back b where b.record_id = r.id and b.version = r.version and b.taken_back_at > h.planned_at)
          offset 0
        ) waiting
        where h.source_id = $2 and h.target_id = t.id and h.kind = 'backfill' and h.status = 'held'
      ))`;

/**
 * Notes what targets that a task does not apply itself lack of `records`: for each of them one backfill that has not
 * begun collects it. What a target has just refused it is not asked once more, nor is anybody asked once more to approve what is
 * held. What another one lacks as well that comes before it is noted when that one's backfill ends; but whoever left waits for
 * nobody. $1 task, $2 source, $3 `OtherReading`s of what may be read, $4 targets that the task applies.
 */
export const noteLackingSql = (records: string): string => `
  with served as (
    select t.id, t.type, a.data_type, a.after
    from targets t
    join jsonb_to_recordset($3::jsonb) as a (type text, data_type text, after text[]) on a.type = t.type
    where t.enabled and t.deleted_at is null and t.id <> all ($4::smallint[])
      and (t.sources is null or $2::integer = any (t.sources))
      and not exists (select 1 from target_reviews v where v.target_id = t.id and v.source_id = $2)
  ), lacked as materialized (
    select distinct on (t.id, r.id) t.id as target_id, t.type, t.after, r.id, r.data_type, r.uid, r.gone, r.seen_hash, r.version
    from ${records}
    join served t on t.data_type = r.data_type
    left join links l on l.target_id = t.id and l.record_id = r.id
    where ${lacks('t.id')}
      and not exists (
        select from changes c
        where c.task_id = $1 and c.target_id = t.id and c.data_type = r.data_type and c.record_id = r.id and c.outcome = 'failed'
      )
      and not ${IS_HELD}
  ), coming as materialized (
    select distinct t.target_id, t.id
    from (select * from lacked where after <> '{}') t join lacked b on b.id = t.id and b.type = any (t.after)
  ), lacking as materialized (
    select t.* from lacked t left join coming c on c.target_id = t.target_id and c.id = t.id
    where t.gone is not null or c.id is null
  ), ${NOTE}
  select 1`;

/** Whether targets are switched on beside those that a task applies: $1 their types, $2 targets that it applies. */
export const SERVES_OTHERS = `
  select exists (
    select from targets where enabled and deleted_at is null and type = any ($1::text[]) and id <> all ($2::smallint[])
  ) as serves`;

/** Notes what a task could not tell target $3 at the time: it failed with one of the codes $4. $1 task, $2 source. */
export const NOTE_UNTOLD = `
  with lacking as materialized (
    select c.target_id, r.id, r.data_type, r.uid, r.gone, r.seen_hash, r.version
    from changes c
    join records r on r.id = c.record_id
    where c.task_id = $1 and c.target_id = $3 and c.action is not null and c.outcome = 'failed' and c.code = any ($4::text[])
  ), ${NOTE}
  select 1`;

/**
 * Notes what has moved on since a backfill handed it out, and what nobody noted then: a record that left while the target had
 * no link to it and was just being handed it. $1 task, $2 source.
 */
export const NOTE_MOVED_ON = `
  with lacking as materialized (
    select t.id as target_id, r.id, r.data_type, r.uid, r.gone, r.seen_hash, r.version
    from tasks k
    join targets t on t.id = k.target_id and t.enabled and t.deleted_at is null
    join changes c on c.task_id = k.id and c.target_id = t.id and c.action is not null
    join records r on r.id = c.record_id
    left join links l on l.target_id = t.id and l.record_id = r.id
    left join handed_out h on h.target_id = t.id and h.record_id = r.id
    where k.id = $1 and (t.sources is null or $2::integer = any (t.sources))
      and case when l.record_id is null then h.task_id = k.id and h.version <> r.version
        else l.state <> 'detached' and l.task_id = k.id and l.version <> r.version end
  ), ${NOTE}
  select 1`;

/**
 * What was staged and needs no change has arrived, as far as its target reads it; unless it moved on meanwhile.
 * $1 task, $2 target.
 */
export const arrivedSql = (staging: string): string => `
  update links l
  set version = r.version, dirty = false
  from ${staging} s
  join records r on r.id = s.new_id and r.version = s.base_version
  where s.task_id = $1 and l.target_id = $2 and l.record_id = r.id and l.state <> 'detached'
    and (l.version <> r.version or l.dirty) and r.id not in ${PROTECTED_RECORDS}
    and not exists (
      select 1 from changes c
      where c.task_id = $1 and c.target_id = $2 and c.data_type = r.data_type and c.record_id = r.id
    )`;

/**
 * The first plan of a target was approved: from now on the target gets what the source says, and what other tasks brought
 * while the plan was waiting comes in one more backfill. Another backfill of these that is tried again ends no review. $1 the approved task.
 */
export const END_REVIEW = `
  with reviewed as (
    delete from target_reviews v using tasks t
    where t.id = $1 and v.task_id = t.id
    returning t.source_id, t.target_id, t.started_at
  )
  insert into tasks (source_id, target_id, kind, mode, status)
  select source_id, target_id, 'backfill', 'full', 'queued' from reviewed v
  where exists (
    select 1 from tasks o
    where o.source_id = v.source_id and o.kind <> 'backfill' and not o.dry_run and o.finished_at > v.started_at
  )`;

/**
 * Switches a target on for sources: each that has records gets a backfill whose first plan is reviewed. $1 target, $2 data
 * types that it reads, $3 sources (null: all). Returns `source_id` of each.
 */
export const BEGIN_REVIEW = `
  with begun as (
    insert into tasks (source_id, target_id, kind, mode, status, request_id)
    select s.id, $1, 'backfill', 'full', 'queued', $4
    from sources s
    where s.deleted_at is null and ($3::integer[] is null or s.id = any ($3))
      and exists (select 1 from records r where r.source_id = s.id and r.data_type = any ($2::text[]))
    returning id, source_id
  ), reviews as (
    insert into target_reviews (target_id, source_id, task_id)
    select $1, source_id, id from begun
    on conflict (target_id, source_id) do update set task_id = excluded.task_id
  )
  select source_id from begun`;

/**
 * Targets may take now what they lack: each source of which one lacks something gets a backfill for it, unless its first plan is still
 * to be released, or one is waiting to begin. $1 target (null: all), $2 `OtherReading`s of what they read, $3 sources (null: all), $4 id
 * of the request.
 */
export const BRING_REST = `
  insert into tasks (source_id, target_id, kind, mode, status, request_id)
  select s.id, t.id, 'backfill', 'full', 'queued', $4
  from targets t
  join sources s on t.sources is null or s.id = any (t.sources)
  where t.enabled and t.deleted_at is null and ($1::smallint is null or t.id = $1)
    and s.deleted_at is null and ($3::integer[] is null or s.id = any ($3))
    and not exists (select from target_reviews v where v.target_id = t.id and v.source_id = s.id)
    and not exists (
      select from tasks w
      where w.target_id = t.id and w.source_id = s.id and w.mode = 'full' and w.status = 'queued' and w.started_at is null
    )
    and exists (
      select from jsonb_to_recordset($2::jsonb) as a (type text, data_type text)
      cross join lateral (
        select from records r left join links l on l.target_id = t.id and l.record_id = r.id
        where r.source_id = s.id and r.data_type = a.data_type and ${lacks('t.id')}
        limit 1
      ) lacked
      where a.type = t.type
    )`;

/**
 * What waits for target $1 to be well again is tried at once: it may be. Its job of before may be in the queue still, for when
 * it would have been tried by itself.
 */
export const TRY_AT_ONCE = `
  update tasks set claims = claims + 1, next_attempt_at = null
  where target_id = $1 and kind = 'backfill' and status = 'queued' and next_attempt_at > clock_timestamp()
  returning ${NOTIFY}`;

/** Targets that do not have yet what pushes of a source brought: $1 source. Returns `name`. */
export const PENDING_TARGETS = `
  select distinct g.name from tasks t join targets g on g.id = t.target_id
  where t.source_id = $1 and t.kind = 'backfill' and t.mode = 'incremental' and t.status in ('queued', 'running', 'held')
  order by g.name`;

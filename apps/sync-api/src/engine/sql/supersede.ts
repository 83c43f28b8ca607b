import { SHARED_STAGING } from '../own-staging';

/** SQL: tasks `e` of the source $2 that were sent something, never applied it, and may still be tried again. */
const UNRELEASED = `e.source_id = $2 and e.released_at is null and e.status in ('held', 'cancelled', 'failed')
    and e.kind in ('push', 'event') and e.staging = '${SHARED_STAGING}'`;

/** What follows after "Task 7": why something older than it is not applied. */
export const TOLD_LATER =
  ' told later how this record stands, and that holds. Send the record again if it has changed since.';

/** SQL: the source $2 has such tasks. */
export const HAS_UNRELEASED = `exists (select 1 from tasks e where ${UNRELEASED})`;

/** SQL: when a task was told what it says: as a read, a snapshot, or a push. */
export const toldAt = (task: string): string =>
  `coalesce(${task}.read_began_at, (select o.created_at from snapshots o where o.task_id = ${task}.id), ${task}.created_at)`;

/** SQL: one task had been sent before another one was told what it says. */
export const sentBefore = (one: string, other: string): string => `${one}.created_at < ${toldAt(other)}`;

/** SQL: task `e` had been sent before task `t` was told what it says. */
export const BEFORE = sentBefore('e', 't');

/** SQL: row `o` is what a source said; what an admin applies again is taken as it stands by then. */
const SAID = `o.cleared is not null and o.position is not null`;

/**
 * What is stated is newer than what earlier tasks were sent of the same records and never applied, also where nothing
 * changes by it: tried again, that is not applied. $1 task, $2 source.
 */
export const supersedeSql = (staging: string): string => `
  update ${SHARED_STAGING} o
  set superseded_by = $1
  from tasks t, tasks e, ${staging} s
  where t.id = $1 and ${UNRELEASED} and e.id <> $1 and ${BEFORE}
    and s.task_id = $1 and s.position is not null and s.cleared is not null and s.code is null
    and o.task_id = e.id and o.uid = s.uid and o.data_type = s.data_type and ${SAID}`;

/** The same of everybody of the data types $3: a complete read says of those whom it does not contain that they are not there. */
export const SUPERSEDE_ALL = `
  update ${SHARED_STAGING} o
  set superseded_by = $1
  from tasks t, tasks e
  where t.id = $1 and ${UNRELEASED} and e.id <> $1 and ${BEFORE}
    and o.task_id = e.id and o.data_type = any ($3::text[]) and ${SAID}`;

/**
 * Before a task that was never released is planned again: what was superseded becomes stale, what says nothing is taken as it
 * stands now, and nothing is bound any more to the versions that an earlier plan was made on. $1 task, $2 source.
 */
export const RESTATE = `
  update ${SHARED_STAGING} o
  set base_version = null, seen_hash = now.seen_hash, gone = now.gone, new_id = now.new_id,
    code = case when now.superseded then 'stale' else o.code end,
    field = case when now.superseded then null else o.field end,
    message = case when now.superseded
      then 'Task ' || o.superseded_by || '${TOLD_LATER}'
      else o.message end
  from (
    select s.ctid as place, coalesce(r.seen_hash, s.seen_hash) as seen_hash, case when r.id is null then s.gone else r.gone end as gone,
      coalesce(r.id, s.new_id) as new_id, s.superseded_by is not null and s.code is null as superseded
    from ${SHARED_STAGING} s
    left join records r on s.cleared is null and r.source_id = $2 and r.data_type = s.data_type and r.uid = s.uid
    where s.task_id = $1
  ) now
  where o.ctid = now.place`;

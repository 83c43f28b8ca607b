import type { Reading } from '../reading';
import { recordOf } from './record-of';
import { isTakenBack } from './told-statement';

/** SQL: tasks of the source were undone, perhaps by an earlier attempt of an undo that was not released again. What an undo took back stays so although its record is stated (rule 21). */
export const hasUndone = (source: string): string =>
  `exists (select from tasks u where u.undoes is not null and u.source_id = ${source} and (u.released_at is not null or u.attempts > 1))`;

/** SQL: any task was undone. */
const UNDONE_EVER = '(select exists (select from tasks where undoes is not null))';

/** SQL: task `u` takes back what some task did; an undo of an undo lets it be again. Null: it is no undo. */
export const takesBack = (u: string): string => `${u}.undo_depth % 2 = 1`;

/**
 * SQL: the last undo that changed record `r` since that said something new. An undo of an undo leaves things as they are said, and so does
 * *Sync now*.
 */
const LAST_UNDO = `
    select c.action, coalesce(${takesBack('u')}, false) as takes_back
    from changes c
    cross join lateral (
      select undo_depth from tasks
      where id = c.task_id and (undoes is not null or kind = 'event') and (released_at is not null or c.settled_at is not null)
      offset 0
    ) u
    where c.record_id = r.id and c.data_type = r.data_type and c.task_id > r.task_id and c.task_id < $1
      and c.action is not null and coalesce(c.outcome, 'applied') = 'applied'
      and exists (select from taken_back b where b.record_id = r.id and b.version = r.version)
    order by c.task_id desc, c.action = 'restore' desc
    limit 1
  `;

/**
 * SQL: an undo put back how a resource of a reading stands, of what `record` or another live one had made of it, and that one has said
 * nothing new since. $1 task.
 */
export const isUndone = (
  { targetId, dataType }: Reading,
  { resource, record }: { resource: string; record: string },
): string => `(
            ${UNDONE_EVER} and exists (
              select from links o
              ${recordOf('o', 'r')}
              cross join lateral (${LAST_UNDO}) last
              where o.target_id = ${targetId} and o.data_type = '${dataType}' and o.resource_id = ${resource}
                and o.state <> 'detached' and (r.gone is null or o.record_id = ${record}) and last.takes_back
            )
          )`;

/**
 * How many of the staged records say what an undo took back since they last said something new, and change nothing now: they
 * are counted as unchanged. $1 task, $2 source. Returns `n`.
 */
export const takenBackSql = (staging: string): string => `
  select count(*)::int as n
  from ${staging} s
  join records r on r.source_id = $2 and r.data_type = s.data_type and r.uid = s.uid
  cross join lateral (${LAST_UNDO}) last
  where s.task_id = $1 and s.code is null and last.takes_back
    and not exists (select from changes c where c.task_id = $1 and c.record_id = r.id and c.action is not null)`;

/**
 * How many records of data types that were read to their end are not in the read, and left before: their people are here because an
 * undo brought them back. $1 task, $2 source, $3 targets, $4 data types. Returns `n`.
 */
export const backByUndoSql = (staging: string): string => `
  select count(distinct r.id)::int as n
  from records r
  join links l on l.record_id = r.id and l.target_id = any ($3::smallint[]) and l.state = 'active'
  cross join lateral (${LAST_UNDO}) last
  where r.source_id = $2 and r.data_type = any ($4::text[]) and r.gone is not null and last.takes_back and last.action = 'restore'
    and not exists (select from ${staging} s where s.task_id = $1 and s.data_type = r.data_type and s.uid = r.uid)`;

/** How many records of a plan a backfill tells to targets elsewhere, because of what an undo put back there. $1 task. Returns `records`. */
export const FOLLOWING_ELSEWHERE = `
  select count(distinct c.record_id)::int as records
  from changes c where c.task_id = $1 and c.action is not null and ${isTakenBack('c.record_id')}`;

import { hashOf, type Reading, subset } from '../reading';
import { CHANGED_BESIDE, isShareable } from './effective';
import { leavingPolicy } from './leaving';
import { lookAtLeftBehind } from './left-behind';
import { forgetReusedSql } from './renames';
import { UNDONE } from './told-statement';
import { MAY_BE_NEW } from './unstated';

const REFUSED = (record: string): string =>
  `exists (select 1 from changes c where c.task_id = $1 and c.record_id = ${record} and c.action is null)`;

/**
 * Stores records that did not exist. A delete of an unknown uid stores nothing, nor does what a held plan knew under a uid
 * that is gone by now. `reusing`: their uids may be ones that others gave up. `first`: the source has no record yet, so nothing
 * is compared. (Of a table that is known to be empty Postgres reads all pages for each row, also those that this statement
 * fills.) $1 task, $2 source.
 */
export const promoteFreshSql = (staging: string, { reusing, first }: { reusing: boolean; first: boolean }): string => `
  ${reusing ? `with reused as (${forgetReusedSql(staging)})` : ''}
  insert into records (id, source_id, data_type, uid, payload, seen_hash, hash, gone, task_id)
  select s.new_id, $2, s.data_type, s.uid, s.payload, s.seen_hash, ${hashOf('s.payload')}, s.gone, $1
  from ${staging} s
  where s.task_id = $1 and s.code is null and ${MAY_BE_NEW('s.gone')} and (s.base_version is null or s.base_version = 0)${first ? '' : UNKNOWN}
    and not ${REFUSED('s.new_id')}`;

const UNKNOWN = `
    and not exists (select 1 from records r where r.source_id = $2 and r.data_type = s.data_type and r.uid = s.uid)`;

/**
 * Lays staged records over the stored ones. The version moves on when the content does; a link whose target has no change
 * (it reads none of what changed, or all of that is locked by hand or settled by another source, or the record left and
 * nothing is to follow from that) moves on with it, so that it does not look behind. Of records whose resource is shared it
 * is noted when they changed what they say. `undone`: tasks of the source were; what they put back for targets elsewhere stays in
 * the fields that say nothing new. $1 task, $2 source, from $3 on `leavingParameters`.
 */
export function promoteMovedSql(
  readings: readonly Reading[],
  staging: string,
  { large, undone }: { large: boolean; undone: boolean },
): string {
  const of = ({ targetId, dataType }: Reading): string => `l.target_id = ${targetId} and c.data_type = '${dataType}'`;
  const hashes = readings.map(
    (reading) => `when ${of(reading)} then ${hashOf(subset(reading.rules.fields, 'c.payload'))}`,
  );
  const bumps = readings.map(
    (reading) =>
      `(${of(reading)} and (${hashOf(subset(reading.rules.fields, 'c.payload'))} = l.applied_hash${decidedElsewhere(reading)}))`,
  );
  return `
  with moved as materialized (
    select r.id, r.data_type, r.version, r.hash as old_hash, r.gone as was_gone, s.gone,
      case when s.position is null then r.seen_hash else s.seen_hash end as seen_hash,
      (r.payload - coalesce(s.cleared, '{}')) || s.payload as payload
    from ${staging} s
    join records r on r.source_id = $2 and r.data_type = s.data_type and r.uid = s.uid
    where s.task_id = $1 and s.code is null and s.link_to is null
      and (r.seen_hash <> s.seen_hash or r.gone is distinct from s.gone)
      and (s.base_version is null or s.base_version = r.version and s.new_id = r.id)
      and not ${REFUSED('r.id')}
  ), changed as (
    update records r
    set payload = m.payload, seen_hash = m.seen_hash, hash = ${hashOf('m.payload')}, gone = m.gone, task_id = $1,
      version = m.version + case when ${hashOf('m.payload')} <> m.old_hash or m.gone is distinct from m.was_gone then 1 else 0 end
    from moved m
    where r.id = m.id
    returning r.id, r.data_type, r.version, r.payload, r.gone, m.was_gone
  ), sharing as materialized (
    select m.id, r.payload as old, m.payload, m.gone, m.was_gone, l.target_id, l.data_type, l.resource_id
    from moved m
    join links l on l.record_id = m.id and l.shared
    join records r on r.id = m.id
  ), ${undone ? `retold as (${RETELL}), ` : ''}said as (
    insert into field_changes (record_id, field, task_id)
    select distinct s.id, k.field, $1::bigint
    from sharing s
    cross join lateral (select jsonb_object_keys(s.old) union select jsonb_object_keys(s.payload)) k (field)
    where s.old -> k.field is distinct from s.payload -> k.field
    on conflict (record_id, field) do update set task_id = excluded.task_id, changed_at = excluded.changed_at
  ), fallen as (
    ${FALLEN_REFERENCES}
  ), left_behind as (
    ${lookAtLeftBehind(readings, `(select *, id as record_id from sharing where was_gone is not null and gone is null)`)}
  ), stays_back as (
    ${staysBack(readings)}
  )
  update links l
  set version = c.version, restored_version = case when l.restored_version = c.version - 1 and c.gone = c.was_gone and ${byHand('c.id', 'c.version - 1')} then c.version else l.restored_version end, applied_hash = case ${hashes.join(' ')} end
  from changed c
  where l.record_id = c.id and l.version < c.version and not l.dirty
    and (${bumps.join(' or ')})
    and (c.gone is null or ${settled(readings)})${undone ? notLeftToBackfills(readings) : ''}${large ? ` and not (l.shared and ${CHANGED_BESIDE})` : ''}
    and not exists (
      select 1 from changes x
      where x.task_id = $1 and x.target_id = l.target_id and x.data_type = c.data_type and x.record_id = c.id
    )`;
}

/** SQL: not an undo brought back whom record `id` stands for at a version: what that put back ends with anything new (rule 21). */
const byHand = (id: string, version: string): string =>
  `not exists (select from taken_back b where b.record_id = ${id} and b.version = ${version})`;

/**
 * Whom an admin restored stays until they leave anew: that the source goes on to call them gone, with other values, is no such word.
 * (Links that move on with their record anyway are not written twice.) Looked up by key.
 */
function staysBack(readings: readonly Reading[]): string {
  const owners = readings.filter(({ rules, remote }) => rules.owns && !remote);
  const links = owners.map(
    ({ targetId, dataType }) => `select ${targetId} as target_id, c.id, c.version + 1 as version
      from (select * from moved where gone = was_gone and data_type = '${dataType}' and ${hashOf('payload')} <> old_hash) c
      cross join lateral (
        select * from links x where x.target_id = ${targetId} and x.record_id = c.id and x.restored_version = c.version offset 0
      ) l
      where ${byHand('c.id', 'c.version')} and (l.dirty or not ${settled(readings)})`,
  );
  return links.length === 0
    ? 'select where false'
    : `update links l set restored_version = b.version
    from (${links.join(' union all ')}) b where l.target_id = b.target_id and l.record_id = b.id`;
}

/** SQL: link `l` is not one at a target elsewhere for which an undo put something back: a backfill looks at it. */
function notLeftToBackfills(readings: readonly Reading[]): string {
  const remote = [...new Set(readings.filter((reading) => reading.remote).map(({ targetId }) => targetId))];
  return remote.length === 0
    ? ''
    : `
    and not (l.target_id in (${remote.join(', ')}) and exists (
      select from taken_back b join moved m on m.id = b.record_id and m.version = b.version where b.record_id = c.id
    ))`;
}

/**
 * What an undo put back for targets elsewhere: each field until the record says something new of it, life and status until it says
 * anything new (rule 21). Who comes back, or is enabled, gets here all that the record says or said, and so there; where somebody is belongs to
 * that only for who was gone. Who leaves says nothing of themselves: here, too, all stays as it was, or goes.
 */
const RETELL = `
    update taken_back b
    set version = c.version, gone = case when c.gone is null or b.gone is distinct from '${UNDONE}' then c.gone else b.gone end,
      payload = case when c.gone is not null then b.payload else (b.payload - n.fields) || coalesce((select jsonb_object_agg(key, value) from jsonb_each(c.payload) where key = any (n.fields)), '{}') end
    from changed c
    join moved m on m.id = c.id
    join records r on r.id = c.id
    cross join lateral (
      select array(
        select k from (
          select jsonb_object_keys(r.payload) union select jsonb_object_keys(c.payload)
        ) keys (k)
        where r.payload -> k is distinct from c.payload -> k or m.was_gone is not null and c.gone is null
          or r.payload -> 'isDisabled' = 'true' and c.payload -> 'isDisabled' is distinct from 'true' and k <> 'departments'
      ) || array['isDisabled'] as fields
    ) n
    where b.record_id = c.id and b.version = m.version and c.version <> m.version`;

/**
 * SQL: the record of row `c` left, and link `l` is as that asks for. One whose resource stays only because somebody else
 * states or needs it does not count: it is looked at again until that has changed.
 */
function settled(readings: readonly Reading[]): string {
  const attached = readings
    .filter((reading) => !reading.rules.owns)
    .map(({ targetId, dataType }) => `l.target_id = ${targetId} and c.data_type = '${dataType}'`);
  const done = `case ${leavingPolicy('c.data_type', 'c.gone', 3)}
        when 'keep' then true when 'disable' then l.state in ('disabled', 'deleted') else l.state = 'deleted' end`;
  return `(${[...attached, done].join(' or ')})`;
}

/**
 * A reference that a record states no more falls to another source, where its uid means something: that one's next task
 * sets it.
 */
const FALLEN_REFERENCES = `update links l set dirty = true
    from sharing s, records r
    where l.target_id = s.target_id and l.data_type = s.data_type and l.resource_id = s.resource_id
      and l.record_id <> s.id and l.state <> 'detached' and not l.dirty and r.id = l.record_id and r.gone is null
      and exists (
        select 1 from unnest(array['managerUid', 'parentUid']) f
        where s.old ? f and r.payload ? f and (s.gone is not null or not s.payload ? f)
      )`;

/** SQL: what the resource of link `l` would get is decided by an admin's locks, or by another record. */
function decidedElsewhere(reading: Reading): string {
  const resources = reading.resource;
  if (!isShareable(reading) || !resources) return '';
  const decided = resources.lockedColumn ? `(l.shared or x.${resources.lockedColumn} <> '{}')` : 'l.shared';
  const free = resources.protectedColumn ? ` and not x.${resources.protectedColumn}` : '';
  return ` or exists (select 1 from ${resources.table} x where x.id = l.resource_id and ${decided}${free})`;
}

/** Held plans: remembers on which record, and on which version of it, the plan was made. $1 task, $2 source. */
export const bindVersionsSql = (staging: string): string => `
  update ${staging} s
  set base_version = coalesce(b.version, 0), new_id = coalesce(b.id, s.new_id)
  from (
    select n.ctid as place, r.id, r.version
    from ${staging} n
    left join records r on r.source_id = $2 and r.data_type = n.data_type and r.uid = n.uid
    where n.task_id = $1
  ) b
  where s.ctid = b.place`;

/** Held plans: changes whose record has moved on since are stale. $1 task, $2 source. */
export const markMovedOnSql = (staging: string): string => `
  update changes c
  set outcome = 'stale', code = 'stale', message = 'The record changed after this plan was made; the newer state stands.'
  from ${staging} s
  left join records r on r.source_id = $2 and r.data_type = s.data_type and r.uid = s.uid
  where s.task_id = $1 and s.base_version is not null
    and (coalesce(r.version, 0) <> s.base_version or r.id <> s.new_id)
    and c.task_id = $1 and c.data_type = s.data_type and c.uid = s.uid and c.action is not null and c.outcome is null`;

/**
 * SQL: link `l` was moved by a backfill alone, which told a target elsewhere what the source had said before the plan of change `k`, and
 * the change still does there what it was planned for.
 */
const TOLD_OLDER = `(
        l.state <> 'detached' and k.action in ('update', 'disable', 'delete', 'restore') and coalesce(k.state, l.state) = l.state
        and exists (select from tasks b where b.id = l.task_id and b.kind = 'backfill')
      )`;

/**
 * Held plans: changes whose link, or whose resource, has moved on since are stale: another task applied something there, it
 * was linked or unlinked, or somebody wrote the resource. $1 task.
 */
export function markRelinkedSql({ targetId, dataType, rules, resource, remote }: Reading): string {
  const written =
    rules.owns && resource?.updatedColumn
      ? `or exists (
        select 1 from ${resource.table} x
        where x.id = coalesce(l.resource_id, k.resource_id) and x.${resource.updatedColumn} > t.planned_at
      )`
      : '';
  return `
  with moved_on as materialized (
    select k.record_id
    from changes k
    join tasks t on t.id = k.task_id
    left join links l on l.target_id = ${targetId} and l.record_id = k.record_id
    where k.task_id = $1 and k.target_id = ${targetId} and k.data_type = '${dataType}' and k.action is not null
      and k.outcome is null
      and (l.task_id is distinct from k.earlier_task_id${remote ? ` and not ${TOLD_OLDER}` : ''} or k.action in ('create', 'link') and l.state <> 'detached' ${written})
  )
  update changes c
  set outcome = 'stale', code = 'stale',
    message = 'What this change was planned for was written or linked otherwise after the plan was made; the newer state stands.'
  from moved_on m
  where c.task_id = $1 and c.target_id = ${targetId} and c.data_type = '${dataType}' and c.record_id = m.record_id`;
}

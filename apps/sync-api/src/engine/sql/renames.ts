import type { Reading } from '../reading';
import { referenceField, referredUids } from './reference-field';
import { toldRenamed } from './tell';
import { uidDifference } from './told-uid';
import { takesFirstTurn } from './turns';
import { HAS_LEFT } from './unstated';

/** SQL: the record of source `$2` that staged row `s` speaks of. */
const KNOWN = 'r.source_id = $2 and r.data_type = s.data_type and r.uid = s.uid';

/** SQL: a record of source `$2` has that uid. */
const isKnown = (dataType: string, uid: string): string =>
  `exists (select 1 from records o where o.source_id = $2 and o.data_type = ${dataType} and o.uid = ${uid})`;

/** SQL: that one has not left, so nobody else can have its uid. */
const isThere = (dataType: string, uid: string): string =>
  `exists (
      select 1 from records o
      where o.source_id = $2 and o.data_type = ${dataType} and o.uid = ${uid} and not ${HAS_LEFT('o.gone')}
    )`;

const TAKEN_MESSAGE = `'The new uid belongs to another record of this source. Rollcall merges nobody: rename or delete that one first.'`;

/** SQL: staged row is a rename that names no new uid. Nothing else that has a uid which can be read fails so. */
const namesNothing = (row: string): string =>
  `coalesce(${row}.code = 'uid_invalid' and ${row}.field = 'uid' and ${row}.uid is not null, false)`;

/**
 * Whoever a read renames to nothing readable fails, and what else it says of them with it: what they are called is not
 * known. Before the renames are settled. $1 task.
 */
export const refuseNamelessSql = (staging: string): string => `
  delete from ${staging} o
  using ${staging} s
  where s.task_id = $1 and ${namesNothing('s')}
    and o.task_id = $1 and o.data_type = s.data_type and o.uid = s.uid and not ${namesNothing('o')}`;

/**
 * Settles the renames that a read brought: rows that say nothing but `renamed_to`. Of a uid that is renamed twice the last
 * one counts, and a record that is renamed again is followed to its last uid. Of a uid that is not known there is nothing to
 * rename (it may have been renamed before). One whose new uid belongs to a record that is there, or that is renamed itself,
 * or was asked for first by another one, fails, and what else the read says of it with it. The uid of a record that left is
 * free (see `giveUpUidsSql`), and whoever takes it may be renamed again.
 *
 * Records of the read that carry the old or the new uid of a good rename are about the record that is renamed; of several
 * the one with the new uid counts, else the last. Until the plan is released that record has its old uid, so they get it,
 * too. A rename that came without its record stands for it, and says what it said. $1 task, $2 source.
 */
export const settleRenamesSql = (staging: string): string => `
  with recursive named as materialized (
    select s.ctid as place, s.position, s.data_type, s.uid, s.renamed_to
    from ${staging} s
    where s.task_id = $1 and s.renamed_to is not null and s.code is null
  ), first as materialized (
    select distinct on (n.data_type, n.uid) n.*, r.seen_hash, r.gone
    from named n
    join records r on r.source_id = $2 and r.data_type = n.data_type and r.uid = n.uid
    where not ${HAS_LEFT('r.gone')} or not exists (
      select 1 from named m where m.data_type = n.data_type and m.renamed_to = n.uid and m.position < n.position
    )
    order by n.data_type, n.uid, n.position desc
  ), steps as materialized (
    select n.position, min(m.position) as next
    from named n
    join named m on m.data_type = n.data_type and m.uid = n.renamed_to and m.position > n.position
    where not ${isThere('m.data_type', 'm.uid')}
    group by n.position
  ), followed as (
    select position as first, position, renamed_to from first
    union all
    select f.first, n.position, n.renamed_to
    from followed f join steps t on t.position = f.position join named n on n.position = t.next
  ), ends as (
    select distinct on (first) first, renamed_to from followed order by first, position desc
  ), judged as materialized (
    select f.place, f.position, f.data_type, f.uid, f.seen_hash, f.gone, e.renamed_to,
      ${isThere('f.data_type', 'e.renamed_to')}
        or exists (select 1 from first o where o.data_type = f.data_type and o.uid = e.renamed_to)
        or 1 < row_number() over (partition by f.data_type, e.renamed_to order by f.position) as refused
    from first f join ends e on e.first = f.position
    where e.renamed_to <> f.uid
  ), names as (
    select position as first, data_type, uid as name from judged
    union
    select j.position, j.data_type, f.renamed_to from judged j join followed f on f.first = j.position where not j.refused
  ), spoken as materialized (
    select s.ctid as place, j.position as first, j.uid, j.renamed_to, j.refused,
      row_number() over (partition by j.position order by s.uid = j.renamed_to desc, s.position desc) as rank
    from names n
    join judged j on j.position = n.first
    join ${staging} s on s.task_id = $1 and s.renamed_to is null and s.data_type = n.data_type and s.uid = n.name
  ), told as materialized (
    select distinct first from spoken
  ), dropped as (
    delete from ${staging} s
    using (
      select n.place
      from named n
      left join judged j on j.position = n.position
      left join told t on t.first = j.position
      where j.position is null or (t.first is not null and not j.refused)
      union all
      select place from spoken where refused or rank > 1
    ) d
    where s.ctid = d.place
  ), merged as (
    update ${staging} s set uid = o.uid, renamed_to = o.renamed_to
    from spoken o
    where s.ctid = o.place and not o.refused and o.rank = 1
  )
  update ${staging} s
  set seen_hash = j.seen_hash, gone = j.gone, renamed_to = case when not j.refused then j.renamed_to end,
    code = case when j.refused then 'uid_taken' end, field = case when j.refused then 'uid' end,
    message = case when j.refused then ${TAKEN_MESSAGE} end
  from judged j
  left join told t on t.first = j.position
  where s.ctid = j.place and (j.refused or t.first is null)`;

/**
 * Adds renames to the plan, as differences of the field `uid` on the target that keeps the record's resource; records that
 * wait for the new uid get their reference with it. $1 task, $2 source. Returns one row per target and data type:
 * `target_id, data_type, n, read`, the changes that the rename alone makes.
 */
export const planRenamesSql = (readings: readonly Reading[], staging: string): string => `
  with renamed as materialized (
    select s.data_type, s.position, s.uid, s.renamed_to, r.id
    from ${staging} s join records r on ${KNOWN}
    where s.task_id = $1 and s.renamed_to is not null
  ), noted as (
    insert into changes (task_id, target_id, data_type, record_id, position, uid, action, diff, earlier_task_id)
    ${readings
      .filter(({ rules, remote }) => rules.owns && !remote)
      .map(renamedOn)
      .join('\n    union all\n    ')}
    on conflict (task_id, target_id, data_type, record_id) do update set diff = changes.diff || excluded.diff
    where changes.action is not null and changes.diff is not null and changes.outcome is null
    returning target_id, data_type, position, xmax = 0 as alone
  ), awaited as (
    insert into changes (task_id, target_id, data_type, record_id, uid, action, diff, earlier_task_id)
    select $1, w.target_id, r.data_type, r.id, r.uid, 'update',
      jsonb_agg(distinct jsonb_build_object('field', f.field, 'after', r.payload -> f.field)), min(l.task_id)
    from renamed n
    join waiting_references w on w.source_id = $2 and w.data_type = n.data_type and w.uid = n.renamed_to
    join records r on r.id = w.record_id and r.gone is null
    join links l on l.target_id = w.target_id and l.record_id = r.id
    cross join lateral (select ${referenceField('r.data_type', 'w.data_type')} as field) f
    group by w.target_id, r.data_type, r.id, r.uid
    on conflict (task_id, target_id, data_type, record_id) do nothing
    returning target_id, data_type, null::integer as position, true as alone
  )
  select target_id, data_type, count(*)::int as n, count(position)::int as read
  from (select * from noted union all select * from awaited) c
  where alone group by 1, 2`;

function renamedOn({ targetId: t, dataType, resource }: Reading): string {
  const free = resource?.protectedColumn
    ? `and not exists (select 1 from ${resource.table} x where x.id = l.resource_id and x.${resource.protectedColumn})`
    : '';
  return `select $1, l.target_id, n.data_type, n.id, n.position, n.uid, 'update',
      ${uidDifference('n.uid', 'n.renamed_to')}, l.task_id
    from renamed n
    join links l on l.target_id = ${t} and l.record_id = n.id and l.state in ('active', 'disabled')
    where n.data_type = '${dataType}' ${free}`;
}

/**
 * SQL: records that left, and whose uid is another one's by a rename among \`renames\` (\`data_type, renamed_to\`): they are to be
 * called \`uid_now\` from then on, as no source calls anybody. $1 task, $2 source.
 */
const givingUp = (staging: string, renames: string): string => `
    select o.id, o.data_type, o.uid, o.version, o.uid || '#' || o.id as uid_now
    from (${renames}) n
    join records o on o.source_id = $2 and o.data_type = n.data_type and o.uid = n.renamed_to and ${HAS_LEFT('o.gone')}
    where not exists (
      select 1 from ${staging} s
      where s.task_id = $1 and s.data_type = o.data_type and s.uid = o.uid and s.renamed_to is not null
    )`;

/**
 * Adds to the plan that remote targets hear of the new uids of those who left and stand there still: whoever gets their uid would be
 * taken for them. What is behind there is not told so, because its leaving is still to be told. $1 task, $2 source. Returns one row per
 * target, data type and action: \`target_id, data_type, action, n\`.
 */
export const planGivenUpSql = (readings: readonly Reading[], staging: string): string => `
  with leaving as materialized (${givingUp(
    staging,
    `select data_type, renamed_to from ${staging} where task_id = $1 and renamed_to is not null and code is null`,
  )}
  ), noted as (
    insert into changes (task_id, target_id, data_type, record_id, uid, action, diff, state, earlier_task_id, version)
    select $1, l.target_id, g.data_type, g.id, g.uid, case l.state when 'disabled' then 'disable' else 'update' end,
      ${uidDifference('l.told_uid', 'g.uid_now')}, case when l.state = 'disabled' then l.state end, l.task_id, g.version + 1
    from leaving g
    join links l on l.record_id = g.id and l.state in ('active', 'disabled') and l.version = g.version and not l.dirty
    join (values ${readings.map(({ targetId, dataType }) => `(${targetId}, '${dataType}')`).join(', ')}) as t (id, data_type)
      on t.id = l.target_id and t.data_type = g.data_type
    on conflict (task_id, target_id, data_type, record_id) do nothing
    returning target_id, data_type, action
  )
  select target_id, data_type, action, count(*)::int as n from noted group by 1, 2, 3`;

/** SQL: staged renames `s` that are to be done, each with its record `r`: not those whose record a held plan finds changed. */
const WANTED = (staging: string): string => `
    from ${staging} s join records r on ${KNOWN}
    where s.task_id = $1 and s.renamed_to is not null and s.uid <> s.renamed_to
      and (s.base_version is null or s.base_version = r.version and s.new_id = r.id)`;

/**
 * SQL: a new uid makes a new version of a record, of which nothing has to be written for that: links that were not behind are not
 * behind it, and what an undo put back stands. From the relation `renamed` of records (`id`, and `version` before the rename).
 */
const keptUp = (renamed: string): string => `kept_up as (
    update links l
    set version = case when l.version = n.version then n.version + 1 else l.version end,
      restored_version = case when l.restored_version = n.version then n.version + 1 else l.restored_version end
    from ${renamed} n cross join targets t
    where l.target_id = t.id and l.record_id = n.id and n.version in (l.version, l.restored_version)
  ), taken_back_still as (
    update taken_back b set version = n.version + 1 from ${renamed} n where b.record_id = n.id and b.version = n.version
  )`;

/**
 * Records that left, and whose uid is another one's from now on, give it up: nothing that is said of that uid is ever about
 * them again. What stands for them stays as it is. They are called by their old uid and their id, as no source calls anybody,
 * and who refers to them by a uid of theirs from before that one still does. Before the renames. $1 task, $2 source.
 */
export const giveUpUidsSql = (staging: string): string => `
  with taken as materialized (${givingUp(staging, `select s.data_type, s.renamed_to ${WANTED(staging)}`)}
  ), followed as (
    update earlier_uids e set uid_now = t.uid_now
    from taken t
    where e.source_id = $2 and e.data_type = t.data_type and e.uid_now = t.uid
  ), leaving as (
    update ${staging} s set uid = t.uid_now, base_version = s.base_version + 1
    from taken t
    where s.task_id = $1 and s.data_type = t.data_type and s.uid = t.uid
  ), ${takesFirstTurn('taken')}, ${toldRenamed('taken')}, ${keptUp('taken')}
  update records r set uid = t.uid_now, version = t.version + 1 from taken t where r.id = t.id`;

/**
 * Renames records, once the plan is released; those that were staged under the old uid follow. References by the old uid
 * keep resolving, and what waited for it waits for the new one. A held plan may find the new uid taken by now: then the
 * record fails. Before what is promoted otherwise, which leaves out what failed. Running it again changes nothing.
 * $1 task, $2 source.
 */
export const promoteRenamesSql = (staging: string): string => `
  with wanted as materialized (
    select s.ctid as place, s.data_type, s.uid, s.renamed_to, r.id, r.version, ${isKnown('s.data_type', 's.renamed_to')} as taken ${WANTED(staging)}
  ), good as materialized (
    select * from wanted where not taken
  ), renamed as (
    update records r set uid = g.renamed_to, version = g.version + 1 from good g where r.id = g.id
  ), ${toldRenamed('good')}, ${keptUp('good')}, reused as (
    delete from earlier_uids e using good g
    where e.source_id = $2 and e.data_type = g.data_type and e.uid = g.renamed_to
  ), followed as (
    update earlier_uids e set uid_now = g.renamed_to
    from good g
    where e.source_id = $2 and e.data_type = g.data_type and e.uid_now = g.uid
      and not exists (select 1 from good o where o.data_type = e.data_type and o.renamed_to = e.uid)
  ), remembered as (
    insert into earlier_uids (source_id, data_type, uid, uid_now)
    select $2, data_type, uid, renamed_to from good
    on conflict (source_id, data_type, uid) do update set uid_now = excluded.uid_now
  ), awaited as (
    delete from waiting_references w using good g
    where w.source_id = $2 and w.data_type = g.data_type and w.uid = g.uid
    returning w.target_id, w.record_id, w.data_type, g.renamed_to
  ), awaited_now as (
    insert into waiting_references (target_id, record_id, source_id, data_type, uid)
    select target_id, record_id, $2, data_type, renamed_to from awaited
    on conflict do nothing
  ), refused as (
    update changes c
    set action = null, outcome = 'failed', code = 'uid_taken', field = 'uid', message = ${TAKEN_MESSAGE}
    from wanted w
    where w.taken and c.task_id = $1 and c.record_id = w.id and c.outcome is null
  )
  update ${staging} s set uid = g.renamed_to, base_version = s.base_version + 1 from good g where s.ctid = g.place`;

/** Whoever had one of the new records' uids before and was renamed is not meant by it any more. $1 task, $2 source. */
export const forgetReusedSql = (staging: string): string => `
    delete from earlier_uids e using ${staging} s
    where e.source_id = $2 and s.task_id = $1 and e.data_type = s.data_type and e.uid = s.uid
      and s.code is null and s.gone is null
      and not exists (select 1 from records r where r.source_id = $2 and r.data_type = s.data_type and r.uid = s.uid)`;

/** References of a batch that wait by a uid that was given up wait for what that is now. $1 source. */
export const WAIT_FOR_UID_NOW = `
  update batch_waiting n set uid = e.uid_now
  from earlier_uids e
  where e.source_id = $1 and e.data_type = n.data_type and e.uid = n.uid`;

/** Whether any uid of a source was given up for another one. $1 source. Returns `renamed`. */
export const HAS_EARLIER_UIDS = 'select exists (select 1 from earlier_uids where source_id = $1) as renamed';

/**
 * Uids that were somebody's before they were renamed or left, and are another one's from this task on: by a rename, or
 * because somebody new has it. Before that is promoted. $1 task, $2 source. Returns `data_type, uids`.
 */
export const reusedUidsSql = (staging: string): string => `
  select data_type, array_agg(distinct uid) as uids
  from (
    select e.data_type, e.uid
    from earlier_uids e
    join ${staging} s on s.task_id = $1 and s.data_type = e.data_type and s.code is null
      and (s.renamed_to = e.uid or (s.uid = e.uid and s.renamed_to is null and s.gone is null))
    where e.source_id = $2 and not ${isKnown('e.data_type', 'e.uid')}
    union all
    select o.data_type, o.uid
    from ${staging} s
    join records o on o.source_id = $2 and o.data_type = s.data_type and o.uid = s.renamed_to and ${HAS_LEFT('o.gone')}
    where s.task_id = $1 and s.code is null and s.uid <> s.renamed_to
  ) u
  group by 1`;

/**
 * Whoever refers to somebody by such a uid may mean the one or the other: it depends on when they were read. They are
 * applied again when they are read next, which says whom they mean now. $1 source, $2 data type, $3 uids.
 */
export const DOUBT_REFERENCES = `
  update links l set dirty = true
  from records r
  ${referredUids('r', '$2::text')}
  where r.source_id = $1 and field.stated is not null and referred.uid = any($3)
    and l.record_id = r.id and l.state <> 'detached' and not l.dirty`;

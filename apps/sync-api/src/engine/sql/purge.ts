import type { Reading } from '../reading';
import { isHandedOutAnywhere } from './handed-out';
import { referredUids } from './reference-field';
import { TOLD_REFERRERS } from './tell';

/** Days that a deleted resource stays restorable when no source says otherwise. */
const GRACE_DAYS = 30;

/** SQL, an aggregate: for how many days a resource that sources `s` state can be restored. The longest counts. */
export const GRACE = `coalesce(max(coalesce((s.policies ->> 'graceDays')::int, ${GRACE_DAYS})), ${GRACE_DAYS})`;

/** The relations of one step of a purge, empty: see `Purge` in @rollcall/core. */
export const MAKE_PURGE_RELATIONS = `
  create temporary table purged (id bigint primary key) on commit drop;
  create temporary table purge_referrers (data_type text not null, resource_id bigint not null) on commit drop`;

/**
 * SQL, from the `from` on: resources `x` whose grace period is over; of several sources that state one, the longest
 * counts. Not those that a record is about to bring back: it is stated again, and not applied yet.
 */
function overdue({ targetId, dataType, resource }: Reading): string {
  return `
    from ${resource?.table ?? ''} x
    cross join lateral (
      select ${GRACE} as days,
        coalesce(bool_or(r.gone is null and (l.version <> r.version or l.dirty)), false) as awaited
      from links l
      join records r on r.id = l.record_id
      join sources s on s.id = r.source_id
      where l.target_id = ${targetId} and l.data_type = '${dataType}' and l.resource_id = x.id and l.state <> 'detached'
    ) grace
    where x.deleted_at < now() - make_interval(days => (
        select least(${GRACE_DAYS}, min((policies ->> 'graceDays')::int)) from sources
      ))
      and x.deleted_at < now() - make_interval(days => grace.days) and not grace.awaited${
        resource?.protectedColumn ? ` and not x.${resource.protectedColumn}` : ''
      }`;
}

/** Whether there is anything to purge. Returns one row: `due`. */
export const anythingOverdueSql = (readings: readonly Reading[]): string =>
  `select ${readings.map((reading) => `exists (select 1 ${overdue(reading)})`).join(' or ')} as due`;

/**
 * Fills `purged` with the next resources after $1, at most $2, and locks them. Returns one row: `n`, and `last`, where
 * the next step goes on.
 */
export const fillPurgedSql = (reading: Reading): string => `
  with overdue as (
    select x.id ${overdue(reading)} and x.id > $1
    order by x.id limit $2
    for update of x
  ), filled as (
    insert into purged (id) select id from overdue returning id
  )
  select count(*)::int as n, max(id) as last from filled`;

/**
 * What referred to a purged resource, as the target of `reading` just said, waits for its uid again: somebody who comes
 * back after all is a new resource. Empties `purge_referrers`, and tells the feed of them. $1 task.
 */
export const waitAgainSql = ({ targetId, dataType, owner }: Reading): string => `
  with referrers as (
    delete from purge_referrers returning data_type, resource_id
  ), ${TOLD_REFERRERS}
  insert into waiting_references (target_id, record_id, source_id, data_type, uid)
  select distinct ${targetId}, r.id, r.source_id, '${dataType}', removed.uid
  from referrers f
  join links k on k.target_id = ${targetId} and k.data_type = f.data_type and k.resource_id = f.resource_id
  join records r on r.id = k.record_id
  ${referredUids('r', `'${dataType}'`)}
  left join earlier_uids e on e.source_id = r.source_id and e.data_type = '${dataType}' and e.uid = referred.uid
  join (
    select g.source_id, g.uid
    from purged p
    join links l on l.target_id = ${owner.targetId} and l.data_type = '${dataType}' and l.resource_id = p.id
    join records g on g.id = l.record_id
  ) removed on removed.source_id = r.source_id and removed.uid = coalesce(e.uid_now, referred.uid)
  where k.state <> 'detached'
  on conflict do nothing`;

/**
 * Ends the links of what was purged. A record that left is forgotten, unless a resource elsewhere still hangs on it, or may; one
 * that lives (its user was taken back by an undo) is detached: stated anew, it makes a new resource. Who waits for a
 * forgotten record, and calls it by a uid that it had earlier, waits for that uid: it is nobody's now. $1: the target that
 * owned the resources, and those that had attached something to them.
 */
export const endPurgedLinksSql = ({ dataType }: Reading): string => `
  with linked as materialized (
    select l.target_id, l.record_id, r.gone is null as lives
    from purged p
    join links l on l.target_id = any ($1) and l.data_type = '${dataType}' and l.resource_id = p.id
    join records r on r.id = l.record_id
  ), detached as (
    update links l set state = 'detached', dirty = false
    from linked k
    where k.lives and l.target_id = k.target_id and l.record_id = k.record_id
  ), forgotten as (
    delete from records r
    using (select distinct record_id from linked where not lives) k
    where r.id = k.record_id
      and not exists (
        select 1 from targets t join links o on o.target_id = t.id and o.record_id = r.id
        where t.id <> all ($1) and o.state not in ('deleted', 'detached')
      )
      and not ${isHandedOutAnywhere('r.id')}
    returning r.id, r.source_id, r.data_type, r.uid
  ), unnamed as (
    delete from earlier_uids e using forgotten f
    where e.source_id = f.source_id and e.data_type = f.data_type and e.uid_now = f.uid
    returning e.source_id, e.data_type, e.uid, e.uid_now
  ), awaited as materialized (
    select w.target_id, w.record_id, w.source_id, w.data_type, w.uid, bool_or(referred.uid = w.uid) as stated,
      array_agg(distinct u.uid) filter (where referred.uid = u.uid) as earlier
    from unnamed u
    join waiting_references w on w.source_id = u.source_id and w.data_type = u.data_type and w.uid = u.uid_now
    join records r on r.id = w.record_id
    ${referredUids('r', 'u.data_type')}
    where r.id not in (select id from forgotten)
    group by 1, 2, 3, 4, 5
  ), awaited_as_stated as (
    insert into waiting_references (target_id, record_id, source_id, data_type, uid)
    select target_id, record_id, source_id, data_type, unnest(earlier) from awaited
    on conflict do nothing
  ), undecided as (
    delete from rejected_removals x using forgotten f where x.source_id = f.source_id and x.record_id = f.id
  ), unsaid as (
    delete from field_changes c using forgotten f where c.record_id = f.id
  ), unlinked as (
    delete from links l
    using (
      select target_id, record_id from linked where not lives
      union
      select t.id, f.id from forgotten f cross join targets t
    ) k
    where l.target_id = k.target_id and l.record_id = k.record_id
  )
  delete from waiting_references w
  using (
    select t.id as target_id, f.id as record_id, null as data_type, null as uid from forgotten f cross join targets t
    union all
    select target_id, record_id, data_type, uid from awaited where not stated
  ) d
  where w.target_id = d.target_id and w.record_id = d.record_id
    and (d.uid is null or w.data_type = d.data_type and w.uid = d.uid)`;

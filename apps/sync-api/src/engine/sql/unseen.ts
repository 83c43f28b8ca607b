/**
 * What a source could not see is put in from what is stored, before anything is compared: afterwards a staged record is one
 * like any other. Whoever was deleted, and whoever nothing is said of, stands there as stored, so is seen and does not change.
 * A list of departments that is the same but for what was not seen is the stored one. $1 task, $2 source.
 *
 * The hash is that of the list which comes out: more may be seen the next time while the record says the same.
 */
export const putInUnseen = (staging: string): string => `
  with unsure as materialized (
    select s.ctid as place, s.unseen, s.gone, s.payload, coalesce(s.cleared, '{}') as cleared, s.seen_hash,
      r.id is not null as known, coalesce(r.payload, '{}') as old, r.gone as was_gone, r.seen_hash as was_seen_hash,
      'life' = any (s.unseen)
        and (coalesce(r.gone = 'deleted', false) or s.payload = '{}' and coalesce(s.cleared, '{}') = '{}') as stays
    from ${staging} s
    left join records r on r.source_id = $2 and r.data_type = s.data_type and r.uid = s.uid
    where s.task_id = $1 and s.unseen is not null and s.code is null
  ), seen as materialized (
    select uid from ${staging} where task_id = $1 and data_type = 'department' and uid is not null
  ), listed as (
    select u.place, u.departments as old, (${FLAGGED}) || (${OTHERS}) as list
    from (
      select *, coalesce(old -> 'departments', '[]') as departments,
        coalesce(payload -> 'departments', '[]') as stated, payload -> 'departments' @> '[{"isMain": true}]' as has_main
      from unsure
    ) u
    where not u.stays and u.unseen && array['flags', 'others'] and (u.payload ? 'departments' or 'departments' = any (u.cleared))
  ), settled as (
    select place, case when list @> old and old @> list then old else list end as list from listed where list <> '[]'
  )
  update ${staging} s
  set unseen = null,
    gone = case when u.stays then case when u.known then u.was_gone else 'deleted' end else u.gone end,
    payload = case when u.stays then '{}' when l.list is not null then u.payload || jsonb_build_object('departments', l.list)
      else u.payload end,
    cleared = case when u.stays then '{}' when l.list is not null then array_remove(u.cleared, 'departments') else u.cleared end,
    seen_hash = case when u.stays then coalesce(u.was_seen_hash, u.seen_hash)
      when l.list is not null then md5(l.list::text || u.seen_hash)::uuid else u.seen_hash end
  from unsure u
  left join settled l on l.place = u.place
  where s.ctid = u.place`;

/** SQL: a department of the stored list; not the main one any more when the record states another one. */
const KEPT = `case when u.has_main then o.was - 'isMain' else o.was end`;

/** SQL: what was listed, with the stored flags where flags were not seen. */
const FLAGGED = `
      select coalesce(jsonb_agg(case when n.stated ? 'unseen' then coalesce(${KEPT}, n.stated - 'unseen') else n.stated end order by n.at), '[]')
      from jsonb_array_elements(u.stated) with ordinality n (stated, at)
      left join jsonb_array_elements(u.departments) o (was) on o.was ->> 'uid' = n.stated ->> 'uid'`;

/** SQL: what was not listed and is in no department of the read. */
const OTHERS = `
      select coalesce(jsonb_agg(${KEPT} order by o.at), '[]')
      from jsonb_array_elements(u.departments) with ordinality o (was, at)
      where 'others' = any (u.unseen) and o.was ->> 'uid' not in (select uid from seen)
        and not u.stated @> jsonb_build_array(jsonb_build_object('uid', o.was -> 'uid'))`;

import type { Batch } from '@rollcall/core';

/**
 * Makes the statements of one source about each user exactly those that the record lists; unknown departments wait.
 *
 * Statements that no longer stand are only marked (`position` -1), so that the choice of the main department still
 * knows where the user was; `dropMarked` removes them. A user without any statement so far gets the main department at
 * once. Returns one row: `known` (users who had statements: their main department must be chosen) and `marked`.
 */
export const writeMemberships = (batch: Batch): string => `
  with people as materialized (
    select b.record_id, b.resource_id as user_id, b.source_id, b.payload -> 'departments' as departments, m.found is not null as known
    from ${batch.relation} b
    left join lateral (select true as found from memberships m where m.user_id = b.resource_id limit 1) m on true
  ), locked as materialized (
    select u.id from users u join people p on p.user_id = u.id and p.known order by u.id for no key update of u
  ), listed as (
    select p.record_id, p.user_id, p.source_id, p.known, d.item ->> 'uid' as uid, d.place::int as place,
      coalesce((d.item ->> 'isMain')::boolean, false) as flagged_main,
      coalesce((d.item ->> 'isOwner')::boolean, false) as is_owner,
      r.resource_id as department_id, r.state is distinct from 'deleted' and r.resource_id is not null as visible
    from people p
    cross join lateral jsonb_array_elements(p.departments) with ordinality d (item, place)
    ${batch.resolve('r', { source: 'p.source_id', dataType: 'department', uid: "d.item ->> 'uid'" })}
  ), resolved as materialized (
    -- A department may be listed by an earlier uid, too.
    select record_id, user_id, source_id, known, min(uid) as uid, min(place) as place, bool_or(flagged_main) as flagged_main,
      bool_or(is_owner) as is_owner, department_id, bool_or(visible) as visible
    from listed
    group by record_id, user_id, source_id, known, department_id, case when department_id is null then uid end
  ), waits as (
    insert into ${batch.waiting} (record_id, data_type, uid)
    select record_id, 'department', uid from resolved where department_id is null
  ), marked as (
    update memberships m set position = -1
    from people p
    where p.known and m.user_id = p.user_id and m.source_id = p.source_id
      and not exists (select 1 from resolved r where r.user_id = m.user_id and r.department_id = m.department_id)
    returning m.user_id
  ), first as (
    insert into memberships (user_id, department_id, source_id, position, flagged_main, is_owner, is_main)
    select user_id, department_id, source_id, place, flagged_main, is_owner,
      visible and 1 = row_number() over (partition by user_id order by visible desc, flagged_main desc, place)
    from resolved
    where department_id is not null and not known
  ), stated as (
    insert into memberships (user_id, department_id, source_id, position, flagged_main, is_owner)
    select user_id, department_id, source_id, place, flagged_main, is_owner
    from resolved
    where department_id is not null and known
    on conflict (user_id, department_id, source_id) do update
    set position = excluded.position, flagged_main = excluded.flagged_main, is_owner = excluded.is_owner
    where (memberships.position, memberships.flagged_main, memberships.is_owner)
      is distinct from (excluded.position, excluded.flagged_main, excluded.is_owner)
  )
  select (select count(*)::int from locked) as known, (select count(*)::int from marked) as marked`;

/**
 * Removes the marked statements of the batch's users. By a list of them: Postgres takes marked statements to be rare, as they
 * never outlive their transaction, and would look through the batch for each.
 */
export const dropMarked = (batch: Batch): string => `
  delete from memberships where position = -1 and user_id = any (array(select resource_id from ${batch.relation}))`;

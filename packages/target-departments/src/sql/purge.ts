import type { Purge } from '@rollcall/core';

/** Removes departments for good, with all statements about them; children become roots. */
export const purgeDepartments = ({ relation, referrers }: Purge): string => `
  with removed as (
    delete from departments d using ${relation} p where d.id = p.id
  ), freed as (
    update departments d set parent_id = null
    from ${relation} p
    where d.parent_id = p.id and not exists (select 1 from ${relation} q where q.id = d.id)
    returning d.id
  ), left_by as (
    delete from memberships m using ${relation} p where m.department_id = p.id returning m.user_id
  ), disowned as (
    delete from department_owners o using ${relation} p where o.department_id = p.id
  )
  insert into ${referrers} (data_type, resource_id)
  select 'department', id from freed union select 'user', user_id from left_by`;

/** Removes what is stated about users who are removed for good: where they were, and what they owned. */
export const purgeMembers = ({ relation, referrers }: Purge): string => `
  with removed as (
    delete from memberships m using ${relation} p where m.user_id = p.id
  ), disowned as (
    delete from department_owners o using ${relation} p where o.user_id = p.id returning o.department_id
  )
  insert into ${referrers} (data_type, resource_id) select distinct 'department', department_id from disowned`;

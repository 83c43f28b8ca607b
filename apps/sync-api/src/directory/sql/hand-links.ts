import { chooseMainDepartment } from '@rollcall/target-departments';
import { lookAtAwaiting } from '../../engine/sql/look-at-awaiting';
import { referredUids } from '../../engine/sql/reference-field';
import { UNSTATED } from '../../engine/sql/unstated';

/** SQL: the target that keeps the users. */
const USERS = `(select id from targets where name = 'users')`;

/** A user record of a source and where it stands; no row: the source has never said this uid. $1 source, $2 uid. */
export const RECORD_OF_UID = `
  select r.id, r.gone is not null and r.gone <> '${UNSTATED}' as gone, l.resource_id as user_id
  from records r
  left join links l on l.target_id = ${USERS} and l.record_id = r.id and l.state <> 'detached'
  where r.source_id = $1 and r.data_type = 'user' and r.uid = $2`;

/** The uid of a source that is linked to a user. $1 user, $2 source. */
export const UID_OF_USER = `
  select r.uid from links l join records r on r.id = l.record_id and r.source_id = $2
  where l.target_id = ${USERS} and l.data_type = 'user' and l.resource_id = $1 and l.state <> 'detached'`;

/** The records by which sources state a user, by source. $1 user. Returns `source_id, records`. */
export const RECORDS_OF_USER = `
  select r.source_id, array_agg(r.id order by r.id) as records
  from links l join records r on r.id = l.record_id and r.gone is distinct from '${UNSTATED}'
  join sources s on s.id = r.source_id and s.deleted_at is null
  where l.target_id = ${USERS} and l.data_type = 'user' and l.resource_id = $1 and l.state <> 'detached'
  group by r.source_id
  order by r.source_id`;

/**
 * Links a record to a protected user, where nothing is applied: the link is marked, for when the protection goes, and so are those of
 * records that wait for this one.
 * $1 task, $2 source, $3 uid, $4 user. A record that is not known yet is stored, and says nothing.
 */
export const LINK_PROTECTED = `
  with known as (
    insert into records (source_id, data_type, uid, payload, seen_hash, hash, gone, task_id)
    values ($2, 'user', $3, '{}', md5('')::uuid, md5('{}')::uuid, '${UNSTATED}', $1)
    on conflict (source_id, data_type, uid) do update set uid = excluded.uid
    returning id, version
  ), awaiting as (
    ${lookAtAwaiting(`(select $2::integer as source_id, 'user' as data_type, $3::text as uid)`)}
  ), others as (
    update links l set shared = true
    where l.target_id = ${USERS} and l.data_type = 'user' and l.resource_id = $4 and l.state <> 'detached'
    returning 1
  )
  insert into links (target_id, record_id, data_type, resource_id, state, version, applied_hash, dirty, shared, task_id)
  select ${USERS}, k.id, 'user', u.id, u.status, k.version, md5('{}')::uuid, true, exists (select 1 from others), $1
  from known k join users u on u.id = $4
  on conflict (target_id, record_id) do update
  set resource_id = excluded.resource_id, state = excluded.state, dirty = true, shared = excluded.shared, task_id = $1`;

/** A record that stands for a user or a department. $1 record. */
export const LINKED_RECORD = `
  select r.source_id, r.data_type, r.uid, l.resource_id
  from records r
  join targets t on t.name = r.data_type || 's'
  join links l on l.target_id = t.id and l.record_id = r.id and l.state <> 'detached'
  where r.id = $1
  for update of l`;

/**
 * Takes a record from whatever it stands for here. A target elsewhere keeps it: what that made stands for the record, whoever that
 * is here. $1 record.
 */
export const DETACH = `
  with awaited as (
    delete from waiting_references where record_id = $1
  )
  update links set state = 'detached', dirty = false where record_id = $1 and payload is null`;

/**
 * What stood there may have been said by a record that was taken away: the others are looked at again by the next read of their
 * source, or when they are said again. $1 user or department, $2 data type.
 */
export const LOOK_AT_OTHERS = `
  update links l set dirty = true
  from records r
  where l.target_id = (select id from targets where name = $2 || 's') and l.data_type = $2 and l.resource_id = $1
    and l.state <> 'detached' and not l.dirty and r.id = l.record_id and r.gone is null`;

/** Run before `DROP_MEMBERSHIPS`: another statement of the same department keeps the main one. $1 user, $2 source. */
export const CHOOSE_MAIN_WITHOUT_SOURCE = chooseMainDepartment('(select $1::bigint as user_id)', {
  leaving: 'm.source_id = $2',
});

/** What a source says about the departments of a user. $1 user, $2 source. */
export const DROP_MEMBERSHIPS = 'delete from memberships where user_id = $1 and source_id = $2';

/** Run before anything of them is written, in the order in which tasks lock people. $1 department, $2 source. */
export const LOCK_MEMBERS = `
  select from users
  where id in (select user_id from memberships where department_id = $1 and source_id = $2)
  order by id for no key update`;

/** Run before `DROP_MEMBERS`: whoever else states another department of theirs keeps a main one. $1 department, $2 source. */
export const CHOOSE_MAIN_OF_MEMBERS = chooseMainDepartment(
  '(select user_id from memberships where department_id = $1::bigint and source_id = $2)',
  { leaving: 'm.source_id = $2 and m.department_id = $1' },
);

/**
 * Whom a source puts into a department: they wait for the one that its record becomes. $1 department, $2 source, $3 uid of the record.
 * Returns their `user_id`.
 */
export const DROP_MEMBERS = `
  with dropped as (
    delete from memberships where department_id = $1 and source_id = $2 returning user_id
  ), waiting as (
    insert into waiting_references (target_id, record_id, source_id, data_type, uid)
    select distinct k.target_id, r.id, r.source_id, 'department', $3::text
    from dropped d
    join links k on k.target_id = (select id from targets where name = 'departments') and k.data_type = 'user'
      and k.resource_id = d.user_id and k.state <> 'detached'
    join records r on r.id = k.record_id and r.source_id = $2
    ${referredUids('r', `'department'`)}
    where referred.uid = $3
    on conflict do nothing
  )
  select user_id from dropped`;

/** Whom a source names as owners of a department. $1 department, $2 source. Returns their `user_id`. */
export const DROP_OWNERS =
  'delete from department_owners where department_id = $1 and source_id = $2 returning user_id';

/**
 * Who refers to a user or a department by what a source says is looked at again by its next read, or when that is said again: the uid
 * that they name may stand for another one. $1 user, $2 source.
 */
export const LOOK_AT_REFERRING = {
  user: lookAtReferring(`
      select 'user' as data_type, id from users where manager_id = $1
      union all
      select 'department', department_id from department_owners where user_id = $1 and source_id = $2`),
  department: lookAtReferring(`select 'department' as data_type, id from departments where parent_id = $1`),
};

function lookAtReferring(referring: string): string {
  return `
  update links l set dirty = true
  from (${referring}
  ) x
  where l.target_id = (select id from targets where name = x.data_type || 's') and l.data_type = x.data_type and l.resource_id = x.id
    and l.state <> 'detached' and not l.dirty
    and exists (select from records r where r.id = l.record_id and r.source_id = $2 and r.gone is null)`;
}

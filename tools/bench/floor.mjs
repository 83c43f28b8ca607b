// The floor: what Postgres itself needs. COPY of rows that are generated beforehand into a staging table, and one
// statement that brings the tables to the same state as Rollcall does: same tables, same indexes, same content, another
// database of the same server. What a directory sync has to promise beside that (a reviewable plan, limits, resuming,
// outcomes) is not in it.
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';

const STAGING = `
  drop table if exists floor_staging;
  create unlogged table floor_staging (
    new_id bigint not null default nextval('records_id_seq'),
    position integer not null, data_type text not null, uid text not null, payload jsonb not null, seen_hash uuid not null
  )`;

const MADE_DEPARTMENTS = `made_departments as (
    insert into departments (id, title, parent_id, sort, custom)
    select s.new_id, s.payload ->> 'title', p.new_id, (s.payload ->> 'sort')::bigint,
      s.payload - array['title', 'parentUid', 'sort', 'ownerUids']
    from floor_staging s
    left join floor_staging p on p.data_type = 'department' and p.uid = s.payload ->> 'parentUid'
    where s.data_type = 'department'
  )`;

/** Every record is new. The new id of a record serves for its user or department too. */
const FIRST = `
  with stored as (
    insert into records (id, source_id, data_type, uid, payload, seen_hash, hash, task_id)
    select new_id, 1, data_type, uid, payload, seen_hash, md5(payload::text)::uuid, 1 from floor_staging
  ), ${MADE_DEPARTMENTS}, made_users as (
    insert into users (id, username, nickname, email, phone, custom)
    select new_id, payload ->> 'username', payload ->> 'nickname', payload ->> 'email', payload ->> 'phone',
      payload - array['username', 'nickname', 'email', 'phone', 'managerUid', 'isDisabled', 'departments']
    from floor_staging where data_type = 'user'
  ), made_memberships as (
    insert into memberships (user_id, department_id, source_id, position, is_main)
    select s.new_id, d.new_id, 1, m.place, m.place = 1
    from floor_staging s
    cross join lateral jsonb_array_elements(s.payload -> 'departments') with ordinality m (item, place)
    join floor_staging d on d.data_type = 'department' and d.uid = m.item ->> 'uid'
    where s.data_type = 'user'
  )
  insert into links (target_id, record_id, data_type, resource_id, state, version, applied_hash, task_id)
  select 1, new_id, data_type, new_id, 'active', 1, md5((payload - 'departments')::text)::uuid, 1
  from floor_staging where data_type = 'user'
  union all
  select 2, new_id, data_type, new_id, 'active', 1,
    md5(case data_type when 'user' then jsonb_build_object('departments', payload -> 'departments') else payload end::text)::uuid, 1
  from floor_staging`;

/** The one full compare: staging, what is stored, and whether every link stands at its version. */
const COMPARED = `
  from floor_staging s
  full join records r on r.source_id = 1 and r.data_type = s.data_type and r.uid = s.uid
  left join links u on u.target_id = 1 and u.record_id = r.id
  left join links d on d.target_id = 2 and d.record_id = r.id
  where r.id is null or s.uid is null or r.seen_hash <> s.seen_hash or r.gone is not null
    or u.version <> r.version or u.dirty or d.version <> r.version or d.dirty`;

const UNCHANGED = `select count(*) ${COMPARED}`;

/** What differs is written to every table that it concerns. */
const CHANGED = `
  with changed as materialized (
    select r.id, s.payload, s.seen_hash, md5(s.payload::text)::uuid as hash, u.resource_id ${COMPARED}
  ), stored as (
    update records r
    set payload = c.payload, seen_hash = c.seen_hash, hash = c.hash, version = r.version + 1, task_id = 2
    from changed c where r.id = c.id
  ), written as (
    update users u
    set nickname = c.payload ->> 'nickname', updated_at = now(),
      custom = c.payload - array['username', 'nickname', 'email', 'phone', 'managerUid', 'isDisabled', 'departments']
    from changed c where u.id = c.resource_id
  ), stated as materialized (
    select c.resource_id as user_id, l.resource_id as department_id, m.place
    from changed c
    cross join lateral jsonb_array_elements(c.payload -> 'departments') with ordinality m (item, place)
    join records d on d.source_id = 1 and d.data_type = 'department' and d.uid = m.item ->> 'uid'
    join links l on l.target_id = 2 and l.record_id = d.id
  ), left_departments as (
    delete from memberships m using changed c
    where m.user_id = c.resource_id and m.source_id = 1
      and not exists (select 1 from stated s where s.user_id = m.user_id and s.department_id = m.department_id)
    returning m.user_id
  ), joined as (
    insert into memberships (user_id, department_id, source_id, position, is_main)
    select user_id, department_id, 1, place, place = 1 from stated where (select count(*) from left_departments) >= 0
    on conflict (user_id, department_id, source_id) do nothing
  )
  update links l
  set version = l.version + 1, task_id = 2,
    applied_hash = md5(case l.target_id when 1 then c.payload - 'departments'
      else jsonb_build_object('departments', c.payload -> 'departments') end::text)::uuid
  from changed c where l.target_id in (1, 2) and l.record_id = c.id`;

/** Whoever is not in the read any more is disabled. */
const GONE = `
  with missing as materialized (
    select r.id, u.resource_id ${COMPARED}
  ), stored as (
    update records r set gone = 'missing', version = r.version + 1, task_id = 3 from missing m where r.id = m.id
  ), disabled as (
    update users u set status = 'disabled', updated_at = now() from missing m where u.id = m.resource_id
  )
  update links l
  set version = l.version + 1, task_id = 3, state = case l.target_id when 1 then 'disabled' else l.state end
  from missing m where l.target_id in (1, 2) and l.record_id = m.id`;

/** What a new target outside of this Postgres got of everybody. */
const NEW_TARGET = `
  insert into links (target_id, record_id, data_type, resource_id, resource_key, payload, state, version, applied_hash, task_id)
  select 3, id, data_type, id, uid, payload, 'active', version, md5(payload::text)::uuid, 4 from records where gone is null`;

/**
 * Somebody else's list of the same people: their users are found by e-mail and only linked, which says of every field that
 * it was said just now; departments with their owners are new.
 */
const SECOND_SOURCE = `
  with stored as (
    insert into records (id, source_id, data_type, uid, payload, seen_hash, hash, task_id)
    select new_id, 2, data_type, uid, payload, seen_hash, md5(payload::text)::uuid, 5 from floor_staging
  ), matched as materialized (
    select s.new_id, s.payload, u.id as user_id
    from floor_staging s join users u on lower(u.email) = lower(s.payload ->> 'email')
    where s.data_type = 'user'
  ), ${MADE_DEPARTMENTS}, made_owners as (
    insert into department_owners (department_id, user_id, source_id)
    select s.new_id, m.user_id, 2
    from floor_staging s
    cross join lateral jsonb_array_elements_text(s.payload -> 'ownerUids') o (uid)
    join floor_staging p on p.data_type = 'user' and p.uid = o.uid
    join matched m on m.new_id = p.new_id
    where s.data_type = 'department'
  ), made_memberships as (
    insert into memberships (user_id, department_id, source_id, position, is_main)
    select s.user_id, d.new_id, 2, m.place, false
    from matched s
    cross join lateral jsonb_array_elements(s.payload -> 'departments') with ordinality m (item, place)
    join floor_staging d on d.data_type = 'department' and d.uid = m.item ->> 'uid'
  ), back as (
    update users u set status = 'active', updated_at = now() from matched m where u.id = m.user_id and u.status = 'disabled'
  ), said as (
    insert into field_changes (record_id, field, task_id)
    select m.new_id, k, 5 from matched m cross join lateral jsonb_object_keys(m.payload) k
  ), siblings as (
    update links l set shared = true, state = 'active'
    from matched m where l.target_id = 1 and l.data_type = 'user' and l.resource_id = m.user_id
  )
  insert into links (target_id, record_id, data_type, resource_id, state, version, applied_hash, task_id, shared)
  select 1, new_id, 'user', user_id, 'active', 1, md5((payload - 'departments')::text)::uuid, 5, true from matched
  union all
  select 2, new_id, 'user', user_id, 'active', 1, md5(jsonb_build_object('departments', payload -> 'departments')::text)::uuid, 5, false
  from matched
  union all
  select 2, new_id, 'department', new_id, 'active', 1, md5(payload::text)::uuid, 5, false
  from floor_staging where data_type = 'department'`;

/** Whoever is missing from that list stays, because the first one has them, and leaves the departments of the second. */
const SECOND_GONE = `
  with missing as materialized (
    select r.id, u.resource_id ${COMPARED.replace('r.source_id = 1', 'r.source_id = 2')}
  ), stored as (
    update records r set gone = 'missing', version = r.version + 1, task_id = 6 from missing m where r.id = m.id
  ), left_departments as (
    delete from memberships s using missing m where s.user_id = m.resource_id and s.source_id = 2
  ), said as (
    update field_changes f set task_id = 6, changed_at = now() from missing m where f.record_id = m.id
  )
  update links l set version = l.version + 1, task_id = 6 from missing m where l.target_id in (1, 2) and l.record_id = m.id`;

const STATEMENTS = {
  first: FIRST,
  unchanged: UNCHANGED,
  'changed-1pct': CHANGED,
  'gone-1pct': GONE,
  'new-target': NEW_TARGET,
  'second-source': SECOND_SOURCE,
  'second-gone-1pct': SECOND_GONE,
};

/**
 * Milliseconds of COPY, ANALYZE and the phase's statement. `rows`: a file in COPY's text format; without it nothing is read,
 * and the statement is all.
 */
export async function measureFloor(database, phase, rows) {
  await database.query(`set jit = off; ${STAGING}`);
  await database.query('checkpoint');
  const started = performance.now();
  if (rows !== undefined) await copyRows(database, rows);
  await database.query(STATEMENTS[phase]);
  return performance.now() - started;
}

async function copyRows(database, rows) {
  const copy = database.query(copyFrom('copy floor_staging (position, data_type, uid, payload, seen_hash) from stdin'));
  await pipeline(createReadStream(rows, { highWaterMark: 1 << 20 }), copy);
  await database.query('analyze floor_staging');
}

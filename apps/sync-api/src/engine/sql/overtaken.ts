import type { Reading } from '../reading';
import { effective } from './effective';
import { keptElsewhere, statedElsewhere } from './kept-elsewhere';
import { leavingPolicy } from './leaving';

/** So long before the plan may a task have been released whose commit it did not see: that of a large one takes a while. */
const SLACK = `interval '1 hour'`;

/** SQL: a change that task $1 plans for record `k`. */
const plans = ({ targetId: t, dataType }: Reading, actions: string): string => `exists (
        select from changes c
        where c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}' and c.record_id = k.record_id and c.action in (${actions})
      )`;

/**
 * SQL: as `shared`, records that leave or come back with task $1 of source $2, or say something new of whether they are disabled, where
 * others state the same resource, or did.
 */
const shared = ({ targetId: t, dataType }: Reading, staging: string): string => `shared as materialized (
    select r.id as record_id, s.uid, l.resource_id, s.gone, r.gone as was_gone, l.state, s.payload -> 'isDisabled' = 'true' as disables,
      (r.payload - coalesce(s.cleared, '{}')) || s.payload as says
    from ${staging} s
    join records r on r.source_id = $2 and r.data_type = s.data_type and r.uid = s.uid
    join links l on l.target_id = ${t} and l.record_id = r.id and l.shared and l.state <> 'detached'
    where (select exists (select 1 from links where shared))
      and s.task_id = $1 and s.data_type = '${dataType}' and s.code is null
      and (s.gone is not null or r.gone is not null
        or s.payload ? 'isDisabled' and s.payload -> 'isDisabled' is distinct from r.payload -> 'isDisabled')
  )`;

/** Record `k`, with those that share its resource. */
const OF_K = { resource: 'k.resource_id', record: 'k.record_id', source: '$2' };

/** SQL: what all records of the resource of `k` say together before and after the task, by now. `r`: its record. */
const together = (reading: Reading): string =>
  effective(reading, {
    ...OF_K,
    linked: 'true',
    old: { payload: 'r.payload', live: '(k.was_gone is null)' },
    now: { payload: 'k.says', live: '(k.gone is null)' },
  });

/** SQL: another source has said something of the resource of `k` since the plan was made, or as it was; `and`: what of its record `r`. */
const saidSince = ({ targetId: t, dataType }: Reading, and = ''): string => `exists (
        select from links l
        cross join lateral (select * from records where id = l.record_id offset 0) r
        join tasks o on o.id = r.task_id
        where l.target_id = ${t} and l.data_type = '${dataType}' and l.resource_id = k.resource_id and l.state <> 'detached'
          and r.source_id <> $2${and}
          and coalesce(o.released_at, o.finished_at) > (select planned_at from tasks where id = $1) - ${SLACK}
      )`;

/** SQL: it has let go of it. */
const letGoSince = (reading: Reading): string => saidSince(reading, ' and r.gone is not null');

/** SQL: as `let_go`, who leaves and would stay by the plan, although nobody states them any more. From $3 on `leavingParameters`. */
const letGo = (reading: Reading): string => {
  const { dataType, resource } = reading;
  const free = resource?.protectedColumn
    ? `and not exists (select from ${resource.table} x where x.id = k.resource_id and x.${resource.protectedColumn})`
    : '';
  return `let_go as (
    select k.uid from shared k
    where k.gone is not null and not ${plans(reading, `'delete', 'disable'`)}
      and case ${leavingPolicy(`'${dataType}'`, 'k.gone', 3)} when 'delete' then k.state <> 'deleted' when 'disable' then k.state = 'active' else false end
      and ${letGoSince(reading)} and not ${keptElsewhere(reading, OF_K)} ${free}
  )`;
};

/**
 * SQL: as `claimed`, who would go by the plan, although another source states them by now; not who is to be disabled because those say so.
 */
const claimed = (reading: Reading): string => `claimed as (
    select from shared k join records r on r.id = k.record_id
    where k.gone is not null and ${plans(reading, `'delete', 'disable'`)}
      and ${statedElsewhere(reading, OF_K)} and not (${plans(reading, `'disable'`)} and ${together(reading)} -> 'after' -> 'isDisabled' is not distinct from 'true')
  )`;

/** SQL: as `disabled`, who comes back, and was disabled meanwhile because another source let go of them. */
const disabled = (reading: Reading): string => `disabled as (
    select from shared k
    where k.gone is null and k.state = 'disabled' and k.disables is not true and not ${plans(reading, `'restore'`)} and ${letGoSince(reading)}
  )`;

/**
 * SQL: as `settled`, who stays as they are by the plan, although what all that state them say by now comes to that they are disabled, or
 * to that they are not any more: one says so while another one, which said otherwise, lets go.
 */
function settled(reading: Reading): string {
  const { resource, rules } = reading;
  if (!rules.canDisable) return 'settled as (select from shared where false)';
  const free = [
    ...(resource?.protectedColumn ? [`x.${resource.protectedColumn}`] : []),
    ...(resource?.lockedColumn ? [`'status' = any (x.${resource.lockedColumn})`] : []),
  ].map(
    (decided) => `and not exists (select from ${resource?.table ?? ''} x where x.id = k.resource_id and ${decided})`,
  );
  return `settled as (
    select from shared k join records r on r.id = k.record_id
    cross join lateral (select ${together(reading)} as said offset 0) e
    where ${saidSince(reading)} ${free.join(' ')} and case k.state
        when 'active' then e.said -> 'after' -> 'isDisabled' = 'true' and not ${plans(reading, `'delete', 'disable'`)}
        when 'disabled' then e.said -> 'before' -> 'isDisabled' = 'true' and e.said -> 'after' -> 'isDisabled' is distinct from 'true'
          and (k.gone is null or ${statedElsewhere(reading, OF_K)}) and not ${plans(reading, `'delete', 'restore'`)}
      end
  )`;
}

/** Locks what these records share, so that no other source lets go of it, or states it, from then on. $1 task, $2 source. */
export const lockSharedSql = (reading: Reading, staging: string): string => `
  with ${shared(reading, staging)}
  select x.id from ${reading.resource?.table ?? ''} x
  where x.id = any (array(select resource_id from shared)) order by x.id for no key update`;

/**
 * Whether the plan counts on what other sources do not say any more, or did not say when it was made. $1 task, $2 source, from $3 on
 * `leavingParameters`. Returns `overtaken`.
 */
export const overtakenSql = (reading: Reading, staging: string): string => `
  with ${[shared(reading, staging), letGo(reading), claimed(reading), disabled(reading), settled(reading)].join(', ')}
  select exists (select from let_go) or exists (select from claimed) or exists (select from disabled) or exists (select from settled) as overtaken`;

/** Held plans: who would stay although nobody states them counts as planned on what is not there any more, so is stale. Same parameters. */
export const outdateLetGoSql = (reading: Reading, staging: string): string => `
  with ${shared(reading, staging)}, ${letGo(reading)}
  update ${staging} s set base_version = -1
  from let_go g where s.task_id = $1 and s.data_type = '${reading.dataType}' and s.uid = g.uid`;

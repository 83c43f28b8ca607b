import type { Reading } from '../reading';
import { keptElsewhere } from './kept-elsewhere';
import { leavingPolicy } from './leaving';

/** So long before the plan may a task have been released whose commit it did not see: that of a large one takes a while. */
const SLACK = `interval '1 hour'`;

/** SQL: as `kept`, who leaves with task $1 of source $2, and stays by its plan, because others stated them when it was made. */
const kept = ({ targetId: t, dataType }: Reading, staging: string): string => `kept as materialized (
    select r.id as record_id, s.uid, l.resource_id, s.gone, l.state
    from ${staging} s
    join records r on r.source_id = $2 and r.data_type = s.data_type and r.uid = s.uid
    join links l on l.target_id = ${t} and l.record_id = r.id and l.shared and l.state in ('active', 'disabled')
    where (select exists (select 1 from links where shared))
      and s.task_id = $1 and s.data_type = '${dataType}' and s.gone is not null and s.code is null
      and not exists (
        select from changes c
        where c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}' and c.record_id = r.id and c.action in ('delete', 'disable')
      )
  )`;

/** Locks them, so that no other source lets go of them from then on. $1 task, $2 source. */
export const lockKeptSql = (reading: Reading, staging: string): string => `
  with ${kept(reading, staging)}
  select x.id from ${reading.resource?.table ?? ''} x
  where x.id = any (array(select resource_id from kept)) order by x.id for no key update`;

/**
 * SQL: as `let_go`, those of them of whom another source has let go since the plan was made, so that nobody states them. From `$3` on
 * `leavingParameters`.
 */
const letGo = (reading: Reading, staging: string): string => {
  const { targetId: t, dataType, resource } = reading;
  const leaving = { resource: 'k.resource_id', record: 'k.record_id', source: '$2' };
  const free = resource?.protectedColumn
    ? `and not exists (select from ${resource.table} x where x.id = k.resource_id and x.${resource.protectedColumn})`
    : '';
  return `${kept(reading, staging)}, let_go as (
    select k.uid from kept k
    where case ${leavingPolicy(`'${dataType}'`, 'k.gone', 3)} when 'delete' then true when 'disable' then k.state = 'active' else false end
      and exists (
        select from links l
        cross join lateral (select * from records where id = l.record_id offset 0) r
        join tasks o on o.id = r.task_id
        where l.target_id = ${t} and l.data_type = '${dataType}' and l.resource_id = k.resource_id and l.state <> 'detached'
          and r.source_id <> $2 and r.gone is not null
          and coalesce(o.released_at, o.finished_at) > (select planned_at from tasks where id = $1) - ${SLACK}
      )
      and not ${keptElsewhere(reading, leaving)} ${free}
  )`;
};

/** Whether there are any. $1 task, $2 source, from $3 on `leavingParameters`. Returns `gone`. */
export const letGoMeanwhileSql = (reading: Reading, staging: string): string => `
  with ${letGo(reading, staging)}
  select exists (select from let_go) as gone`;

/** Held plans: what was staged of them counts as planned on what is not there any more, so that it is stale. Same parameters. */
export const outdateLetGoSql = (reading: Reading, staging: string): string => `
  with ${letGo(reading, staging)}
  update ${staging} s set base_version = -1
  from let_go g where s.task_id = $1 and s.data_type = '${reading.dataType}' and s.uid = g.uid`;

import type { DataType } from '@rollcall/core';
import type { Reading } from '../reading';
import { lookAtAwaiting } from './look-at-awaiting';
import { recordOf } from './record-of';
import { MAY_BE_NEW } from './unstated';

/** Resources of which an admin may choose one for a record. */
export const linksByHand = ({ rules, targetName, dataType, resource }: Reading): boolean =>
  rules.owns && targetName === `${dataType}s` && resource !== undefined;

/** SQL: why a record cannot be linked to the resource that an admin chose: it, or the resource, is not there or is taken. */
export function refusedLink(readings: readonly Reading[]): { code: string; message: string } {
  const cases = readings.filter(linksByHand).flatMap(({ targetId: t, dataType, resource }) => {
    const linking = `s.link_to is not null and s.code is null and s.data_type = '${dataType}'`;
    const linked = `l${t}.state <> 'detached'`;
    return [
      {
        when: `${linking} and not ${MAY_BE_NEW('s.gone')}`,
        code: 'conflict',
        message: `'The source does not state this record any more. State it again, then link it.'`,
      },
      {
        when: `${linking} and ${linked} and l${t}.resource_id <> s.link_to`,
        code: 'match_taken',
        message: `'The record stands for ${dataType} ' || l${t}.resource_id || ' by now. Unlink it there first, then link it here.'`,
      },
      {
        when: `${linking} and exists (select 1 from ${resource?.table ?? ''} x where x.id = s.link_to and x.deleted_at is not null)`,
        code: 'conflict',
        message: `'The ${dataType} ' || s.link_to || ' is deleted. Restore it first.'`,
      },
    ];
  });
  const choose = (then: (one: (typeof cases)[number]) => string): string =>
    cases.length === 0
      ? 'null'
      : `case ${cases.map((one) => `when ${one.when} then ${then(one)}`).join('\n        ')} end`;
  return { code: choose(({ code }) => `'${code}'`), message: choose(({ message }) => message) };
}

/** The resource that an admin chose for a record; also one that the record was taken from, or that is protected. */
export function chosen({ targetId: t, dataType }: Reading): string {
  return `select sc.record_id, sc.position, ${t}, 'uid', sc.link_to, false, false, ${takenBySource(t, dataType, 'sc.link_to')}
      from scope sc
      where sc.link_to is not null and sc.data_type = '${dataType}' and sc.code is null
        and sc.l${t}_resource is null`;
}

/** SQL: another uid of the source is linked to the resource already. */
export const takenBySource = (targetId: number, dataType: DataType, resource: string): string => `exists (
          select 1 from links l ${recordOf('l', 'r')}
          where l.target_id = ${targetId} and l.data_type = '${dataType}' and l.resource_id = ${resource} and l.state <> 'detached'
            and r.source_id = $2
        )`;

/** SQL: link `l` is one that an admin made, and nothing of what its record says could be applied so far. */
export const isRefused = (l: string): string => `(${l}.dirty and ${l}.applied_hash = ${NOTHING})`;

/** SQL: the hash of a record that says nothing. */
const NOTHING = `md5('{}')::uuid`;

/**
 * Whom an admin linked a record to is whom it stands for, also where what it says could not be applied: the link is marked, so that each
 * read tries again, and so are those of records that wait for this one. $1 task, $2 target.
 */
export const keepRefusedLinkSql = (staging: string): string => `
  with refused as (
    select c.record_id, c.resource_id
    from changes c
    join ${staging} s on s.task_id = $1 and s.data_type = c.data_type and s.uid = c.uid and s.link_to = c.resource_id
    where c.task_id = $1 and c.target_id = $2 and c.data_type = 'user' and c.action = 'link' and c.outcome = 'failed'
  ), awaiting as (${lookAtAwaiting(`(select r.source_id, r.data_type, r.uid from refused f join records r on r.id = f.record_id)`)}
  ), others as (
    update links l set shared = true
    from refused f
    where l.target_id = $2 and l.data_type = 'user' and l.resource_id = f.resource_id and l.state <> 'detached'
    returning l.resource_id
  ), told as (
    insert into feed (data_type, action, ids, n, task_id)
    select 'user', 'updated', array_agg(distinct resource_id), count(distinct resource_id), $1 from refused having count(*) > 0
  )
  insert into links (target_id, record_id, data_type, resource_id, state, version, applied_hash, dirty, shared, task_id)
  select $2, r.id, 'user', u.id, u.status, r.version, ${NOTHING}, true, u.id in (select resource_id from others), $1
  from refused f
  join records r on r.id = f.record_id
  join users u on u.id = f.resource_id and u.deleted_at is null
  on conflict (target_id, record_id) do update
  set resource_id = excluded.resource_id, state = excluded.state, version = excluded.version, applied_hash = excluded.applied_hash,
    dirty = true, shared = excluded.shared, task_id = $1
  where links.state = 'detached'`;

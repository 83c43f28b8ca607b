import type { DataType } from '@rollcall/core';
import type { Reading } from '../reading';
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

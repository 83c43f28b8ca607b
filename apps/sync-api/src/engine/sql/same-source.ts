import type { Reading } from '../reading';

/**
 * Changes that failed because a value is taken by a resource for which another record of the source stands: to match or to link
 * them, as the target advises, is refused then, so they say what helps. Undefined: the reading has no such values. $1 task,
 * $2 source.
 */
export function adviseSameSourceSql({ targetId: t, dataType, resource }: Reading): string | undefined {
  const fields = Object.entries(resource?.matchKeys ?? {});
  if (!resource || fields.length === 0) return undefined;
  // Each by the index of its column.
  const holders = fields.map(
    ([field, column]) => `select x.id from ${resource.table} x
      where c.field = '${field}' and lower(x.${column}) = lower(own.payload ->> '${field}') and x.deleted_at is null`,
  );
  return `
  update changes f
  set message = 'The ' || f.field || ' is used by ${dataType} ' || s.holder || ', who belongs to another record of this source, perhaps one that left. Change it in one of the two, or, if both are the same person, unlink that one there first.'
  from (
    select c.record_id, h.id as holder
    from changes c
    join records own on own.id = c.record_id
    cross join lateral (
      ${holders.join('\n      union all\n      ')}
    ) h
    where c.task_id = $1 and c.target_id = ${t} and c.data_type = '${dataType}' and c.outcome = 'failed' and c.code = c.field || '_taken'
      and exists (
        select from links l join records r on r.id = l.record_id
        where l.target_id = ${t} and l.data_type = '${dataType}' and l.resource_id = h.id and l.state <> 'detached' and r.source_id = $2
      )
      and not exists (
        select from links l where l.target_id = ${t} and l.record_id = c.record_id and l.resource_id = h.id and l.state = 'detached'
      )
  ) s
  where f.task_id = $1 and f.target_id = ${t} and f.data_type = '${dataType}' and f.record_id = s.record_id`;
}

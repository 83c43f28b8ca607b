import type { Reading } from '../reading';
import { isShareable } from './effective';

/**
 * SQL: steps of a statement with rows `sent` that lock the resources which they share with others, in the order of their ids,
 * so that tasks of several sources which speak of one person at the same moment plan and apply one after the other: each
 * sees what the one before it said. `taken`: a condition that is true once they are. $4 source.
 */
export function lockShared(readings: readonly Reading[]): { steps: string; taken: string } {
  const steps = readings.filter(isShareable).map(
    ({ targetId: t, dataType, resource }, n) => `, locked_${n} as materialized (
    select x.id from ${resource?.table ?? ''} x
    where x.id = any (array(
      select l.resource_id from sent s
      join records r on r.source_id = $4 and r.data_type = s.data_type and r.uid = s.uid
      join links l on l.target_id = ${t} and l.record_id = r.id and l.shared
      where s.data_type = '${dataType}'
    ))
    order by x.id for no key update
  )`,
  );
  // Postgres runs no step that nobody asks.
  const asked = steps.map((_, n) => `(select count(*) from locked_${n}) >= 0`);
  return { steps: steps.join(''), taken: ['$4::bigint is not null', ...asked].join(' and ') };
}

/**
 * Locks the resources of changes that take over a resource, or that write one which others state, too, before it is asked
 * what all of them say together. `linking`: the plan may link. $1 task, $2 after this record, $3 up to this one, $4 only
 * these records (null: all).
 */
export const lockChangedSql = ({ targetId: t, dataType, resource }: Reading, linking: boolean): string => `
  with changed as materialized (
    select coalesce(l.resource_id, c.resource_id) as id
    from changes c
    left join links l on l.target_id = ${t} and l.record_id = c.record_id and l.record_id > $2 and l.record_id <= $3
    where (${linking} or (select exists (select 1 from links where shared))) and c.task_id = $1 and c.target_id = ${t}
      and c.data_type = '${dataType}' and c.record_id > $2 and c.record_id <= $3 and ($4::bigint[] is null or c.record_id = any ($4))
      and c.action is not null and c.outcome is null and (l.shared or c.action = 'link')
  )
  select x.id from ${resource?.table ?? ''} x where x.id = any (array(select id from changed)) order by x.id for no key update`;

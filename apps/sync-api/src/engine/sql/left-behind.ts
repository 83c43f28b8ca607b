import type { Reading } from '../reading';

/**
 * SQL: somebody states resources (anew): rows `target_id, data_type, resource_id, record_id` of `stated`. Of whom nobody stated
 * all had stayed as it was; from now on records of them that left state nothing, so what they attached is looked at
 * again by the next complete read of their sources, or when it is said again.
 */
export function lookAtLeftBehind(readings: readonly Reading[], stated: string): string {
  const attached = readings
    .filter(({ rules }) => !rules.owns)
    .map(
      ({ targetId, dataType, owner }) =>
        `(a.target_id = ${targetId} and a.data_type = '${dataType}' and s.target_id = ${owner.targetId})`,
    );
  // Nobody knows how many are stated, so the few that there are of each are looked up by key.
  return `update links a set dirty = true
    from (
      select distinct s.target_id, o.record_id, o.data_type
      from ${stated} s
      cross join lateral (
        select record_id, data_type from links
        where target_id = s.target_id and data_type = s.data_type and resource_id = s.resource_id
          and record_id <> s.record_id and state <> 'detached'
        offset 0
      ) o
      cross join lateral (select from records where id = o.record_id and gone is not null offset 0) r
    ) s
    where a.record_id = s.record_id and a.data_type = s.data_type and a.state <> 'detached' and not a.dirty
      and (${['false', ...attached].join(' or ')})`;
}

/** The same for those whom the plan of task `$1` links. */
export const lookAtLeftBehindLinked = (readings: readonly Reading[]): string =>
  lookAtLeftBehind(
    readings,
    `(select target_id, data_type, resource_id, record_id from changes where task_id = $1 and action = 'link' and outcome is null)`,
  );

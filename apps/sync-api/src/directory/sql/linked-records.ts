import type { DataType } from '@rollcall/core';

/**
 * SQL: condition on a link `k`: it belongs to a resource of the data type, on the built-in target that keeps those.
 * A detached link belongs to none.
 * An id alone says too little: links of user records on the target `departments` name a user.
 */
export const isLinkOf = (dataType: DataType): string =>
  `k.target_id = (select id from targets where name = '${dataType}s') and k.data_type = '${dataType}' and k.state <> 'detached'`;

/** SQL: the records behind resource `id`, as JSON: who states it under which uid, and the task that last applied it. */
export const linksOf = (dataType: DataType, id: string): string => `
    select coalesce(json_agg(json_build_object(
        'source', s.name, 'uid', r.uid, 'taskId', t.id,
        'updatedAt', to_char(
          coalesce(t.finished_at, t.started_at, t.created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      ) order by r.id), '[]') as links
    from links k
    join records r on r.id = k.record_id
    left join sources s on s.id = r.source_id
    left join tasks t on t.id = k.task_id
    where ${isLinkOf(dataType)} and k.resource_id = ${id}`;

import { RESOURCE_TYPE } from '../resource-type';

/**
 * SQL: the links of resource `id` on a built-in target, as JSON: which source states it under which uid, and the task
 * that last applied something.
 */
export const linksOf = (target: 'users' | 'departments', id: string): string => `
    select coalesce(json_agg(json_build_object(
        'source', s.name, 'uid', r.uid, 'taskId', k.task_id,
        'updatedAt', to_char(
          coalesce(t.finished_at, t.started_at, t.created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      ) order by r.id), '[]') as links
    from links k
    join records r on r.id = k.record_id
    left join sources s on s.id = r.source_id
    left join tasks t on t.id = k.task_id
    where k.target_id = (select id from targets where name = '${target}') and k.data_type = '${RESOURCE_TYPE[target]}'
      and k.resource_id = ${id}`;

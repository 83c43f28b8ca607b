import type { DataType } from '@rollcall/core';
import { isRefused } from '../../engine/sql/chosen-link';

/**
 * SQL: condition on a link `k`: it belongs to a resource of the data type, on the built-in target that keeps those.
 * A detached link belongs to none.
 * An id alone says too little: links of user records on the target `departments` name a user.
 */
export const isLinkOf = (dataType: DataType): string =>
  `k.target_id = (select id from targets where name = '${dataType}s') and k.data_type = '${dataType}' and k.state <> 'detached'`;

const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/** SQL: when task `t`, if it was tried again since, had applied what concerns a record on a target. */
const settledAt = (record: string, target: string): string =>
  `(select c.settled_at from changes c where c.task_id = t.id and c.record_id = ${record} and c.target_id = ${target} limit 1)`;

/** SQL: the records behind resource `id`, as JSON: who states it under which uid, and the task that last applied it. */
export const linksOf = (dataType: DataType, id: string): string => `
    select coalesce(json_agg(json_build_object(
        'id', r.id, 'source', s.name, 'uid', r.uid, 'taskId', t.id,
        'updatedAt', to_char(
          coalesce(${settledAt('r.id', 'k.target_id')}, t.finished_at, t.started_at, t.created_at) at time zone 'UTC', ${ISO})
      ) order by r.id), '[]') as links
    from links k
    join records r on r.id = k.record_id
    left join sources s on s.id = r.source_id
    left join tasks t on t.id = k.task_id
    where ${isLinkOf(dataType)} and k.resource_id = ${id}`;

/** Fields that resources keep in another form than records, of the same data type: it is only compared whether both name the same one. */
const REFERENCES = `'managerUid', 'parentUid'`;

/**
 * SQL: field → the last task that applied what record `r` says of it to the resource of link `k`, as JSON; '' stands for every
 * field, as a create has them all, and `isDisabled` for whatever disabled or deleted the resource, or brought it back, an undo
 * among it. Tasks that are not kept any more are missing.
 */
const APPLIED_BY = `
      select jsonb_object_agg(field, task_id) as tasks
      from (
        select f.field, max(c.task_id) as task_id
        from changes c
        join tasks t on t.id = c.task_id
        cross join lateral (
          select '' where c.action in ('create', 'link')
          union all
          select 'isDisabled' where c.action in ('disable', 'delete', 'restore')
          union all
          select d ->> 'field' from jsonb_array_elements(coalesce(c.written, c.diff)) d
        ) f (field)
        where c.record_id = r.id and c.target_id = k.target_id and c.data_type = k.data_type
          and (t.kind <> 'undo' or f.field = 'isDisabled')
          and (c.outcome = 'applied' or c.outcome is null and t.released_at is not null and t.finished_at is not null)
        group by f.field
      ) applied`;

/**
 * SQL: for resource `id`: field → the source whose value it has, and the task with which that source last changed it (null
 * when the task is not kept any more), as JSON. The order is that of the engine's `effective`; what a record said that left stays, where
 * nobody else says anything. Whether a user is active is set by what a source says and by who leaves it.
 * Fields that every source has a list of, and those that were set by hand (`locked`, an array), are no single source's; nor is
 * the status of whom a hand brought back, nor are those whose value (in `stored`, an object) is another than the source says: a
 * hand let go of it, and no sync came since.
 */
export const provenanceOf = (dataType: DataType, id: string, locked: string, stored: string): string => `
    select coalesce(json_object_agg(w.field, json_build_object(
        'source', w.source, 'taskId', t.id, 'updatedAt', to_char(
          coalesce(w.changed_at, ${settledAt('w.record_id', 'w.target_id')}, t.finished_at, t.started_at) at time zone 'UTC', ${ISO})
      ) order by w.field), '{}') as provenance
    from (
      select distinct on (f.field) f.field, r.payload -> f.field as said, s.name as source, s.id as source_id, r.id as record_id, k.target_id,
        case when f.field <> 'isDisabled' then h.changed_at end as changed_at,
        case when f.field = 'isDisabled' then greatest(h.task_id, p.task_id) else coalesce(h.task_id, p.task_id) end as task_id
      from links k
      join records r on r.id = k.record_id
      join sources s on s.id = r.source_id
      left join lateral (${APPLIED_BY}
      ) a on true
      cross join lateral (
        select jsonb_object_keys(r.payload)${
          dataType === 'user'
            ? `
        union select 'isDisabled' where a.tasks ? 'isDisabled'`
            : ''
        }
      ) f (field)
      cross join lateral (
        select greatest((a.tasks ->> f.field)::bigint, (a.tasks ->> '')::bigint) as task_id
      ) p
      left join field_changes h on h.record_id = r.id and h.field = f.field
      where ${isLinkOf(dataType)} and k.resource_id = ${id} and not ${isRefused('k')}
        and f.field not in ('departments', 'ownerUids')
        and not (f.field = 'isDisabled' and k.restored_version is not distinct from r.version)
        and not case f.field when 'isDisabled' then 'status' else f.field end = any (${locked})
      order by f.field, r.gone is not null, s.priority desc, h.changed_at desc nulls last, r.id desc
    ) w
    left join tasks t on t.id = w.task_id
    where w.field = 'isDisabled' or ${stored} -> w.field = w.said
      or w.field in (${REFERENCES}) and ${stored} -> w.field <> 'null' and w.said <> 'null' and not exists (
        select from records o join links k on k.record_id = o.id
        where o.source_id = w.source_id and o.data_type = '${dataType}' and o.uid = w.said #>> '{}'
          and ${isLinkOf(dataType)} and to_jsonb(k.resource_id) <> ${stored} -> w.field
      )`;

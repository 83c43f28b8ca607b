import type { Batch } from '@rollcall/core';
import { changesKnownOnly, customOf, writes } from '../columns';
import { resolvedParents } from './resolved-parents';

/**
 * Creates and updates departments; parents that are not known yet wait. Returns one row: `owners` says whether the
 * batch has owners to set.
 */
export const writeDepartments = (batch: Batch): string => `
  with parents as materialized (${resolvedParents(batch)}
  ), accepted as (
    select b.*, p.parent_id, p.record_id is not null as moves
    from ${batch.relation} b
    left join parents p on p.record_id = b.record_id
    where b.action <> 'delete' and not exists (select 1 from ${batch.failures} f where f.record_id = b.record_id)
  ), waits as (
    insert into ${batch.waiting} (record_id, data_type, uid)
    select record_id, 'department', uid from parents where uid is not null and parent_id is null
  ), created as (
    insert into departments (id, title, parent_id, sort, custom)
    select resource_id, payload ->> 'title', parent_id, (payload ->> 'sort')::bigint, ${customOf('payload')}
    from accepted where action = 'create'
  ), updated as (
    update departments d
    set title = case when ${writes('title')} then coalesce(b.payload ->> 'title', d.title) else d.title end,
        parent_id = case when b.moves and ${writes('parentUid')} then b.parent_id else d.parent_id end,
        sort = case when ${writes('sort')} then (b.payload ->> 'sort')::bigint else d.sort end,
        custom = case
          when b.changed is null
          then (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(d.custom) where key = any (d.locked_fields))
            || (${customOf('b.payload')} - d.locked_fields)
          when ${changesKnownOnly} then d.custom
          else (d.custom - array(select c from unnest(b.changed) c where not c = any (d.locked_fields)))
            || (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(${customOf('b.payload')})
                where key = any (b.changed) and not key = any (d.locked_fields))
        end,
        deleted_at = case when b.action = 'restore' then null else d.deleted_at end,
        updated_at = now()
    from accepted b
    where b.action <> 'create' and d.id = b.resource_id
  )
  select coalesce(bool_or(case when action = 'create' then payload ? 'ownerUids'
    else changed is null or 'ownerUids' = any (changed) end), false) as owners
  from accepted`;

import type { Batch } from '@rollcall/core';

/**
 * The parent that each batch row states, resolved among what is there and what the same batch creates:
 * `record_id, position, resource_id, uid, parent_id` (`uid` null: no parent; `parent_id` null: not known yet). One that a hand has locked
 * stays where it is, whatever its record states.
 */
export const resolvedParents = (batch: Batch): string => `
  select b.record_id, b.position, b.resource_id, b.payload ->> 'parentUid' as uid,
    coalesce((b.payload -> 'parentUid' ->> 'id')::bigint, n.resource_id, r.resource_id) as parent_id
  from ${batch.relation} b
  left join ${batch.relation} n
    on n.source_id = b.source_id and n.uid = b.payload ->> 'parentUid'
    and not exists (select 1 from ${batch.failures} f where f.record_id = n.record_id)
  ${batch.resolve('r', { source: 'b.source_id', dataType: 'department', uid: "b.payload ->> 'parentUid'" })}
  where b.action <> 'delete'
    and (b.changed is null or 'parentUid' = any (b.changed))
    and not exists (select 1 from departments d where d.id = b.resource_id and 'parentUid' = any (d.locked_fields))
    and not exists (select 1 from ${batch.failures} f where f.record_id = b.record_id)`;

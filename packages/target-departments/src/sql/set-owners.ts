import type { Batch } from '@rollcall/core';

/** Makes the owners that a source names for a department exactly those that the record lists; unknown people wait. */
export const setOwners = (batch: Batch): string => `
  with concerned as (
    select b.* from ${batch.relation} b
    join departments d on d.id = b.resource_id
    where b.action <> 'delete'
      and (b.changed is null or 'ownerUids' = any (b.changed)) and not 'ownerUids' = any (d.locked_fields)
      and not exists (select 1 from ${batch.failures} f where f.record_id = b.record_id)
  ), stated as (
    select b.record_id, b.resource_id as department_id, b.source_id, o.uid, r.resource_id as user_id
    from concerned b
    cross join lateral jsonb_array_elements_text(coalesce(b.payload -> 'ownerUids', '[]')) o (uid)
    ${batch.resolve('r', { source: 'b.source_id', dataType: 'user', uid: 'o.uid' })}
  ), waits as (
    insert into ${batch.waiting} (record_id, data_type, uid)
    select distinct record_id, 'user', uid from stated where user_id is null
  ), gone as (
    delete from department_owners o using concerned b
    where o.department_id = b.resource_id and o.source_id = b.source_id
      and not exists (select 1 from stated s where s.department_id = o.department_id and s.user_id = o.user_id)
  )
  insert into department_owners (department_id, user_id, source_id)
  select distinct department_id, user_id, source_id from stated where user_id is not null
  on conflict do nothing`;

import type { Batch } from '@rollcall/core';
import { writes } from '../columns';

/** Sets managers, also those that arrived in the same batch; the ones that are not known yet wait. */
export const setManagers = (batch: Batch): string => `
  with stated as (
    select b.record_id, b.resource_id, b.payload ->> 'managerUid' as uid,
      coalesce((b.payload -> 'managerUid' ->> 'id')::bigint, n.resource_id, r.resource_id) as manager_id
    from ${batch.relation} b
    join users u on u.id = b.resource_id
    left join ${batch.relation} n
      on n.source_id = b.source_id and n.uid = b.payload ->> 'managerUid'
      and not exists (select 1 from ${batch.failures} f where f.record_id = n.record_id)
    ${batch.resolve('r', { source: 'b.source_id', dataType: 'user', uid: "b.payload ->> 'managerUid'" })}
    where b.action <> 'delete' and ${writes('managerUid')}
      and not exists (select 1 from ${batch.failures} f where f.record_id = b.record_id)
  ), waits as (
    insert into ${batch.waiting} (record_id, data_type, uid)
    select record_id, 'user', uid from stated where uid is not null and manager_id is null
  )
  update users u
  set manager_id = s.manager_id, updated_at = now()
  from stated s
  where u.id = s.resource_id and u.manager_id is distinct from s.manager_id`;

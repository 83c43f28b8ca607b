import type { Batch } from '@rollcall/core';
import { resolvedParents } from './resolved-parents';

/**
 * Walks up from every department whose parent changes, over the tree as it would be. Of each circle the record that
 * came last in the read fails; it keeps the parent it had, so the tree is walked again until no circle is left.
 * Returns how many failed.
 */
export const failCycles = (batch: Batch): string => `
  with recursive stated as materialized (${resolvedParents(batch)}
  ), walk (start, node, path) as (
    select resource_id, parent_id, array[resource_id] from stated where parent_id is not null
    union all
    select w.start, case when s.resource_id is not null then s.parent_id else d.parent_id end, w.path || w.node
    from walk w
    left join stated s on s.resource_id = w.node
    left join departments d on d.id = w.node
    where w.node is not null and not w.node = any (w.path)
  ), members as (
    select start, (select min(node) from unnest(path) node) as circle from walk where node = start
  ), last_in_read as (
    select distinct on (m.circle) s.record_id
    from members m join stated s on s.resource_id = m.start
    order by m.circle, s.position desc nulls first, s.record_id desc
  ), failed as (
    insert into ${batch.failures} (record_id, code, field, message)
    select record_id, 'department_cycle', 'parentUid',
      'With this parent the department would be below itself. Name a parent that is not one of its descendants.'
    from last_in_read
    returning record_id
  )
  select count(*)::int as failed from failed`;

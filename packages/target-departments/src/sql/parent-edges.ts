import type { Batch } from '@rollcall/core';
import { resolvedParents } from './resolved-parents';

/** A department that the batch moves, or an ancestor of one: where it hangs, and where it would. */
export interface ParentEdge {
  id: number;
  /** The parent that is stored; null for a root, and for a department that is new. */
  stored: number | null;
  /** The record that states another parent; null: nobody in this batch does. */
  record_id: number | null;
  /** Place of that record in the read. */
  position: number | null;
  stated: number | null;
}

/**
 * The part of the tree in which a circle could come about: every department whose parent changes, and everything above
 * it, over both the stored and the stated parents. Each department appears once, however deep the tree.
 */
export const parentEdges = (batch: Batch): string => `
  with recursive stated as materialized (${resolvedParents(batch)}
  ), above (id) as (
    select resource_id from stated
    union
    select p.parent_id
    from above a
    left join stated s on s.resource_id = a.id
    left join departments d on d.id = a.id
    cross join lateral (values (s.parent_id), (d.parent_id)) p (parent_id)
    where p.parent_id is not null
  )
  select a.id, d.parent_id as stored, s.record_id, s.position, s.parent_id as stated
  from above a
  left join stated s on s.resource_id = a.id
  left join departments d on d.id = a.id`;

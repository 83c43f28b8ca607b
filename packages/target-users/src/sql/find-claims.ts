import type { Batch } from '@rollcall/core';
import { LOCKED, lockUsers } from './lock-users';
import { finalValue, UNIQUE_FIELDS, type UniqueField } from '../columns';

/**
 * A change of an existing user that asks for a unique value which somebody else holds, or which another change of the
 * same batch asks for too. Changes that ask for a free value do not appear.
 */
export interface Claim {
  record_id: number;
  resource_id: number;
  position: number | null;
  field: UniqueField;
  /** Lower case. */
  value: string;
  /** The user who has the value now, if anybody but the claimant. */
  holder_id: number | null;
  /** The holder's own change in this batch, when it gives the value up. */
  released_by: number | null;
}

/** The claims of a batch. Locks its existing users. */
export const findClaims = (batch: Batch): string => `
  with ${lockUsers(batch)}, final as (
    select b.record_id, b.resource_id, b.position, b.action, f.field, lower(f.wanted) as wanted, lower(f.current) as current
    from ${batch.relation} b
    join users u on u.id = b.resource_id
    cross join lateral (values
      ${UNIQUE_FIELDS.map((field) => `('${field}', ${finalValue(field)}, u.${field})`).join(',\n      ')}
    ) f (field, wanted, current)
    where b.action in ('update', 'link', 'restore', 'disable') and ${LOCKED}
  ), claims as (
    select f.*, count(*) over (partition by field, wanted) as claimants
    from final f
    where wanted is not null and (wanted is distinct from current or action = 'restore')
  ), held as (
    ${UNIQUE_FIELDS.map(
      (field) => `select c.*, h.id as holder_id
    from claims c
    left join users h on lower(h.${field}) = c.wanted and h.deleted_at is null and h.id <> c.resource_id
    where c.field = '${field}'`,
    ).join('\n    union all\n    ')}
  )
  select h.record_id, h.resource_id, h.position, h.field, h.wanted as value, h.holder_id, o.record_id as released_by
  from held h
  left join final o on o.resource_id = h.holder_id and o.field = h.field and o.wanted is distinct from o.current
  where h.holder_id is not null or h.claimants > 1
  order by h.position nulls last, h.record_id`;

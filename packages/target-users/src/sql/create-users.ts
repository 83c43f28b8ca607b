import type { Batch } from '@rollcall/core';
import { customOf } from '../columns';

/**
 * Inserts new users in the order of the read. One whose username, e-mail or phone is taken is skipped, by the unique
 * indexes themselves, and noted as a failure that `explainFailures` then puts into words. Returns one row:
 * `lost` (how many were skipped) and `managers` (whether there are managers to set).
 *
 * `taken: 'refuse'` inserts without looking every value up first, and throws a unique violation (23505) when
 * a value is taken.
 */
export const createUsers = (batch: Batch, taken: 'skip' | 'refuse'): string => `
  with created as (
    insert into users (id, username, nickname, email, phone, status, custom)
    select resource_id, payload ->> 'username', payload ->> 'nickname', payload ->> 'email', payload ->> 'phone',
      case when payload -> 'isDisabled' = 'true' then 'disabled' else 'active' end,
      ${customOf('payload')}
    from ${batch.relation}
    where action = 'create'
    order by position nulls last, record_id
    ${taken === 'skip' ? 'on conflict do nothing' : ''}
    returning id
  ), lost as (
    insert into ${batch.failures} (record_id, code, message)
    select b.record_id, 'conflict', ''
    from ${batch.relation} b
    where b.action = 'create' and not exists (select 1 from created c where c.id = b.resource_id)
    returning record_id
  )
  select (select count(*)::int from lost) as lost,
    exists (select 1 from ${batch.relation} where action = 'create' and payload ? 'managerUid') as managers`;

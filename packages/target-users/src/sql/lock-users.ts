import type { Batch } from '@rollcall/core';

/**
 * A CTE `locked` of the batch's existing users, locked in the order of their ids: two transactions that write the same
 * people then wait for each other, and never in a circle. It runs where `LOCKED` stands.
 */
export const lockUsers = (batch: Batch): string => `locked as materialized (
    select id from users where id in (select resource_id from ${batch.relation} where action <> 'create')
    order by id for no key update
  )`;

/** SQL condition, always true: everybody is locked. */
export const LOCKED = '(select count(*) from locked) >= 0';

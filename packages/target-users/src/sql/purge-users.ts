import type { Purge } from '@rollcall/core';

/** Removes users for good. Whoever had one of them as manager has none; their statements wait for the uid again. */
export const purgeUsers = ({ relation, referrers }: Purge): string => `
  with removed as (
    delete from users u using ${relation} p where u.id = p.id
  ), freed as (
    update users u set manager_id = null
    from ${relation} p
    where u.manager_id = p.id and not exists (select 1 from ${relation} q where q.id = u.id)
    returning u.id
  )
  insert into ${referrers} (data_type, resource_id) select 'user', id from freed`;

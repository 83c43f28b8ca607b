import type { Batch } from '@rollcall/core';
import { LOCKED, lockUsers } from './lock-users';

/** Soft-deletes. Runs before everything else of a batch, so that names become free. */
export const deleteUsers = (batch: Batch): string => `
  with ${lockUsers(batch)}
  update users u
  set deleted_at = now(), updated_at = now()
  from ${batch.relation} b
  where b.action = 'delete' and u.id = b.resource_id and u.deleted_at is null and ${LOCKED}`;

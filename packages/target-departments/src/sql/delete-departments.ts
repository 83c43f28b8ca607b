import type { Batch } from '@rollcall/core';

/** Soft-deletes. Children and memberships stay as stated: while the department is deleted they are read without it. */
export const deleteDepartments = (batch: Batch): string => `
  update departments d
  set deleted_at = now(), updated_at = now()
  from ${batch.relation} b
  where b.action = 'delete' and d.id = b.resource_id and d.deleted_at is null`;

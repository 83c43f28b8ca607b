import type { DepartmentRecord } from '@rollcall/core';
import type { WecomDepartment } from './departments';
import type { Scope } from './scope';

/** WeCom puts the largest order first, Rollcall the smallest. */
const LARGEST_ORDER = 2 ** 32 - 1;

/**
 * A department as a record. What the secret may not read is absent. `idsOnly`: nothing better than the id will be known, so
 * that is the title.
 */
export function departmentRecord(department: WecomDepartment, scope: Scope, idsOnly = false): DepartmentRecord {
  const { id, name, name_en: nameEn, department_leader: leaders, order } = department;
  const title = name ?? (idsOnly ? String(id) : undefined);
  return {
    uid: String(id),
    ...(title !== undefined && { title }),
    ...parentOf(department, scope),
    ...(order !== undefined && { sort: LARGEST_ORDER - order }),
    ...(leaders && { ownerUids: [...leaders] }),
    ...(nameEn !== undefined && { nameEn }),
  };
}

/**
 * A parent that is not visible is named all the same: while nobody knows it the department is a root, and a visible range
 * that was narrowed does not take the tree apart. Above a chosen department there is nothing.
 */
function parentOf({ parentid }: WecomDepartment, scope: Scope): Pick<DepartmentRecord, 'parentUid'> {
  return { parentUid: parentid === 0 || !scope.has(parentid) ? null : String(parentid) };
}

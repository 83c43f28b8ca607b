import type { DepartmentRecord, KnownRecords } from '@rollcall/core';
import type { WecomDepartment } from './departments';
import type { Scope } from './scope';
import type { Readers } from './view';

/** WeCom puts the largest order first, Rollcall the smallest. */
const LARGEST_ORDER = 2 ** 32 - 1;

/**
 * A department as a record. What the secret may not read is absent. `unnamed`: nobody knows a
 * better title than the id, so that is it.
 */
export function departmentRecord(
  department: WecomDepartment,
  scope: Scope,
  unnamed: ReadonlySet<number> = new Set(),
): DepartmentRecord {
  const { id, name, name_en: nameEn, department_leader: leaders, order } = department;
  const title = name ?? (unnamed.has(id) ? String(id) : undefined);
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

/**
 * Departments that nobody can name: whoever reads ids only leaves a title alone that Rollcall has already, be it one from a
 * time when names could be read.
 */
export async function unnamedOf(
  context: KnownRecords,
  { details }: Readers,
  departments: readonly WecomDepartment[],
): Promise<ReadonlySet<number>> {
  if (details) return new Set();
  const uids = departments.map(({ id }) => String(id));
  const titled = await context.known('department', uids);
  return new Set(departments.flatMap(({ id }) => (titled.has(String(id)) ? [] : [id])));
}

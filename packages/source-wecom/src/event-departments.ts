import type { DepartmentRecord, KnownRecords } from '@rollcall/core';
import type { WecomClient } from './client';
import { getDepartment, listDepartmentIds, listDepartments, type WecomDepartment } from './departments';
import { errcodeOf, NO_DEPARTMENT, UNSEEN } from './errors';
import type { Wanted } from './hints';
import { departmentRecord, unnamedOf } from './map-department';
import { inParallel } from './parallel';
import type { Scope } from './scope';
import type { Readers } from './view';

/** More than so many are looked up in the list of all. */
const ONE_BY_ONE = 20;

/** The parent of the root. */
const ROOT_PARENT = 0;

/** What became of a department: as it is now, or the code with which WeCom refuses to show it. */
type Found = WecomDepartment | number;

/**
 * Departments as they are now, with those above them: of two that moved, one may be below the other only since that moved, of
 * which another callback tells later. One is gone when contacts sync, which sees the whole company, does not list it any more; without
 * contacts sync, when a callback said so and WeCom does not know it. Of others nothing is said.
 */
export async function readDepartmentHints(
  context: KnownRecords,
  readers: Readers,
  wanted: Wanted['departments'],
  scope: Scope,
): Promise<DepartmentRecord[]> {
  const { details, contacts } = readers;
  const ids = [...wanted.keys()];
  const found = details ? await describe(details, ids) : new Map<number, Found>();
  const lost = ids.filter((id) => typeof (found.get(id) ?? 0) === 'number');
  const listed = lost.length > 0 && contacts && contacts !== details ? await listDepartmentIds(contacts) : undefined;
  const exists = listed && new Map(listed.map((department) => [department.id, department]));

  const now = wayUp(ids, (id) => {
    const known = found.get(id);
    return typeof known === 'object' ? known : details ? undefined : exists?.get(id);
  });
  const gone = lost.filter((id) =>
    exists ? !exists.has(id) : wanted.get(id)?.removed === true && NO_DEPARTMENT.has(found.get(id) as number),
  );
  const unnamed = await unnamedOf(context, readers, now);
  return [
    ...now.filter(({ id }) => scope.has(id)).map((department) => departmentRecord(department, scope, unnamed)),
    ...gone.map((id) => ({ uid: String(id), isDeleted: true })),
  ];
}

/** Departments and all above them, as far as they are known. Each once. */
function wayUp(ids: readonly number[], departmentOf: (id: number) => WecomDepartment | undefined): WecomDepartment[] {
  const way = new Map<number, WecomDepartment>();
  for (const id of ids) {
    for (let at = departmentOf(id); at && !way.has(at.id); at = departmentOf(at.parentid)) way.set(at.id, at);
  }
  return [...way.values()];
}

async function describe(details: WecomClient, ids: readonly number[]): Promise<Map<number, Found>> {
  const found = new Map<number, Found>();
  if (ids.length > ONE_BY_ONE) {
    for (const department of await listDepartments(details)) found.set(department.id, department);
  }
  for (let rest = ids.filter((id) => !found.has(id)); rest.length > 0; rest = parentsBeyond(found)) {
    for await (const [id, department] of inParallel(rest, details.concurrency, (id) => look(details, id))) {
      found.set(id, department);
    }
  }
  return found;
}

/** Parents that were not asked for yet. */
function parentsBeyond(found: ReadonlyMap<number, Found>): number[] {
  const parents = [...found.values()].flatMap((each) => (typeof each === 'object' ? each.parentid : []));
  return [...new Set(parents)].filter((id) => id !== ROOT_PARENT && !found.has(id));
}

async function look(details: WecomClient, id: number): Promise<[number, Found]> {
  try {
    return [id, await getDepartment(details, id)];
  } catch (error) {
    const errcode = errcodeOf(error);
    if (errcode === undefined || !UNSEEN.has(errcode)) throw error;
    return [id, errcode];
  }
}

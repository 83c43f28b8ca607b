import { type Answer, isAnswer, listOf } from './answer';
import type { WecomClient } from './client';
import { errcodeOf, isTooLarge, NO_DEPARTMENT, strangeAnswer } from './errors';
import { inParallel } from './parallel';

/** A department as WeCom describes it; with the ids alone, `name` and the leaders are not there. */
export interface WecomDepartment {
  id: number;
  /** 0: the root of the company. May name a department that is not visible. */
  parentid: number;
  name?: string;
  name_en?: string;
  department_leader?: readonly string[];
  /** 0 to 2^32 − 1; the larger comes first. */
  order?: number;
}

/** The department of the company itself. */
export const ROOT = 1;

/** Every department that the secret may see, with its name. */
export async function listDepartments(client: WecomClient): Promise<WecomDepartment[]> {
  const path = 'department/list';
  try {
    return listOf(await client.get(path), 'department', path).map((item) => readDepartment(item, path));
  } catch (error) {
    if (!isTooLarge(error)) throw error;
  }
  const departments: WecomDepartment[] = [];
  const ids = (await listDepartmentIds(client)).map(({ id }) => id);
  for await (const department of inParallel(ids, client.concurrency, (id) => getListed(client, id))) {
    if (department) departments.push(department);
  }
  return departments;
}

/** Every department that the secret may see, by id, parent and place alone. Contacts sync sees the whole company. */
export async function listDepartmentIds(client: WecomClient): Promise<WecomDepartment[]> {
  const path = 'department/simplelist';
  return listOf(await client.get(path), 'department_id', path).map((item) => readDepartment(item, path));
}

export async function getDepartment(client: WecomClient, id: number): Promise<WecomDepartment> {
  const path = 'department/get';
  const { department } = await client.get(path, { id });
  if (!isAnswer(department)) throw strangeAnswer('bad_answer', 'WeCom answered without the department', path);
  return readDepartment(department, path);
}

/** Undefined: deleted since it was listed. */
async function getListed(client: WecomClient, id: number): Promise<WecomDepartment | undefined> {
  try {
    return await getDepartment(client, id);
  } catch (error) {
    if (NO_DEPARTMENT.has(errcodeOf(error) ?? 0)) return undefined;
    throw error;
  }
}

function readDepartment(item: Answer, path: string): WecomDepartment {
  const { id, parentid, name, name_en: nameEn, department_leader: leaders, order } = item;
  if (!isId(id)) throw strangeAnswer('bad_answer', 'WeCom answered with a department that has no id', path);
  return {
    id,
    parentid: isId(parentid) ? parentid : 0,
    ...(isText(name) && { name }),
    ...(isText(nameEn) && { name_en: nameEn }),
    ...(Array.isArray(leaders) && { department_leader: leaders.filter(isText) }),
    ...(typeof order === 'number' && Number.isFinite(order) && { order }),
  };
}

export const isId = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

export const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

import type { FieldDifference } from '@rollcall/core';
import type { Pool } from '../database/postgres';
import { uidsIn } from './reference-uids';
import type { TaskRow } from './task-row';

/** Uid of a department → its title. */
export type DepartmentTitles = Record<string, string>;

/** Fields that name departments: of a user, and of a department its parent. */
const FIELDS: ReadonlySet<string> = new Set(['departments', 'parentUid']);

/** Uids of the departments that a change names, before or afterwards. */
export function namedDepartments(diff: readonly FieldDifference[]): string[] {
  return diff
    .filter(({ field }) => FIELDS.has(field))
    .flatMap(({ before, after }) => [...uidsIn(before), ...uidsIn(after)]);
}

/** What a source calls departments. */
export async function titlesIn(pool: Pool, sourceId: number, uids: readonly string[]): Promise<DepartmentTitles> {
  if (uids.length === 0) return {};
  const { rows } = await pool.query<{ uid: string; title: string }>(KNOWN, [sourceId, uids]);
  return Object.fromEntries(rows.map(({ uid, title }) => [uid, title]));
}

/** Those of the titles that the differences name; undefined: none. */
export function titlesFor(diff: readonly FieldDifference[], titles: DepartmentTitles): DepartmentTitles | undefined {
  const mentioned = new Set(namedDepartments(diff));
  const own = Object.entries(titles).filter(([uid]) => mentioned.has(uid));
  return own.length > 0 ? Object.fromEntries(own) : undefined;
}

/** What the task's source calls departments: as it said so far, or as it would be once a held plan is applied. */
export async function departmentTitles(
  pool: Pool,
  { id, source_id, status, staging }: TaskRow,
  uids: readonly string[],
): Promise<DepartmentTitles> {
  if (uids.length === 0 || source_id === null) return {};
  if (status !== 'held') return titlesIn(pool, source_id, uids);
  const { rows } = await pool.query<{ uid: string; title: string }>(`${KNOWN} union all ${stagedIn(staging)}`, [
    source_id,
    uids,
    id,
  ]);
  return Object.fromEntries(rows.map(({ uid, title }) => [uid, title]));
}

/** $1 source, $2 uids. */
const KNOWN = `
  select uid, payload ->> 'title' as title from records
  where source_id = $1 and data_type = 'department' and uid = any ($2::text[]) and payload ->> 'title' is not null`;

/** $2 uids, $3 task. */
const stagedIn = (staging: string): string => `
  select uid, payload ->> 'title' from ${staging}
  where task_id = $3 and data_type = 'department' and uid = any ($2::text[]) and payload ->> 'title' is not null`;

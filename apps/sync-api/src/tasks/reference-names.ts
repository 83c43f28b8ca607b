import type { FieldDifference } from '@rollcall/core';
import type { Pool } from '../database/postgres';
import { uidsIn } from './reference-uids';
import type { TaskRow } from './task-row';

/** What somebody or something is called, by uid or by number. */
export type Names = Record<string, string>;

/** What they are called whom differences name; a kind of which none is named is left out. */
export interface ReferenceNames {
  /** By uid of the source. */
  departmentTitles?: Names;
  /** By uid of the source. */
  peopleNames?: Names;
  /** By number: whom the source does not know. */
  userNames?: Names;
}

type Kind = keyof ReferenceNames;
const KINDS = ['departmentTitles', 'peopleNames', 'userNames'] as const satisfies readonly Kind[];

/** Fields of users and departments that name others by their uids. */
const NAMING: ReadonlyMap<string, Kind> = new Map([
  ['departments', 'departmentTitles'],
  ['parentUid', 'departmentTitles'],
  ['managerUid', 'peopleNames'],
  ['ownerUids', 'peopleNames'],
]);

/** Whom differences name, by kind. */
export type References = Readonly<Record<Kind, ReadonlySet<string>>>;

/** Whom the differences name, before or afterwards. */
export function referencesOf(diff: readonly FieldDifference[]): References {
  const references = {
    departmentTitles: new Set<string>(),
    peopleNames: new Set<string>(),
    userNames: new Set<string>(),
  };
  for (const { field, before, after } of diff) {
    const kind = NAMING.get(field);
    if (!kind) continue;
    for (const value of [before, after]) {
      for (const uid of uidsIn(value)) references[kind].add(uid);
      const number = numberOf(value);
      if (number !== undefined) references.userNames.add(number);
    }
  }
  return references;
}

/** What a source, and the directory, call them; of the task whose plan is held also what its read calls them. */
export async function namesOf(
  pool: Pool,
  sourceId: number | null,
  { departmentTitles, peopleNames, userNames }: References,
  held?: Pick<TaskRow, 'id' | 'staging'>,
): Promise<ReferenceNames> {
  const uids = sourceId === null ? 0 : departmentTitles.size + peopleNames.size;
  if (uids + userNames.size === 0) return {};
  const { rows } = await pool.query<{ kind: Kind; key: string; name: string }>(
    held ? `${KNOWN} union all ${stagedIn(held.staging)}` : KNOWN,
    [sourceId, [...departmentTitles], [...peopleNames], [...userNames], ...(held ? [held.id] : [])],
  );
  const names: ReferenceNames = {};
  for (const { kind, key, name } of rows) (names[kind] ??= {})[key] = name;
  return names;
}

/** Those of the names that the differences use. */
export function namesFor(diff: readonly FieldDifference[], names: ReferenceNames): ReferenceNames {
  const used = referencesOf(diff);
  return Object.fromEntries(
    KINDS.flatMap((kind) => {
      const own = Object.entries(names[kind] ?? {}).filter(([key]) => used[kind].has(key));
      return own.length > 0 ? [[kind, Object.fromEntries(own)]] : [];
    }),
  );
}

/** Of somebody who is named by number, like the manager whom only another source knows. */
function numberOf(value: unknown): string | undefined {
  const named = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return typeof named === 'number' ? String(named) : undefined;
}

const TITLE = `payload ->> 'title'`;
const NICKNAME = `coalesce(payload ->> 'nickname', payload ->> 'username')`;

/** $1 source, $2 uids of departments, $3 uids of people, $4 numbers of users. */
const KNOWN = `
  select 'departmentTitles' as kind, uid as key, ${TITLE} as name from records
  where source_id = $1 and data_type = 'department' and uid = any ($2::text[]) and ${TITLE} is not null
  union all
  select 'peopleNames', uid, ${NICKNAME} from records
  where source_id = $1 and data_type = 'user' and uid = any ($3::text[]) and ${NICKNAME} is not null
  union all
  select 'userNames', id::text, nickname from users where id = any ($4::int[]) and nickname is not null`;

/** As KNOWN; $5 task. What it says of what KNOWN knows, too, comes after that. */
const stagedIn = (staging: string): string => `
  select 'departmentTitles', uid, ${TITLE} from ${staging}
  where task_id = $5 and data_type = 'department' and uid = any ($2::text[]) and ${TITLE} is not null
  union all
  select 'peopleNames', uid, ${NICKNAME} from ${staging}
  where task_id = $5 and data_type = 'user' and uid = any ($3::text[]) and ${NICKNAME} is not null`;

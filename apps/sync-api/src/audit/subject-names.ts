import type { Pool } from '../database/postgres';

/** Kind of a subject → SQL: what one of its kind with the id `s.id` is called. The audit names no people of the directory. */
const NAMES: Readonly<Record<string, string>> = {
  source: 'select display_name from sources x where x.id = s.id',
  target: 'select name from targets x where x.id = s.id',
  admin: 'select username from admins x where x.id = s.id',
  api_key: 'select name from api_keys x where x.id = s.id',
  department: 'select title from departments x where x.id = s.id',
};

const LOOKED_UP = `
  select s.kind || ':' || s.id as subject, case s.kind ${Object.entries(NAMES)
    .map(([kind, sql]) => `when '${kind}' then (${sql})`)
    .join(' ')} end as name
  from unnest($1::text[], $2::bigint[]) s (kind, id)`;

/**
 * What subjects are called now, by what stands in them: of `department:7/user:5` the department. Users and tasks have no name, nor what is gone.
 */
export async function subjectNames(pool: Pool, subjects: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const parts = [...new Set(subjects.flatMap((subject) => subject.split('/')))].flatMap((part) => {
    const [, kind, id] = /^([a-z_]+):([1-9]\d{0,14})$/.exec(part) ?? [];
    return kind !== undefined && kind in NAMES ? [{ kind, id }] : [];
  });
  if (parts.length === 0) return new Map();
  const { rows } = await pool.query<{ subject: string; name: string | null }>(LOOKED_UP, [
    parts.map(({ kind }) => kind),
    parts.map(({ id }) => id),
  ]);
  return new Map(rows.flatMap(({ subject, name }) => (name === null ? [] : [[subject, name] as const])));
}

import type { FieldDifference } from '@rollcall/core';
import type { PoolClient } from '../database/postgres';

const nameOf = (parameter: string): string =>
  `(select coalesce(nickname, username, email, phone, id::text) from users where id = ${parameter}::bigint)`;

/** Who is somebody's manager, before and after: people read names. */
const MANAGERS = `select ${nameOf('$1')} as before, ${nameOf('$2')} as after`;

/** Ids of managers as a difference of names. */
export async function managerDifference(
  client: PoolClient,
  before: number | null,
  after: number | null,
): Promise<FieldDifference> {
  const { rows } = await client.query<{ before: string | null; after: string | null }>(MANAGERS, [before, after]);
  return { field: 'managerUid', before: rows[0]?.before ?? null, after: rows[0]?.after ?? null };
}

/** Keeps the values that a hand changed beside the entry of the audit, which holds none. */
export async function keepHandEdit(
  client: PoolClient,
  auditId: number,
  diff: readonly FieldDifference[],
): Promise<void> {
  if (diff.length === 0) return;
  await client.query('insert into hand_edits (audit_id, diff) values ($1, $2)', [auditId, JSON.stringify(diff)]);
}

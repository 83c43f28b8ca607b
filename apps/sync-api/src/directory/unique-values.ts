import type { Pool } from '../database/postgres';
import { refusal } from '../http/refusals';

export const UNIQUE_FIELDS = ['username', 'email', 'phone'] as const;
export type UniqueField = (typeof UNIQUE_FIELDS)[number];

export const isUniqueField = (name: string): name is UniqueField => UNIQUE_FIELDS.some((field) => field === name);

/** Values that are about to be written. */
export type UniqueValues = Partial<Record<UniqueField, string | null>>;

type Holder = { id: number } & Record<UniqueField, boolean | null>;

/**
 * When a unique index of `users` refused a row: the error that names every value that is taken and who holds it, by
 * id. Any other error, and one whose holder has gone in the meantime, is given back as it is.
 *
 * @param own the user who was to get the values; null: a new one.
 */
export async function explainTaken(
  error: unknown,
  pool: Pool,
  values: UniqueValues,
  own: number | null,
): Promise<unknown> {
  if (!isTaken(error)) return error;
  const { rows } = await pool.query<Holder>(
    `select id, lower(username) = lower($1) as username, lower(email) = lower($2) as email,
       lower(phone) = lower($3) as phone
     from users
     where deleted_at is null and id is distinct from $4
       and (lower(username) = lower($1) or lower(email) = lower($2) or lower(phone) = lower($3))
     order by id`,
    [...UNIQUE_FIELDS.map((field) => values[field] ?? null), own],
  );
  const taken = UNIQUE_FIELDS.flatMap((field) => {
    const holder = rows.find((row) => row[field]);
    return holder ? [{ field, userId: holder.id }] : [];
  });
  if (taken.length === 0) return error;
  const errors = taken.map(({ field, userId }) => ({
    pointer: `/${field}`,
    code: `${field}_taken`,
    message: `is already used by user ${userId}`,
    holder: userId,
  }));
  return refusal('values_taken', { taken }, errors);
}

function isTaken(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === '23505' &&
    'constraint' in error &&
    UNIQUE_FIELDS.some((field) => error.constraint === `users_${field}`)
  );
}

import { type Batch, RollcallError, type SqlRunner, type TableTargetContext } from '@rollcall/core';
import { createUsers } from './sql/create-users';
import { deleteUsers } from './sql/delete-users';
import { explainFailures } from './sql/explain-failures';
import { type Claim, findClaims } from './sql/find-claims';
import { setManagers } from './sql/set-managers';
import { updateUsers } from './sql/update-users';
import { VACATE } from './sql/vacate';
import { settleClaims } from './settle-claims';

/** For so few a savepoint is not worth its round trip. */
const FEW = 1_000;

/**
 * Applies a batch of user changes: a handful of statements, however many changes. What leaves comes first, so that its
 * names are free; then existing users, whose collisions are settled before writing; then new ones, where the unique
 * indexes decide; managers last, when everybody is there.
 */
export async function applyUsers(batch: Batch, { sql }: TableTargetContext): Promise<void> {
  const { create = 0, delete: deletes = 0 } = batch.actions;
  let managers = false;
  if (deletes > 0) await sql.query(deleteUsers(batch));
  if (batch.size > create + deletes) {
    await settle(batch, sql);
    managers = (await sql.one<{ managers: boolean }>(updateUsers(batch))).managers;
  }
  if (create > 0) {
    const created = await createAll(batch, sql);
    managers ||= created.managers;
    if (created.lost > 0) await explain(batch, sql);
  }
  if (managers) await sql.query(setManagers(batch));
}

interface Created {
  lost: number;
  managers: boolean;
}

/** Many new people are inserted on trust first: almost always nobody's name is taken. */
async function createAll(batch: Batch, sql: SqlRunner): Promise<Created> {
  if (batch.size > FEW) {
    await sql.query('savepoint creates');
    try {
      return await sql.one<Created>(createUsers(batch, 'refuse'));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      await sql.query('rollback to savepoint creates');
    }
  }
  return sql.one<Created>(createUsers(batch, 'skip'));
}

const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505';

async function settle(batch: Batch, sql: SqlRunner): Promise<void> {
  const claims = await sql.query<Claim>(findClaims(batch));
  if (claims.length === 0) return;
  const { losers, vacating } = settleClaims(claims);
  if (losers.length > 0) {
    await sql.query(
      `insert into ${batch.failures} (record_id, code, field, message)
       select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[])`,
      [
        losers.map((claim) => claim.record_id),
        losers.map((claim) => `${claim.field}_taken`),
        losers.map((claim) => claim.field),
        losers.map(
          (claim) =>
            `The ${claim.field} is already used by user ${claim.holder_id}. Change it in the source, or change or release it there.`,
        ),
      ],
    );
  }
  if (Object.values(vacating).some((ids) => ids.length > 0)) {
    await sql.query(VACATE, [vacating.username, vacating.email, vacating.phone]);
  }
}

async function explain(batch: Batch, sql: SqlRunner): Promise<void> {
  const result = await sql.one<{ unexplained: number }>(explainFailures(batch));
  if (result.unexplained > 0) {
    // The holder vanished between two statements (another transaction): the whole batch is simply tried again.
    throw new RollcallError(
      'unavailable',
      'A unique value changed hands while the batch was applied; it is tried again.',
    );
  }
}

/** Any unique index here that may refuse a row because another transaction was faster. */
const RACED_INDEXES: readonly unknown[] = ['memberships_main', 'users_username', 'users_email', 'users_phone'];

/** Postgres ended a transaction only because of another one: a deadlock, or a unique value that was just written. */
function lostARace(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  if (error.code === '40P01' || error.code === '40001') return true;
  return error.code === '23505' && 'constraint' in error && RACED_INDEXES.includes(error.constraint);
}

const ATTEMPTS = 4;

/** Runs a transaction again that failed because another one was faster. */
export async function retryRaces<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === ATTEMPTS || !lostARace(error)) throw error;
    }
  }
}

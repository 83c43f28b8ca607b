import type { Pool } from '../database/postgres';
import { abortReason } from './foreign-code';
import type { SqlSession } from './sql-session';

/**
 * Runs work whose statement is broken off in Postgres when the signal is aborted, however long it would have taken. Throws
 * the signal's reason then. What is aborted between two statements runs on: its caller asks again before anything follows.
 */
export async function breakOff<T>(
  pool: Pool,
  sql: SqlSession,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { pid } = await sql.one<{ pid: number }>('select pg_backend_pid() as pid');
  let breaking: Promise<unknown> | undefined;
  const stop = (): void => void (breaking = pool.query('select pg_cancel_backend($1)', [pid]));
  signal.addEventListener('abort', stop);
  try {
    return await work();
  } catch (error) {
    throw signal.aborted ? abortReason(signal) : error;
  } finally {
    signal.removeEventListener('abort', stop);
    // Waited for, so that it cannot meet what the connection does next. If Postgres is away the work has failed by itself.
    await Promise.allSettled([breaking]);
  }
}

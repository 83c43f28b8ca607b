import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { RollcallError, type SqlRunner } from '@rollcall/core';
import type { Pool, PoolClient } from '../database/postgres';

/** A statement's text → the name under which Postgres keeps it. */
const names = new Map<string, string>();

function statementName(text: string): string {
  let name = names.get(text);
  if (!name) names.set(text, (name = `rollcall_${hash('sha1', text, 'hex')}`));
  return name;
}

/** The row of a statement that always returns one. */
export function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new RollcallError('internal', 'A statement that always returns a row returned none.');
  return row;
}

export interface SqlSessionOptions {
  /**
   * Keep the statements prepared on the connection: planning would cost a small push more than running. Work of any
   * other size wants plans made for its own numbers.
   */
  prepared: boolean;
}

/** One connection that runs the engine's SQL. */
export class SqlSession implements SqlRunner {
  constructor(
    private readonly client: PoolClient,
    private readonly options: SqlSessionOptions,
    /** Nobody runs this transaction again when it collides with another one. */
    readonly lastTry: boolean,
  ) {}

  async query<Row = Record<string, unknown>>(text: string, parameters: unknown[] = []): Promise<Row[]> {
    const query = { text, values: parameters };
    const result = await this.client.query(this.options.prepared ? { ...query, name: statementName(text) } : query);
    return result.rows as Row[];
  }

  async one<Row = Record<string, unknown>>(text: string, parameters: unknown[] = []): Promise<Row> {
    return only(await this.query<Row>(text, parameters));
  }

  /** Runs without preparing: utility statements, and text that is made for one task only. */
  async execute(text: string): Promise<void> {
    await this.client.query(text);
  }

  /**
   * Statistics for what was just filled: without them Postgres joins row by row. Of a tenth of the usual sample, which
   * says enough about sizes and keys and takes a tenth of the time.
   */
  async analyze(relations: string): Promise<void> {
    await this.execute(`set local default_statistics_target = 10; analyze ${relations}`);
  }

  /** The connection itself, for COPY. */
  get connection(): PoolClient {
    return this.client;
  }
}

/** SQLSTATEs after which the same transaction may simply be run again. */
const RETRYABLE_STATES = new Set([
  '40001', // serialization_failure
  '40P01', // deadlock_detected
  '23505', // unique_violation: somebody else's commit came between the check and the write
]);

const TRANSACTION_TRIES = 6;
/** Before the second try, in milliseconds; doubled before every further one. */
const FIRST_PAUSE = 20;

/** Whether running the same transaction once more may succeed. */
export function isPassingConflict(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return RETRYABLE_STATES.has(String(error.code)) || error.code === 'unavailable';
}

/**
 * Runs `work` in a transaction on a connection of its own, again when it collides with another transaction: after a
 * growing pause of random length, so that two that collided do not meet again.
 */
export async function inTransaction<T>(
  pool: Pool,
  options: SqlSessionOptions,
  work: (sql: SqlSession) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const lastTry = attempt === TRANSACTION_TRIES;
    try {
      return await once(pool, (client) => work(new SqlSession(client, options, lastTry)));
    } catch (error) {
      if (lastTry || !isPassingConflict(error)) throw error;
      await sleep(FIRST_PAUSE * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }
}

async function once<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is not given back to the pool.
    await client.query('rollback').catch((rollbackError: unknown) => {
      broken = rollbackError instanceof Error ? rollbackError : new Error('The rollback failed.');
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

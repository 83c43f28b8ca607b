import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { RollcallError, type SqlRunner } from '@rollcall/core';
import type { Pool, PoolClient, QueryResult } from '../database/postgres';

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

/** One connection that runs the engine's SQL, in a transaction. */
export class SqlSession implements SqlRunner {
  private readonly sent: Promise<unknown>[] = [];
  private readonly takingBack: (() => Promise<void>)[] = [];

  constructor(
    private readonly client: PoolClient,
    private readonly options: SqlSessionOptions,
    /** Nobody runs this transaction again when it collides with another one. */
    readonly lastTry: boolean,
  ) {}

  async query<Row = Record<string, unknown>>(text: string, parameters: unknown[] = []): Promise<Row[]> {
    const { rows } = await this.afterSent(this.run(text, parameters));
    return rows as Row[];
  }

  /**
   * Runs a statement whose rows nobody needs, and does not wait: on a connection with a pipeline the next one is on its way with
   * it. What it throws the next one throws.
   */
  send(text: string, parameters: unknown[] = []): void {
    this.note(this.run(text, parameters));
  }

  async one<Row = Record<string, unknown>>(text: string, parameters: unknown[] = []): Promise<Row> {
    return only(await this.query<Row>(text, parameters));
  }

  /** Runs without preparing: utility statements, and text that is made for one task only. */
  async execute(text: string): Promise<void> {
    await this.afterSent(this.client.query(text));
  }

  /** Begins the transaction, together with its first statement. */
  begin(): void {
    this.note(this.client.query('begin'));
  }

  /**
   * Statistics for what was just filled: without them Postgres joins row by row. Of a tenth of the usual sample, which
   * says enough about sizes and keys and takes a tenth of the time.
   */
  async analyze(relations: string): Promise<void> {
    await this.execute(`set local default_statistics_target = 10; analyze ${relations}`);
  }

  /** What is to be done outside of Postgres when the transaction comes to nothing. */
  onRollback(takeBack: () => Promise<void>): void {
    this.takingBack.push(takeBack);
  }

  async rolledBack(): Promise<void> {
    await Promise.all(this.takingBack.splice(0).map((takeBack) => takeBack()));
  }

  /** The connection itself, for COPY. */
  get connection(): PoolClient {
    return this.client;
  }

  private run(text: string, values: unknown[]): Promise<QueryResult> {
    return this.client.query(this.options.prepared ? { text, values, name: statementName(text) } : { text, values });
  }

  private note(running: Promise<unknown>): void {
    // Looked at by whatever comes next; until then its failure is nobody's.
    void Promise.allSettled([running]);
    this.sent.push(running);
  }

  /** They end in order, so the first that failed is told; those behind it only say that the transaction is broken. */
  private async afterSent<Result>(running: Promise<Result>): Promise<Result> {
    await Promise.all([...this.sent.splice(0), running]);
    return running;
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
      return await once(pool, (client) => new SqlSession(client, options, lastTry), work);
    } catch (error) {
      if (lastTry || !isPassingConflict(error)) throw error;
      await sleep(FIRST_PAUSE * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }
}

const isSaidByPostgres = (error: unknown): boolean => error instanceof Error && 'severity' in error;

async function once<T>(
  pool: Pool,
  sessionOf: (client: PoolClient) => SqlSession,
  work: (sql: SqlSession) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const sql = sessionOf(client);
  let broken: Error | undefined;
  let committing = false;
  try {
    sql.begin();
    const result = await work(sql);
    committing = true;
    await sql.execute('commit');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is not given back to the pool.
    await client.query('rollback').catch((rollbackError: unknown) => {
      broken = rollbackError instanceof Error ? rollbackError : new Error('The rollback failed.');
    });
    // When the connection breaks during the commit nobody knows whether it came about.
    if (!committing || isSaidByPostgres(error)) await sql.rolledBack();
    throw error;
  } finally {
    client.release(broken);
  }
}

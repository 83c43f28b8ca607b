import { Logger } from '@nestjs/common';
import pg from 'pg';

const logger = new Logger('Postgres');

// Ids are bigint in Postgres and stay far below 2^53, so they travel as numbers.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * Runs once on every new connection, before anything else on it. The three temporary tables are what a batch is made
 * of (see `Batch` in @rollcall/core); making them here keeps DDL out of every push. No JIT: compiling the long
 * expressions of a plan takes longer than running them.
 */
const sessionSetup = (onCommit: 'delete' | 'preserve'): string => `
  set temp_buffers = '64MB';
  set jit = off;
  create temporary table batch (
    record_id bigint not null, source_id bigint not null, data_type text not null, uid text not null,
    position integer, action text not null, resource_id bigint not null, payload jsonb not null, changed text[],
    version integer not null, applied_hash uuid not null, linked boolean, again boolean
  ) on commit ${onCommit} rows;
  create temporary table batch_failures (record_id bigint not null, code text not null, field text, message text not null)
    on commit ${onCommit} rows;
  create temporary table batch_waiting (record_id bigint not null, data_type text not null, uid text not null)
    on commit ${onCommit} rows;
`;

/**
 * That a process was killed in the middle of a long statement is noticed while the statement runs, where Postgres can tell, and
 * not after it: until then it holds the row of its task.
 */
export const SESSION_SETUP = `${sessionSetup('delete')}
  do $$ begin
    if version() !~* 'windows|mingw|visual c' then set client_connection_check_interval = '2s'; end if;
  end $$;
`;

/**
 * For connections that only ever touch a handful of rows, found by their keys: joins follow indexes, whatever the
 * statistics say after a bulk load, and statements are planned once. Left to itself Postgres reads whole tables for one
 * person, or plans every statement again. What a batch was made of stays until the next one takes its place: emptying three
 * tables at each commit takes longer than most statements do. So does starting helpers of Postgres, and room for as many groups as
 * a task has changes by the statistics, a million for one person after a first read.
 */
export const KEY_SESSION_SETUP = `${sessionSetup('preserve')}
  set enable_hashjoin = off;
  set enable_mergejoin = off;
  set enable_seqscan = off;
  set plan_cache_mode = force_generic_plan;
  set max_parallel_workers_per_gather = 0;
  set enable_hashagg = off;
`;

/**
 * What a pool does with every new connection before it hands it out. A connection that breaks while somebody holds it
 * fails their query, and tells itself by an event besides; without a listener that event would end the process.
 */
export async function setUpConnection(client: pg.ClientBase, setup: string): Promise<void> {
  client.on('error', (error: Error) => logger.warn({ err: error }, 'A connection to Postgres broke'));
  await client.query(setup);
}

/** Nothing vacuums temporary tables, so what was deleted from them is read over again and again; a new connection has none. */
const KEY_CONNECTION_USES = 2_000;
/** A new connection plans the statements of a push anew, which takes longer than the push. */
const KEY_CONNECTION_IDLE_MS = 10 * 60_000;

/**
 * The pool for small pushes. Few connections do: pushes of one source take turns anyway. Half of the time of such a push goes by
 * between its statements, so those that need not wait for an answer are sent with the next one.
 */
export function keyPool(connectionString: string): Pool {
  const pool = new pg.Pool({
    connectionString,
    application_name: 'rollcall push',
    max: 6,
    pipeline: true,
    maxUses: KEY_CONNECTION_USES,
    idleTimeoutMillis: KEY_CONNECTION_IDLE_MS,
    // eslint-disable-next-line @typescript-eslint/no-misused-promises -- pg-pool waits for it; its types do not say so
    onConnect: (client) => setUpConnection(client, KEY_SESSION_SETUP),
  });
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

export type Pool = pg.Pool;
export type PoolClient = pg.PoolClient;
export type QueryResult = pg.QueryResult;

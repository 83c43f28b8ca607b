import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** Any number that only this use of advisory locks has. */
const TEMPLATE_LOCK = 7_301_099;

export interface TestDatabase {
  url: string;
  /** Removes the database; fails when the test left a connection open. */
  drop(): Promise<void>;
}

/** A fresh database for one spec file: empty, or a copy of the database `template`. */
export async function createTestDatabase(template = 'template1'): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer((client) => client.query(`create database ${name} template ${template}`));
  return {
    url: urlOf(name),
    drop: () =>
      onServer(async (client) => {
        const left = await leftConnections(client, name);
        await client.query(`drop database ${name} with (force)`);
        if (left.length > 0)
          throw new Error(`The test left ${left.length} connections open; last on them: ${left.join('; ')}`);
      }),
  };
}

/**
 * The name of a database that `fill` made what it is, once for all spec files of a run. On a server that outlives the run
 * (ROLLCALL_TEST_DATABASE_URL of the caller) each gets an empty one instead.
 */
export async function templateDatabase(fill: (url: string) => Promise<void>): Promise<string | undefined> {
  const name = process.env['ROLLCALL_TEST_TEMPLATE'];
  if (!name) return undefined;
  await onServer(async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const made = await client.query('select from pg_database where datname = $1', [name]);
    if (made.rowCount) return;
    await client.query(`create database ${name}_unfinished`);
    await fill(urlOf(`${name}_unfinished`));
    await client.query(`alter database ${name}_unfinished rename to ${name}`);
  });
  return name;
}

/** What open connections did last. A connection that was closed just now needs a moment to go. */
async function leftConnections(client: Client, database: string): Promise<string[]> {
  for (let attempt = 1; ; attempt++) {
    const { rows } = await client.query<{ query: string }>('select query from pg_stat_activity where datname = $1', [
      database,
    ]);
    if (rows.length === 0 || attempt === 20) return rows.map(({ query }) => query);
    await sleep(100);
  }
}

async function onServer<T>(work: (client: Client) => Promise<T>): Promise<void> {
  const client = new Client(serverUrl());
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(database: string): string {
  return serverUrl().replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${database}`);
}

function serverUrl(): string {
  const url = process.env['ROLLCALL_TEST_DATABASE_URL'];
  if (!url) throw new Error('ROLLCALL_TEST_DATABASE_URL is not set: run the tests with "npm test -- <path>".');
  return url;
}

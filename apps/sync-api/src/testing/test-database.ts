import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

export interface TestDatabase {
  url: string;
  /** Removes the database; fails when the test left a connection open. */
  drop(): Promise<void>;
}

/** A fresh, empty database for one spec file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer((client) => client.query(`create database ${name}`));
  return {
    url: serverUrl().replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${name}`),
    drop: () =>
      onServer(async (client) => {
        const left = await leftConnections(client, name);
        await client.query(`drop database ${name} with (force)`);
        if (left.length > 0)
          throw new Error(`The test left ${left.length} connections open; last on them: ${left.join('; ')}`);
      }),
  };
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

function serverUrl(): string {
  const url = process.env['ROLLCALL_TEST_DATABASE_URL'];
  if (!url) throw new Error('ROLLCALL_TEST_DATABASE_URL is not set: run the tests with "npm test -- <path>".');
  return url;
}

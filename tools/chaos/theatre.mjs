// One product of its own for one scenario: Postgres, Redis, an API process, workers, and the company as its source.
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { signIn, startServers } from '../service-process.mjs';
import { addSlowSteps } from './slow-steps.mjs';

const PACKAGE = 'rollcall-source-company';
const MANIFEST = {
  name: PACKAGE,
  version: '1.0.0',
  main: 'index.cjs',
  rollcall: { contract: 1, adapters: [{ kind: 'source', id: 'company' }] },
};
/** A lease runs for 15 s, tries are 2 s and 10 s apart; the rest is room for a busy machine. */
const ENDS_WITHIN_MS = 120_000;

/** No limit holds anything here: the rounds are about being killed. */
const NO_LIMIT = { count: 1_000_000, percent: 100 };
const LIMITS = { deletes: NO_LIMIT, disables: NO_LIMIT, memberships: NO_LIMIT, cleared: NO_LIMIT };

export async function openTheatre() {
  const servers = await startServers();
  const home = join(servers.folder, 'home');
  const installed = join(home, 'adapters', 'node_modules', PACKAGE);
  mkdirSync(installed, { recursive: true });
  cpSync(fileURLToPath(new URL('company-source', import.meta.url)), installed, { recursive: true });
  writeFileSync(join(installed, 'package.json'), JSON.stringify(MANIFEST));
  const env = { ROLLCALL_HOME: home, ROLLCALL_ADAPTERS: PACKAGE, LOG_LEVEL: 'warn' };
  const api = await servers.start({ ...env, ROLLCALL_ROLE: 'api' });
  const call = await signIn(api.url);
  const database = new Database(() => servers.databaseUrl());
  await database.use((client) => addSlowSteps(client));
  const file = join(servers.folder, 'company.json');
  const source = await call('POST', '/api/sources', {
    name: 'company',
    type: 'company',
    options: { file },
    policies: { limits: LIMITS },
  });
  if (source.status !== 201) throw new Error(`The source was not made: ${JSON.stringify(source.body)}`);

  return {
    servers,
    database,
    startWorker: () => servers.start({ ...env, ROLLCALL_ROLE: 'worker' }),
    /** The company says something new from now on; `pageMs`: how long it takes for a page. */
    play: (version, pageMs = 0) => writeFileSync(file, JSON.stringify({ version, pageMs })),
    /** Presses Sync; returns the id of the task. Tries again while a server is away. */
    sync: async () => {
      for (let attempt = 1; ; attempt++) {
        const { status, body } = await call('POST', `/api/sources/${source.body.id}/sync`, {}).catch((error) => ({
          status: 0,
          body: String(error),
        }));
        if (status === 202) return body.id;
        if (attempt === 50) throw new Error(`The sync was not taken: ${status} ${JSON.stringify(body)}`);
        await sleep(200);
      }
    },
    untilRunning: (id) =>
      database.until((client) => hasStatus(client, id, ['running']), ENDS_WITHIN_MS, `task ${id} runs`),
    untilEnded: async (id) => {
      const over = ['held', 'succeeded', 'partially_succeeded', 'failed', 'cancelled'];
      await database.until((client) => hasStatus(client, id, over), ENDS_WITHIN_MS, `task ${id} ends`);
      return database.use(async (client) => (await client.query('select * from tasks where id = $1', [id])).rows[0]);
    },
    close: async () => {
      await database.close();
      await servers.stop();
    },
  };
}

async function hasStatus(client, id, statuses) {
  const { rows } = await client.query('select 1 from tasks where id = $1 and status = any ($2)', [id, statuses]);
  return rows.length > 0;
}

/** A connection that is made anew when Postgres was away. */
class Database {
  constructor(url) {
    this.url = url;
  }

  async use(work) {
    if (!this.client) {
      const client = new pg.Client({ connectionString: this.url(), application_name: `chaos ${randomUUID()}` });
      client.on('error', () => (this.client = undefined));
      await client.connect();
      this.client = client;
    }
    return work(this.client);
  }

  async until(holds, milliseconds, what) {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      try {
        if (await this.use(holds)) return;
      } catch (error) {
        // Postgres is away, as the scenario wants it: asked again until the deadline.
        await this.close();
        if (Date.now() > deadline) throw error;
      }
      if (Date.now() > deadline) throw new Error(`Waited ${milliseconds} ms in vain: ${what}`);
      await sleep(25);
    }
  }

  async close() {
    const client = this.client;
    this.client = undefined;
    await client?.end();
  }
}

/** Sends one command without arguments to a Redis; url as ioredis takes it: a path of a socket, or redis://:password@host:port. */
export function tellRedis(url, command) {
  const address = url.startsWith('/') ? { path: url } : { host: new URL(url).hostname, port: new URL(url).port };
  const password = url.startsWith('/') ? undefined : new URL(url).password;
  return new Promise((resolve, reject) => {
    const socket = createConnection(address, () =>
      socket.write(`${password ? `AUTH ${password}\r\n` : ''}${command}\r\nQUIT\r\n`),
    );
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk));
    socket.on('error', reject);
    socket.on('close', () => (answer.includes('-') ? reject(new Error(answer)) : resolve()));
  });
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Redis } from 'ioredis';
import { BUILT_IN } from '../adapters/built-in';
import { FirstStartService } from '../auth/first-start.service';
import type { Scope } from '../auth/caller';
import { insertApiKey } from '../auth/new-api-key';
import { boot } from '../boot';
import { Config } from '../config';
import { dataSourceOptions } from '../database/data-source';
import { migrate } from '../database/migrate';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { retryRaces } from '../directory/retry';
import { TestClient } from './test-client';
import { createTestDatabase, templateDatabase } from './test-database';

export const ADMIN_PASSWORD = 'correct horse battery';

export interface TestApp {
  app: NestExpressApplication;
  url: string;
  config: Config;
  pool: Pool;
  /** Signed in as the first admin. */
  admin: TestClient;
  /** Without credentials. */
  anonymous: TestClient;
  /** With a new API key. */
  key(scopes: Scope[], sourceId?: number): Promise<TestClient>;
  /** Signs somebody in. */
  signIn(username: string, password: string): Promise<TestClient>;
  /** Forgets people, departments, records and changes, between two tests; sources and the audit stay, tasks unless named. */
  emptyDirectory(more?: 'tasks'[]): Promise<void>;
  close(): Promise<void>;
}

const DIRECTORY = `users, departments, memberships, former_main_departments, department_owners, records, links, handed_out,
  taken_back, staging, changes, waiting_references, field_changes, earlier_uids, hints, open_hints, idempotency_keys`;

/**
 * The real service on a free loopback port, with a database of its own (dropped by `close`, which fails when a
 * connection is left open), a Redis database of its own and an empty home. `env` overrides the environment.
 */
export async function startTestApp(env: NodeJS.ProcessEnv = {}): Promise<TestApp> {
  const database = await createTestDatabase(await templateDatabase(withTables));
  const redis = await takeRedisDatabase();
  const home = mkdtempSync(join(tmpdir(), 'rollcall-home-'));
  const config = new Config({
    PORT: '0',
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    ROLLCALL_HOME: home,
    ROLLCALL_SECRET_KEY: 'dGVzdHMgb25seSwgdGVzdHMgb25seSwgdGVzdHMgISE=',
    ROLLCALL_ADMIN_PASSWORD: ADMIN_PASSWORD,
    // `LOG_LEVEL=warn npm test -- <path>` shows what the service says meanwhile.
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
    ...env,
  });
  const cleanUp = async (): Promise<void> => {
    await redis.release();
    rmSync(home, { recursive: true, force: true });
    await database.drop();
  };
  const booted = await boot(config, { logToStdout: process.env['LOG_LEVEL'] !== undefined }).catch(
    async (error: unknown) => {
      await cleanUp();
      throw error;
    },
  );
  const { app } = booted;
  const url = booted.url ?? '';
  const pool = app.get<Pool>(PG_POOL);
  await app.get(FirstStartService).run();
  const anonymous = new TestClient(url);
  return {
    app,
    url,
    config,
    pool,
    anonymous,
    admin: await anonymous.signIn('admin', ADMIN_PASSWORD),
    signIn: (username, password) => anonymous.signIn(username, password),
    emptyDirectory: async (more = []) => {
      // A task of the test before may be at its end still.
      await retryRaces(() => pool.query(`truncate ${[DIRECTORY, ...more].join(', ')} restart identity`));
    },
    key: async (scopes, sourceId) => {
      const key = await insertApiKey(pool, { name: 'test', scopes, sourceId: sourceId ?? null, expiresAt: null });
      return anonymous.with({ Authorization: `Bearer ${key.token}` });
    },
    close: async () => {
      await booted.close();
      await cleanUp();
    },
  };
}

/** All tables of the service, so that an app finds its migrations done. */
async function withTables(url: string): Promise<void> {
  const targets = BUILT_IN.flatMap(({ adapters }) => adapters.filter((adapter) => adapter.kind === 'target'));
  await (await migrate(dataSourceOptions(url, targets))).destroy();
}

/** Spec files run in parallel: each takes a numbered Redis database that nobody else has. */
async function takeRedisDatabase(): Promise<{ url: string; release(): Promise<void> }> {
  const server = process.env['ROLLCALL_TEST_REDIS_URL'];
  if (!server) throw new Error('ROLLCALL_TEST_REDIS_URL is not set: run the tests with "npm test -- <path>".');
  const redis = new Redis(server);
  try {
    for (let number = 1; number < 16; number++) {
      const taken = await redis.set(`rollcall-test-database-${number}`, process.pid, 'EX', 600, 'NX');
      if (taken !== 'OK') continue;
      const url = withDatabase(server, number);
      return { url, release: () => release(server, url, number) };
    }
    throw new Error('All 15 Redis databases are taken: a test did not close its app.');
  } finally {
    redis.disconnect();
  }
}

async function release(server: string, url: string, number: number): Promise<void> {
  const own = new Redis(url);
  await own.flushdb();
  own.disconnect();
  const shared = new Redis(server);
  await shared.del(`rollcall-test-database-${number}`);
  shared.disconnect();
}

/** ioredis takes the number as the path, or for sockets as `?db=`. */
function withDatabase(server: string, number: number): string {
  if (!/^rediss?:/.test(server)) return `${server}${server.includes('?') ? '&' : '?'}db=${number}`;
  const url = new URL(server);
  url.pathname = `/${number}`;
  return url.href;
}

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Config } from '../config';
import { createTestDatabase, type TestDatabase } from '../testing/test-database';
import { TaskEvents } from './task-events';
import { TaskLeases } from './task-leases';

const LISTENERS = `select pid from pg_stat_activity where datname = current_database() and application_name = 'rollcall listener'`;

describe('the connection that hears of tasks', () => {
  let database: TestDatabase;
  let pool: pg.Pool;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = new pg.Pool({ connectionString: database.url, max: 1 });
  });

  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const listeners = async (): Promise<number> => (await pool.query(LISTENERS)).rows.length;

  it('comes back when it breaks, and not after the stop', async () => {
    const events = new TaskEvents({ databaseUrl: database.url } as Config, pool, new TaskLeases(pool));
    await events.onApplicationBootstrap();
    const breakIt = `select pg_terminate_backend(pid) from (${LISTENERS}) l`;
    await pool.query(breakIt);
    await sleep(1_500);
    expect(await listeners()).toBe(1);

    await pool.query(breakIt);
    await sleep(100);
    events.beforeApplicationShutdown();
    await events.onApplicationShutdown();
    await sleep(1_500);
    expect(await listeners()).toBe(0);
  });
});

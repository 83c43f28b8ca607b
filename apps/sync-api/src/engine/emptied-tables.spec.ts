import { startTestApp, type TestApp } from '../testing/start-test-app';
import { until, untilEnded } from '../testing/until';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});

afterAll(() => app.close());

describe('a first task of many records', () => {
  // Postgres takes a table that it has seen empty to be so, and would look through all that the task has stored for each row.
  it('does not look for them among its own when the tables are known to be empty', async () => {
    await app.pool.query('vacuum analyze');
    const client = await app.key(['push', 'read']);
    const records = Array.from({ length: 3_000 }, (_, n) => ({ uid: `u${n}`, username: `user${n}` }));
    const { body } = await client.post('/api/userData:push', { dataType: 'user', records });
    expect((await untilEnded(client, body.data?.taskId ?? body.id)).body.status).toBe('succeeded');
    // Postgres tells a moment later.
    const { stored, looked } = await until(
      async () => {
        const { rows } = await app.pool.query<{ stored: number; looked: number }>(
          `select n_tup_ins as stored, heap_blks_hit as looked
           from pg_stat_user_tables join pg_statio_user_tables using (relid) where pg_stat_user_tables.relname = 'records'`,
        );
        return rows[0] ?? { stored: 0, looked: 0 };
      },
      (told) => told.stored > 0,
    );
    expect(stored).toBe(3_000);
    expect(looked / stored).toBeLessThan(10);
  });
});

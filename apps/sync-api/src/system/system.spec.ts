import { once } from 'node:events';
import { createServer } from 'node:net';
import { type TestApp, startTestApp } from '../testing/start-test-app';
import { ROLLCALL_VERSION } from '../version';

let rollcall: TestApp;

beforeAll(async () => {
  rollcall = await startTestApp();
});

afterAll(() => rollcall.close());

test('says what it needs and whether that is there', async () => {
  const { status, body, headers } = await rollcall.admin.get('/api/system');
  expect(status).toBe(200);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(body).toMatchObject({
    checks: {
      postgres: { status: 'up', ms: expect.any(Number), version: expect.stringMatching(/^\d+(\.\d+)?$/) },
      redis: { status: 'up', ms: expect.any(Number), version: expect.stringMatching(/^\d+\./) },
      workers: { status: 'up', processes: 1 },
      adapters: { loaded: expect.any(Number), missing: [] },
    },
    versions: { rollcall: ROLLCALL_VERSION, node: process.versions.node, contract: 1 },
    process: { role: 'all', startedAt: expect.any(String), memory: expect.any(Number) },
  });
});

test('names the adapter that a source needs and nobody installed', async () => {
  await rollcall.pool.query(`insert into sources (name, display_name, type) values ('left-over', 'Left over', 'gone')`);
  const { body } = await rollcall.admin.get('/api/system');
  expect(body.checks.adapters.missing).toEqual([{ kind: 'source', id: 'gone', error: null }]);
  await rollcall.pool.query(`delete from sources where name = 'left-over'`);
});

test('tells what waits, runs and is held; a preview waits for nobody', async () => {
  // A process that runs no tasks, so that what waits goes on waiting.
  const idle = await startTestApp({ ROLLCALL_ROLE: 'api' });
  try {
    await idle.pool.query(
      `insert into sources (name, display_name, type) select 's' || n, 's' || n, 'push' from generate_series(1, 5) n;
       insert into tasks (source_id, kind, status, held_reason, created_at, next_attempt_at, lease_until)
       select s.id, 'push', v.status, v.held, timestamptz '2026-01-01T00:00Z' + v.n * interval '1 minute', v.next::timestamptz,
         case v.status when 'running' then timestamptz '2100-01-01' end
       from (values (1, 'queued', null, null), (2, 'queued', null, '2026-01-01T00:01:30Z'), (3, 'queued', null, '2100-01-01'),
         (4, 'running', null, null), (5, 'held', 'limits', null), (5, 'held', 'preview', null)) v (n, status, held, next)
       join sources s on s.name = 's' || v.n`,
    );
    const { body } = await idle.admin.get('/api/system');
    expect(body.queue).toEqual({
      waiting: 2,
      retrying: 1,
      running: 1,
      held: 1,
      oldestWaitingSince: '2026-01-01T00:01:00.000Z',
    });
    expect(body.checks.workers).toEqual({ status: 'down', processes: 0 });
  } finally {
    await idle.close();
  }
});

describe('the last 30 days', () => {
  /** UTC, by a name that no other test has looked at: days that are over are kept. */
  const ADDRESS = '/api/system?timeZone=Etc/UTC';
  const today = new Date().toISOString().slice(0, 10);
  const daysAgo = (n: number): string =>
    new Date(Date.parse(`${today}T00:00:00Z`) - n * 86_400_000).toISOString().slice(0, 10);

  test('count tasks by how they ended, and how many records a second they read', async () => {
    const key = await rollcall.key(['push']);
    await key.post('/api/userData:push', {
      dataType: 'user',
      records: [
        { uid: 'ada', nickname: 'Ada' },
        { uid: 'bob', nickname: 'Bob' },
        { uid: 'bad', email: 'no address' },
      ],
    });
    await rollcall.pool.query(
      `insert into tasks (source_id, kind, status, staged, cost_ms, attempts, approved_at, finished_at)
       select s.id, 'pull', v.status, v.staged, v.cost, v.attempts, v.approved::timestamptz, v.finished::timestamptz
       from sources s, (values
         ('succeeded', 1000, 500, 1, null, $1 || 'T23:59:59Z'),
         ('succeeded', 1000, 1500, 1, null, $1 || 'T00:00:00Z'),
         -- Approved: what it waited is no part of its cost.
         ('succeeded', 5000, 5000, 2, '2026-01-01', $1 || 'T12:00:00Z'),
         -- Tried again.
         ('succeeded', 5000, 86400000, 3, '2026-01-01', $1 || 'T12:00:00Z'),
         ('failed', 5000, 86400000, 3, null, $1 || 'T12:00:00Z'),
         ('cancelled', 0, 10, 1, null, $1 || 'T12:00:00Z'),
         ('succeeded', 1, 1, 1, null, $2 || 'T23:59:59Z')
       ) v (status, staged, cost, attempts, approved, finished) where s.name = 'api'`,
      [daysAgo(3), daysAgo(30)],
    );
    const { body } = await rollcall.admin.get(ADDRESS);
    expect(body.days).toHaveLength(30);
    expect(body.days.map(({ date }: { date: string }) => date)).toEqual(
      Array.from({ length: 30 }, (_, n) => daysAgo(29 - n)),
    );
    expect(body.days[29]).toMatchObject({ date: today, partiallySucceeded: 1, succeeded: 0, failed: 0, records: 3 });
    expect(body.days[26]).toEqual({
      date: daysAgo(3),
      succeeded: 4,
      partiallySucceeded: 0,
      failed: 1,
      cancelled: 1,
      records: 17_000,
      recordsPerSecond: 1000,
    });
    expect(body.days[0]).toMatchObject({ date: daysAgo(29), succeeded: 0, records: 0, recordsPerSecond: null });
  });

  test('begin where the reader lives', async () => {
    // Half an hour before midnight in UTC is the next morning in China.
    const { body } = await rollcall.admin.get('/api/system?timeZone=Asia/Shanghai');
    const counted = body.days.filter(({ succeeded }: { succeeded: number }) => succeeded > 0);
    // From four in the afternoon in UTC it is tomorrow there, and the oldest of the thirty days another one.
    const dayInChina = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    expect(counted.map(({ date, succeeded }: { date: string; succeeded: number }) => [date, succeeded])).toEqual([
      ...(dayInChina === today ? [[daysAgo(29), 1]] : []),
      [daysAgo(3), 3],
      [daysAgo(2), 1],
    ]);
    expect(await rollcall.admin.get('/api/system?timeZone=Mars')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/timeZone' }] },
    });
  });

  test('are read from the tasks of today alone when somebody looks again', async () => {
    await rollcall.pool.query(
      `insert into tasks (source_id, kind, status, finished_at)
       select id, 'pull', 'succeeded', finished_at::timestamptz from sources, (values ($1), ($2)) v (finished_at)
       where name = 'api'`,
      [`${daysAgo(3)}T12:00:00Z`, `${today}T00:00:00Z`],
    );
    const { body } = await rollcall.admin.get(ADDRESS);
    expect(body.days[26].succeeded).toBe(4);
    expect(body.days[29].succeeded).toBe(1);
  });
});

test('a Redis that is away is an answer, not an error', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as { port: number };
  const own = await startTestApp({ REDIS_URL: `redis://127.0.0.1:${port}`, ROLLCALL_ROLE: 'api' });
  try {
    const { status, body } = await own.admin.get('/api/system');
    expect({ status, ...body.checks }).toMatchObject({
      status: 200,
      postgres: { status: 'up' },
      redis: { status: 'down', ms: null, version: null },
      workers: { status: 'unknown', processes: null },
    });
  } finally {
    await own.close();
    silent.close();
  }
});

import { once } from 'node:events';
import { createServer } from 'node:net';
import { Client } from 'pg';
import { AuditService } from '../audit/audit.service';
import { FirstStartService } from '../auth/first-start.service';
import { ADMIN_PASSWORD, type TestApp, startTestApp } from '../testing/start-test-app';

let rollcall: TestApp;

beforeAll(async () => {
  rollcall = await startTestApp();
});

afterAll(() => rollcall.close());

test('liveness needs nothing', async () => {
  expect(await rollcall.anonymous.get('/api/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
});

test('readiness looks at Postgres, Redis, the adapters and the first admin', async () => {
  const answer = await rollcall.anonymous.get('/api/health/ready');
  expect(answer).toMatchObject({
    status: 200,
    body: {
      status: 'ok',
      checks: {
        postgres: { status: 'up' },
        redis: { status: 'up' },
        adapters: { status: 'up', missing: 0 },
        admin: { status: 'up' },
      },
    },
  });
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('metrics tell when a source was last brought up to date and how many tasks there are', async () => {
  await rollcall.pool.query(`
    insert into tasks (source_id, kind, status, finished_at, dry_run, read_failure)
    select id, kind, status, finished_at::timestamptz, dry_run, case when cut then '{"code":"network","notes":[]}'::jsonb end
    from sources, (values
      ('pull', 'succeeded', '2026-01-01T00:00:00Z', false, false),
      ('pull', 'partially_succeeded', '2026-01-02T00:00:00Z', false, false),
      ('pull', 'partially_succeeded', '2026-01-03T00:00:00Z', false, true),
      ('pull', 'succeeded', '2026-01-04T00:00:00Z', true, false),
      ('event', 'succeeded', '2026-01-05T00:00:00Z', false, false),
      ('backfill', 'succeeded', '2026-01-06T00:00:00Z', false, false)
    ) as t (kind, status, finished_at, dry_run, cut) where name = 'api'`);
  const { status, body, headers } = await rollcall.anonymous.get('/metrics');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toMatch(/^text\/plain/);
  expect(body).toContain('rollcall_source_last_success_timestamp_seconds{source="api"} 1767312000');
  expect(body).toContain('rollcall_tasks{status="succeeded"} 4');
  expect(body).toContain('rollcall_tasks{status="held"} 0');
  expect(body).toContain('process_resident_memory_bytes');
  expect(body).toMatch(
    /rollcall_http_request_duration_seconds_count\{method="GET",route="\/api\/health\/ready",status="200"\} 1/,
  );
});

test('requests to addresses that do not exist do not make metrics without number', async () => {
  for (let number = 0; number < 5; number++) await rollcall.anonymous.get(`/api/random-${number}`);
  const { body } = await rollcall.anonymous.get('/metrics');
  expect(body).not.toContain('random');
});

test('metrics through a proxy need the scope read', async () => {
  const proxied = { 'X-Forwarded-For': '127.0.0.1' };
  expect((await rollcall.anonymous.get('/metrics', proxied)).status).toBe(401);
  expect((await (await rollcall.key(['push'])).get('/metrics', proxied)).status).toBe(403);
  expect((await (await rollcall.key(['read'])).get('/metrics', proxied)).status).toBe(200);
  expect((await rollcall.admin.get('/metrics', proxied)).status).toBe(200);
});

test('connections to Postgres that break are replaced, and nobody is told that it was his own fault', async () => {
  const key = await rollcall.key(['read']);
  const breaking = new Client(rollcall.config.databaseUrl);
  await breaking.connect();
  await breaking.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await breaking.end();
  const answers = await Promise.all(Array.from({ length: 20 }, () => key.get('/api/auth/me')));
  for (const { status, body } of answers) {
    if (status !== 200) expect({ status, code: body.code }).toEqual({ status: 503, code: 'unavailable' });
  }
  expect((await key.get('/api/auth/me')).status).toBe(200);
  expect((await rollcall.anonymous.get('/api/health/ready')).status).toBe(200);
});

test('without Redis the service is alive but not ready, and says what is missing', async () => {
  // Takes the place of a Redis that accepts connections and never answers.
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as { port: number };
  const own = await startTestApp({ REDIS_URL: `redis://127.0.0.1:${port}`, ROLLCALL_ROLE: 'api' });
  try {
    const answer = await own.anonymous.get('/api/health/ready');
    expect(answer).toMatchObject({
      status: 503,
      body: { code: 'unavailable', errors: [{ pointer: '/checks/redis', code: 'down' }] },
    });
    expect((await own.anonymous.get('/api/health/live')).status).toBe(200);
  } finally {
    await own.close();
    silent.close();
  }
});

test('nobody is told that it is ready before the first admin can sign in', async () => {
  const own = await startTestApp();
  try {
    await own.pool.query('delete from admins');
    expect(await own.anonymous.get('/api/health/ready')).toMatchObject({
      status: 503,
      body: {
        code: 'unavailable',
        detail: 'Not ready: admin is not made yet.',
        errors: [{ pointer: '/checks/admin', code: 'down', message: 'is not made yet' }],
      },
    });
    expect((await own.anonymous.get('/api/health/live')).status).toBe(200);
    const credentials = { username: 'admin', password: ADMIN_PASSWORD };
    expect(await own.anonymous.post('/api/auth/sign-in', credentials)).toMatchObject({
      status: 503,
      body: { code: 'unavailable' },
    });
    await new FirstStartService(own.pool, own.config, own.app.get(AuditService)).run();
    expect((await own.anonymous.get('/api/health/ready')).status).toBe(200);
    await own.signIn('admin', ADMIN_PASSWORD);
  } finally {
    await own.close();
  }
});

test('readiness counts the adapter that a source needs and nobody installed', async () => {
  await rollcall.pool.query(`insert into sources (name, display_name, type) values ('left-over', 'Left over', 'gone')`);
  const { body } = await rollcall.anonymous.get('/api/health/ready');
  expect(body.checks.adapters).toMatchObject({ status: 'up', missing: 1 });
  await rollcall.pool.query(`delete from sources where name = 'left-over'`);
});

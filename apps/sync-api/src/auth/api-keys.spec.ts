import { type TestApp, startTestApp } from '../testing/start-test-app';
import type { TestClient } from '../testing/test-client';

let rollcall: TestApp;

beforeAll(async () => {
  rollcall = await startTestApp();
});

afterAll(() => rollcall.close());

function bearer(key: string): TestClient {
  return rollcall.anonymous.with({ Authorization: `Bearer ${key}` });
}

async function apiSourceId(): Promise<number> {
  const { rows } = await rollcall.pool.query<{ id: number }>("select id from sources where name = 'api'");
  return rows[0]!.id;
}

test('a key is shown once, and works from then on', async () => {
  const sourceId = await apiSourceId();
  const made = await rollcall.admin.post('/api/api-keys', { name: 'HR', scopes: ['push', 'read'], sourceId });
  expect(made.status).toBe(201);
  expect(made.body).toEqual({
    id: expect.any(Number),
    name: 'HR',
    hint: made.body.key.slice(0, 8),
    scopes: ['push', 'read'],
    source: { id: sourceId, name: 'api' },
    expiresAt: null,
    lastUsedAt: null,
    createdAt: expect.any(String),
    key: expect.stringMatching(/^rck_[\w-]{43}$/),
  });

  const me = await bearer(made.body.key).get('/api/auth/me');
  expect(me.body).toMatchObject({ kind: 'key', name: 'HR', sourceId, may: ['read', 'push'] });

  const { key, ...shown } = made.body;
  const list = await rollcall.admin.get('/api/api-keys?q=hr&sort=-createdAt');
  expect(list.body.items).toEqual([{ ...shown, lastUsedAt: expect.any(String) }]);
  const { rows } = await rollcall.pool.query("select k::text as row from api_keys k where name = 'HR'");
  expect(JSON.stringify([rows, list.body])).not.toContain(key);
});

test('a key stops working the moment it is revoked', async () => {
  const made = await rollcall.admin.post('/api/api-keys', { name: 'short-lived', scopes: ['read'] });
  const client = bearer(made.body.key);
  expect((await client.get('/api/auth/me')).status).toBe(200);
  expect((await rollcall.admin.delete(`/api/api-keys/${made.body.id}`)).status).toBe(204);
  const refused = await client.get('/api/auth/me');
  expect(refused).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  expect(refused.headers.get('www-authenticate')).toBe('Bearer realm="rollcall"');
  expect((await rollcall.admin.delete(`/api/api-keys/${made.body.id}`)).status).toBe(404);
});

test('an expired key says so and does nothing', async () => {
  const expiresAt = new Date(Date.now() + 60_000).toISOString();
  const made = await rollcall.admin.post('/api/api-keys', { name: 'for a day', scopes: ['admin'], expiresAt });
  expect(made.body.expiresAt).toBe(expiresAt);
  expect((await bearer(made.body.key).get('/api/auth/me')).status).toBe(200);
  await rollcall.pool.query("update api_keys set expires_at = now() - interval '1 second' where id = $1", [
    made.body.id,
  ]);
  const refused = await bearer(made.body.key).get('/api/auth/me');
  expect(refused).toMatchObject({ status: 401, body: { detail: expect.stringContaining('expired') } });
});

test('what cannot be a key is refused with the reason', async () => {
  const sourceId = await apiSourceId();
  const cases: [body: unknown, status: number, code: string, pointer?: string][] = [
    [{ scopes: ['read'] }, 400, 'invalid_request', '/name'],
    [{ name: '', scopes: ['read'] }, 400, 'invalid_request', '/name'],
    [{ name: 'x', scopes: [] }, 400, 'invalid_request', '/scopes'],
    [{ name: 'x', scopes: 'read' }, 400, 'invalid_request', '/scopes'],
    [{ name: 'x', scopes: ['root'] }, 400, 'invalid_request', '/scopes'],
    [{ name: 'x', scopes: ['read', 'read'] }, 400, 'invalid_request', '/scopes'],
    [{ name: 'x', scopes: ['read'], sourceId }, 400, 'invalid_request', '/sourceId'],
    [{ name: 'x', scopes: ['admin', 'push'], sourceId }, 400, 'invalid_request', '/sourceId'],
    [{ name: 'x', scopes: ['push'], sourceId: 999 }, 404, 'source_unknown'],
    [{ name: 'x', scopes: ['push'], sourceId: 'api' }, 400, 'invalid_request', '/sourceId'],
    [{ name: 'x', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' }, 400, 'invalid_request', '/expiresAt'],
    [{ name: 'x', scopes: ['read'], expiresAt: 'tomorrow' }, 400, 'invalid_request', '/expiresAt'],
    [{ name: 'x', scopes: ['read'], expires: null }, 400, 'unknown_field', '/expires'],
  ];
  for (const [body, status, code, pointer] of cases) {
    const answer = await rollcall.admin.post('/api/api-keys', body);
    expect({ sent: body, ...answer }).toMatchObject({ body: { status, code } });
    if (pointer) expect(answer.body.errors[0].pointer).toBe(pointer);
  }
});

test('credentials that are none are refused, also beside a good session', async () => {
  const broken = [
    'Bearer',
    'Bearer ',
    'Bearer rck_',
    `Basic ${btoa('admin:admin')}`,
    'rck_abc',
    `Bearer ${'x'.repeat(5000)}`,
    'Bearer \u00e9',
  ];
  for (const Authorization of broken) {
    for (const client of [rollcall.anonymous, rollcall.admin]) {
      expect(await client.get('/api/auth/me', { Authorization })).toMatchObject({ status: 401 });
    }
  }
});

test('a key says when it was last used, at most once a minute', async () => {
  const client = await rollcall.key(['read']);
  const lastUse = async (): Promise<unknown> =>
    (await rollcall.pool.query('select last_used_at from api_keys order by id desc limit 1')).rows[0].last_used_at;
  expect(await lastUse()).toBeNull();
  await client.get('/api/auth/me');
  const first = await lastUse();
  expect(first).toBeInstanceOf(Date);
  await client.get('/api/auth/me');
  expect(await lastUse()).toEqual(first);
});

test('a key does not care where a page comes from: it is not sent by itself', async () => {
  const client = await rollcall.key(['read']);
  expect((await client.get('/api/auth/me', { Origin: 'https://elsewhere.example' })).status).toBe(200);
});

test('a key goes with the source that it is bound to', async () => {
  const { rows } = await rollcall.pool.query<{ id: number }>(
    "insert into sources (name, display_name, type) values ('temporary', 'Temporary', 'push') returning id",
  );
  const client = await rollcall.key(['push'], rows[0]!.id);
  expect((await client.get('/api/auth/me')).status).toBe(200);
  await rollcall.pool.query('delete from sources where id = $1', [rows[0]!.id]);
  expect((await client.get('/api/auth/me')).status).toBe(401);
});

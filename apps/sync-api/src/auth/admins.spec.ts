import { ADMIN_PASSWORD, type TestApp, startTestApp } from '../testing/start-test-app';
import type { TestAnswer, TestClient } from '../testing/test-client';
import { resetAdminPassword } from './reset-admin-password';

let rollcall: TestApp;

beforeAll(async () => {
  rollcall = await startTestApp();
});

afterAll(() => rollcall.close());

function tokenOf(answer: TestAnswer): string {
  return new URL((answer.body.invitation ?? answer.body).link).hash.slice(1);
}

async function newAdmin(username: string, role: string): Promise<{ id: number; client: TestClient }> {
  const invited = await rollcall.admin.post('/api/admins', { username, role });
  expect(invited.status).toBe(201);
  await rollcall.anonymous.post('/api/auth/accept-invitation', { token: tokenOf(invited), password: ADMIN_PASSWORD });
  return { id: invited.body.id, client: await rollcall.signIn(username, ADMIN_PASSWORD) };
}

test('an invitation is a link that works once', async () => {
  const invited = await rollcall.admin.post('/api/admins', { username: 'wang.fang', role: 'operator' });
  expect(invited).toMatchObject({
    status: 201,
    body: {
      username: 'wang.fang',
      role: 'operator',
      status: 'invited',
      invitation: { link: expect.stringMatching(new RegExp(`^${rollcall.url}/accept-invitation#[\\w-]{43}$`)) },
    },
  });
  const token = tokenOf(invited);
  await expect(rollcall.signIn('wang.fang', '')).rejects.toThrow('wrong');

  const found = await rollcall.anonymous.post('/api/auth/invitation', { token });
  expect(found).toMatchObject({ status: 200, body: { username: 'wang.fang' } });
  const short = await rollcall.anonymous.post('/api/auth/accept-invitation', { token, password: 'short' });
  expect(short).toMatchObject({ status: 400, body: { errors: [{ pointer: '/password' }] } });
  const guessable = await rollcall.anonymous.post('/api/auth/accept-invitation', { token, password: 'Wang.Fang' });
  expect(guessable).toMatchObject({ status: 400, body: { errors: [{ pointer: '/password', code: 'guessable' }] } });
  const both = await Promise.all(
    ['the first password', 'the second one'].map((password) =>
      rollcall.anonymous.post('/api/auth/accept-invitation', { token, password }),
    ),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
  expect(await rollcall.anonymous.post('/api/auth/invitation', { token })).toMatchObject({ status: 404 });
  const list = await rollcall.admin.get('/api/admins?q=wang');
  expect(list.body.items).toMatchObject([{ username: 'wang.fang', status: 'active', invitationExpiresAt: null }]);
});

test('a link to set a password stops working when its admin changes the password', async () => {
  const { id, client } = await newAdmin('remembers', 'viewer');
  const link = await rollcall.admin.post(`/api/admins/${id}/invitation`);
  const body = { currentPassword: ADMIN_PASSWORD, newPassword: 'another password' };
  expect((await client.post('/api/auth/password', body)).status).toBe(200);
  const answer = await rollcall.anonymous.post('/api/auth/invitation', { token: tokenOf(link) });
  expect(answer).toMatchObject({ status: 404 });
});

test('a lost invitation is replaced, and the lost one stops working', async () => {
  const invited = await rollcall.admin.post('/api/admins', { username: 'lost', role: 'viewer' });
  const again = await rollcall.admin.post(`/api/admins/${invited.body.id}/invitation`);
  expect(again.status).toBe(201);
  const accept = (token: string): Promise<TestAnswer> =>
    rollcall.anonymous.post('/api/auth/accept-invitation', { token, password: ADMIN_PASSWORD });
  expect(await accept(tokenOf(invited))).toMatchObject({ status: 404 });
  expect(await accept(tokenOf(again))).toMatchObject({ status: 200 });
});

test('a link that was made by mistake is ended, and the account goes on', async () => {
  const { id, client } = await newAdmin('keeps', 'viewer');
  const link = await rollcall.admin.post(`/api/admins/${id}/invitation`);
  for (let n = 0; n < 2; n++) expect((await rollcall.admin.delete(`/api/admins/${id}/invitation`)).status).toBe(204);
  const used = { token: tokenOf(link), password: 'another password' };
  expect((await rollcall.anonymous.post('/api/auth/accept-invitation', used)).status).toBe(404);
  expect((await client.get('/api/auth/me')).status).toBe(200);
  const { items } = (await rollcall.admin.get(`/api/audit?subject=admin:${id}&action=admin.withdraw`)).body;
  expect(items).toHaveLength(1);
});

test('an old invitation does not work', async () => {
  const invited = await rollcall.admin.post('/api/admins', { username: 'late', role: 'viewer' });
  await rollcall.pool.query("update admins set invitation_expires_at = now() where username = 'late'");
  const accepted = await rollcall.anonymous.post('/api/auth/accept-invitation', {
    token: tokenOf(invited),
    password: ADMIN_PASSWORD,
  });
  expect(accepted).toMatchObject({ status: 404 });
});

test('a new link for somebody who forgot the password ends what was open', async () => {
  const { id, client } = await newAdmin('forgetful', 'viewer');
  const link = await rollcall.admin.post(`/api/admins/${id}/invitation`);
  expect((await client.get('/api/auth/me')).status).toBe(200);
  await rollcall.anonymous.post('/api/auth/accept-invitation', { token: tokenOf(link), password: 'remembered now' });
  expect((await client.get('/api/auth/me')).status).toBe(401);
  await rollcall.signIn('forgetful', 'remembered now');
});

test('usernames of any script are taken, look-alikes and control characters are not', async () => {
  for (const username of ['张伟', 'Ольга', 'o.brien@example.com', 'सीता']) {
    expect((await rollcall.admin.post('/api/admins', { username, role: 'viewer' })).status).toBe(201);
  }
  for (const username of ['', ' ', 'a b', 'a\u0000b', 'a\u202eb', '\ud800', 'x'.repeat(65), '<script>', '.dot']) {
    const answer = await rollcall.admin.post('/api/admins', { username, role: 'viewer' });
    expect({ username, ...answer }).toMatchObject({ status: 400, body: { errors: [{ pointer: '/username' }] } });
  }
  const twice = await rollcall.admin.post('/api/admins', { username: 'ОЛЬГА', role: 'viewer' });
  expect(twice).toMatchObject({ status: 409, body: { code: 'conflict', errors: [{ pointer: '/username' }] } });
  const wide = await rollcall.admin.post('/api/admins', { username: 'ａｄｍｉｎ', role: 'viewer' });
  expect(wide.status).toBe(409);
});

test('the last admin can neither be removed nor demoted, not even by two at the same moment', async () => {
  const me = await rollcall.admin.get('/api/auth/me');
  expect(await rollcall.admin.delete(`/api/admins/${me.body.id}`)).toMatchObject({
    status: 409,
    body: { errors: [{ pointer: '/role', code: 'last_admin' }] },
  });
  expect(await rollcall.admin.patch(`/api/admins/${me.body.id}`, { role: 'viewer' })).toMatchObject({ status: 409 });
  // An invited admin cannot sign in yet, so does not count.
  await rollcall.admin.post('/api/admins', { username: 'not.yet', role: 'admin' });
  expect(await rollcall.admin.delete(`/api/admins/${me.body.id}`)).toMatchObject({ status: 409 });

  const second = await newAdmin('second', 'admin');
  const answers = await Promise.all([
    rollcall.admin.patch(`/api/admins/${second.id}`, { role: 'viewer' }),
    second.client.patch(`/api/admins/${me.body.id}`, { role: 'viewer' }),
  ]);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  await rollcall.pool.query("update admins set role = 'admin' where username in ('admin', 'second')");
  rollcall.admin = await rollcall.signIn('admin', ADMIN_PASSWORD);
});

test('somebody who is removed is out at once', async () => {
  const { id, client } = await newAdmin('leaver', 'admin');
  expect((await rollcall.admin.delete(`/api/admins/${id}`)).status).toBe(204);
  expect((await client.get('/api/auth/me')).status).toBe(401);
});

test('what happens to accounts and keys is written down, without passwords, tokens and keys', async () => {
  const { id } = await newAdmin('noted', 'viewer');
  await rollcall.admin.patch(`/api/admins/${id}`, { role: 'operator' });
  const key = await rollcall.admin.post('/api/api-keys', { name: 'noted key', scopes: ['read'] });
  const { body } = await rollcall.admin.get(`/api/audit?subject=admin:${id}&sort=id`);
  expect(body.items[0].subjectNames).toEqual({ [`admin:${id}`]: 'noted' });
  expect(
    body.items.map(({ action, actor }: { action: string; actor: { name: string } }) => [action, actor.name]),
  ).toEqual([
    ['admin.create', 'admin'],
    ['admin.accept_invitation', 'noted'],
    ['auth.sign_in', 'noted'],
    ['admin.update', 'admin'],
  ]);
  expect(body.items[3]).toMatchObject({
    details: { before: { role: 'viewer' }, after: { role: 'operator' } },
    requestId: expect.any(String),
    address: expect.stringMatching(/127\.0\.0\.1$/),
  });
  const all = await rollcall.admin.get('/api/audit?action=api_key.&pageSize=200');
  expect(all.body.items[0]).toMatchObject({ action: 'api_key.create', details: { name: 'noted key' } });
  expect(JSON.stringify(all.body)).not.toContain(key.body.key);
});

test('the audit can be read from one moment to another', async () => {
  await rollcall.pool.query(
    `insert into audit (at, actor_kind, actor_name, action, subject)
     select timestamptz '2026-01-01T00:00Z' + n * interval '1 day', 'system', 'system', 'source.delete', 'source:' || n
     from generate_series(1, 5) n`,
  );
  const { body } = await rollcall.admin.get(
    '/api/audit?action=source.delete&since=2026-01-03T00:00:00Z&until=2026-01-05T00:00:00Z',
  );
  expect(body.items.map(({ subject }: { subject: string }) => subject)).toEqual(['source:3', 'source:2']);
  expect(body.items[0]).toMatchObject({ address: null });
  expect(await rollcall.admin.get('/api/audit?since=yesterday')).toMatchObject({ status: 400 });
});

test('whoever runs the machine can give the first admin a new password', async () => {
  const before = await rollcall.signIn('admin', ADMIN_PASSWORD);
  const { username, password } = await resetAdminPassword(rollcall.config.databaseUrl);
  expect(username).toBe('admin');
  expect((await before.get('/api/auth/me')).status).toBe(401);
  rollcall.admin = await rollcall.signIn(username, password);
  const { body } = await rollcall.admin.get('/api/audit?action=admin.reset');
  expect(body.items).toMatchObject([{ action: 'admin.reset_password', actor: { kind: 'system' } }]);
});

import { AuditService } from '../audit/audit.service';
import { Config } from '../config';
import { ADMIN_PASSWORD, type TestApp, startTestApp } from '../testing/start-test-app';
import { FirstStartService } from './first-start.service';
import { Sessions } from './sessions';

let rollcall: TestApp;

beforeAll(async () => {
  rollcall = await startTestApp();
});

afterAll(() => rollcall.close());

/** What another process would do that starts on the same database. */
function anotherProcess(adminPassword: string | undefined): FirstStartService {
  const config = Object.assign(Object.create(Config.prototype) as Config, { adminPassword });
  return new FirstStartService(rollcall.pool, config, rollcall.app.get(AuditService));
}

test('the first start makes one admin and one key that pushes to the source api', async () => {
  const first = await rollcall.app.get(FirstStartService).run();
  expect(first).toEqual({ username: 'admin', key: expect.stringMatching(/^rck_/) });
  const client = rollcall.anonymous.with({ Authorization: `Bearer ${first!.key}` });
  expect((await client.get('/api/auth/me')).body).toMatchObject({ name: 'first steps', may: ['push'] });
  const pushed = await client.post('/api/userData:push', { dataType: 'user', records: [{ uid: 'one' }] });
  expect(pushed.status).toBe(200);
  expect((await client.get('/api/admins')).status).toBe(403);
});

test('a later start makes nothing', async () => {
  expect(await anotherProcess('another password').run()).toBeUndefined();
  await rollcall.signIn('admin', ADMIN_PASSWORD);
});

test('of processes that start together for the first time, one makes the admin', async () => {
  await rollcall.pool.query('delete from admins; delete from api_keys');
  const results = await Promise.all([1, 2, 3, 4].map(() => anotherProcess(undefined).run()));
  const [made, ...others] = results.filter((result) => result !== undefined);
  expect(others).toEqual([]);
  expect(made!.password).toMatch(/^[a-zA-Z2-9]{20}$/);
  await rollcall.signIn('admin', made!.password!);
  const { rows } = await rollcall.pool.query(
    'select (select count(*) from admins) as admins, (select count(*) from api_keys) as keys',
  );
  expect(rows).toEqual([{ admins: 1, keys: 1 }]);
});

test.each([
  ['short', 'must have from 8'],
  ['password', 'is easy to guess'],
])('a first password that is %s is refused, naming the variable', async (password, why) => {
  await rollcall.pool.query('delete from admins');
  await expect(anotherProcess(password).run()).rejects.toThrow(`ROLLCALL_ADMIN_PASSWORD ${why}`);
});

test('a password that changes while somebody signs in with the old one leaves no session behind', async () => {
  await rollcall.pool.query(
    "insert into admins (username, role, password_hash) values ('racer', 'viewer', 'new hash')",
  );
  const { rows } = await rollcall.pool.query<{ id: number }>("select id from admins where username = 'racer'");
  const sessions = rollcall.app.get(Sessions);
  expect(await sessions.open(rows[0]!.id, 'old hash')).toBeUndefined();
  expect(await sessions.open(rows[0]!.id, 'new hash')).toContain('HttpOnly');
});

test('over https the cookie is bound to the host and never sent in clear', async () => {
  const own = await startTestApp({ ROLLCALL_PUBLIC_URL: 'https://rollcall.example/' });
  try {
    const answer = await own.anonymous.post(
      '/api/auth/sign-in',
      { username: 'admin', password: ADMIN_PASSWORD },
      { Origin: 'https://rollcall.example' },
    );
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^__Host-rollcall_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
    const invited = await own.admin.post('/api/admins', { username: 'guest', role: 'viewer' });
    expect(invited.body.invitation.link).toMatch(/^https:\/\/rollcall\.example\/accept-invitation#/);
  } finally {
    await own.close();
  }
});

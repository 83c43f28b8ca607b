import { cookieOf } from '../testing/test-client';
import { ADMIN_PASSWORD, type TestApp, startTestApp } from '../testing/start-test-app';

/** What a browser sends along when a page of another site makes the request. */
const FOREIGN: Record<string, string>[] = [
  { Origin: 'https://evil.example' },
  { Origin: 'null' },
  { 'Sec-Fetch-Site': 'cross-site' },
];

let rollcall: TestApp;

beforeAll(async () => {
  rollcall = await startTestApp();
});

afterAll(() => rollcall.close());

async function account(username: string, role = 'operator'): Promise<string> {
  const invited = await rollcall.admin.post('/api/admins', { username, role });
  const token = new URL(invited.body.invitation.link).hash.slice(1);
  const accepted = await rollcall.anonymous.post('/api/auth/accept-invitation', { token, password: ADMIN_PASSWORD });
  expect(accepted.status).toBe(200);
  return invited.body.id;
}

describe('signing in', () => {
  test('gives a cookie that scripts cannot read and other sites do not send', async () => {
    const answer = await rollcall.anonymous.post('/api/auth/sign-in', { username: 'admin', password: ADMIN_PASSWORD });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      kind: 'admin',
      id: expect.any(Number),
      name: 'admin',
      role: 'admin',
      may: ['read', 'operate', 'approve', 'push', 'admin', 'accounts'],
    });
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^rollcall_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  test('takes the username in any case and the password in any Unicode form', async () => {
    await rollcall.pool.query("delete from admins where username = 'Émile'");
    const invited = await rollcall.admin.post('/api/admins', { username: 'Émile', role: 'viewer' });
    const token = new URL(invited.body.invitation.link).hash.slice(1);
    await rollcall.anonymous.post('/api/auth/accept-invitation', { token, password: 'crème brûlée'.normalize('NFC') });
    const answer = await rollcall.anonymous.post('/api/auth/sign-in', {
      username: 'éMILE'.normalize('NFD'),
      password: 'crème brûlée'.normalize('NFD'),
    });
    expect(answer.status).toBe(200);
  });

  test('answers a wrong password and an unknown username alike, and as slowly', async () => {
    const attempt = async (username: string): Promise<{ answer: unknown; ms: number }> => {
      const start = performance.now();
      const { status, body } = await rollcall.anonymous.post('/api/auth/sign-in', { username, password: 'wrong' });
      return { answer: { status, ...body, requestId: '' }, ms: performance.now() - start };
    };
    await attempt('admin');
    const known = await attempt('admin');
    const unknown = await attempt('nobody');
    expect(unknown.answer).toEqual(known.answer);
    expect(known.answer).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(unknown.ms).toBeGreaterThan(known.ms / 3);
    const { body } = await rollcall.admin.get('/api/audit?action=auth.sign_in_failed&pageSize=2');
    expect(body.items).toMatchObject([
      { subject: 'admin', actor: { kind: 'system' }, details: {}, address: expect.any(String) },
      { subject: 'admin:1', actor: { kind: 'system' }, details: {} },
    ]);
  });

  test('is refused from a page of another site', async () => {
    const body = { username: 'admin', password: ADMIN_PASSWORD };
    for (const headers of FOREIGN) {
      const answer = await rollcall.anonymous.post('/api/auth/sign-in', body, headers);
      expect(answer).toMatchObject({ status: 403, body: { code: 'cross_site' } });
    }
  });

  test('with something that is not a string is a mistake of the caller', async () => {
    for (const body of [{}, [], null, { username: ['admin'], password: {} }, { username: 'admin', password: 1 }]) {
      const answer = await rollcall.anonymous.post('/api/auth/sign-in', body);
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    }
    const extra = await rollcall.anonymous.post('/api/auth/sign-in', { username: 'a', password: 'b', role: 'admin' });
    expect(extra.body).toMatchObject({ code: 'unknown_field', errors: [{ pointer: '/role', code: 'unknown_field' }] });
  });
});

describe('a session', () => {
  test('ends with signing out', async () => {
    const client = await rollcall.signIn('admin', ADMIN_PASSWORD);
    const out = await client.post('/api/auth/sign-out');
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()[0]).toMatch(/^rollcall_session=; Max-Age=0/);
    expect((await client.get('/api/auth/me')).status).toBe(401);
  });

  test('ends everywhere when the password changes, and goes on where it was changed', async () => {
    await account('changer');
    const here = await rollcall.signIn('changer', ADMIN_PASSWORD);
    const there = await rollcall.signIn('changer', ADMIN_PASSWORD);
    const body = { currentPassword: ADMIN_PASSWORD, newPassword: 'another password' };
    const changed = await here.post('/api/auth/password', body);
    expect(changed.status).toBe(200);
    expect((await there.get('/api/auth/me')).status).toBe(401);
    expect((await here.get('/api/auth/me')).status).toBe(401);
    expect((await rollcall.anonymous.with({ Cookie: cookieOf(changed) }).get('/api/auth/me')).status).toBe(200);
    await expect(rollcall.signIn('changer', ADMIN_PASSWORD)).rejects.toThrow('wrong');
  });

  test('keeps the password when the current one is wrong', async () => {
    await account('careful');
    const client = await rollcall.signIn('careful', ADMIN_PASSWORD);
    const answer = await client.post('/api/auth/password', {
      currentPassword: 'guess',
      newPassword: 'another password',
    });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/currentPassword' }] } });
    expect((await client.get('/api/auth/me')).status).toBe(200);
  });

  test('keeps the password when the next would be easy to guess', async () => {
    await account('guessable');
    const client = await rollcall.signIn('guessable', ADMIN_PASSWORD);
    for (const newPassword of ['password', '12345678', 'Passw0rd!', 'guessable', 'Rollcall1']) {
      const answer = await client.post('/api/auth/password', { currentPassword: ADMIN_PASSWORD, newPassword });
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/newPassword', code: 'guessable' }] } });
    }
    expect((await client.get('/api/auth/me')).status).toBe(200);
  });

  test('is not said to have another password when that is the same', async () => {
    await account('forgetful');
    const client = await rollcall.signIn('forgetful', ADMIN_PASSWORD);
    const same = { currentPassword: ADMIN_PASSWORD, newPassword: ADMIN_PASSWORD };
    const answer = await client.post('/api/auth/password', same);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/newPassword', code: 'same' }] } });
    expect((await client.get('/api/auth/me')).status).toBe(200);
  });

  test('of a password that changes twice at once follows one of the two', async () => {
    await account('hasty');
    const client = await rollcall.signIn('hasty', ADMIN_PASSWORD);
    const change = (newPassword: string): ReturnType<typeof client.post> =>
      client.post('/api/auth/password', { currentPassword: ADMIN_PASSWORD, newPassword });
    const answers = await Promise.all([change('first password'), change('second password')]);
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses[0]).toBe(200);
    expect([400, 401, 409]).toContain(statuses[1]);
  });

  test('ends when the role changes', async () => {
    const id = await account('promoted');
    const client = await rollcall.signIn('promoted', ADMIN_PASSWORD);
    expect((await rollcall.admin.patch(`/api/admins/${id}`, { username: 'promoted2' })).status).toBe(200);
    expect((await client.get('/api/auth/me')).status).toBe(200);
    expect((await rollcall.admin.patch(`/api/admins/${id}`, { role: 'viewer' })).status).toBe(200);
    expect((await client.get('/api/auth/me')).status).toBe(401);
  });

  test('ends after twelve hours without use, and after seven days in any case', async () => {
    for (const age of [
      "last_seen_at = now() - interval '12 hours 1 minute'",
      "created_at = now() - interval '7 days 1 minute'",
    ]) {
      await account(`old${age.length}`);
      const client = await rollcall.signIn(`old${age.length}`, ADMIN_PASSWORD);
      await rollcall.pool.query(
        `update sessions set ${age} where admin_id = (select id from admins where username = $1)`,
        [`old${age.length}`],
      );
      expect((await client.get('/api/auth/me')).status).toBe(401);
    }
  });

  test('is prolonged by use', async () => {
    await account('busy');
    const client = await rollcall.signIn('busy', ADMIN_PASSWORD);
    const where = "where admin_id = (select id from admins where username = 'busy')";
    await rollcall.pool.query(`update sessions set last_seen_at = now() - interval '11 hours' ${where}`);
    expect((await client.get('/api/auth/me')).status).toBe(200);
    const { rows } = await rollcall.pool.query(
      `select now() - last_seen_at < interval '1 minute' as fresh from sessions ${where}`,
    );
    expect(rows).toContainEqual({ fresh: true });
  });

  test('cannot be used by pages of other sites, whatever the method', async () => {
    for (const headers of FOREIGN) {
      const client = rollcall.admin.with(headers);
      expect(await client.get('/api/auth/me')).toMatchObject({ status: 403, body: { code: 'cross_site' } });
      expect(await client.post('/api/admins', { username: 'mallory', role: 'admin' })).toMatchObject({ status: 403 });
    }
    const own = { Origin: rollcall.url, 'Sec-Fetch-Site': 'same-origin' };
    expect((await rollcall.admin.get('/api/auth/me', own)).status).toBe(200);
  });

  test('leaves nothing in the database that would be of use to a thief', async () => {
    const token = rollcall.admin.headers['Cookie']!.split('=')[1]!;
    const { rows } = await rollcall.pool.query<{ row: string }>('select s::text as row from sessions s');
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
  });
});

test('attempts to change a password count for each account by itself', async () => {
  const own = await startTestApp();
  try {
    // What is too long never gets as far as the hash, but counts.
    const body = { currentPassword: 'x'.repeat(2000), newPassword: 'long enough' };
    const statuses = [];
    for (let number = 0; number < 21; number++)
      statuses.push((await own.admin.post('/api/auth/password', body)).status);
    expect(statuses).toEqual([...Array<number>(20).fill(400), 429]);
    await own.pool.query(
      `insert into admins (username, role, password_hash) select 'second', 'viewer', password_hash from admins`,
    );
    const second = await own.signIn('second', ADMIN_PASSWORD);
    expect((await second.post('/api/auth/password', body)).status).toBe(400);
  } finally {
    await own.close();
  }
});

test('too many attempts are refused for a while, by username and by address', async () => {
  const own = await startTestApp();
  try {
    const attempt = (username: string): ReturnType<typeof own.anonymous.post> =>
      own.anonymous.post('/api/auth/sign-in', { username, password: 'x'.repeat(2000) });
    const statuses = [];
    for (let number = 0; number < 21; number++) statuses.push((await attempt('Target')).status);
    // A password that is too long never gets as far as the hash, but counts.
    expect(statuses).toEqual([...Array<number>(20).fill(400), 429]);
    const refused = await attempt(' tARGET ');
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await attempt('somebody else')).status).toBe(400);
    for (let number = 0; number < 40; number++) await attempt(`user${number}`);
    expect((await attempt('yet another')).status).toBe(429);
    // Who is signed in already goes on working.
    expect((await own.admin.get('/api/auth/me')).status).toBe(200);
  } finally {
    await own.close();
  }
});

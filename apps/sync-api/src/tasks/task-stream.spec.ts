import { setTimeout as sleep } from 'node:timers/promises';
import { ADMIN_PASSWORD, startTestApp, type TestApp } from '../testing/start-test-app';
import { cookieOf, type TestAnswer, type TestClient } from '../testing/test-client';
import { until } from '../testing/until';
import { TaskReader } from './task-reader';

const PASSWORD = 'a horse that is correct';

let rollcall: TestApp;

beforeAll(async () => {
  rollcall = await startTestApp();
});

afterAll(() => rollcall.close());

interface Listener {
  told: string;
  ended: boolean;
  stop(): void;
}

async function listen(client: TestClient): Promise<Listener> {
  const stop = new AbortController();
  const response = await fetch(`${rollcall.url}/api/tasks/events`, { headers: client.headers, signal: stop.signal });
  expect(response.status).toBe(200);
  const listener: Listener = { told: '', ended: false, stop: () => stop.abort() };
  void (async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) listener.told += chunk;
  })().then(
    () => (listener.ended = true),
    () => undefined,
  );
  return listener;
}

const push = (uid: string): Promise<TestAnswer> =>
  rollcall.admin.post('/api/userData:push', { dataType: 'user', records: [{ uid, nickname: uid }] });

async function someone(username: string): Promise<{ id: number; client: TestClient }> {
  const { body } = await rollcall.admin.post('/api/admins', { username, role: 'operator' });
  const token = String(body.invitation.link).split('#')[1];
  const accepted = await rollcall.anonymous.post('/api/auth/accept-invitation', { token, password: PASSWORD });
  expect(accepted.status).toBe(200);
  return { id: body.id, client: rollcall.anonymous.with({ Cookie: cookieOf(accepted) }) };
}

async function key(): Promise<{ id: number; client: TestClient }> {
  const { body } = await rollcall.admin.post('/api/api-keys', { name: 'listens', scopes: ['read'] });
  return { id: body.id, client: rollcall.anonymous.with({ Authorization: `Bearer ${body.key}` }) };
}

test('the stream ends soon after its listener may read no more, and tells the others on', async () => {
  const revoked = await key();
  const expired = await key();
  const left = await rollcall.signIn('admin', ADMIN_PASSWORD);
  const demoted = await someone('demoted');
  const renewed = await someone('renewed');
  const deleted = await someone('deleted');
  const stays = [await listen(rollcall.admin), await listen((await key()).client)];
  const ends = {
    'key revoked': await listen(revoked.client),
    'key expired': await listen(expired.client),
    'signed out': await listen(left),
    'other role': await listen(demoted.client),
    'other password': await listen(renewed.client),
    deleted: await listen(deleted.client),
    'deleted, second stream': await listen(deleted.client),
  };

  const { admin, pool } = rollcall;
  const answers = [
    await admin.delete(`/api/api-keys/${revoked.id}`),
    await left.post('/api/auth/sign-out'),
    await admin.patch(`/api/admins/${demoted.id}`, { role: 'viewer' }),
    await renewed.client.post('/api/auth/password', { currentPassword: PASSWORD, newPassword: `${PASSWORD} indeed` }),
    await admin.delete(`/api/admins/${deleted.id}`),
  ];
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 200, 200, 204]);
  await pool.query(`update api_keys set expires_at = now() where id = $1`, [expired.id]);

  const on = (): string[] =>
    Object.entries(ends)
      .filter(([, { ended }]) => !ended)
      .map(([why]) => why);
  await until(
    async () => on(),
    (still) => still.length === 0,
    10,
  );
  await push('afterwards');
  await sleep(500);
  expect(stays.map(({ told, ended }) => [told.includes('event: task'), ended])).toEqual([
    [true, false],
    [true, false],
  ]);
  for (const { told } of Object.values(ends)) expect(told).not.toContain('event: task');
  for (const { stop } of stays) stop();
});

test('listening is no use of a session: it keeps nobody signed in', async () => {
  const client = await rollcall.signIn('admin', ADMIN_PASSWORD);
  const listener = await listen(client);
  await rollcall.pool.query(`update sessions set last_seen_at = now() - interval '11 hours'`);
  await sleep(4_000);
  listener.stop();
  const { rows } = await rollcall.pool.query(
    `select count(*)::int as n from sessions where last_seen_at > now() - interval '10 hours'`,
  );
  expect(rows).toEqual([{ n: 0 }]);
});

test('a change is read once, however many listen', async () => {
  const first = await listen(rollcall.admin);
  const { taskId } = (await push('known')).body.data;
  // What was told of the push itself is told to nobody who listens from here on.
  await until(
    async () => first.told,
    (told) => told.includes('event: task'),
  );
  first.stop();
  const listeners = await Promise.all(Array.from({ length: 5 }, () => listen(rollcall.admin)));
  const find = jest.spyOn(rollcall.app.get(TaskReader), 'find');
  await rollcall.pool.query(`select pg_notify('rollcall_tasks', $1)`, [String(taskId)]);
  await until(
    async () => listeners.map(({ told }) => told.split('event: task').length - 1),
    (told) => told.every((n) => n === 1),
  );
  expect(find).toHaveBeenCalledTimes(1);
  find.mockRestore();
  for (const { stop } of listeners) stop();
});

import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { type TestApp, startTestApp } from '../testing/start-test-app';
import type { TestAnswer, TestClient } from '../testing/test-client';

let rollcall: TestApp;
let key: TestClient;

beforeAll(async () => {
  rollcall = await startTestApp();
  key = await rollcall.key(['push']);
});

afterAll(() => rollcall.close());

const push = (uid: string, headers?: Record<string, string>): Promise<TestAnswer> =>
  key.post('/api/userData:push', { dataType: 'user', records: [{ uid, username: uid }] }, headers);

async function archived(): Promise<string[]> {
  if (!existsSync(rollcall.config.rawDirectory)) return [];
  const names = await readdir(rollcall.config.rawDirectory, { recursive: true });
  return names.filter((name) => name.endsWith('.gz')).map((name) => name.replace(/.*\//, ''));
}

async function state(): Promise<{ users: string[]; tasks: number[] }> {
  const users = await rollcall.pool.query<{ username: string }>('select username from users order by 1');
  const tasks = await rollcall.pool.query<{ id: number }>('select id from tasks order by 1');
  return { users: users.rows.map(({ username }) => username), tasks: tasks.rows.map(({ id }) => id) };
}

test.each([
  ['at its end', 'trigger refuse before update'],
  ['in its commit', 'constraint trigger refuse after update'],
])('a push that comes to nothing %s leaves no raw records, and the next one has its own', async (when, trigger) => {
  await push('first');
  const late = when === 'in its commit' ? 'deferrable initially deferred' : '';
  await rollcall.pool.query(`
    create or replace function refuse() returns trigger language plpgsql as $$ begin raise 'no' using errcode = 'XX000'; end $$;
    create ${trigger} on tasks ${late} for each row when (new.status = 'succeeded') execute function refuse()`);
  const before = await state();
  expect(await push('lost')).toMatchObject({ status: 500 });
  expect(await state()).toEqual(before);
  expect(await archived()).toEqual(before.tasks.map((id) => `${id}-1.ndjson.gz`));

  await rollcall.pool.query('drop trigger refuse on tasks');
  const { body } = await push('found');
  expect((await archived()).sort()).toEqual(
    [...before.tasks, body.data.taskId].map((id) => `${id}-1.ndjson.gz`).sort(),
  );
});

test.each([
  ['applied at once', {}],
  ['put into the queue', { Prefer: 'respond-async' }],
])('a push that is %s changes nothing when its raw records cannot be kept', async (how, headers) => {
  const root = rollcall.config.rawDirectory;
  const before = await state();
  await mkdir(root, { recursive: true });
  await rename(root, `${root}-away`);
  // No folder can be made below a file, whoever tries.
  await writeFile(root, '');
  expect(await push('unkept', headers)).toMatchObject({
    status: 503,
    body: { code: 'unavailable', detail: expect.stringContaining('raw records cannot be kept (ENOTDIR)') },
  });
  expect(await state()).toEqual(before);

  await rm(root);
  await rename(`${root}-away`, root);
  expect(await push(how)).toMatchObject({ status: 200 });
  expect((await state()).users).toEqual([...before.users, how].sort());
});

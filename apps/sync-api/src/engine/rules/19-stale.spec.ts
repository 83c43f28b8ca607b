import { installScriptedSource } from '../../testing/scripted-source';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { untilEnded } from '../../testing/until';

type Fields = Record<string, unknown>;
type Person = Fields & { uid: string };

const scripted = installScriptedSource();
let app: TestApp;
let client: TestClient;
let sourceId: number;
let name: string;
let serial = 0;

beforeAll(async () => {
  app = await startTestApp(scripted.env);
  client = await app.key(['push', 'read']);
});

afterAll(async () => {
  await app.close();
  scripted.remove();
});

beforeEach(async () => {
  await app.emptyDirectory();
  name = `hr-${++serial}`;
  const body = { name, type: 'scripted', options: { file: scripted.file }, matchKey: ['username'] };
  sourceId = (await app.admin.post('/api/sources', body)).body.id;
});

async function read(people: Person[], dryRun = false): Promise<TestAnswer> {
  scripted.play({ pages: [{ dataType: 'user', records: people }], complete: { user: true } });
  const started = await app.admin.post(`/api/sources/${sourceId}/sync`, { dryRun });
  return untilEnded(app.admin, started.body.id);
}

async function approve(held: TestAnswer): Promise<Fields> {
  expect(held.body.status).toBe('held');
  await app.admin.post(`/api/tasks/${held.body.id}/approve`);
  const ended = await untilEnded(app.admin, held.body.id);
  expect(ended.body.status).toBe('succeeded');
  return ended.body.counts.users;
}

const person = (uid: string, nickname = uid): Person => ({ uid, username: uid, nickname });

async function users(): Promise<string[]> {
  const { rows } = await app.pool.query<{ line: string }>(
    `select username || ' ' || nickname || case when deleted_at is null then ' ' || status else ' deleted' end as line
     from users order by username`,
  );
  return rows.map((row) => row.line);
}

async function idOf(username: string): Promise<number> {
  const { rows } = await app.pool.query<{ id: number }>('select id from users where username = $1', [username]);
  return rows[0]?.id ?? 0;
}

describe('rule 19: a change of a held plan is stale, and the rest is applied,', () => {
  test('when the resource was written by hand meanwhile', async () => {
    await read([person('a'), person('b')]);
    const held = await read([person('a', 'A'), person('b', 'B')], true);
    await app.admin.patch(`/api/users/${await idOf('a')}`, { nickname: 'By hand' });
    expect(await approve(held)).toMatchObject({ updated: 1, stale: 1, failed: 0 });
    expect(await users()).toEqual(['a By hand active', 'b B active']);
  });

  test('when the record moved on', async () => {
    await client.post('/api/userData:push', { dataType: 'user', records: [person('a')] });
    const records = [person('a', 'A'), person('b', 'B')];
    const preview = await client.post('/api/userData:push', { dataType: 'user', dryRun: true, records });
    await client.post('/api/userData:push', { dataType: 'user', records: [{ uid: 'a', phone: '1' }] });
    expect(await approve(await app.admin.get(`/api/tasks/${preview.body.data.taskId}`))).toMatchObject({
      created: 1,
      stale: 1,
    });
    expect(await users()).toEqual(['a a active', 'b B active']);
  });

  test('when another source took the user whom it would have linked, and wrote the user', async () => {
    await app.admin.post('/api/users', { username: 'a', nickname: 'a' });
    await app.admin.post('/api/users', { username: 'b', nickname: 'b' });
    const held = await read([person('a', 'A'), person('b', 'B')], true);
    const records = [{ uid: 'other', username: 'a', nickname: 'Other' }];
    await client.post('/api/userData:push', { dataType: 'user', matchKey: 'username', records });
    expect(await approve(held)).toMatchObject({ linked: 1, stale: 1 });
    expect(await users()).toEqual(['a Other active', 'b B active']);
  });

  test('when the user was protected', async () => {
    await read([person('a'), person('b')]);
    const held = await read([person('a', 'A'), person('b', 'B')], true);
    await app.admin.patch(`/api/users/${await idOf('a')}`, { protected: true });
    expect(await approve(held)).toMatchObject({ updated: 1, stale: 1 });
    expect(await users()).toEqual(['a a active', 'b B active']);
  });

  test('when another source states the person who was to leave', async () => {
    await read([person('a'), person('b'), person('c')]);
    const held = await read([person('c')], true);
    const records = [{ uid: 'other', username: 'a' }];
    await client.post('/api/userData:push', { dataType: 'user', matchKey: 'username', records });
    expect(await approve(held)).toMatchObject({ disabled: 1, stale: 1 });
    expect(await users()).toEqual(['a a active', 'b b disabled', 'c c active']);
  });

  test('when nobody else states the person any more who was to lose what the leaving source had said', async () => {
    const department = { dataType: 'department', records: [{ uid: 'd', title: 'D' }] } as const;
    const [a, b] = [{ ...person('a'), departments: ['d'] }, person('b')];
    const readBoth = async (people: Person[], dryRun = false): Promise<TestAnswer> => {
      const pages = [
        { ...department, records: [...department.records] },
        { dataType: 'user' as const, records: people },
      ];
      scripted.play({ pages, complete: { user: true } });
      const started = await app.admin.post(`/api/sources/${sourceId}/sync`, { dryRun });
      return untilEnded(app.admin, started.body.id);
    };
    const memberships = async (): Promise<number | null> => (await app.pool.query('select from memberships')).rowCount;
    const other = { uid: 'other', username: 'a' };
    const state = (record: Fields): Promise<TestAnswer> =>
      client.post('/api/userData:push', { dataType: 'user', matchKey: 'username', records: [record] });

    await readBoth([a, b]);
    await state(other);
    const held = await readBoth([b], true);
    expect(held.body.counts.departments).toMatchObject({ updated: 1 });
    await state({ uid: 'other', isDeleted: true });
    await approve(held);
    expect((await app.admin.get(`/api/tasks/${held.body.id}`)).body.counts.departments).toMatchObject({
      ...{ updated: 0, stale: 1 },
    });
    expect(await users()).toEqual(['a a active', 'b b active']);
    expect(await memberships()).toBe(1);
    // Not stated by nobody: the source has not let go with this plan.
    expect((await app.pool.query(`select gone from records where uid = 'a'`)).rows).toEqual([{ gone: null }]);
    // The next read finds them missing, and leaves what they had as it was.
    expect((await readBoth([b])).body.counts).toMatchObject({ users: { disabled: 1 } });
    expect(await users()).toEqual(['a a disabled', 'b b active']);
    expect(await memberships()).toBe(1);
    // What was shown is applied when it still stands.
    await readBoth([a, b]);
    await state(other);
    const shown = await readBoth([b], true);
    await approve(shown);
    expect(await users()).toEqual(['a a active', 'b b active']);
    expect(await memberships()).toBe(0);
  });

  test('when nobody else states the person any more to whom the values of the leaving source were to fall', async () => {
    const other = { uid: 'other', username: 'a', nickname: 'Other' };
    await read([person('a'), person('b')]);
    await client.post('/api/userData:push', { dataType: 'user', matchKey: 'username', records: [other] });
    await read([person('a', 'A'), person('b')]);
    expect(await users()).toEqual(['a A active', 'b b active']);
    const held = await read([person('b')], true);
    expect(held.body.counts.users).toMatchObject({ updated: 1, unchanged: 1 });
    await client.post('/api/userData:push', { dataType: 'user', records: [{ uid: 'other', isDeleted: true }] });
    await approve(held);
    const { body } = await app.admin.get(`/api/tasks/${held.body.id}`);
    expect(body.counts.users).toMatchObject({ updated: 0, stale: 1, unchanged: 1 });
    expect(await users()).toEqual(['a A active', 'b b active']);
  });

  test('and the next read plans anew what was stale', async () => {
    await read([person('a'), person('b')]);
    const held = await read([person('a', 'A'), person('b')], true);
    await app.admin.patch(`/api/users/${await idOf('a')}`, { phone: '1' });
    expect(await approve(held)).toMatchObject({ updated: 0, stale: 1 });
    expect((await read([person('a', 'A'), person('b')])).body.counts.users).toMatchObject({ updated: 1 });
    expect(await users()).toEqual(['a A active', 'b b active']);
  });
});

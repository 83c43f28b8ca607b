import { SnapshotClient } from '../testing/snapshot-client';
import { startTestApp, type TestApp } from '../testing/start-test-app';
import type { TestClient } from '../testing/test-client';
import { untilEnded } from '../testing/until';
import { SnapshotExpiry } from './snapshot-expiry';

let app: TestApp;
let client: TestClient;
let snapshots: SnapshotClient;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.key(['push']);
  snapshots = new SnapshotClient(client);
});

afterAll(() => app.close());
beforeEach(() => app.emptyDirectory());

type Fields = Record<string, unknown>;

const people = (...uids: string[]): Fields[] => uids.map((uid) => ({ uid, username: uid }));

async function relations(): Promise<string[]> {
  const { rows } = await app.pool.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relname ~ '^snapshot_[0-9]+$' order by oid`,
  );
  return rows.map(({ name }) => name);
}

test('a snapshot is opened, filled in parallel, committed, and shown', async () => {
  const opened = await client.post('/api/snapshots', { dataTypes: ['user', 'department'] });
  expect(opened.status).toBe(201);
  const { id, expiresAt } = opened.body;
  expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(23 * 3_600_000);
  await Promise.all([
    snapshots.add(id, people('a', 'b')),
    snapshots.add(id, people('c', 'd')),
    snapshots.add(id, [{ uid: 'd1', title: 'D' }], 'department'),
  ]);
  const committed = await snapshots.commit(id, { user: 4, department: 1 });
  expect(committed.status).toBe(202);
  expect(committed.body).toMatchObject({ kind: 'snapshot', source: { name: 'api' } });
  const ended = await untilEnded(client, committed.body.id);
  expect(ended.body).toMatchObject({
    status: 'succeeded',
    counts: { users: { created: 4 }, departments: { created: 1 } },
  });
  expect((await client.get(`/api/snapshots/${id}`)).body).toMatchObject({ id, taskId: ended.body.id });
  expect((await client.get('/api/snapshots')).body.items[0]).toMatchObject({ id, dataTypes: ['user', 'department'] });
  expect(await relations()).toEqual([]);
});

test('committing twice gives the same task, and nothing is added any more', async () => {
  const id = await snapshots.open({ dataTypes: ['user'] });
  await snapshots.add(id, people('a'));
  const [first, second] = await Promise.all([snapshots.commit(id, { user: 1 }), snapshots.commit(id, { user: 1 })]);
  expect([first.status, second.status]).toEqual([202, 202]);
  expect(second.body.id).toBe(first.body.id);
  await untilEnded(client, first.body.id);
  const third = await snapshots.commit(id, { user: 1 });
  expect(third).toMatchObject({ status: 202, body: { id: first.body.id } });
  expect(await snapshots.add(id, people('b'))).toMatchObject({ status: 409, body: { code: 'snapshot_committed' } });
  expect((await client.delete(`/api/snapshots/${id}`)).body.code).toBe('snapshot_committed');
});

test('a uid that is sent again replaces what was sent before', async () => {
  const id = await snapshots.open({ dataTypes: ['user'] });
  await snapshots.add(id, [{ uid: 'a', username: 'first', nickname: 'N' }]);
  await snapshots.add(id, [{ uid: 'a', username: 'second' }]);
  await untilEnded(client, (await snapshots.commit(id, { user: 1 })).body.id);
  const { rows } = await app.pool.query('select username, nickname from users');
  expect(rows).toEqual([{ username: 'second', nickname: null }]);
});

test('an answer says what was taken, and why what was not', async () => {
  const id = await snapshots.open({ dataTypes: ['user'] });
  const records = [...people('a', 'a'), { uid: 'b', email: 'nowhere' }, 7];
  const added = await snapshots.add(id, records);
  expect(added.status).toBe(200);
  expect(added.body).toMatchObject({
    count: { all: 3, success: 1, failed: 2 },
    failedRecords: [
      { record: records[2], code: 'invalid_email', field: 'email' },
      { record: 7, code: 'not_an_object' },
    ],
  });
});

test('the raw archive of the task holds the records as they were received', async () => {
  const id = await snapshots.open({ dataTypes: ['user'] });
  await snapshots.add(id, [{ uid: 'a', username: 'a', id: 5 }]);
  await snapshots.add(id, people('b'));
  const { body } = await snapshots.commit(id, { user: 2 });
  await untilEnded(client, body.id);
  const response = await fetch(`${app.url}/api/tasks/${body.id}/raw`, { headers: app.admin.headers });
  expect(
    (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    { dataType: 'user', record: { uid: 'a', username: 'a', id: 5 } },
    { dataType: 'user', record: { uid: 'b', username: 'b' } },
  ]);
});

test('with a key the body needs no Content-Type', async () => {
  const opened = await client.request('POST', '/api/snapshots', { rawBody: '{"dataTypes":["user"]}' });
  expect(opened.status).toBe(201);
});

test.each<[string, Fields, Fields]>([
  ['no data types', { dataTypes: [] }, { status: 400 }],
  ['a data type that is none', { dataTypes: ['group'] }, { status: 400 }],
  [
    'a source that is not there',
    { dataTypes: ['user'], sourceName: 'nobody' },
    { status: 404, code: 'source_unknown' },
  ],
  ['a match key that is not allowed', { dataTypes: ['user'], matchKey: 'nickname' }, { code: 'match_key_not_allowed' }],
])('a snapshot with %s is not opened', async (_, body, problem) => {
  expect((await client.post('/api/snapshots', body)).body).toMatchObject(problem);
});

test('records of a data type that it was not opened for are refused, and so is an expectation of them', async () => {
  const id = await snapshots.open({ dataTypes: ['user'] });
  expect((await snapshots.add(id, [{ uid: 'd', title: 'D' }], 'department')).status).toBe(400);
  expect((await snapshots.commit(id, { user: 0, department: 0 })).status).toBe(400);
  expect((await snapshots.commit(id, {})).body).toMatchObject({ errors: [{ pointer: '/expected/user' }] });
});

test('a match key takes over an existing user, without one nobody is taken over', async () => {
  const made = await app.admin.post('/api/users', { username: 'hand', email: 'hand@example.com' });
  const id = await snapshots.open({ dataTypes: ['user'], matchKey: 'email' });
  await snapshots.add(id, [{ uid: 'a', email: 'Hand@example.com', nickname: 'H' }]);
  const ended = await untilEnded(client, (await snapshots.commit(id, { user: 1 })).body.id);
  expect(ended.body.counts.users).toMatchObject({ linked: 1, created: 0 });
  expect((await app.admin.get(`/api/users/${made.body.id}`)).body.nickname).toBe('H');
});

test('a preview of a snapshot changes nothing until it is approved', async () => {
  const id = await snapshots.open({ dataTypes: ['user'] });
  await snapshots.add(id, people('a'));
  const { body } = await snapshots.commit(id, { user: 1 }, { dryRun: true });
  expect((await untilEnded(client, body.id)).body).toMatchObject({ status: 'held', heldReason: 'preview' });
  expect((await app.pool.query('select 1 from users')).rowCount).toBe(0);
  await app.admin.post(`/api/tasks/${body.id}/approve`);
  expect((await untilEnded(client, body.id)).body).toMatchObject({
    status: 'succeeded',
    counts: { users: { created: 1 } },
  });
});

test('a preview that is committed for real is planned anew by the same task, and knows what was pushed since', async () => {
  await client.post('/api/userData:push', { dataType: 'user', records: people('a', 'b', 'old') });
  const id = await snapshots.open({ dataTypes: ['user'] });
  await snapshots.add(id, people('a', 'b', 'c'));
  const look = await snapshots.commit(id, { user: 3 }, { dryRun: true });
  const preview = (await untilEnded(client, look.body.id)).body;
  expect(preview).toMatchObject({ status: 'held', counts: { users: { created: 1, disabled: 1 } } });
  expect((await snapshots.commit(id, { user: 3 }, { dryRun: true })).body).toMatchObject({
    id: preview.id,
    status: 'held',
  });
  await client.post('/api/userData:push', { dataType: 'user', records: people('late') });
  expect((await snapshots.commit(id, { user: 99 })).body).toMatchObject({
    ...{ status: 409, code: 'snapshot_committed' },
    errors: [{ pointer: '/expected/user', message: 'expected 99, but 3 was committed' }],
  });
  const real = await snapshots.commit(id, { user: 3 });
  expect([real.status, real.body.id]).toEqual([202, preview.id]);
  const ended = (await untilEnded(client, preview.id)).body;
  expect(ended).toMatchObject({ status: 'succeeded', dryRun: false, counts: { users: { created: 1, disabled: 1 } } });
  const { rows } = await app.pool.query(`select username || ' ' || status as line from users order by username`);
  expect(rows.map(({ line }) => line)).toEqual(['a active', 'b active', 'c active', 'late active', 'old disabled']);
  expect((await snapshots.commit(id, { user: 3 })).body).toMatchObject({ id: preview.id, status: 'succeeded' });
});

test('a preview that was rejected cannot be committed for real, one that found nothing to do has done it', async () => {
  const id = await snapshots.open({ dataTypes: ['user'] });
  await snapshots.add(id, people('a'));
  const { body } = await snapshots.commit(id, { user: 1 }, { dryRun: true });
  await untilEnded(client, body.id);
  await app.admin.post(`/api/tasks/${body.id}/reject`);
  expect((await snapshots.commit(id, { user: 1 })).body).toMatchObject({ status: 409, code: 'snapshot_committed' });
  await client.post('/api/userData:push', { dataType: 'user', records: people('a') });
  const same = await snapshots.open({ dataTypes: ['user'] });
  await snapshots.add(same, people('a'));
  const look = await snapshots.commit(same, { user: 1 }, { dryRun: true });
  await untilEnded(client, look.body.id);
  const real = await snapshots.commit(same, { user: 1 });
  expect(real.status).toBe(202);
  expect((await untilEnded(client, real.body.id)).body).toMatchObject({
    status: 'succeeded',
    counts: { users: { unchanged: 1 } },
  });
});

test('a key sees and fills its own snapshots only, and a bound key names no other source', async () => {
  const id = await snapshots.open({ dataTypes: ['user'] });
  const other = await app.key(['push']);
  const others = new SnapshotClient(other);
  expect((await other.get(`/api/snapshots/${id}`)).status).toBe(404);
  expect((await others.add(id, people('x'))).status).toBe(404);
  expect((await others.commit(id, { user: 0 })).status).toBe(404);
  expect((await other.delete(`/api/snapshots/${id}`)).status).toBe(404);
  expect((await other.get('/api/snapshots')).body.total).toBe(0);
  const { body: source } = await app.admin.post('/api/sources', { name: 'bound', type: 'push' });
  const bound = await app.key(['push'], source.id);
  expect((await bound.post('/api/snapshots', { dataTypes: ['user'], sourceName: 'api' })).status).toBe(403);
  expect((await bound.post('/api/snapshots', { dataTypes: ['user'] })).body.source.name).toBe('bound');
  await app.admin.patch(`/api/sources/${source.id}`, { enabled: false });
  expect((await bound.post('/api/snapshots', { dataTypes: ['user'] })).body.code).toBe('source_disabled');
});

test('opening anew takes the place of one that is open for the same data type', async () => {
  const first = await snapshots.open({ dataTypes: ['user'] });
  const departments = await snapshots.open({ dataTypes: ['department'] });
  const second = await snapshots.open({ dataTypes: ['user'] });
  expect((await snapshots.add(first, people('a'))).status).toBe(404);
  expect((await client.get(`/api/snapshots/${departments}`)).status).toBe(200);
  expect((await snapshots.add(second, people('a'))).status).toBe(200);
});

test('an aborted snapshot is gone, and so is one that expired', async () => {
  const aborted = await snapshots.open({ dataTypes: ['user'] });
  await snapshots.add(aborted, people('a'));
  expect((await client.delete(`/api/snapshots/${aborted}`)).status).toBe(204);
  expect((await snapshots.commit(aborted, { user: 1 })).status).toBe(404);
  const id = await snapshots.open({ dataTypes: ['user'] });
  await snapshots.add(id, people('a'));
  await client.post('/api/userData:push', { dataType: 'user', records: people('b') });
  await app.pool.query(`update snapshots set expires_at = now() - interval '1 second' where id = $1`, [id]);
  expect((await snapshots.commit(id, { user: 1 })).status).toBe(404);
  await app.app.get(SnapshotExpiry).expire();
  expect(await relations()).not.toContain(`snapshot_${id}`);
  expect((await app.pool.query('select 1 from snapshot_pushes where snapshot_id = $1', [id])).rowCount).toBe(0);
});

test('what was sent for a task that cannot be retried from it any more is removed', async () => {
  const id = await snapshots.open({ dataTypes: ['user'] });
  await snapshots.add(id, people('a'));
  const { body } = await snapshots.commit(id, { user: 1 }, { dryRun: true });
  await untilEnded(client, body.id);
  await app.app.get(SnapshotExpiry).expire();
  expect(await relations()).toContain(`snapshot_${id}`);
  await app.admin.post(`/api/tasks/${body.id}/reject`);
  await app.pool.query('delete from changes where task_id = $1', [body.id]);
  await app.pool.query('delete from tasks where id = $1', [body.id]);
  await app.app.get(SnapshotExpiry).expire();
  expect(await relations()).not.toContain(`snapshot_${id}`);
});

import { SnapshotClient } from '../../testing/snapshot-client';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { untilEnded } from '../../testing/until';

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
const push = (records: Fields[], headers?: Record<string, string>): Promise<TestAnswer> =>
  client.post('/api/userData:push', { dataType: 'user', records }, headers);
const open = (): Promise<number> => snapshots.open({ dataTypes: ['user'] });

/** Commits, and waits for the end of the task. */
async function commit(id: number, user: number): Promise<TestAnswer> {
  const { body, status } = await snapshots.commit(id, { user });
  expect(status).toBe(202);
  return untilEnded(client, body.id);
}

/** `username nickname status` of everybody who is not deleted. */
async function directory(): Promise<string[]> {
  const { rows } = await app.pool.query<{ line: string }>(
    `select concat_ws(' ', username, nickname, status) as line from users where deleted_at is null order by username`,
  );
  return rows.map(({ line }) => line);
}

async function undecided(): Promise<number> {
  const { rows } = await app.pool.query<{ n: number }>(
    `select count(*)::int as n from tasks where status in ('queued', 'running')`,
  );
  return rows[0]!.n;
}

describe('rule 22: snapshots', () => {
  it('is a complete read: who is not among its records has left', async () => {
    await push(people('a', 'b'));
    const id = await open();
    await snapshots.add(id, [{ uid: 'a', username: 'a', nickname: 'A' }]);
    await snapshots.add(id, people('c'));
    const { body } = await commit(id, 2);
    expect(body).toMatchObject({ kind: 'snapshot', status: 'succeeded' });
    expect(body.counts.users).toMatchObject({ created: 1, updated: 1, disabled: 1, failed: 0 });
    expect(await directory()).toEqual(['a A active', 'b disabled', 'c active']);
  });

  it('makes no task when it is opened, and blocks nothing', async () => {
    const id = await open();
    await snapshots.add(id, people('a'));
    expect(await undecided()).toBe(0);
    expect((await push(people('b'))).status).toBe(200);
    expect(await directory()).toEqual(['b active']);
  });

  it('keeps whoever was pushed between opening and committing, known before or not', async () => {
    await push(people('known', 'other'));
    const id = await open();
    await snapshots.add(id, people('other'));
    await push(people('known', 'new'));
    expect((await commit(id, 1)).body.status).toBe('succeeded');
    expect(await directory()).toEqual(['known active', 'new active', 'other active']);
  });

  it('does not lay its older word over what was pushed meanwhile, in small pushes or large ones', async () => {
    await push(people('a', 'b', 'c'));
    const id = await open();
    await snapshots.add(id, [
      { uid: 'a', username: 'a', nickname: 'old' },
      { uid: 'b', username: 'b', nickname: 'old' },
      { uid: 'c', username: 'c', nickname: 'old' },
    ]);
    await push([{ uid: 'a', nickname: 'new' }]);
    const queued = await push([{ uid: 'b', nickname: 'new' }], { Prefer: 'respond-async' });
    await untilEnded(client, queued.body.id);
    await commit(id, 3);
    expect(await directory()).toEqual(['a new active', 'b new active', 'c old active']);
  });

  it('does not bring back whom a push has deleted meanwhile, nor make whom it never knew', async () => {
    await push(people('a', 'b'));
    const id = await open();
    await snapshots.add(id, people('a', 'b', 'unknown'));
    await push([
      { uid: 'a', isDeleted: true },
      { uid: 'unknown', isDeleted: true },
    ]);
    const { body } = await commit(id, 3);
    expect(body.status).toBe('succeeded');
    expect(await directory()).toEqual(['b active']);
  });

  it('believes the snapshot where what was pushed meanwhile was invalid, and takes it for a sign of life', async () => {
    await push(people('a', 'b'));
    const id = await open();
    await snapshots.add(id, [{ uid: 'a', username: 'a', nickname: 'A' }]);
    await push([
      { uid: 'a', email: 'no address' },
      { uid: 'b', email: 'no address' },
    ]);
    await commit(id, 1);
    expect(await directory()).toEqual(['a A active', 'b active']);
  });

  it('does not count a preview as pushed', async () => {
    await push(people('a'));
    const id = await open();
    await snapshots.add(id, [{ uid: 'a', username: 'a', nickname: 'A' }]);
    await client.post('/api/userData:push', { dataType: 'user', dryRun: true, records: [{ uid: 'a', nickname: 'X' }] });
    await commit(id, 1);
    expect(await directory()).toEqual(['a A active']);
  });

  it('stays open, and changes nothing, when it is not what was expected', async () => {
    await push(people('a', 'b'));
    const id = await open();
    await snapshots.add(id, people('a'));
    const refused = await snapshots.commit(id, { user: 2 });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      code: 'snapshot_incomplete',
      errors: [{ pointer: '/expected/user', message: 'expected 2 distinct uids, 1 arrived' }],
    });
    expect(await directory()).toEqual(['a active', 'b active']);
    await snapshots.add(id, people('b', 'a'));
    expect((await commit(id, 2)).body.status).toBe('succeeded');
    expect(await directory()).toEqual(['a active', 'b active']);
  });

  it('removes nobody when a record came without a uid, and reports that record', async () => {
    await push(people('a', 'b'));
    const id = await open();
    const added = await snapshots.add(id, [...people('a'), { username: 'who' }]);
    expect(added.body).toMatchObject({
      count: { all: 2, success: 1, failed: 1 },
      failedRecords: [{ record: { username: 'who' }, code: 'uid_missing' }],
    });
    const { body } = await commit(id, 1);
    expect(body).toMatchObject({ status: 'partially_succeeded', counts: { users: { failed: 1, disabled: 0 } } });
    expect(await directory()).toEqual(['a active', 'b active']);
  });

  it('is held when it is empty where people were, and when it loses too many', async () => {
    const many = Array.from({ length: 20 }, (_, n) => `u${n}`);
    await push(people(...many));
    const empty = await commit(await open(), 0);
    expect(empty.body).toMatchObject({ status: 'held', heldReason: 'empty' });
    const id = await open();
    await snapshots.add(id, people(...many.slice(0, 10)));
    const half = await commit(id, 10);
    expect(half.body).toMatchObject({ status: 'held', heldReason: 'limits' });
    expect(await directory()).toHaveLength(20);
    await app.admin.post(`/api/tasks/${half.body.id}/approve`);
    expect((await untilEnded(client, half.body.id)).body).toMatchObject({
      status: 'succeeded',
      counts: { users: { disabled: 10, unchanged: 10 } },
    });
  });

  it('is planned again by a retry, without the people who were pushed since it was held', async () => {
    const many = Array.from({ length: 20 }, (_, n) => `u${n}`);
    await push(people(...many));
    const id = await open();
    await snapshots.add(id, [{ uid: 'u0', username: 'u0', nickname: 'old' }, ...people(...many.slice(1, 10))]);
    const held = await commit(id, 10);
    expect(held.body.status).toBe('held');
    await app.admin.post(`/api/tasks/${held.body.id}/reject`);
    await push([{ uid: 'u0', nickname: 'new' }, ...people(...many.slice(10))]);
    await app.admin.post(`/api/tasks/${held.body.id}/retry`);
    expect((await untilEnded(client, held.body.id)).body).toMatchObject({
      status: 'succeeded',
      attempts: 2,
      counts: { users: { disabled: 0, failed: 0 } },
    });
    expect((await directory())[0]).toBe('u0 new active');
    expect(await directory()).toHaveLength(20);
  });

  it('lets a retry apply what failed, as for a push', async () => {
    await app.admin.post('/api/users', { username: 'taken' });
    const id = await open();
    await snapshots.add(id, people('a', 'taken'));
    const first = await commit(id, 2);
    expect(first.body).toMatchObject({ status: 'partially_succeeded', counts: { users: { created: 1, failed: 1 } } });
    await app.pool.query(`update users set username = 'free' where username = 'taken'`);
    await app.admin.post(`/api/tasks/${first.body.id}/retry`);
    expect((await untilEnded(client, first.body.id)).body).toMatchObject({
      status: 'succeeded',
      counts: { users: { created: 2 } },
    });
  });

  it('leaves it to a held push, which came while it was open, what becomes of whom that names', async () => {
    const names = Array.from({ length: 30 }, (_, i) => `u${String(i).padStart(2, '0')}`);
    await push(people(...names));
    const id = await open();
    await snapshots.add(
      id,
      names.map((uid) => ({ uid, username: uid, nickname: 'snap' })),
    );
    const gone = names.slice(0, 7).map((uid) => ({ uid, isDeleted: true }));
    const held = await push([...gone, { uid: 'u09', nickname: 'pushed' }]);
    expect(held.body.status).toBe('held');
    expect((await commit(id, 30)).body).toMatchObject({ counts: { users: { updated: 22, unchanged: 8 } } });
    await app.admin.post(`/api/tasks/${held.body.id}/approve`);
    expect((await untilEnded(client, held.body.id)).body).toMatchObject({
      status: 'succeeded',
      counts: { users: { updated: 1, deleted: 7, stale: 0 } },
    });
    const lines = await directory();
    expect(lines).toHaveLength(23);
    expect(lines).toContain('u09 pushed active');
  });

  it.each([
    ['at once', undefined, {}],
    ['in the queue', { prefer: 'respond-async' }, {}],
    ['as a preview that was approved', undefined, { dryRun: true }],
  ] as [string, Record<string, string> | undefined, { dryRun?: boolean }][])(
    'does not go over what was pushed %s after it was held, when it is retried',
    async (_, headers, more) => {
      const names = Array.from({ length: 30 }, (_, i) => `u${String(i).padStart(2, '0')}`);
      await push(people(...names));
      const id = await open();
      await snapshots.add(
        id,
        names.slice(0, 23).map((uid) => ({ uid, username: uid, nickname: 'old' })),
      );
      const held = await commit(id, 23);
      expect(held.body.status).toBe('held');
      expect((await app.admin.post(`/api/tasks/${held.body.id}/cancel`)).status).toBe(202);
      const sent = [
        { uid: 'u01', username: 'u01', nickname: 'new' },
        // Says something, although not who: it is seen.
        { uid: 'u24', email: 'none' },
        ...['u25', 'u26', 'u27', 'u28', 'u29', 'x'].map((uid) => ({ uid, username: uid, nickname: 'new' })),
      ];
      const body = { dataType: 'user', records: sent, ...more };
      const { taskId } = (await client.post('/api/userData:push', body, headers)).body.data;
      await untilEnded(client, taskId);
      if (more.dryRun) {
        await app.admin.post(`/api/tasks/${taskId}/approve`);
        await untilEnded(client, taskId);
      }
      expect((await app.admin.post(`/api/tasks/${held.body.id}/retry`)).status).toBe(202);
      expect((await untilEnded(client, held.body.id)).body).toMatchObject({
        status: 'succeeded',
        counts: { users: { updated: 22, disabled: 1 } },
      });
      const lines = await directory();
      expect(lines.filter((line) => line.endsWith('disabled'))).toEqual(['u23 disabled']);
      expect(lines.filter((line) => line.includes('new active'))).toHaveLength(7);
    },
  );
});

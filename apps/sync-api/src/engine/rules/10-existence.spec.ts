import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { until, untilEnded } from '../../testing/until';

let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.key(['push', 'read']);
  await app.admin.post('/api/sources', { name: 'hr', type: 'push', matchKey: ['username'] });
});

afterAll(() => app.close());

beforeEach(() => app.emptyDirectory());

const say = (source: string, more: Record<string, unknown> = {}): Promise<TestAnswer> =>
  client.post('/api/userData:push', {
    dataType: 'user',
    sourceName: source,
    matchKey: 'username',
    records: [{ uid: `ann@${source}`, username: 'ann', ...more }],
  });

/** Runs work that makes two tasks, which plan before either gets at the users. */
async function bothPlanned<T>(work: () => Promise<T>): Promise<T> {
  const waiting = (tasks: number, wait: string): Promise<unknown> =>
    until(
      async () => (await app.pool.query<{ n: number }>(WAITING, [wait])).rows[0]?.n,
      (n) => n === tasks,
    );
  await app.pool.query(`
    create function wait() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock_shared(10); return null; end';
    create trigger wait after insert on changes for each statement execute function wait()`);
  const other = await app.pool.connect();
  try {
    await other.query('select pg_advisory_lock(10)');
    const result = await work();
    // The second one waits for the first one's statistics.
    await waiting(1, 'advisory');
    await other.query('begin; select from users for no key update; select pg_advisory_unlock(10)');
    await waiting(2, 'transactionid|tuple');
    return result;
  } finally {
    await other.query('commit; select pg_advisory_unlock_all()');
    other.release();
    await app.pool.query('drop function wait cascade');
  }
}

const WAITING = `
  select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event ~ $1`;

async function status(): Promise<string> {
  const { rows } = await app.pool.query<{ id: number; status: string }>(
    `select id, case when deleted_at is null then status else 'deleted' end as status from users`,
  );
  return rows.map((row) => `${row.id} ${row.status}`).join();
}

describe('rule 10: existence', () => {
  test('a live record of any source keeps a user, and the last one to leave takes them along', async () => {
    await say('api');
    await say('hr');
    await say('api', { isDeleted: true });
    expect(await status()).toBe('1 active');
    await say('hr', { isDeleted: true });
    expect(await status()).toBe('1 deleted');
    await say('api');
    expect(await status()).toBe('1 active');
    await say('api', { isDeleted: true });
    expect(await status()).toBe('1 deleted');
  });

  test('a deletion that waited for another source is applied when it is said again, once it was applied it is spent', async () => {
    const { body } = await app.admin.get('/api/sources');
    const { id } = body.items.find(({ name }: { name: string }) => name === 'hr');
    await app.admin.patch(`/api/sources/${id}`, { policies: { user: { onDeleted: 'disable' } } });
    await say('api');
    await say('hr');
    await say('api', { isDeleted: true });
    await say('hr', { isDeleted: true });
    expect(await status()).toBe('1 disabled');
    await say('api', { isDeleted: true });
    expect(await status()).toBe('1 deleted');
    await say('hr');
    await say('hr', { isDeleted: true });
    await say('api', { isDeleted: true });
    expect(await status()).toBe('1 disabled');
    await app.admin.patch(`/api/sources/${id}`, { policies: { user: { onDeleted: 'delete' } } });
  });

  test('a deletion that was applied is spent also when what the record had attached is looked at again', async () => {
    const { body } = await app.admin.get('/api/sources');
    const { id } = body.items.find(({ name }: { name: string }) => name === 'hr');
    await app.admin.patch(`/api/sources/${id}`, { policies: { user: { onDeleted: 'disable' } } });
    const d = { dataType: 'department', sourceName: 'api', records: [{ uid: 'd', title: 'D' }] };
    expect((await client.post('/api/userData:push', d)).body.data.status).toBe('succeeded');
    await say('api', { departments: ['d'] });
    await say('hr');
    await say('hr', { isDeleted: true });
    await say('api', { isDeleted: true });
    expect(await status()).toBe('1 deleted');
    await say('hr');
    expect(await status()).toBe('1 active');
    await say('hr', { isDeleted: true });
    expect(await status()).toBe('1 disabled');
    await say('api', { isDeleted: true });
    expect(await status()).toBe('1 disabled');
    await app.admin.patch(`/api/sources/${id}`, { policies: { user: { onDeleted: 'delete' } } });
  });

  test('who comes back by a plan that waited, while the last one who stated them left, is back with the next statement', async () => {
    const { body } = await app.admin.get('/api/sources');
    const { id } = body.items.find(({ name }: { name: string }) => name === 'hr');
    await app.admin.patch(`/api/sources/${id}`, { priority: 300 });
    await say('hr', { nickname: 'Ann of HR' });
    await say('api', { nickname: 'Ann' });
    await say('api', { isDeleted: true });
    const plan = await app.admin.post('/api/userData:push', {
      dataType: 'user',
      sourceName: 'api',
      matchKey: 'username',
      dryRun: true,
      records: [{ uid: 'ann@api', username: 'ann', nickname: 'Annie' }],
    });
    await say('hr', { isDeleted: true });
    expect(await status()).toBe('1 deleted');
    await app.admin.post(`/api/tasks/${plan.body.id}/approve`);
    await untilEnded(app.admin, plan.body.id);
    // The plan named no change of hers, so it writes none; but what was stated with it holds.
    await say('api', { nickname: 'Annie' });
    expect(await status()).toBe('1 active');
    const { rows } = await app.pool.query('select nickname from users');
    expect(rows).toEqual([{ nickname: 'Annie' }]);
    await app.admin.patch(`/api/sources/${id}`, { priority: 100 });
  });

  test('what two tasks planned while neither had deleted the user is deleted, counted and undone once', async () => {
    await say('api');
    await say('hr');
    await app.admin.patch('/api/users/1', { protected: true });
    await say('api', { isDeleted: true });
    await say('hr', { isDeleted: true });
    await app.admin.patch('/api/users/1', { protected: false });
    // One task for each source; the answer is the first.
    const { body } = await bothPlanned(() => app.admin.post('/api/users/1/sync'));
    const first = body.id as number;
    const tasks = await Promise.all([first, first + 1].map((id) => untilEnded(app.admin, id)));
    expect(await status()).toBe('1 deleted');
    expect(tasks.map(({ body }) => body.counts.users.deleted).sort()).toEqual([0, 1]);
  });

  test('a disabled source still states', async () => {
    await say('api');
    await say('hr');
    const sources = await app.admin.get('/api/sources');
    const { id } = sources.body.items.find(({ name }: { name: string }) => name === 'hr');
    await app.admin.patch(`/api/sources/${id}`, { enabled: false });
    await say('api', { isDeleted: true });
    expect(await status()).toBe('1 active');
    await app.admin.patch(`/api/sources/${id}`, { enabled: true });
  });

  test("an admin's disable is lifted only by an admin, whatever the sources say", async () => {
    await say('api');
    await say('hr');
    await app.admin.patch('/api/users/1', { status: 'disabled' });
    await say('api', { isDisabled: false });
    await say('hr', { isDisabled: false, phone: '1' });
    expect(await status()).toBe('1 disabled');
    await app.admin.patch('/api/users/1', { status: 'active', lockedFields: [] });
    expect(await status()).toBe('1 active');
  });
});

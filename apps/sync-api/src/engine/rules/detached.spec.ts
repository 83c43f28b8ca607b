import type { TestAnswer, TestClient } from '../../testing/test-client';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import { untilEnded } from '../../testing/until';

let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.key(['push', 'read']);
});

afterAll(() => app.close());

beforeEach(() => app.emptyDirectory());

const push = (record: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<TestAnswer> =>
  client.post('/api/userData:push', { dataType: 'user', records: [record], ...more });

async function counts({ body }: TestAnswer): Promise<Record<string, Record<string, number>>> {
  return (await client.get(`/api/tasks/${body.data.taskId}`)).body.counts;
}

const detach = (): Promise<unknown> => app.pool.query(`update links set state = 'detached'`);

async function users(): Promise<Record<string, unknown>[]> {
  return (
    await app.pool.query<Record<string, unknown>>('select id, username, nickname, deleted_at from users order by id')
  ).rows;
}

async function links(): Promise<unknown[]> {
  return (
    await app.pool.query(
      `select resource_id, state, dirty from links where target_id = (select id from targets where name = 'users')`,
    )
  ).rows;
}

describe('a detached link', () => {
  it('leaves a record that says nothing new alone, and does not let it take the user with it', async () => {
    await push({ uid: 'a', username: 'wang' });
    await detach();
    const same = await push({ uid: 'a', username: 'wang' });
    expect(await counts(same)).toMatchObject({ users: { unchanged: 1, created: 0, updated: 0 } });
    await push({ uid: 'a', isDeleted: true });
    expect(await users()).toMatchObject([{ id: 1, deleted_at: null }]);
    expect(await links()).toEqual([{ resource_id: 1, state: 'detached', dirty: false }]);
  });

  it('gives way to a user of its own when the record says something new', async () => {
    await push({ uid: 'a', username: 'wang' });
    await detach();
    const moved = await push({ uid: 'a', username: 'li' });
    expect(await counts(moved)).toMatchObject({ users: { created: 1 } });
    expect(await users()).toMatchObject([{ username: 'wang' }, { username: 'li' }]);
    expect(await links()).toEqual([{ resource_id: 2, state: 'active', dirty: false }]);
    await push({ uid: 'a', nickname: 'Li' });
    expect(await users()).toMatchObject([{ nickname: null }, { nickname: 'Li' }]);
  });

  it('is never matched with the same user again, but with another (rule 8)', async () => {
    await push({ uid: 'a', username: 'wang' });
    await detach();
    const refused = await push({ uid: 'a', username: 'wang', nickname: 'W' }, { matchKey: 'username' });
    const [failed] = refused.body.data.result[0].detail.failedRecords;
    expect(failed).toMatchObject({ code: 'username_taken', field: 'username' });
    expect(failed.message).toMatch(
      /used by user 1, from whom this record was taken.* link it by hand, on their page or with POST \/api\/links/,
    );
    expect(failed.message).not.toContain('matchKey');
    const other = (await app.admin.post('/api/users', { username: 'li' })).body.id;
    const linked = await push({ uid: 'a', username: 'li' }, { matchKey: 'username' });
    expect(await counts(linked)).toMatchObject({ users: { linked: 1 } });
    expect(await links()).toEqual([{ resource_id: other, state: 'active', dirty: false }]);
  });

  it('frees the user for another record of the same source (rule 8)', async () => {
    await push({ uid: 'a', username: 'wang' });
    await detach();
    const linked = await push({ uid: 'b', username: 'wang', nickname: 'B' }, { matchKey: 'username' });
    expect(await counts(linked)).toMatchObject({ users: { linked: 1 } });
    expect(await users()).toMatchObject([{ nickname: 'B' }]);
  });

  it('shows in no user, and a plan that was made before it went is stale', async () => {
    await push({ uid: 'a', username: 'wang' });
    const held = await push({ uid: 'a', nickname: 'W' }, { dryRun: true });
    await detach();
    expect((await app.admin.get('/api/users/1')).body.links).toEqual([]);
    await app.admin.post(`/api/tasks/${held.body.id}/approve`);
    const ended = await untilEnded(app.admin, held.body.id);
    expect(ended.body.counts.users).toMatchObject({ stale: 1 });
    expect(await users()).toMatchObject([{ nickname: null }]);
  });
});

import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestClient } from '../../testing/test-client';

type Fields = Record<string, unknown>;

let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.key(['push', 'read']);
});

afterAll(() => app.close());

beforeEach(() => app.emptyDirectory());

async function push(record: Fields, dataType = 'user'): Promise<Record<string, Fields>> {
  const answer = await client.post('/api/userData:push', { dataType, records: [record] });
  expect(answer.body.data.status).toBe('succeeded');
  return (await client.get(`/api/tasks/${answer.body.data.taskId}`)).body.counts;
}

const record = async (): Promise<Fields> =>
  (await app.pool.query<Fields>(`select payload, version from records where data_type = 'user'`)).rows[0] ?? {};

describe('rule 02: two hashes', () => {
  test('a record that says the same in another order is unchanged, also inside a custom field', async () => {
    await push({ uid: 'a', nickname: 'Ann', office: { floor: 1, room: 2 } });
    expect(await push({ office: { room: 2, floor: 1 }, nickname: 'Ann', uid: 'a' })).toMatchObject({
      users: { updated: 0, unchanged: 1 },
    });
    expect(await record()).toMatchObject({ version: 1 });
  });

  test('a target has a change only when a field differs that it reads', async () => {
    await push({ uid: 'd', title: 'D' }, 'department');
    await push({ uid: 'a', nickname: 'Ann', departments: ['d'] });
    const renamed = await push({ uid: 'a', nickname: 'Anna' });
    expect(renamed).toMatchObject({ users: { updated: 1 }, departments: { updated: 0, unchanged: 1 } });
    const moved = await push({ uid: 'a', departments: [] });
    expect(moved).toMatchObject({ users: { updated: 0, unchanged: 1 }, departments: { updated: 1 } });
  });

  test('to say of somebody active that they are not disabled is no difference, in a preview neither', async () => {
    await push({ uid: 'u1', username: 'u1' });
    const preview = async (fields: Fields): Promise<Fields> => {
      const { body } = await client.post('/api/userData:push', {
        dataType: 'user',
        dryRun: true,
        records: [{ uid: 'u1', ...fields }],
      });
      expect(body.status).toBe('held');
      return (await client.get(`/api/tasks/${body.id}`)).body.counts.users;
    };
    expect(await preview({ isDisabled: false })).toMatchObject({ updated: 0, unchanged: 1 });
    expect(await preview({ isDisabled: false, nickname: 'U' })).toMatchObject({ updated: 1, unchanged: 0 });
    expect(await preview({ isDisabled: true })).toMatchObject({ disabled: 1 });
    const { body } = await client.get('/api/tasks?sort=-id&pageSize=2');
    const shown = await app.admin.get(`/api/tasks/${body.items[1].id}/changes`);
    expect(shown.body.items).toMatchObject([{ diff: [{ field: 'nickname', before: null, after: 'U' }] }]);
    expect(shown.body.items[0].diff).toHaveLength(1);
    expect((await push({ uid: 'u1', isDisabled: false }))['users']).toMatchObject({ updated: 0, unchanged: 1 });
    expect((await push({ uid: 'u1', isDisabled: false }))['users']).toMatchObject({ updated: 0, unchanged: 1 });
  });

  test('a record that carries less than before, and nothing new, is no update', async () => {
    await push({ uid: 'a', nickname: 'Ann', phone: '1' });
    expect(await push({ uid: 'a', phone: '1' })).toMatchObject({ users: { updated: 0, unchanged: 1 } });
  });
});

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

beforeEach(() =>
  app.pool.query(
    'truncate users, departments, memberships, records, links, staging, changes, waiting_references restart identity',
  ),
);

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

  test('a record that carries less than before, and nothing new, is no update', async () => {
    await push({ uid: 'a', nickname: 'Ann', phone: '1' });
    expect(await push({ uid: 'a', phone: '1' })).toMatchObject({ users: { updated: 0, unchanged: 1 } });
  });
});

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

async function ann(): Promise<Fields> {
  const { rows } = await app.pool.query<Fields>('select * from users');
  expect(rows).toHaveLength(1);
  return rows[0] ?? {};
}

const record = async (): Promise<Fields> =>
  (await app.pool.query<Fields>(`select payload, version from records where data_type = 'user'`)).rows[0] ?? {};

describe('rule 03: partial records', () => {
  test('what is absent is kept, what is null or empty is cleared', async () => {
    await push({ uid: 'a', nickname: 'Ann', phone: '1', email: 'a@x', desk: '7', badge: '8' });
    await push({ uid: 'a', phone: null, email: '', desk: null });
    expect(await ann()).toMatchObject({ nickname: 'Ann', phone: null, email: null, custom: { badge: '8' } });
    expect((await record()).payload).toEqual({ nickname: 'Ann', badge: '8' });
  });

  test('stating somebody again revives them, with what was known', async () => {
    await push({ uid: 'a', nickname: 'Ann' });
    const { id } = await ann();
    await push({ uid: 'a', isDeleted: true });
    expect((await ann()).deleted_at).not.toBeNull();
    expect(await push({ uid: 'a', phone: '1' })).toMatchObject({ users: { restored: 1, created: 0 } });
    expect(await ann()).toMatchObject({ id, nickname: 'Ann', phone: '1', deleted_at: null });
  });

  test('a disabled person stays so while the record does not say otherwise', async () => {
    await push({ uid: 'a', nickname: 'Ann', isDisabled: true });
    await push({ uid: 'a', nickname: 'Anna' });
    expect(await ann()).toMatchObject({ nickname: 'Anna', status: 'disabled' });
    await push({ uid: 'a', isDisabled: false });
    expect(await ann()).toMatchObject({ status: 'active' });
  });
});

import { startTestApp, type TestApp } from '../testing/start-test-app';
import type { TestClient } from '../testing/test-client';

let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.key(['push', 'read']);
});

afterAll(() => app.close());

const people = (count: number): Record<string, unknown>[] =>
  Array.from({ length: count }, (_, n) => ({ uid: `u${n}`, username: `user${n}`, email: `u${n}@x.example` }));

describe('many new people in one batch', () => {
  it('are created but for those whose name is taken, by somebody before or among themselves', async () => {
    const { body: holder } = await app.admin.post('/api/users', { username: 'USER7', nickname: 'By hand' });
    const records = people(1_500).map((person) =>
      person['uid'] === 'u900' ? { ...person, email: 'U11@x.example' } : person,
    );
    const { body } = await client.post('/api/userData:push', { dataType: 'user', records });
    const [users] = body.data.result;
    expect(users.detail.count).toEqual({ all: 1_500, success: 1_498, failed: 2 });
    expect(
      users.detail.failedRecords.map((failed: Record<string, unknown>) => [failed['code'], failed['field']]),
    ).toEqual([
      ['username_taken', 'username'],
      ['email_taken', 'email'],
    ]);
    expect(users.detail.failedRecords[0].message).toContain(`by user ${holder.id}`);
    const { rows } = await app.pool.query<{ n: number }>('select count(*)::int as n from users');
    expect(rows[0]?.n).toBe(1_499);
  });
});

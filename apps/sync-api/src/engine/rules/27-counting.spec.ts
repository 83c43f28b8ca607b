import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';

let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.key(['push', 'read']);
});

afterAll(() => app.close());
beforeEach(() => app.emptyDirectory());

type Fields = Record<string, unknown>;

const push = (records: Fields[], dataType = 'user'): Promise<TestAnswer> =>
  client.post('/api/userData:push', { dataType, records });

async function taskOf(answer: TestAnswer): Promise<Fields> {
  return (await client.get(`/api/tasks/${answer.body.data.taskId}`)).body;
}

describe('rule 27: counting', () => {
  it('counts distinct records on each target, and an unchanged one as a success', async () => {
    await push([{ uid: 'd', title: 'D' }], 'department');
    await push([{ uid: 'a', username: 'a', departments: ['d'] }]);
    const answer = await push([
      { uid: 'a', username: 'a', departments: ['d'] },
      { uid: 'a', username: 'a', departments: ['d'] },
      { uid: 'b', username: 'b' },
    ]);
    expect(await taskOf(answer)).toMatchObject({
      status: 'succeeded',
      counts: { users: { unchanged: 1, created: 1, failed: 0 }, departments: { unchanged: 2, failed: 0 } },
    });
    expect(answer.body.data.result[0].detail.count).toEqual({ all: 2, success: 2, failed: 0 });
  });

  it('lets a record that fails validation fail in the first target of its data type', async () => {
    const answer = await push([
      { uid: 'a', username: 'a', email: 'no-at-sign', departments: ['d'] },
      { uid: 'b', username: 'b' },
    ]);
    expect(await taskOf(answer)).toMatchObject({
      status: 'partially_succeeded',
      counts: { users: { created: 1, failed: 1 }, departments: { failed: 0, unchanged: 1 } },
    });
  });

  it('names the target that blocks another one', async () => {
    await app.admin.post('/api/users', { username: 'taken' });
    const answer = await push([{ uid: 'a', username: 'taken', departments: ['d'] }]);
    expect(await taskOf(answer)).toMatchObject({
      status: 'failed',
      counts: { users: { failed: 1 }, departments: { failed: 1 } },
    });
    const [users, departments] = answer.body.data.result;
    expect((await taskOf(answer)).message).toBe(
      '1 of 1 records failed: username_taken (1). The failed changes say what is wrong with each.',
    );
    expect(users.detail.failedRecords).toMatchObject([{ code: 'username_taken', field: 'username' }]);
    expect(departments.detail.failedRecords).toMatchObject([{ code: 'blocked_by_users' }]);
  });

  it('says in the message how many failed, and of what most', async () => {
    const bad = ['1', '2', '3'].map((uid) => ({ uid, email: 'no-at-sign' }));
    const others = [
      { uid: '4', isDisabled: 'x' },
      { uid: '5', isDisabled: 'x' },
      { uid: '6', username: 'x'.repeat(256) },
    ];
    const { message } = await taskOf(await push([...bad, ...others, { uid: '7', phone: '1' }]));
    expect(message).toBe(
      '6 of 7 records failed: invalid_email (3), invalid_type (2), invalid_text (1). The failed changes say what is wrong with each.',
    );
    expect((await taskOf(await push([{ uid: '8', phone: '2' }]))).message).toBeNull();
  });

  it('counts protected users as unchanged, and touches nothing of theirs', async () => {
    await push([{ uid: 'd', title: 'D' }], 'department');
    await push([{ uid: 'a', username: 'a' }]);
    await app.pool.query('update users set protected = true');
    const changed = await push([{ uid: 'a', username: 'b', departments: ['d'], isDisabled: true }]);
    const gone = await push([{ uid: 'a', isDeleted: true }]);
    for (const answer of [changed, gone]) {
      expect(await taskOf(answer)).toMatchObject({
        status: 'succeeded',
        counts: { users: { unchanged: 1, updated: 0, disabled: 0, deleted: 0 }, departments: { unchanged: 1 } },
      });
    }
    const { rows } = await app.pool.query<Fields>('select username, status, deleted_at from users');
    expect(rows).toEqual([{ username: 'a', status: 'active', deleted_at: null }]);
    expect((await app.pool.query('select from memberships')).rowCount).toBe(0);
  });
});

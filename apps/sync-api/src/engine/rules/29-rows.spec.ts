import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { untilEnded } from '../../testing/until';

let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.key(['push', 'read']);
});

afterAll(() => app.close());
beforeEach(() => app.emptyDirectory());

type Fields = Record<string, unknown>;

const push = (records: Fields[], headers?: Record<string, string>): Promise<TestAnswer> =>
  client.post('/api/userData:push', { dataType: 'user', records }, headers);

const people = (n: number): Fields[] =>
  Array.from({ length: n }, (_, index) => ({ uid: `u${index}`, username: `u${index}` }));

async function changes(taskId: number): Promise<Fields[]> {
  const { rows } = await app.pool.query<Fields>(
    'select uid, action, outcome, diff from changes where task_id = $1 order by position',
    [taskId],
  );
  return rows;
}

describe('rule 29: rows', () => {
  it('are made for differences only, with the fields that differ', async () => {
    await push(people(5));
    const answer = await push(people(5).map((user, index) => (index === 2 ? { ...user, nickname: 'New' } : user)));
    expect(await changes(answer.body.data.taskId)).toEqual([
      { uid: 'u2', action: 'update', outcome: null, diff: [{ field: 'nickname', after: 'New', before: null }] },
    ]);
  });

  it('hold no fields for a create: the record has them, and the API shows them', async () => {
    const answer = await push([{ uid: 'a', username: 'a', nickname: 'A' }]);
    const { taskId } = answer.body.data;
    expect(await changes(taskId)).toEqual([{ uid: 'a', action: 'create', outcome: null, diff: null }]);
    const shown = await client.get(`/api/tasks/${taskId}/changes`);
    expect(shown.body.items).toMatchObject([
      {
        uid: 'a',
        action: 'create',
        outcome: 'applied',
        diff: expect.arrayContaining([{ field: 'nickname', after: 'A' }]),
      },
    ]);
  });

  it('are always there for failures', async () => {
    const answer = await push([{ uid: 'a', username: 'a', email: 'x' }, { username: 'nobody' }]);
    expect(await changes(answer.body.data.taskId)).toMatchObject([
      { uid: 'a', action: null, outcome: 'failed' },
      { uid: null, action: null, outcome: 'failed' },
    ]);
  });

  it('say nothing of what was applied: how far that is, is a position on the task', async () => {
    const queued = await push(people(50), { Prefer: 'respond-async' });
    const ended = await untilEnded(app.admin, queued.body.id);
    expect(ended.body).toMatchObject({ status: 'succeeded', counts: { users: { created: 50 } } });
    const { rows } = await app.pool.query<{ n: number; positions: Fields }>(
      `select (select count(*)::int from changes where task_id = t.id and outcome is not null) as n,
         applied_positions as positions
       from tasks t where id = $1`,
      [queued.body.id],
    );
    expect(rows).toMatchObject([{ n: 0, positions: { 'users/user': Number.MAX_SAFE_INTEGER } }]);
  });
});

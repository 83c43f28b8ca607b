import { startTestApp, type TestApp } from '../testing/start-test-app';
import type { TestAnswer } from '../testing/test-client';
import { until, untilEnded } from '../testing/until';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});

afterAll(() => app.close());

beforeEach(() => app.emptyDirectory());

const records = [
  { uid: 'a', username: 'a' },
  { uid: 'b', username: 'b' },
];

const task = (id: number): Promise<TestAnswer> => app.admin.get(`/api/tasks/${id}`);

/** A queued push whose plan cannot go on, because it wants to read the users, until `then` has come to its end. */
async function whilePlanning(then: (id: number) => Promise<void>): Promise<number> {
  const holder = await app.pool.connect();
  try {
    await holder.query('begin; lock table users in access exclusive mode');
    const body = { dataType: 'user', matchKey: 'username', records };
    const pushed = await app.admin.with({ Prefer: 'respond-async' }).post('/api/userData:push', body);
    expect(pushed.status).toBe(202);
    await until(
      () => app.pool.query(`select 1 from pg_locks where not granted and relation = 'users'::regclass`),
      ({ rowCount }) => rowCount !== 0,
    );
    await then(pushed.body.id);
    return pushed.body.id;
  } finally {
    await holder.query('rollback');
    holder.release();
  }
}

it('shows that a task is planned while it is, and cancels it at once however long the plan takes', async () => {
  const id = await whilePlanning(async (planning) => {
    expect((await task(planning)).body).toMatchObject({ status: 'running', progress: { step: 'plan' } });
    expect((await app.admin.post(`/api/tasks/${planning}/cancel`)).status).toBe(202);
    expect((await untilEnded(app.admin, planning)).body).toMatchObject({
      status: 'cancelled',
      message: 'Cancelled before anything was applied.',
      counts: {},
    });
  });
  expect((await app.pool.query('select 1 from records union all select 1 from changes')).rowCount).toBe(0);
  await app.admin.post(`/api/tasks/${id}/retry`);
  expect((await untilEnded(app.admin, id)).body).toMatchObject({
    status: 'succeeded',
    counts: { users: { created: 2 } },
  });
});

it('keeps the lease while it plans, and commits no plan once another worker has taken the task', async () => {
  const id = await whilePlanning(async (planning) => {
    const lease = async (): Promise<Date | undefined> =>
      (await app.pool.query<{ until: Date }>('select lease_until as until from tasks where id = $1', [planning]))
        .rows[0]?.until;
    const first = await lease();
    await until(lease, (later) => Number(later) > Number(first));
    await app.pool.query(
      `update tasks set lease_owner = 'thief', lease_until = now() + interval '11 seconds' where id = $1`,
      [planning],
    );
    await until(
      () => app.pool.query(`select 1 from pg_locks where not granted and relation = 'users'::regclass`),
      ({ rowCount }) => rowCount === 0,
    );
  });
  expect((await untilEnded(app.admin, id)).body).toMatchObject({
    status: 'succeeded',
    counts: { users: { created: 2 } },
  });
  expect((await app.pool.query('select 1 from users')).rowCount).toBe(2);
});

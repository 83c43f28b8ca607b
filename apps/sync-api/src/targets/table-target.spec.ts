import { startTestApp, type TestApp } from '../testing/start-test-app';
import { installTableTarget } from '../testing/table-target';
import type { TestAnswer, TestClient } from '../testing/test-client';
import { until, untilEnded } from '../testing/until';

const desks = installTableTarget();
let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await startTestApp(desks.env);
  client = await app.key(['push', 'read']);
});

afterAll(async () => {
  await app.close();
  desks.remove();
});

const push = async (...records: Record<string, unknown>[]): Promise<TestAnswer['body']> => {
  const { body } = await client.post('/api/userData:push', { dataType: 'user', records });
  return (await app.admin.get(`/api/tasks/${body.data.taskId}`)).body;
};

async function kept(): Promise<Record<string, string | null>> {
  const { rows } = await app.pool.query<{ username: string; desk: string | null }>(
    'select u.username, d.desk from desks d join users u on u.id = d.user_id order by u.id',
  );
  return Object.fromEntries(rows.map(({ username, desk }) => [username, desk]));
}

/** The task that brings a target what it lacks, once it does not run any more. */
const backfill = (): Promise<TestAnswer['body']> =>
  until(
    async () => (await app.admin.get('/api/tasks?kind=backfill')).body.items[0],
    (task) => task !== undefined && task.status !== 'queued' && task.status !== 'running',
  );

test('a table target of a third party, which keeps somebody of its own, lives through all that users do', async () => {
  const badges = async (): Promise<string[]> => {
    const { rows } = await app.pool.query<{ line: string }>(
      `select concat_ws(' ', label, case when disabled then 'disabled' end, case when deleted_at is not null then 'deleted' end) as line
       from badges order by id`,
    );
    return rows.map(({ line }) => line);
  };
  await push({ uid: 'x', nickname: 'Xa' }, { uid: 'y', nickname: 'Ya', isDisabled: true });
  const target = (await app.admin.post('/api/targets', { name: 'badges', type: 'badges', options: {} })).body;
  const review = await backfill();
  expect(review).toMatchObject({ status: 'held', counts: { badges: { created: 2 } } });
  await app.admin.post(`/api/tasks/${review.id}/approve`);
  await untilEnded(app.admin, review.id);
  expect(await badges()).toEqual(['Xa', 'Ya disabled']);

  const renamed = await push(
    { uid: 'x', nickname: 'Xe', isDisabled: true },
    { uid: 'y', isDisabled: false },
    { uid: 'z', nickname: 'Za' },
  );
  expect(renamed.counts.badges).toMatchObject({ created: 1, disabled: 1, restored: 1 });
  expect(await badges()).toEqual(['Xe disabled', 'Ya', 'Za']);
  const undo = (await app.admin.post(`/api/tasks/${renamed.id}/undo`)).body;
  expect((await untilEnded(app.admin, undo.id)).body).toMatchObject({ status: 'succeeded' });
  expect(await badges()).toEqual(['Xa', 'Ya disabled', 'Za deleted']);
  await push({ uid: 'x', isDeleted: true });
  expect(await badges()).toEqual(['Xa deleted', 'Ya disabled', 'Za deleted']);
  await push({ uid: 'x', nickname: 'Xi', isDisabled: false });
  expect(await badges()).toEqual(['Xi', 'Ya disabled', 'Za deleted']);
  expect((await app.admin.delete(`/api/targets/${target.id}`)).status).toBe(204);
  await push({ uid: 'x', isDeleted: true }, { uid: 'y', isDeleted: true });
});

test('a table target of a third party, which only attaches something, is filled up, kept in step, undone and switched off', async () => {
  await push(
    { uid: 'a', username: 'a', desk: '1' },
    { uid: 'b', username: 'b', desk: 'none' },
    { uid: 'c', username: 'c' },
  );
  const target = (await app.admin.post('/api/targets', { name: 'desks', type: 'desks', options: {} })).body;
  const review = await backfill();
  expect(review).toMatchObject({ status: 'held', heldReason: 'new_target', counts: { desks: { updated: 2 } } });
  expect(await kept()).toEqual({});
  await app.admin.post(`/api/tasks/${review.id}/approve`);
  expect((await untilEnded(app.admin, review.id)).body).toMatchObject({
    status: 'partially_succeeded',
    counts: { desks: { updated: 1, failed: 1 } },
  });
  expect(await kept()).toEqual({ a: '1' });

  const task = await push({ uid: 'a', desk: '2' }, { uid: 'b', desk: '3' }, { uid: 'd', username: 'd', desk: '4' });
  expect(task).toMatchObject({ status: 'succeeded', counts: { desks: { updated: 3 }, users: { created: 1 } } });
  expect(await kept()).toEqual({ a: '2', b: '3', d: '4' });
  const undo = (await app.admin.post(`/api/tasks/${task.id}/undo`)).body;
  expect((await untilEnded(app.admin, undo.id)).body).toMatchObject({ status: 'succeeded' });
  expect(await kept()).toMatchObject({ a: '1', b: null });

  await app.admin.patch(`/api/targets/${target.id}`, { enabled: false });
  await push({ uid: 'a', desk: '9' });
  expect(await kept()).toMatchObject({ a: '1' });
  await app.admin.patch(`/api/targets/${target.id}`, { enabled: true });
  const again = await backfill();
  expect(again).toMatchObject({ status: 'held', counts: { desks: { updated: 1 } } });
  await app.admin.post(`/api/tasks/${again.id}/approve`);
  await untilEnded(app.admin, again.id);
  expect(await kept()).toMatchObject({ a: '9' });
});

import { SnapshotClient } from '../../testing/snapshot-client';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { untilEnded } from '../../testing/until';

type Fields = Record<string, unknown>;

let app: TestApp;
let client: TestClient;
let sourceId: number;
let name: string;
let serial = 0;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.key(['push', 'read']);
});

afterAll(() => app.close());

beforeEach(async () => {
  await app.emptyDirectory();
  name = `hr-${++serial}`;
  sourceId = (await app.admin.post('/api/sources', { name, type: 'push' })).body.id;
});

const push = (records: Fields[], through = client): Promise<TestAnswer> =>
  through.post('/api/userData:push', { dataType: 'user', sourceName: name, records });
const pushQueued = (records: Fields[]): Promise<TestAnswer> => push(records, client.with({ Prefer: 'respond-async' }));

const person = (n: number, nickname = 'first'): Fields => ({ uid: `u${n}`, username: `u${n}`, nickname });
const people = (from: number, to: number): Fields[] => Array.from({ length: to - from }, (_, n) => person(from + n));
const deletions = (from: number, to: number): Fields[] =>
  Array.from({ length: to - from }, (_, n) => ({ uid: `u${from + n}`, isDeleted: true }));

async function retry(id: number): Promise<TestAnswer['body']> {
  expect((await app.admin.post(`/api/tasks/${id}/retry`)).status).toBe(202);
  return (await untilEnded(app.admin, id)).body;
}

/** A task that is cancelled while it waits behind another task, so that it is never planned. */
async function neverPlanned(make: () => Promise<TestAnswer>): Promise<number> {
  const { rows } = await app.pool.query<{ id: number }>(
    `insert into tasks (source_id, kind, status, lease_until)
     values ($1, 'push', 'running', now() + interval '1 hour') returning id`,
    [sourceId],
  );
  const { status, body } = await make();
  expect(status).toBe(202);
  await app.admin.post(`/api/tasks/${body.id}/cancel`);
  await app.pool.query('delete from tasks where id = $1', [rows[0]?.id]);
  return body.id;
}

async function users(): Promise<string[]> {
  const { rows } = await app.pool.query<{ line: string }>(
    `select username || ' ' || nickname || case when deleted_at is null then '' else ' deleted' end as line
     from users order by username`,
  );
  return rows.map((row) => row.line);
}

const stale = async (id: number): Promise<Fields[]> =>
  (await app.admin.get(`/api/tasks/${id}/changes?outcome=stale`)).body.items;

describe('a push that is tried again takes back nothing that was stated since:', () => {
  it('is everything that was sent when the plan was approved, and cancelled before its turn came', async () => {
    await push(people(0, 100));
    await app.admin.patch(`/api/sources/${sourceId}`, { policies: { limits: { deletes: { count: 0, percent: 0 } } } });
    const { taskId } = (await push(deletions(0, 20))).body.data;
    const { rows } = await app.pool.query<{ id: number }>(
      `insert into tasks (source_id, kind, status, lease_until)
       values ($1, 'push', 'running', now() + interval '1 hour') returning id`,
      [sourceId],
    );
    expect((await app.admin.post(`/api/tasks/${taskId}/approve`)).status).toBe(202);
    expect((await app.admin.post(`/api/tasks/${taskId}/cancel`)).status).toBe(202);
    await app.pool.query('delete from tasks where id = $1', [rows[0]?.id]);
    expect(await retry(taskId)).toMatchObject({ status: 'held', counts: { users: { deleted: 20 } } });
    await app.admin.post(`/api/tasks/${taskId}/approve`);
    await untilEnded(app.admin, taskId);
    expect((await users()).filter((line) => line.endsWith('deleted'))).toHaveLength(20);
  });

  it('a snapshot not at all, once a newer one was applied', async () => {
    const snapshots = new SnapshotClient(client);
    const commit = async (records: Fields[]): Promise<TestAnswer> => {
      const snapshot = await snapshots.open({ dataTypes: ['user'], sourceName: name });
      await snapshots.add(snapshot, records);
      return snapshots.commit(snapshot, { user: records.length });
    };
    await push(people(0, 3));
    const old = await neverPlanned(() => commit(people(0, 3)));
    const newer = (await commit([...people(0, 3).map((one) => ({ ...one, nickname: 'second' })), person(9)])).body.id;
    await untilEnded(app.admin, newer);
    expect(await app.admin.post(`/api/tasks/${old}/retry`)).toMatchObject({
      status: 409,
      body: { reason: { code: 'snapshot_outdated', values: { taskId: old, later: newer } } },
    });
    expect(await users()).toEqual(['u0 second', 'u1 second', 'u2 second', 'u9 first']);
    // Before anything newer was applied it is what it was.
    const last = await neverPlanned(() => commit(people(0, 3)));
    expect(await retry(last)).toMatchObject({ status: 'succeeded' });
    expect(await users()).toEqual(['u0 first', 'u1 first', 'u2 first', 'u9 first']);
  });

  it.each(['cancel', 'reject'])('a held one after %s', async (decision) => {
    await push(people(0, 10));
    const held = (await push([...deletions(0, 6), person(8, 'old'), person(9, 'old')])).body.id;
    const newer = (await push([person(0), person(1, 'newer'), person(8, 'newer')])).body.data.taskId;
    expect((await app.admin.post(`/api/tasks/${held}/${decision}`)).body.status).toBe('cancelled');
    await app.pool.query('truncate rejected_removals');
    expect(await retry(held)).toMatchObject({
      status: 'succeeded',
      counts: { users: { deleted: 4, updated: 1, stale: 3 } },
    });
    expect((await users()).filter((line) => !line.endsWith('deleted'))).toEqual([
      'u0 first',
      'u1 newer',
      'u6 first',
      'u7 first',
      'u8 newer',
      'u9 old',
    ]);
    const left = await stale(held);
    expect(left.map(({ uid }) => uid)).toEqual(['u0', 'u1', 'u8']);
    for (const { message } of left) expect(message).toContain(`Task ${newer} told later`);
  });

  it('one that was cancelled before it was planned, also where the later statement changed nothing or deleted', async () => {
    await push(people(0, 2));
    const cancelled = await neverPlanned(() =>
      pushQueued([person(0, 'old'), person(1, 'old'), person(2, 'old'), person(3, 'old')]),
    );
    await push([person(0)]);
    await push([person(1, 'newer')]);
    await push(deletions(2, 3));
    expect(await retry(cancelled)).toMatchObject({
      counts: { users: { created: 1, updated: 0, stale: 3, failed: 0 } },
    });
    expect(await users()).toEqual(['u0 first', 'u1 newer', 'u3 old']);
    expect((await push([person(0)])).body.data.status).toBe('succeeded');
  });

  it('nobody is brought back whom a later complete read did not contain', async () => {
    await push(people(0, 2));
    const cancelled = await neverPlanned(() => pushQueued([person(1, 'old'), person(2, 'old')]));
    const snapshots = new SnapshotClient(client);
    const snapshot = await snapshots.open({ dataTypes: ['user'], sourceName: name });
    const during = await neverPlanned(() => pushQueued([person(3, 'during')]));
    await snapshots.add(snapshot, people(0, 1));
    const { body } = await snapshots.commit(snapshot, { user: 1 });
    expect((await untilEnded(app.admin, body.id)).body.counts.users).toMatchObject({ disabled: 1 });
    expect(await retry(cancelled)).toMatchObject({ counts: { users: { stale: 2, created: 0, restored: 0 } } });
    expect(await retry(during)).toMatchObject({ counts: { users: { stale: 0, created: 1 } } });
    expect(await users()).toEqual(['u0 first', 'u1 first', 'u3 during']);
  });

  it('what an older task says when it is tried again is no newer word', async () => {
    await push(people(0, 1));
    const first = await neverPlanned(() => pushQueued([person(0, 'second')]));
    const second = await neverPlanned(() => pushQueued([person(0, 'third')]));
    expect(await retry(first)).toMatchObject({ counts: { users: { updated: 1 } } });
    expect(await retry(second)).toMatchObject({ counts: { users: { updated: 1, stale: 0 } } });
    expect(await users()).toEqual(['u0 third']);
  });

  it('what an admin applies again says nothing, and is tried again with what stands by then', async () => {
    await push([person(0, 'first')]);
    const { rows } = await app.pool.query<{ id: number }>('select id from users');
    const event = await neverPlanned(() => app.admin.post(`/api/users/${rows[0]?.id}/sync`));
    await push(deletions(0, 1));
    expect(await retry(event)).toMatchObject({ status: 'succeeded', counts: { users: { restored: 0 } } });
    expect(await users()).toEqual(['u0 first deleted']);
  });
});

import type { Entry } from '@rollcall/target-webhook';
import { Spine } from '../engine/spine';
import { installScriptedSource } from '../testing/scripted-source';
import { startTestApp, type TestApp } from '../testing/start-test-app';
import type { TestAnswer, TestClient } from '../testing/test-client';
import { until, untilEnded } from '../testing/until';
import { type Receiver, type Reply, startReceiver } from '../testing/webhook-receiver';

type Fields = Record<string, unknown>;

const SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;

const scripted = installScriptedSource();
let receiver: Receiver;
let app: TestApp;
let admin: TestClient;
let sourceId: number;
let sourceName: string;
let readId: number;
let targetId: number;
let number = 0;

beforeAll(async () => {
  receiver = await startReceiver(SECRET);
  app = await startTestApp({
    ...scripted.env,
    ROLLCALL_ALLOW_ADDRESSES: '127.0.0.1',
    ROLLCALL_ALERT_WEBHOOK: 'http://127.0.0.1:9/nobody',
  });
  admin = app.admin;
});

afterAll(async () => {
  await app.close();
  await receiver.stop();
  scripted.remove();
});

beforeEach(async () => {
  receiver.reset();
  sourceName = `source-${++number}`;
  sourceId = (await admin.post('/api/sources', { name: sourceName, type: 'push' })).body.id;
  const options = { file: scripted.file };
  readId = (await admin.post('/api/sources', { name: `read-${number}`, type: 'scripted', options })).body.id;
});

afterEach(async () => {
  receiver.reply = () => ({ status: 204 });
  for (const { id } of await tasks('status=queued')) await admin.post(`/api/tasks/${id}/cancel`);
  await idle();
  await admin.delete(`/api/targets/${targetId}`);
});

const push = (dataType: string, ...records: Fields[]): Promise<TestAnswer> =>
  admin.post('/api/userData:push', { dataType, sourceName, records });
const pushUsers = (...records: Fields[]): Promise<TestAnswer> => push('user', ...records);
const person = (uid: string, more: Fields = {}): Fields => ({ uid, username: `${sourceName}-${uid}`, ...more });

/** A complete read of these people; between its tries it does not wait. */
async function read(...records: Fields[]): Promise<TestAnswer> {
  scripted.play({ pages: [{ dataType: 'user', records: records as { uid: string }[] }], complete: { user: true } });
  const { id } = (await admin.post(`/api/sources/${readId}/sync`)).body;
  for (;;) {
    const task = await until(
      () => admin.get(`/api/tasks/${id}`),
      ({ body }) => body.status !== 'running' && (body.status !== 'queued' || body.nextAttemptAt),
    );
    if (task.body.status !== 'queued') return task;
    await tryAgain(id);
  }
}

async function addTarget(options: Fields = {}): Promise<void> {
  const answer = await admin.post('/api/targets', {
    ...{ name: `hook-${number}`, type: 'webhook', sources: [sourceId, readId] },
    options: { url: receiver.url, secret: SECRET, ...options },
  });
  expect(answer.status).toBe(201);
  targetId = answer.body.id;
  await idle();
}

const tasks = async (filter: string): Promise<(Fields & { id: number; message: string })[]> =>
  (await admin.get(`/api/tasks?pageSize=50&${filter}`)).body.items;

/** The newest backfill, once nothing runs or is about to. */
async function idle(): Promise<Fields & { id: number; message: string }> {
  await until(
    async () => (await admin.get('/api/tasks?pageSize=50')).body.items,
    (all: { status: string; nextAttemptAt?: string }[]) =>
      all.every(({ status, nextAttemptAt }) => status !== 'running' && (status !== 'queued' || nextAttemptAt)),
  );
  return (await tasks(`targetId=${targetId}&kind=backfill&sort=-id`))[0]!;
}

/** The backfill that waits for the receiver, after so many tries. */
async function untilWaiting(attempts: number): Promise<Fields & { id: number; message: string }> {
  const [waiting] = await until(
    async () =>
      (await tasks(`targetId=${targetId}&kind=backfill&status=queued`)).filter((task) => task['nextAttemptAt']),
    ([task]) => task?.['attempts'] === attempts,
  );
  return waiting!;
}

/** Seconds until its next try. */
const pauseOf = (task: Fields): number => (new Date(task['nextAttemptAt'] as string).getTime() - Date.now()) / 1000;

/** Tries a task that waits again, as if its time had come. */
async function tryAgain(id: number): Promise<void> {
  await app.pool.query('update tasks set next_attempt_at = now() where id = $1', [id]);
  await app.app.get(Spine).run(id);
}

const told = (entries = receiver.entries()): string[] =>
  entries.map(({ dataType, uid, action, state }) => `${dataType} ${uid} ${action}: ${state}`);

const changes = async (id: number): Promise<Fields[]> => (await admin.get(`/api/tasks/${id}/changes`)).body.items;

it('tells joiners, movers, renames, disabled people and leavers, each in order and with all that is known', async () => {
  await addTarget();
  const step = async (dataType: string, ...records: Fields[]): Promise<Entry[]> => {
    receiver.received = [];
    await push(dataType, ...records);
    await idle();
    return receiver.entries();
  };
  const departments = await step('department', { uid: 'sales', title: 'Sales' }, { uid: 'east', title: 'East' });
  expect(told(departments)).toEqual(['department sales create: active', 'department east create: active']);
  const [joined] = await step('user', person('a', { nickname: 'A', departments: ['sales'] }));
  expect(joined).toEqual({
    ...{ recordId: expect.any(Number), version: 1, source: sourceName, dataType: 'user', uid: 'a', action: 'create' },
    ...{ changed: null, state: 'active' },
    record: {
      ...{ username: `${sourceName}-a`, nickname: 'A' },
      departments: [{ uid: 'sales' }],
    },
  });
  const [moved] = await step('user', { uid: 'a', departments: [{ uid: 'east', isMain: true }] });
  expect(moved).toMatchObject({ recordId: joined?.recordId, version: 2, action: 'update', changed: ['departments'] });
  expect(moved?.record).toMatchObject({ nickname: 'A', departments: [{ uid: 'east', isMain: true }] });
  const [renamed] = await step('user', { uid: 'a', nickname: 'B' });
  expect(renamed).toMatchObject({ version: 3, changed: ['nickname'], record: { nickname: 'B' } });
  expect(told(await step('user', { uid: 'a', isDisabled: true }))).toEqual(['user a disable: disabled']);
  expect(told(await step('user', { uid: 'a', isDisabled: false }))).toEqual(['user a restore: active']);
  const below = await step('department', { uid: 'east', parentUid: 'sales' });
  expect(below).toMatchObject([{ uid: 'east', changed: ['parentUid'], record: { parentUid: 'sales' } }]);
  const [left] = await step('user', { uid: 'a', isDeleted: true });
  expect(left).toMatchObject({ action: 'delete', state: 'deleted', record: null, changed: null });
  expect(left?.recordId).toBe(joined?.recordId);
  expect(left?.version).toBeGreaterThan(renamed?.version ?? 9);
  expect(told(await step('user', { uid: 'a' }))).toEqual(['user a restore: active']);
});

it('tells nothing before its first plan was approved, and exactly that then', async () => {
  await push('department', { uid: 'd', title: 'D' });
  await pushUsers(person('a', { departments: ['d'] }), person('b'));
  await addTarget();
  const review = await idle();
  expect(review).toMatchObject({ status: 'held', heldReason: 'new_target' });
  expect(receiver.received).toEqual([]);
  await admin.post(`/api/tasks/${review.id}/approve`);
  await untilEnded(admin, review.id);
  expect(told()).toEqual(['department d create: active', 'user a create: active', 'user b create: active']);
});

it('is tried by a signed ping, which says what to mend', async () => {
  await addTarget();
  const check = async (options?: Fields): Promise<TestAnswer['body']> =>
    (await admin.post(`/api/targets/${targetId}/check`, options && { options })).body;
  expect(await check()).toMatchObject({ ok: true, message: expect.stringContaining('took a signed ping') });
  expect(receiver.received.map(({ message }) => message.type)).toEqual(['rollcall.ping']);
  const url = receiver.url;
  expect(await check({ url, secret: `whsec_${Buffer.alloc(24, 2).toString('base64')}` })).toMatchObject({
    ok: false,
    errors: [{ field: 'secret' }],
  });
  const short = await admin.post('/api/targets/check', { type: 'webhook', options: { url, secret: 'whsec_c2hvcnQ=' } });
  expect(short.body.errors).toMatchObject([{ pointer: '/options/secret', code: 'pattern' }]);
  const inside = await admin.post('/api/targets/check', {
    type: 'webhook',
    options: { url: 'http://127.0.0.2/', secret: SECRET },
  });
  expect(inside.body).toMatchObject({
    ok: false,
    message: expect.stringContaining('ROLLCALL_ALLOW'),
    errors: [{ field: 'url', message: expect.stringContaining('127.0.0.2') }],
  });
  // Nothing listens at the port that every system reserves.
  const away = await admin.post('/api/targets/check', {
    type: 'webhook',
    options: { url: 'http://127.0.0.1:1/', secret: SECRET },
  });
  expect(away.body).toMatchObject({
    ok: false,
    errors: [{ field: 'url', message: expect.stringContaining('127.0.0.1:1 cannot be reached') }],
  });
});

it('is restricted to what was chosen, and shows no secret', async () => {
  await addTarget({ dataTypes: ['user'], fields: ['nickname'], batchSize: 1, authorization: 'Bearer of the receiver' });
  await push('department', { uid: 'd', title: 'D' });
  await pushUsers(person('a', { nickname: 'A', phone: `+${number}` }), person('b'));
  await idle();
  expect(receiver.received.map(({ headers }) => headers.authorization)).toEqual(
    Array(2).fill('Bearer of the receiver'),
  );
  expect(receiver.entries().map(({ uid, record }) => [uid, record])).toEqual([
    ['a', { nickname: 'A' }],
    ['b', {}],
  ]);
  receiver.received = [];
  await pushUsers({ uid: 'a', phone: null });
  expect(await idle()).toMatchObject({ status: 'succeeded' });
  expect(receiver.received).toEqual([]);
  const { body } = await admin.get(`/api/targets/${targetId}`);
  expect(body.secretsSet).toEqual(['authorization', 'secret']);
  expect(JSON.stringify(body)).not.toContain('Bearer of');
});

describe('a receiver in trouble', () => {
  it('may refuse one change, which fails alone, is seen, and is told again by a retry', async () => {
    await addTarget();
    const refuse = (uid: string): Reply => {
      const refused = receiver.entries().filter((entry) => entry.uid === uid);
      return {
        status: 200,
        body: { refused: refused.map(({ recordId }) => ({ recordId, message: 'No such desk.', field: 'desk' })) },
      };
    };
    receiver.reply = () => refuse('b');
    await pushUsers(person('a'), person('b', { desk: '1' }), person('c'));
    const task = await idle();
    expect(task).toMatchObject({ status: 'partially_succeeded' });
    expect(await changes(task.id)).toContainEqual(
      expect.objectContaining({ uid: 'b', code: 'rejected_by_target', field: 'desk', message: 'No such desk.' }),
    );
    expect((await admin.get(`/api/tasks/${task.id}/failures`)).body.items).toMatchObject([
      { code: 'rejected_by_target' },
    ]);
    receiver.reset();
    await pushUsers({ uid: 'c', nickname: 'C' });
    await idle();
    await admin.post(`/api/tasks/${task.id}/retry`);
    expect((await untilEnded(admin, task.id)).body.status).toBe('succeeded');
    expect(told()).toEqual(['user c update: active', 'user b create: active']);
  });

  it('gets a change whose answer was lost again, under the same names', async () => {
    await addTarget();
    receiver.reply = () => undefined;
    await pushUsers(person('a'), person('b'));
    const { id } = await untilWaiting(1);
    receiver.reply = () => ({ status: 204 });
    await tryAgain(id);
    expect((await untilEnded(admin, id)).body.status).toBe('succeeded');
    const [first, second] = receiver.received;
    expect(first?.message).toMatchObject({ data: { changes: [{ action: 'create' }, { action: 'create' }] } });
    expect(receiver.entries().map(({ uid, version }) => [uid, version])).toEqual([
      ['a', 1],
      ['b', 1],
      ['a', 1],
      ['b', 1],
    ]);
    expect(second?.id).toBe(first?.id);
    expect(receiver.kept.size).toBe(2);
  });

  it('may be away for hours: nothing fails, nobody else waits, and all of it comes in order afterwards', async () => {
    await addTarget();
    const away: Reply = { status: 503, headers: { 'retry-after': '1200' } };
    receiver.reply = () => away;
    await pushUsers(person('a', { nickname: 'A1' }), person('b'));
    const waiting = await untilWaiting(1);
    expect(waiting).toMatchObject({ code: 'vendor_busy', message: expect.stringContaining('answered 503') });
    expect(pauseOf(waiting)).toBeGreaterThan(1_100);
    const { away: shown } = (await admin.get(`/api/targets/${targetId}`)).body;
    expect(shown).toMatchObject({
      ...{ taskId: waiting.id, source: { id: sourceId, name: sourceName }, nextAttemptAt: waiting['nextAttemptAt'] },
      ...{ since: expect.any(String), message: waiting.message, notes: waiting['notes'] },
    });

    // An hour and more: every try fails, and the directory goes on changing.
    receiver.reply = () => ({ status: 502 });
    for (let n = 2; n <= 8; n++) {
      await pushUsers({ uid: 'a', nickname: `A${n}` });
      await tryAgain(waiting.id);
    }
    await pushUsers({ uid: 'b', isDeleted: true }, person('c'));
    const open = await tasks(`targetId=${targetId}&status=queued`);
    expect(open).toHaveLength(2);
    expect(await untilWaiting(8)).toMatchObject({ id: waiting.id, code: 'network' });
    expect(await tasks(`targetId=${targetId}&status=failed`)).toEqual([]);
    const [listed] = (await admin.get(`/api/targets?q=hook-${number}`)).body.items;
    expect(listed.away).toMatchObject({ since: shown.since, message: expect.stringContaining('answered 502') });
    const alerts = await app.pool.query(`select kind from alerts where (task ->> 'id')::int = $1`, [waiting.id]);
    expect(alerts.rows).toEqual([{ kind: 'target_away' }]);

    receiver.reset();
    await tryAgain(waiting.id);
    await until(idle, ({ status, id }) => status === 'succeeded' && id !== waiting.id);
    expect((await admin.get(`/api/targets/${targetId}`)).body.away).toBeNull();
    expect([...receiver.kept.values()].map(({ uid, state, record }) => [uid, state, record?.['nickname']])).toEqual(
      expect.arrayContaining([
        ['a', 'active', 'A8'],
        ['b', 'deleted', undefined],
        ['c', 'active', undefined],
      ]),
    );
    const versions = receiver.entries().flatMap(({ uid, version }) => (uid === 'a' ? [version] : []));
    expect(versions).toEqual([...versions].sort((one, other) => one - other));
    expect((await admin.get(`/api/targets/${targetId}/backlog`)).body.sources).toMatchObject([{ waiting: 0 }]);
  });

  it('gets what waits for it at once when an admin finds it well again, or saves what was wrong', async () => {
    await addTarget();
    const away: Reply = { status: 503, headers: { 'retry-after': '3000' } };
    const well: (() => Promise<TestAnswer>)[] = [
      () => admin.post(`/api/targets/${targetId}/check`, {}),
      () => admin.patch(`/api/targets/${targetId}`, { options: { url: receiver.url } }),
    ];
    for (const [n, mend] of well.entries()) {
      receiver.reply = () => away;
      await pushUsers(person('a', { nickname: `A${n}` }));
      const { id } = await untilWaiting(1);
      expect((await admin.post(`/api/targets/${targetId}/check`, {})).body.ok).toBe(false);
      expect((await untilWaiting(1)).id).toBe(id);
      receiver.reset();
      expect(await mend()).toMatchObject({ status: 200 });
      await until(
        () => admin.get(`/api/tasks/${id}`),
        ({ body }) => body.status === 'succeeded',
      );
      expect([...receiver.kept.values()].map(({ record }) => record?.['nickname'])).toEqual([`A${n}`]);
    }
  });

  it('does not keep reads of the source waiting, and gets later what a read could not tell it', async () => {
    await addTarget();
    receiver.reply = () => ({ status: 500 });
    await read(person('warm-up'));
    const waiting = await untilWaiting(1);
    expect(waiting['source']).toMatchObject({ id: readId });
    const reading = await read(person('warm-up'), person('p'));
    expect(reading.body).toMatchObject({ kind: 'pull', counts: { users: { created: 1 } } });
    expect(await changes(reading.body.id)).toContainEqual(
      expect.objectContaining({
        ...{ target: `hook-${number}`, uid: 'p', outcome: 'failed', code: 'network' },
        message: expect.stringContaining('told later, by a backfill'),
      }),
    );
    receiver.reset();
    await tryAgain(waiting.id);
    await until(
      async () => [...receiver.kept.values()].map(({ uid }) => uid).sort(),
      (uids) => uids.join() === 'p,warm-up',
    );
    await idle();
  });

  it('that wants single changes again later holds nobody up', async () => {
    await addTarget();
    receiver.reply = ({ message }) => ({
      status: 200,
      body: {
        refused: (message.type === 'rollcall.changes' ? message.data.changes : [])
          .filter(({ uid }) => uid === 'slow')
          .map(({ recordId }) => ({ recordId, message: 'Not now.', retry: true })),
      },
    });
    await pushUsers(person('slow'), person('a'));
    const { id } = await untilWaiting(0);
    for (let tries = 0; tries < 3; tries++) await tryAgain(id);
    const ended = await untilEnded(admin, id);
    expect(ended.body).toMatchObject({ status: 'partially_succeeded', code: 'vendor_busy' });
    expect(await changes(id)).toMatchObject([
      { uid: 'slow', outcome: 'failed', code: 'vendor_busy', message: 'Not now.' },
      { uid: 'a', outcome: 'applied' },
    ]);
  });

  it('that is well again and then busy is not waited for as long as before', async () => {
    await addTarget({ batchSize: 1 });
    receiver.reply = () => ({ status: 502 });
    await pushUsers(person('a'), person('b'));
    const { id } = await untilWaiting(1);
    await app.pool.query('update tasks set attempts = 8 where id = $1', [id]);
    receiver.reset();
    receiver.reply = () => ({ status: receiver.received.length === 1 ? 204 : 503 });
    await tryAgain(id);
    expect(pauseOf(await untilWaiting(0))).toBeLessThanOrEqual(2);
    receiver.reset();
    await tryAgain(id);
    expect((await untilEnded(admin, id)).body.status).toBe('succeeded');
    expect(told()).toEqual(['user b create: active']);
  });

  it('that is gone for good stops it at once, and gets what it lacks when it is switched on again', async () => {
    await addTarget();
    receiver.reply = () => ({ status: 410 });
    await pushUsers(person('a'), person('b'));
    const task = await idle();
    expect(task).toMatchObject({ status: 'failed', code: 'configuration', attempts: 1 });
    expect(task.message).toContain('(url)');
    expect(receiver.received).toHaveLength(1);
    receiver.reset();
    await admin.patch(`/api/targets/${targetId}`, { enabled: false });
    await admin.patch(`/api/targets/${targetId}`, { enabled: true });
    const review = await idle();
    await admin.post(`/api/tasks/${review.id}/approve`);
    await untilEnded(admin, review.id);
    expect([...receiver.kept.values()].map(({ uid, state }) => [uid, state])).toEqual([
      ['a', 'active'],
      ['b', 'active'],
    ]);
  });

  it('is asked at once when an admin cancels the task that waits and tries it again', async () => {
    await addTarget();
    receiver.reply = () => ({ status: 503, headers: { 'retry-after': '3000' } });
    await pushUsers(person('a'));
    const { id } = await untilWaiting(1);
    receiver.reset();
    const { body: cancelled } = await admin.post(`/api/tasks/${id}/cancel`);
    expect([cancelled.status, cancelled.code, cancelled.nextAttemptAt]).toEqual(['cancelled', undefined, undefined]);
    await admin.post(`/api/tasks/${id}/retry`);
    expect((await untilEnded(admin, id)).body.status).toBe('succeeded');
    expect(told()).toEqual(['user a create: active']);
  });
});

it('costs a push nothing while no such target is switched on', async () => {
  await pushUsers(person('a'));
  expect(await tasks('kind=backfill&status=queued')).toEqual([]);
  await addTarget();
  const review = await idle();
  await admin.post(`/api/tasks/${review.id}/approve`);
  await untilEnded(admin, review.id);
  await admin.patch(`/api/targets/${targetId}`, { enabled: false });
  const answer = await pushUsers(person('b'));
  expect(answer.body.data).not.toHaveProperty('pending');
  expect(await tasks(`targetId=${targetId}&status=queued`)).toEqual([]);
});

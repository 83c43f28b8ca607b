import { setTimeout as sleep } from 'node:timers/promises';
import type { Change } from '@rollcall/core';
import type { QueryRunner } from 'typeorm';
import { RemoteLinks1764000000240 } from '../../database/migrations/1764000000240-remote-links';
import { DoubtfulUids1764000000250 } from '../../database/migrations/1764000000250-doubtful-uids';
import { PurgeSchedule } from '../../retention/purge-schedule';
import { type Fault, startRemoteTarget, type RemoteTarget } from '../../testing/remote-target';
import { installScriptedSource } from '../../testing/scripted-source';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { SnapshotClient } from '../../testing/snapshot-client';
import { until, untilEnded } from '../../testing/until';
import { ReloadedTargets } from '../../targets/reloaded-targets';
import { Spine } from '../spine';
import { TargetReadings } from '../target-readings';

type Fields = Record<string, unknown>;

const scripted = installScriptedSource();
let remote: RemoteTarget;
/** One that comes after it, for targets of type `list`. */
let list: RemoteTarget;
let app: TestApp;
let admin: TestClient;
let pusher: TestClient;
let sourceId: number;
let sourceName: string;
/** A source that is read instead of pushed to. */
let readId: number;
let targetId: number;
let number = 0;

beforeAll(async () => {
  remote = await startRemoteTarget(scripted.env);
  list = await startRemoteTarget(remote.env, { id: 'list', after: ['crm'] });
  app = await startTestApp({ ...list.env, ROLLCALL_ALLOW_PRIVATE_ADDRESSES: '1' });
  admin = app.admin;
  pusher = await app.key(['push', 'read']);
});

afterAll(async () => {
  await app.close();
  await remote.stop();
  await list.stop();
  scripted.remove();
});

beforeEach(async () => {
  remote.reset();
  sourceName = `source-${++number}`;
  sourceId = (await admin.post('/api/sources', { name: sourceName, type: 'push' })).body.id;
  const options = { file: scripted.file };
  readId = (await admin.post('/api/sources', { name: `read-${number}`, type: 'scripted', options })).body.id;
});

afterEach(async () => {
  await idle();
  await admin.delete(`/api/targets/${targetId}`);
});

/** A limit that holds nothing. */
const ALL = { count: 100_000, percent: 100 };

const person = (uid: string, more: Fields = {}): Fields => ({ uid, username: `${sourceName}-${uid}`, ...more });

const push = (...records: Fields[]): Promise<TestAnswer> =>
  pusher.post('/api/userData:push', { dataType: 'user', sourceName, records });

/** A complete read of these people. */
async function read(...records: Fields[]): Promise<TestAnswer> {
  scripted.play({ pages: [{ dataType: 'user', records: records as { uid: string }[] }], complete: { user: true } });
  const started = await admin.post(`/api/sources/${readId}/sync`);
  return untilEnded(admin, started.body.id);
}

/** A target of type `crm` for the source of this test. */
async function addTarget(more: Fields = {}): Promise<TestAnswer> {
  const name = `crm-${number}`;
  const answer = await admin.post('/api/targets', {
    name,
    type: 'crm',
    options: remote.options,
    sources: [sourceId, readId],
    ...more,
  });
  targetId = answer.body.id;
  return answer;
}

/** The newest backfill, once nothing runs or waits any more. */
async function idle(): Promise<Fields & { id: number; message: string; counts: Record<string, Fields> }> {
  await until(
    async () => (await admin.get('/api/tasks?pageSize=50')).body.items,
    (tasks: { status: string }[]) => tasks.every(({ status }) => status !== 'queued' && status !== 'running'),
  );
  return (await admin.get(`/api/tasks?targetId=${targetId}&kind=backfill&sort=-id`)).body.items[0];
}

const approve = async (id: number): Promise<TestAnswer> => {
  await admin.post(`/api/tasks/${id}/approve`);
  return untilEnded(admin, id);
};

/** A target that got everything that the source knew. */
async function addFilledTarget(more: Fields = {}): Promise<void> {
  await addTarget(more);
  await idle();
  const held = await admin.get(`/api/tasks?targetId=${targetId}&status=held`);
  for (const { id } of held.body.items) await approve(id);
  remote.calls = [];
}

const kept = (): string[] =>
  [...remote.resources.values()].map(
    ({ uid, nickname, state }) => `${uid as string} ${nickname as string}: ${state as string}`,
  );

const byUid = (a: Fields, b: Fields): number => String(a['uid']).localeCompare(String(b['uid']));

const changes = async (id: number): Promise<Fields[]> => (await admin.get(`/api/tasks/${id}/changes`)).body.items;

describe('rule 26: switching a target on', () => {
  it('makes a backfill whose plan is held for review, and applies exactly that when it is approved', async () => {
    await push(
      person('a', { nickname: 'A', email: `${sourceName}@x.org` }),
      person('b', { nickname: 'B' }),
      person('c', { isDisabled: true }),
    );
    await push({ uid: 'b', isDeleted: true });
    await addTarget();
    const review = await idle();
    expect(review).toMatchObject({
      kind: 'backfill',
      status: 'held',
      heldReason: 'new_target',
      source: { id: sourceId },
      target: { id: targetId, name: `crm-${number}` },
      counts: { [`crm-${number}`]: { created: 2 } },
    });
    expect(await changes(review.id)).toMatchObject([
      { uid: 'a', action: 'create', outcome: 'held' },
      { uid: 'c', action: 'create', outcome: 'held' },
    ]);
    // Only what it reads of them.
    expect((await changes(review.id)).map(({ diff }) => diff)).toEqual([
      [
        { field: 'nickname', after: 'A' },
        { field: 'username', after: `${sourceName}-a` },
      ],
      [
        { field: 'username', after: `${sourceName}-c` },
        { field: 'isDisabled', after: true },
      ],
    ]);
    expect(remote.calls).toEqual([]);
    const done = await approve(review.id);
    expect(done.body).toMatchObject({ status: 'succeeded', counts: { [`crm-${number}`]: { created: 2, failed: 0 } } });
    expect(kept()).toEqual(['a A: active', 'c undefined: active']);
    expect(remote.calls.map(({ payload }) => payload)).toEqual([
      { username: `${sourceName}-a`, nickname: 'A' },
      { username: `${sourceName}-c`, isDisabled: true },
    ]);
  });

  it('promises nothing of whom the tables here have refused', async () => {
    await push(person('a'));
    await push(person('b', { username: `${sourceName}-a` }));
    await addTarget();
    const held = await idle();
    expect(held.counts[`crm-${number}`]).toMatchObject({ created: 1, failed: 1 });
    expect(await changes(held.id)).toContainEqual(
      expect.objectContaining({ uid: 'b', outcome: 'failed', code: 'blocked_by_users' }),
    );
    await approve(held.id);
    await idle();
    expect(remote.calls.map(({ uid }) => uid)).toEqual(['a']);
    await push(person('b', { username: `${sourceName}-b` }));
    await idle();
    expect(remote.calls.map(({ uid }) => uid)).toEqual(['a', 'b']);
  });

  it('gives it nothing before the approval, and then also what came meanwhile', async () => {
    await push(person('a', { nickname: 'A' }));
    await addTarget();
    const review = await idle();
    await push(person('a', { nickname: 'A2' }), person('b', { nickname: 'B' }));
    await idle();
    expect(remote.calls).toEqual([]);
    expect((await approve(review.id)).body.counts[`crm-${number}`]).toMatchObject({ created: 0, stale: 1 });
    await idle();
    expect(kept()).toEqual(['a A2: active', 'b B: active']);
  });

  it('applies what was reviewed also when the source has said the same again meanwhile', async () => {
    await read(person('a', { nickname: 'A' }));
    await addTarget();
    const review = await idle();
    await read(person('a', { nickname: 'A' }));
    expect((await approve(review.id)).body).toMatchObject({
      status: 'succeeded',
      counts: { [`crm-${number}`]: { created: 1, stale: 0 } },
    });
    expect(kept()).toEqual(['a A: active']);
  });

  it('keeps a pull from bringing it anything before the approval', async () => {
    await read(person('a'));
    await addTarget();
    const review = await idle();
    expect((await read(person('a'), person('b'))).body.counts).not.toHaveProperty(`crm-${number}`);
    expect(remote.calls).toEqual([]);
    await approve(review.id);
    await idle();
    expect(remote.calls.map(({ uid }) => uid)).toEqual(['a', 'b']);
  });

  it('gives it nothing when the plan is rejected, until the task is tried again', async () => {
    await push(person('a'));
    await addTarget();
    const review = await idle();
    await admin.post(`/api/tasks/${review.id}/reject`);
    await push(person('b'));
    await idle();
    expect(remote.calls).toEqual([]);
    await admin.post(`/api/tasks/${review.id}/retry`);
    expect(await idle()).toMatchObject({ id: review.id, status: 'held', heldReason: 'new_target' });
    await approve(review.id);
    expect(remote.calls.map(({ uid }) => uid)).toEqual(['a', 'b']);
  });

  it('plans nothing for the targets here, also where somebody waits for one whom they refused', async () => {
    await push(person('a', { managerUid: 'b' }), person('x', { username: 'x' }));
    await push(person('b', { username: 'x' }));
    await addTarget();
    expect(Object.keys((await idle()).counts as object)).toEqual([`crm-${number}`]);
  });

  it('brings only what differs to a target that was off for a while, and nothing when nothing does', async () => {
    await push(person('a'), person('b'));
    await addFilledTarget();
    await admin.patch(`/api/targets/${targetId}`, { enabled: false });
    await admin.patch(`/api/targets/${targetId}`, { enabled: true });
    expect(await idle()).toMatchObject({ status: 'succeeded', counts: {} });
    await admin.patch(`/api/targets/${targetId}`, { enabled: false });
    await push(person('b', { nickname: 'B' }));
    await admin.patch(`/api/targets/${targetId}`, { enabled: true });
    const review = await idle();
    expect(review).toMatchObject({ status: 'held', heldReason: 'new_target' });
    expect(await changes(review.id)).toMatchObject([
      { uid: 'b', action: 'update', diff: [{ field: 'nickname', after: 'B' }] },
    ]);
    expect(remote.calls).toEqual([]);
  });
});

describe('rule 26: a push', () => {
  it('answers without waiting, and names under pending what comes a little later', async () => {
    await addFilledTarget();
    remote.pauseMs = 300;
    const answer = await push(person('a', { nickname: 'A' }));
    expect(answer.body.data).toMatchObject({ status: 'succeeded', pending: [`crm-${number}`] });
    expect(answer.body.data.result.map(({ resource }: { resource: string }) => resource)).toEqual([
      'users',
      'departments',
    ]);
    expect(remote.resources.size).toBe(0);
    expect(await idle()).toMatchObject({ kind: 'backfill', mode: 'incremental', status: 'succeeded' });
    expect(kept()).toEqual(['a A: active']);
    expect((await push(person('a', { nickname: 'A' }))).body.data).not.toHaveProperty('pending');
  });

  it('is not kept waiting by a backfill that runs, and many of them are collected into one', async () => {
    await addFilledTarget();
    remote.pauseMs = 3_000;
    for (let n = 0; n < 12; n++) {
      const started = Date.now();
      expect((await push(person(`p${n}`), person('all', { nickname: `N${n}` }))).status).toBe(200);
      expect(Date.now() - started).toBeLessThan(2_500);
    }
    remote.pauseMs = 0;
    await idle();
    expect(remote.resources.size).toBe(13);
    expect(kept()).toContain('all N11: active');
    const tasks = (await admin.get(`/api/tasks?targetId=${targetId}&kind=backfill`)).body.total;
    expect(tasks).toBeLessThan(8);
  });

  it('is not refused because many targets are away', async () => {
    remote.fault = () => ({ code: 'vendor_busy', message: 'Away.', stop: true, retryAfter: 300 });
    const away: number[] = [];
    for (let n = 0; n < 11; n++) {
      const body = { name: `away-${number}-${n}`, type: 'crm', options: remote.options, sources: [sourceId] };
      away.push((await admin.post('/api/targets', body)).body.id);
    }
    await push(person('a'));
    const queued = async (): Promise<Fields[]> => (await admin.get('/api/tasks?status=queued&pageSize=50')).body.items;
    await until(queued, (tasks) => tasks.length === 11 && tasks.every(({ code }) => code === 'vendor_busy'));
    expect((await push(person('b'))).status).toBe(200);
    expect(await queued()).toHaveLength(22);
    expect((await push(person('c'))).status).toBe(200);
    // Nor does what is too large to be answered at once wait behind them, and small pushes behind that.
    expect((await push(...Array.from({ length: 1_001 }, (_, n) => person(`p${n}`)))).status).toBe(200);
    expect((await push(person('d'))).status).toBe(200);
    for (const id of away) await admin.delete(`/api/targets/${id}`);
  });

  it('gets a record through all its states, with the key that the target gave it and the fields that differ', async () => {
    await addFilledTarget();
    const step = async (record: Fields): Promise<unknown> => {
      remote.calls = [];
      await push(record);
      await idle();
      return remote.calls.map(({ action, resourceKey, changed }) => [action, typeof resourceKey, changed]);
    };
    expect(await step(person('a', { nickname: 'A', desk: '1' }))).toEqual([['create', 'undefined', null]]);
    expect(await step({ uid: 'a', nickname: 'B', desk: null })).toEqual([['update', 'string', ['desk', 'nickname']]]);
    expect(await step({ uid: 'a', email: `${sourceName}@x.org` })).toEqual([]);
    expect(await step({ uid: 'a', isDisabled: true })).toEqual([['disable', 'string', ['isDisabled']]]);
    expect(await step({ uid: 'a', isDisabled: false })).toEqual([['restore', 'string', null]]);
    expect(await step({ uid: 'a', isDeleted: true })).toEqual([['delete', 'string', null]]);
    expect(await step({ uid: 'a' })).toEqual([['restore', 'string', null]]);
    expect(kept()).toEqual(['a B: active']);
  });

  it('shows what the target last got as what was there before', async () => {
    await addFilledTarget();
    await push(person('a', { nickname: 'A' }));
    await idle();
    remote.fault = () => ({ code: 'rejected_by_target', message: 'No.' });
    await push(person('a', { nickname: 'B' }));
    await idle();
    remote.fault = () => undefined;
    await push(person('a', { nickname: 'C' }));
    expect(await changes((await idle()).id)).toMatchObject([
      { uid: 'a', action: 'update', outcome: 'applied', diff: [{ field: 'nickname', before: 'A', after: 'C' }] },
    ]);
  });
});

describe('rule 26: trouble of a target', () => {
  it('one refused record fails alone, with its reason', async () => {
    await addFilledTarget();
    remote.fault = ({ uid }) =>
      uid === 'b' ? { code: 'rejected_by_target', message: 'No such desk.', field: 'desk' } : undefined;
    await push(person('a'), person('b'), person('c'));
    const task = await idle();
    expect(task).toMatchObject({
      status: 'partially_succeeded',
      counts: { [`crm-${number}`]: { created: 2, failed: 1 } },
    });
    expect(await changes(task.id)).toContainEqual(
      expect.objectContaining({
        uid: 'b',
        outcome: 'failed',
        code: 'rejected_by_target',
        field: 'desk',
        message: 'No such desk.',
      }),
    );
    remote.fault = () => undefined;
    remote.calls = [];
    await admin.post(`/api/tasks/${task.id}/retry`);
    expect(await idle()).toMatchObject({ id: task.id, status: 'succeeded' });
    expect(remote.calls.map(({ uid }) => uid)).toEqual(['b']);
  });

  it('is asked again later, for the missing ones only, when it is busy', async () => {
    await addFilledTarget();
    let busy = true;
    remote.fault = ({ uid }) =>
      busy && uid === 'p70' ? { code: 'vendor_busy', message: 'Slow down.', retryAfter: 1, stop: true } : undefined;
    await push(...Array.from({ length: 100 }, (_, n) => person(`p${n}`)));
    const waiting = await until(
      async () => (await admin.get(`/api/tasks?targetId=${targetId}&kind=backfill&status=queued`)).body.items[0],
      (task) => task?.code === 'vendor_busy',
    );
    expect(waiting).toMatchObject({ message: 'Slow down.', progress: { done: 70 } });
    expect(remote.resources.size).toBe(70);
    busy = false;
    remote.calls = [];
    expect(await idle()).toMatchObject({ status: 'succeeded', counts: { [`crm-${number}`]: { created: 100 } } });
    expect(remote.calls).toHaveLength(30);
  });

  it('stops it at once when its credentials are refused, and says which field', async () => {
    await addFilledTarget();
    await admin.patch(`/api/targets/${targetId}`, { options: { ...remote.options, token: 'a wrong token' } });
    await push(person('a'), person('b'));
    const task = await idle();
    expect(task).toMatchObject({ status: 'failed', code: 'credentials', attempts: 1 });
    expect(task.message).toBe(`crm-${number} stopped (token): The token is refused. Enter a new one.`);
    expect(await changes(task.id)).toMatchObject([
      { uid: 'a', outcome: 'failed', code: 'credentials', field: 'token' },
      { uid: 'b', outcome: 'failed', code: 'credentials' },
    ]);
  });

  it('cannot call what it keeps by nothing', async () => {
    await addFilledTarget();
    remote.keyOf = () => '';
    await push(person('a'), person('b'));
    expect(await idle()).toMatchObject({
      ...{ status: 'failed', code: 'bad_answer' },
      message: expect.stringContaining('a resourceKey must be a text of 1 to 255 characters'),
    });
  });

  it('fails what it does not answer for, and says that the adapter is at fault', async () => {
    await addFilledTarget();
    remote.fault = () => ({ code: 'nonsense' as never, message: 'x' });
    await push(person('a'));
    expect(await idle()).toMatchObject({ status: 'failed', code: 'bad_answer' });
  });

  it('does not undo what a pull brought elsewhere, in the same task', async () => {
    await addFilledTarget();
    remote.fault = ({ uid }) => (uid === 'b' ? { code: 'rejected_by_target', message: 'No.' } : undefined);
    const pulled = await read(person('a'), person('b'));
    expect(pulled.body).toMatchObject({
      kind: 'pull',
      status: 'partially_succeeded',
      counts: { users: { created: 2, failed: 0 }, [`crm-${number}`]: { created: 1, failed: 1 } },
    });
    remote.fault = () => undefined;
    remote.calls = [];
    const again = await read(person('a'), person('b'));
    expect(again.body).toMatchObject({
      status: 'succeeded',
      counts: { users: { unchanged: 2 }, [`crm-${number}`]: { created: 1, unchanged: 1 } },
    });
    expect(remote.calls.map(({ uid }) => uid)).toEqual(['b']);
  });

  it('does not fail a pull of which everything is in the tables here', async () => {
    await addFilledTarget();
    remote.fault = () => ({ code: 'credentials', message: 'No.', stop: true });
    for (const nickname of ['One', 'Two']) {
      const { body } = await read(person('a', { nickname }), person('b'));
      expect(body).toMatchObject({ status: 'partially_succeeded', code: 'credentials' });
      expect(body.counts[`crm-${number}`]).toMatchObject({ failed: 2 });
    }
    const { rows } = await app.pool.query('select failures from sources where id = $1', [readId]);
    expect(rows).toEqual([{ failures: 0 }]);
  });

  it('is counted over all attempts of a task', async () => {
    await addFilledTarget();
    remote.fault = ({ uid }) => (uid === 'b' ? { code: 'rejected_by_target', message: 'No.' } : undefined);
    await push(person('a'), person('b'), person('c'));
    const { id } = await idle();
    await admin.post(`/api/tasks/${id}/retry`);
    expect(await idle()).toMatchObject({
      ...{ id, attempts: 2, status: 'partially_succeeded' },
      message: '1 of 3 records failed: rejected_by_target (1). The failed changes say what is wrong with each.',
    });
  });

  it('with several records is told of each for its own reason, while they wait and when they failed', async () => {
    await addFilledTarget();
    const reasons: Record<'a' | 'c', Fault> = {
      a: { code: 'vendor_busy', message: 'A is open at a desk.', field: 'desk' },
      c: { code: 'network', message: 'The branch of C does not answer.' },
    };
    remote.fault = ({ uid }) => (uid === 'a' || uid === 'c' ? reasons[uid] : undefined);
    scripted.play({
      pages: [{ dataType: 'user', records: [person('a'), person('b'), person('c')] as { uid: string }[] }],
      complete: { user: true },
    });
    const { id } = (await admin.post(`/api/sources/${readId}/sync`)).body;
    const asked = async (): Promise<Fields> => (await admin.get(`/api/tasks/${id}`)).body;
    const told = async (): Promise<Fields[]> =>
      (await changes(id)).filter(({ target }) => target === `crm-${number}`).toSorted(byUid);
    await until(asked, ({ status, code }) => status === 'queued' && code === 'network');
    expect(await told()).toMatchObject([
      { uid: 'a', outcome: 'planned', ...reasons.a },
      { uid: 'b', outcome: 'applied' },
      { uid: 'c', outcome: 'planned', ...reasons.c },
    ]);
    // Not counted, as the first one got something done.
    expect((await asked())['attempts']).toBe(0);
    for (let tries = 0; tries < 3; tries++) {
      await app.pool.query('update tasks set next_attempt_at = now() where id = $1', [id]);
      await app.app.get(Spine).run(id);
    }
    const later = ({ message, ...reason }: Fault): Fault => ({
      ...reason,
      message: `${message} It is told later, by a backfill.`,
    });
    remote.fault = () => undefined;
    expect((await untilEnded(admin, id)).body).toMatchObject({ status: 'partially_succeeded', attempts: 3 });
    expect(await told()).toMatchObject([
      { uid: 'a', outcome: 'failed', ...later(reasons.a) },
      { uid: 'b', outcome: 'applied' },
      { uid: 'c', outcome: 'failed', ...later(reasons.c) },
    ]);
    expect(await idle()).toMatchObject({ status: 'succeeded', counts: { [`crm-${number}`]: { created: 2 } } });
    expect(kept()).toHaveLength(3);
  });

  it('keeps the source waiting for a quarter of an hour, and no more, when each try gets a little done', async () => {
    await addFilledTarget();
    const people = Array.from({ length: 8 }, (_, i) => person(`p${i}`));
    // Each try brings one.
    let quota = 1;
    remote.fault = () =>
      quota-- > 0 ? undefined : { code: 'vendor_busy', message: 'Slowly.', retryAfter: 1, stop: true };
    scripted.play({ pages: [{ dataType: 'user', records: people as { uid: string }[] }], complete: { user: true } });
    const { id } = (await admin.post(`/api/sources/${readId}/sync`)).body;
    const asked = async (): Promise<Fields> => (await admin.get(`/api/tasks/${id}`)).body;
    await until(asked, ({ status, code }) => status === 'queued' && code === 'vendor_busy');
    const tryOnce = async (): Promise<Fields> => {
      quota = 1;
      await app.pool.query('update tasks set next_attempt_at = now() where id = $1', [id]);
      await app.app.get(Spine).run(id);
      return asked();
    };
    for (let tries = 0; tries < 3; tries++) expect(await tryOnce()).toMatchObject({ status: 'queued', attempts: 0 });
    await app.pool.query(`update tasks set started_at = now() - interval '16 minutes' where id = $1`, [id]);
    for (const attempts of [1, 2]) expect(await tryOnce()).toMatchObject({ status: 'queued', attempts });
    expect(await tryOnce()).toMatchObject({ status: 'partially_succeeded', attempts: 3 });
    expect(kept()).toHaveLength(7);
    remote.fault = () => undefined;
    expect(await idle()).toMatchObject({ status: 'succeeded', counts: { [`crm-${number}`]: { created: 1 } } });
    expect(kept()).toHaveLength(8);
  });

  it('keeps nothing of the source waiting when it asks for a long pause', async () => {
    await addFilledTarget();
    remote.fault = ({ uid }) =>
      uid === 'c'
        ? { code: 'vendor_busy', message: 'Closed for maintenance.', retryAfter: 300, stop: true }
        : undefined;
    scripted.play({
      pages: [{ dataType: 'user', records: [person('a'), person('b'), person('c')] as { uid: string }[] }],
      complete: { user: true },
    });
    const { id } = (await admin.post(`/api/sources/${readId}/sync`)).body;
    expect((await untilEnded(admin, id)).body).toMatchObject({
      ...{ status: 'partially_succeeded', attempts: 1 },
      counts: { users: { created: 3 }, [`crm-${number}`]: { created: 2, failed: 1 } },
    });
    expect((await changes(id)).find(({ target, uid }) => target === `crm-${number}` && uid === 'c')).toMatchObject({
      ...{ outcome: 'failed', code: 'vendor_busy' },
      message: 'Closed for maintenance. It is told later, by a backfill.',
    });
    scripted.play({ pages: [], complete: {} });
    expect((await untilEnded(admin, (await admin.post(`/api/sources/${readId}/sync`)).body.id)).body).toMatchObject({
      status: 'succeeded',
    });
    remote.fault = () => undefined;
    const [waiting] = (await admin.get(`/api/tasks?targetId=${targetId}&status=queued`)).body.items;
    await app.pool.query('update tasks set next_attempt_at = now() where id = $1', [waiting.id]);
    await app.app.get(Spine).run(waiting.id);
    expect(await idle()).toMatchObject({ status: 'succeeded' });
    expect(kept()).toHaveLength(3);
  });

  it('with one record keeps nothing else from it, also of the other data type', async () => {
    await pusher.post('/api/userData:push', {
      ...{ dataType: 'department', sourceName },
      records: ['d', 'e'].map((uid) => ({ uid, title: uid.toUpperCase() })),
    });
    await push(person('a'), person('b'));
    await addTarget();
    const { id } = await idle();
    remote.fault = ({ uid }) => (uid === 'd' ? { code: 'vendor_busy', message: 'Not this one now.' } : undefined);
    await admin.post(`/api/tasks/${id}/approve`);
    const asked = async (): Promise<Fields> => (await admin.get(`/api/tasks/${id}`)).body;
    await until(asked, ({ status, code }) => status === 'queued' && code === 'vendor_busy');
    for (let tries = 0; tries < 3; tries++) {
      await app.pool.query('update tasks set next_attempt_at = now() where id = $1', [id]);
      await app.app.get(Spine).run(id);
    }
    expect((await untilEnded(admin, id)).body).toMatchObject({
      status: 'partially_succeeded',
      counts: { [`crm-${number}`]: { created: 3, failed: 1 } },
    });
    expect(kept()).toHaveLength(3);
  });

  it('fails no task that did the rest, also when the read was empty or all else left', async () => {
    await addFilledTarget();
    await admin.patch(`/api/sources/${readId}`, {
      policies: { user: { onMissing: 'delete' }, limits: { deletes: { percent: 100 } } },
    });
    await read(person('a'), person('b'), person('c'), person('d'));
    remote.fault = ({ uid, action }) =>
      uid !== 'd' && action === 'delete' ? { code: 'rejected_by_target', message: 'No.' } : undefined;
    const most = await read(person('a', { nickname: 'A' }));
    expect(most.body).toMatchObject({
      status: 'partially_succeeded',
      message: '2 of 4 records failed: rejected_by_target (2). The failed changes say what is wrong with each.',
    });
    const emptied = await read();
    expect(emptied.body).toMatchObject({ status: 'held', heldReason: 'empty' });
    remote.fault = ({ uid }) => (uid === 'a' ? { code: 'rejected_by_target', message: 'No.' } : undefined);
    expect((await approve(emptied.body.id)).body).toMatchObject({
      status: 'partially_succeeded',
      message: '1 of 3 records failed: rejected_by_target (1). The failed changes say what is wrong with each.',
    });
  });

  it('comes after users: what failed there needs attention where it says why', async () => {
    await addFilledTarget();
    await push(person('a'));
    const { body } = await push(person('b', { username: `${sourceName}-a` }));
    expect(await idle()).toMatchObject({ status: 'failed' });
    const attention = (await admin.get('/api/tasks?attention=1&pageSize=50')).body.items as Fields[];
    const ours = attention.filter(({ source }) => (source as Fields)['id'] === sourceId);
    expect(ours.map(({ id }) => id)).toEqual([body.data.taskId]);
  });

  it('comes after users: what failed there is blocked here', async () => {
    await addFilledTarget();
    await push(person('a'));
    await push(person('b', { username: `${sourceName}-a` }), person('c'));
    const task = await idle();
    expect(await changes(task.id)).toContainEqual(
      expect.objectContaining({ uid: 'b', outcome: 'failed', code: 'blocked_by_users' }),
    );
    // It failed in the push, and here there is nothing else to tell.
    expect(task.message).toMatch(/^1 of \d records failed: blocked_by_users \(1\)\./);
    expect(remote.calls.map(({ uid }) => uid)).toEqual(['a', 'c']);
    await push(person('b', { username: `${sourceName}-b` }));
    await idle();
    expect(remote.calls.map(({ uid }) => uid)).toEqual(['a', 'c', 'b']);
  });

  it('comes after users: what was approved and has moved on there is stale here, too, and has not failed', async () => {
    await addFilledTarget();
    await admin.patch(`/api/sources/${readId}`, { matchKey: ['username'] });
    await push(person('a'));
    scripted.play({ pages: [{ dataType: 'user', records: [person('x', { username: `${sourceName}-a` })] as never }] });
    const preview = (
      await untilEnded(admin, (await admin.post(`/api/sources/${readId}/sync`, { dryRun: true })).body.id)
    ).body;
    expect(preview.counts.users).toMatchObject({ linked: 1 });
    await push({ uid: 'a', isDeleted: true });
    const { body } = await approve(preview.id);
    expect(body).toMatchObject({ status: 'succeeded', counts: { users: { linked: 0, stale: 1 } } });
    expect((await changes(preview.id)).map(({ outcome }) => outcome)).toEqual(['stale', 'stale']);
  });

  it('comes after users: who leaves keeps here what they have there, not what was refused', async () => {
    await addFilledTarget();
    await read(person('a'), person('b', { nickname: 'B' }));
    await idle();
    await read(person('a'), person('b', { nickname: 'C', username: `${sourceName}-a` }));
    await idle();
    const left = await read(person('a'));
    const stands = { nickname: 'B', username: `${sourceName}-b` };
    expect(remote.calls.at(-1)).toMatchObject({ uid: 'b', action: 'disable', changed: [], payload: stands });
    expect(await changes(left.body.id)).toContainEqual(
      expect.objectContaining({
        target: `crm-${number}`,
        action: 'disable',
        diff: [{ field: 'status', before: 'active', after: 'disabled' }],
      }),
    );
    // They were told all that they are to be told.
    expect((await admin.get(`/api/targets/${targetId}/backlog`)).body.sources).toMatchObject([{ waiting: 0 }]);
    await read(person('a'), person('b', { nickname: 'D' }));
    await idle();
    expect(remote.calls.at(-1)).toMatchObject({ uid: 'b', action: 'restore', payload: { nickname: 'D' } });
  });

  it('comes after users: who leaves has what was applied there since something was refused, also when it was not told here', async () => {
    await addFilledTarget();
    await read(person('a'), person('b', { nickname: 'B' }));
    await read(person('a'), person('b', { nickname: 'C', username: `${sourceName}-a` }));
    await idle();
    await admin.patch(`/api/targets/${targetId}`, { options: { ...remote.options, token: 'a wrong one' } });
    await read(person('a'), person('b', { nickname: 'D' }));
    await read(person('a'));
    await idle();
    await admin.patch(`/api/targets/${targetId}`, { options: remote.options });
    await idle();
    expect(remote.calls.at(-1)).toMatchObject({ uid: 'b', action: 'disable', payload: { nickname: 'D' } });
  });

  it('comes after users: who is disabled there although the rest was refused is disabled here, with what the target had', async () => {
    await addFilledTarget();
    await push(person('a'), person('b', { nickname: 'B' }));
    await idle();
    await push({ uid: 'b', nickname: 'C', username: `${sourceName}-a` });
    const refused = await push({ uid: 'b', isDisabled: true });
    expect(refused.body.data.status).toBe('failed');
    await idle();
    expect(kept()).toEqual(['a undefined: active', 'b B: disabled']);
    expect(remote.calls.at(-1)).toMatchObject({
      action: 'disable',
      changed: ['isDisabled'],
      payload: { nickname: 'B', username: `${sourceName}-b`, isDisabled: true },
    });
    const [told] = (await admin.get(`/api/tasks?targetId=${targetId}&kind=backfill`)).body.items;
    expect(await changes(told.id)).toMatchObject([
      { action: 'disable', outcome: 'applied', diff: [{ field: 'isDisabled', before: null, after: true }] },
    ]);
    const part = (await admin.get(`/api/tasks?sourceId=${sourceId}&kind=event`)).body.items[0].id as number;
    const undo = await admin.post(`/api/tasks/${part}/undo`);
    await untilEnded(admin, undo.body.id);
    await idle();
    expect(kept()).toEqual(['a undefined: active', 'b B: active']);
    await admin.post(`/api/tasks/${undo.body.id}/undo`);
    await idle();
    expect(kept()).toEqual(['a undefined: active', 'b B: disabled']);
    await push({ uid: 'b', username: `${sourceName}-b` });
    await idle();
    expect(kept()).toEqual(['a undefined: active', 'b C: disabled']);
  });

  it('comes after users: what was refused with a disable is told once it is made up for, although nothing new is said', async () => {
    await addFilledTarget();
    await push(person('a'), person('b', { nickname: 'B' }));
    await idle();
    await push({ uid: 'b', nickname: 'C', username: `${sourceName}-a`, isDisabled: true });
    await idle();
    expect(kept()).toEqual(['a undefined: active', 'b B: disabled']);
    const { body } = await push({ uid: 'a', username: `${sourceName}-x` });
    await idle();
    const { items } = (await admin.get(`/api/tasks?sourceId=${sourceId}&status=failed&kind=push`)).body;
    expect(body.data.status).toBe('succeeded');
    await admin.post(`/api/tasks/${items[0].id}/retry`, {});
    await idle();
    expect(kept()).toEqual(['a undefined: active', 'b C: disabled']);
  });

  it('comes after users: whom a hand linked there is blocked here until what the record says is applied', async () => {
    await addFilledTarget();
    await push(person('a'));
    await push(person('b', { username: `${sourceName}-a` }));
    const user = (await admin.post('/api/users', { username: `hand-${number}` })).body;
    const linked = await admin.post('/api/links', { sourceId, uid: 'b', userId: user.id });
    expect((await untilEnded(admin, linked.body.id)).body.status).toBe('failed');
    await idle();
    expect(remote.calls.map(({ uid }) => uid)).toEqual(['a']);
    await push(person('b', { username: `${sourceName}-b` }));
    await idle();
    expect(remote.calls.map(({ uid }) => uid)).toEqual(['a', 'b']);
  });
});

describe('rule 26: settings of a target that are put right', () => {
  it('bring by themselves what it could not be told, and nothing when nothing is left', async () => {
    await push(person('a', { nickname: 'A' }), person('b'));
    await addFilledTarget();
    await admin.patch(`/api/targets/${targetId}`, { options: { ...remote.options, token: 'a wrong one' } });
    for (const nickname of ['A2', 'A3']) {
      await push({ uid: 'a', nickname });
      expect(await idle()).toMatchObject({ status: 'failed', code: 'credentials' });
    }
    await push({ uid: 'b', isDeleted: true });
    expect(await idle()).toMatchObject({ status: 'failed' });
    await admin.patch(`/api/targets/${targetId}`, { options: remote.options });
    const rest = await idle();
    expect(rest).toMatchObject({ status: 'succeeded', counts: { [`crm-${number}`]: { updated: 1, deleted: 1 } } });
    expect(kept()).toEqual(['a A3: active', 'b undefined: deleted']);
    const more = { ...remote.options, rowsAtOnce: 10 };
    expect((await admin.patch(`/api/targets/${targetId}`, { options: more })).status).toBe(200);
    expect((await idle()).id).toBe(rest.id);
  });

  it('bring nothing of a source whose first plan still waits', async () => {
    await push(person('a'));
    await addTarget();
    const review = await idle();
    const more = { ...remote.options, rowsAtOnce: 10 };
    expect((await admin.patch(`/api/targets/${targetId}`, { options: more })).status).toBe(200);
    expect(await idle()).toMatchObject({ id: review.id, status: 'held' });
    expect(remote.calls).toEqual([]);
  });
});

describe('rule 26: a target whose adapter was not loaded', () => {
  it('gets what came meanwhile once it is there again', async () => {
    await push(person('a', { nickname: 'A' }), person('b'));
    await addFilledTarget();
    // A process starts without it: tasks know nothing of the target then.
    await app.pool.query(`update targets set unloaded = true, type = 'crm-of-before' where id = $1`, [targetId]);
    app.app.get(TargetReadings).forget();
    await push({ uid: 'a', nickname: 'A2' }, { uid: 'b', isDeleted: true });
    await idle();
    expect(remote.calls).toEqual([]);
    await app.pool.query(`update targets set type = 'crm' where id = $1`, [targetId]);
    await app.app.get(ReloadedTargets).onApplicationBootstrap();
    await idle();
    expect(kept()).toEqual(['a A2: active', 'b undefined: deleted']);
    const { rows } = await app.pool.query('select unloaded from targets where id = $1', [targetId]);
    expect(rows).toEqual([{ unloaded: false }]);
  });
});

describe('rule 26: a target that is switched off', () => {
  it('between two tries of a pull is not said to have got anything', async () => {
    await addFilledTarget();
    remote.fault = () => ({ code: 'vendor_busy', message: 'Busy.', stop: true });
    scripted.play({ pages: [{ dataType: 'user', records: [{ uid: 'a', username: 'a' }] }], complete: { user: true } });
    const { id } = (await admin.post(`/api/sources/${readId}/sync`)).body;
    await until(
      async () => (await admin.get(`/api/tasks/${id}`)).body,
      ({ status, code }) => status === 'queued' && code === 'vendor_busy',
    );
    await admin.patch(`/api/targets/${targetId}`, { enabled: false });
    remote.fault = () => undefined;
    expect((await untilEnded(admin, id)).body).toMatchObject({
      status: 'succeeded',
      counts: { users: { created: 1 }, [`crm-${number}`]: { created: 0, stale: 1 } },
    });
    expect(kept()).toEqual([]);
  });

  it.each([
    ['for all', { enabled: false }],
    ['for the source', (): Fields => ({ sources: [sourceId] })],
  ])('%s while a pull tells it gets its present rows and no more', async (_, change) => {
    await addFilledTarget();
    remote.pauseMs = 200;
    const people = Array.from({ length: 450 }, (_person, n) => ({ uid: `p${n}`, username: `${sourceName}-p${n}` }));
    scripted.play({ pages: [{ dataType: 'user', records: people }], complete: { user: true } });
    const { id } = (await admin.post(`/api/sources/${readId}/sync`)).body;
    await until(
      async () => remote.resources.size,
      (size) => size > 0,
    );
    await admin.patch(`/api/targets/${targetId}`, typeof change === 'function' ? change() : change);
    const ended = await untilEnded(admin, id);
    remote.pauseMs = 0;
    expect(ended.body).toMatchObject({ counts: { [`crm-${number}`]: { created: 200, stale: 250 } } });
    expect(remote.resources.size).toBe(200);
  });

  it('keeps a source from going with people whom it would keep, until it is on and approved, or deleted', async () => {
    await push(person('a'), person('b'));
    await addFilledTarget();
    const remove = (): Promise<TestAnswer> => admin.delete(`/api/sources/${sourceId}?people=remove`);
    const unheard = {
      status: 409,
      body: { reason: { code: 'source_removal_unheard', values: { target: `crm-${number}` } } },
    };
    await admin.patch(`/api/targets/${targetId}`, { enabled: false });
    expect(await remove()).toMatchObject(unheard);
    await push(person('a', { nickname: 'A' }));
    await admin.patch(`/api/targets/${targetId}`, { enabled: true });
    const review = await idle();
    expect(review['status']).toBe('held');
    expect(await remove()).toMatchObject(unheard);
    await approve(review.id);
    expect((await untilEnded(admin, (await remove()).body.id)).body.status).toBe('succeeded');
    expect(kept().map((line) => line.split(': ')[1])).toEqual(['deleted', 'deleted']);
  });

  it('asks for no plan of a source that was deleted, and gets what it says once it is taken back', async () => {
    await push(person('a'));
    await addTarget({ sources: null });
    await idle();
    const reviewed = async (): Promise<string[]> =>
      (await admin.get(`/api/targets/${targetId}`)).body.reviews.map(
        ({ source }: { source: { name: string } }) => source.name,
      );
    expect(await reviewed()).toContain(sourceName);
    expect((await admin.delete(`/api/sources/${sourceId}?people=keep`)).status).toBe(204);
    expect(await reviewed()).not.toContain(sourceName);
    expect((await admin.post('/api/sources', { name: sourceName, type: 'push' })).body.id).toBe(sourceId);
    await push(person('a', { nickname: 'A' }), person('b'));
    await until(
      () => idle().then(kept),
      (there) => there.length === 2,
    );
  });

  it('for a source gets nothing of that by a retry', async () => {
    await addFilledTarget();
    remote.fault = ({ uid }) => (uid === 'b' ? { code: 'rejected_by_target', message: 'No.' } : undefined);
    await push(person('a'), person('b'));
    const { id } = await idle();
    await admin.patch(`/api/targets/${targetId}`, { sources: [readId] });
    remote.calls = [];
    expect(await admin.post(`/api/tasks/${id}/retry`)).toMatchObject({
      status: 409,
      body: { reason: { code: 'task_target_off' } },
    });
    expect(remote.calls).toEqual([]);
  });
});

describe('rule 26: a target that comes after another', () => {
  let listId: number;
  const away = (): Fault => ({ code: 'vendor_busy', message: 'Away.', retryAfter: 300, stop: true });
  const heard = (): string[] => list.calls.map(({ uid, action }) => `${uid} ${action}`);

  beforeEach(async () => {
    list.reset();
    await push(person('a'), person('b'));
    await addFilledTarget();
    const body = { name: `list-${number}`, type: 'list', options: list.options, sources: [sourceId, readId] };
    listId = (await admin.post('/api/targets', body)).body.id;
    await idle();
    const held = await admin.get(`/api/tasks?targetId=${listId}&status=held`);
    for (const { id } of held.body.items) await approve(id);
    list.calls = [];
  });

  afterEach(() => admin.delete(`/api/targets/${listId}`));

  /** The backfill that waits for the first one to be well again. */
  async function waiting(): Promise<number> {
    const [task] = await until(
      async () => (await admin.get(`/api/tasks?targetId=${targetId}&status=queued`)).body.items,
      (tasks: Fields[]) => tasks[0]?.['code'] === 'vendor_busy',
    );
    return (task as { id: number }).id;
  }

  async function isWellAgain(id: number): Promise<void> {
    remote.fault = () => undefined;
    await app.pool.query('update tasks set next_attempt_at = now() where id = $1', [id]);
    await app.app.get(Spine).run(id);
    await idle();
  }

  /** Backfills of it that did not succeed. */
  const troubles = async (): Promise<Fields[]> =>
    (await admin.get(`/api/tasks?targetId=${listId}`)).body.items.filter(
      ({ status }: Fields) => status !== 'succeeded',
    );

  it('is not told what that one is told later, until it has that', async () => {
    remote.fault = away;
    const pulled = await read(person('c'), person('d'));
    expect(pulled.body.counts[`list-${number}`]).toMatchObject({ created: 0, failed: 2 });
    expect(heard()).toEqual([]);
    await isWellAgain(await waiting());
    expect(heard()).toEqual(['c create', 'd create']);
  });

  it('is told of pushes after that one, and at once only of whoever leaves', async () => {
    remote.fault = away;
    await push(person('a', { nickname: 'A' }), person('c'), { uid: 'b', isDeleted: true });
    const id = await waiting();
    await until(
      async () => heard(),
      ({ length }: string[]) => length > 0,
    );
    expect(heard()).toEqual(['b delete']);
    await isWellAgain(id);
    expect(heard()).toEqual(['b delete', 'a update', 'c create']);
    expect(await troubles()).toEqual([]);
  });

  it('is told without that one when the backfill that it waited for is cancelled', async () => {
    remote.fault = away;
    await push(person('a', { nickname: 'A' }));
    await admin.post(`/api/tasks/${await waiting()}/cancel`);
    await idle();
    expect(heard()).toEqual(['a update']);
    expect(await troubles()).toEqual([]);
  });

  it('is told without that one when it is switched off', async () => {
    remote.fault = away;
    await push(person('a', { nickname: 'A' }), person('c'));
    await waiting();
    await admin.patch(`/api/targets/${targetId}`, { enabled: false });
    await idle();
    expect(heard()).toEqual(['a update', 'c create']);
    expect(await troubles()).toEqual([]);
  });

  it('does not wait for one of the same type that gets nothing of the source, or not yet', async () => {
    const more = { type: 'crm', options: remote.options };
    const other = await admin.post('/api/targets', { ...more, name: `other-${number}`, sources: [readId] });
    const reviewed = await admin.post('/api/targets', { ...more, name: `new-${number}`, sources: [sourceId] });
    await push(person('a', { nickname: 'A' }), person('c'));
    await idle();
    expect(heard()).toEqual(['a update', 'c create']);
    expect(await troubles()).toEqual([]);
    for (const { body } of [other, reviewed]) await admin.delete(`/api/targets/${body.id}`);
  });
});

describe('rule 26: whoever is called by another uid', () => {
  const renamed = async (from: string, to: string): Promise<TestAnswer> => {
    const pages = [{ dataType: 'user' as const, renames: [{ from, to }] }];
    scripted.play({ pages, complete: {} });
    const started = await admin.post(`/api/sources/${readId}/sync`);
    return untilEnded(admin, started.body.id);
  };

  const told = (): Fields[] =>
    remote.calls.map(({ uid, action, changed, resourceKey }) => ({ uid, action, changed, resourceKey }));

  const uidsThere = (): Record<string, unknown> =>
    Object.fromEntries(
      [...remote.resources].map(([key, { uid, state }]) => [key, `${uid as string} ${state as string}`]),
    );

  const recordOf = async (uid: string): Promise<number> => {
    const { rows } = await app.pool.query<{ id: string }>('select id from records where source_id = $1 and uid = $2', [
      readId,
      uid,
    ]);
    return Number(rows[0]?.id);
  };

  it('is told so, once, under the same key, and shown like any difference', async () => {
    await read({ uid: 'boss', nickname: 'B' }, person('worker'));
    await addFilledTarget();
    const boss = await recordOf('boss');
    const task = await renamed('boss', 'chief');
    expect(task.body.counts[`crm-${number}`]).toMatchObject({ updated: 1, failed: 0 });
    expect((await changes(task.body.id)).filter(({ target }) => target === `crm-${number}`)).toMatchObject([
      { action: 'update', outcome: 'applied', diff: [{ field: 'uid', before: 'boss', after: 'chief' }] },
    ]);
    expect(told()).toEqual([{ uid: 'chief', action: 'update', changed: ['uid'], resourceKey: `crm-${boss}` }]);
    await read({ uid: 'chief', nickname: 'B' }, person('worker'));
    await read({ uid: 'chief', nickname: 'C' }, person('worker'));
    expect(told().slice(1)).toMatchObject([{ uid: 'chief', changed: ['nickname'] }]);
  });

  it('is told so with what else differs, in the read that says both', async () => {
    await read({ uid: 'a', nickname: 'A' });
    await addFilledTarget();
    const pages = [
      { dataType: 'user' as const, renames: [{ from: 'a', to: 'a2' }] },
      { dataType: 'user' as const, records: [{ uid: 'a2', nickname: 'A2' }] },
    ];
    scripted.play({ pages, complete: {} });
    await untilEnded(admin, (await admin.post(`/api/sources/${readId}/sync`)).body.id);
    expect(told()).toMatchObject([{ uid: 'a2', changed: ['nickname', 'uid'] }]);
  });

  it('by the uid of a leaver who stands there still leaves the target with no uid twice', async () => {
    await read(person('a'), person('b'), person('c'), person('d'));
    await addFilledTarget();
    const [a, b, c] = [await recordOf('a'), await recordOf('b'), await recordOf('c')];
    await read(person('b'), person('c'), person('d'));
    remote.calls = [];
    await renamed('b', 'a');
    expect(told().sort(byUid)).toEqual([
      { uid: 'a', action: 'update', changed: ['uid'], resourceKey: `crm-${b}` },
      { uid: `a#${a}`, action: 'disable', changed: ['uid'], resourceKey: `crm-${a}` },
    ]);
    await renamed('c', 'b');
    expect(uidsThere()).toMatchObject({
      [`crm-${a}`]: `a#${a} disabled`,
      [`crm-${b}`]: 'a active',
      [`crm-${c}`]: 'b active',
    });
    remote.calls = [];
    await read(person('a'), person('b'), person('d'));
    expect(told()).toEqual([]);
  });

  it('is told so with the next read, or when the target is on again, if it refused it at first', async () => {
    await read(person('a'), person('b'));
    await addFilledTarget();
    const refuse = (): void => {
      remote.fault = () => ({ code: 'rejected_by_target', message: 'Not now.' });
    };
    refuse();
    await renamed('a', 'a2');
    remote.fault = () => undefined;
    await read(person('a2'), person('b'));
    expect(Object.values(uidsThere())).toEqual(['a2 active', 'b active']);
    refuse();
    await renamed('b', 'b2');
    remote.fault = () => undefined;
    expect((await admin.get(`/api/targets/${targetId}/backlog`)).body.sources).toMatchObject([{ waiting: 1 }]);
    await admin.patch(`/api/targets/${targetId}`, { enabled: false });
    await admin.patch(`/api/targets/${targetId}`, { enabled: true });
    const review = await idle();
    expect(await changes(review.id)).toMatchObject([{ diff: [{ field: 'uid', before: 'b', after: 'b2' }] }]);
    await approve(review.id);
    expect(Object.values(uidsThere())).toEqual(['a2 active', 'b2 active']);
    expect((await admin.get(`/api/targets/${targetId}/backlog`)).body.sources).toMatchObject([{ waiting: 0 }]);
  });

  it('is told so by the backfill of a push, which is bound to the record and not to what it was called', async () => {
    await push(person('a', { nickname: 'A' }));
    await addFilledTarget();
    await app.pool.query(`update records set uid = 'a2' where source_id = $1`, [sourceId]);
    await push({ uid: 'a2', nickname: 'A2' });
    await idle();
    expect(told()).toMatchObject([{ uid: 'a2', action: 'update', changed: ['nickname', 'uid'] }]);
  });

  it('before targets were told is told once, and nobody else', async () => {
    await read({ uid: 'a' }, { uid: 'b' }, { uid: 'gone' }, { uid: 'kept' });
    await addFilledTarget();
    await read({ uid: 'a' }, { uid: 'b' }, { uid: 'kept' });
    const gone = await recordOf('gone');
    const migration = new RemoteLinks1764000000240();
    const runner = { query: (text: string) => app.pool.query(text) } as unknown as QueryRunner;
    await migration.down(runner);
    // As renames were promoted then.
    await app.pool.query(`update records set uid = uid || '#' || id where id = $1`, [gone]);
    await app.pool.query(`update records set uid = 'gone' where source_id = $1 and uid = 'a'`, [readId]);
    await app.pool.query(`insert into earlier_uids values ($1, 'user', 'a', 'gone')`, [readId]);
    await migration.up(runner);
    remote.calls = [];
    await read({ uid: 'gone' }, { uid: 'b' }, { uid: 'kept' });
    expect(told().sort(byUid)).toMatchObject([
      { uid: 'gone', action: 'update', changed: ['uid'] },
      { uid: `gone#${gone}`, action: 'disable', changed: ['uid'] },
    ]);
  });

  it.each(['earlier changes tell', 'only the history of the uids tells'])(
    'by an exchange from before targets were told is told once, and nobody else: %s',
    async (trace) => {
      await read({ uid: 'a' }, { uid: 'b' }, { uid: 'c' });
      await addFilledTarget();
      const [a, b] = [await recordOf('a'), await recordOf('b')];
      const doubtful = new DoubtfulUids1764000000250();
      const remoteLinks = new RemoteLinks1764000000240();
      const runner = { query: (text: string) => app.pool.query(text) } as unknown as QueryRunner;
      await doubtful.down(runner);
      await remoteLinks.down(runner);
      // As renames were promoted then: a → t, b → a, t → b; what was used again is forgotten.
      for (const [id, uid] of [
        [a, 't'],
        [b, 'a'],
        [a, 'b'],
      ])
        await app.pool.query('update records set uid = $2 where id = $1', [id, uid]);
      if (trace === 'earlier changes tell')
        await app.pool.query(`insert into earlier_uids values ($1, 'user', 't', 'b')`, [readId]);
      else {
        await app.pool.query(`insert into earlier_uids values ($1, 'user', 's', 'a'), ($1, 'user', 't', 'b')`, [
          readId,
        ]);
        await app.pool.query('delete from changes where record_id in ($1, $2)', [a, b]);
      }
      await remoteLinks.up(runner);
      await doubtful.up(runner);
      remote.calls = [];
      await read({ uid: 'a' }, { uid: 'b' }, { uid: 'c' });
      expect(told().sort(byUid)).toEqual([
        { uid: 'a', action: 'update', changed: ['uid'], resourceKey: `crm-${b}` },
        { uid: 'b', action: 'update', changed: ['uid'], resourceKey: `crm-${a}` },
      ]);
      await read({ uid: 'a' }, { uid: 'b' }, { uid: 'c' });
      expect(remote.calls).toHaveLength(2);
    },
  );

  it('is a newer version of the record by that, also as the leaver who gave the uid up, and behind nowhere', async () => {
    await addFilledTarget();
    await read(person('a'), person('b'));
    const [a, b] = [await recordOf('a'), await recordOf('b')];
    await read(person('b'));
    await renamed('b', 'a');
    const versions = (id: number): number[] =>
      remote.calls.filter(({ recordId }) => recordId === id).map(({ version }) => version);
    expect([versions(a), versions(b)]).toEqual([
      [1, 2, 3],
      [1, 2],
    ]);
    const behind = await app.pool.query(
      'select l.target_id from links l join records r on r.id = l.record_id and r.version <> l.version where r.source_id = $1',
      [readId],
    );
    expect(behind.rows).toEqual([]);
  });

  describe('where uids are unique', () => {
    const keyOf = ({ recordId, resourceKey }: { recordId: number; resourceKey?: string }): string =>
      resourceKey ?? `crm-${recordId}`;

    const inTheWay = (change: Change): Fields | undefined => {
      const [, holder] =
        [...remote.resources].find(
          ([key, { uid, state }]) => key !== keyOf(change) && uid === change.uid && state !== 'deleted',
        ) ?? [];
      return change.action === 'delete' ? undefined : holder;
    };

    const refuseTaken = (): void => {
      remote.fault = (change) =>
        inTheWay(change) ? { code: 'rejected_by_target', message: 'There is one of that name.' } : undefined;
    };

    const whileOff = async (work: () => Promise<unknown>): Promise<Fields> => {
      await admin.patch(`/api/targets/${targetId}`, { enabled: false });
      await work();
      await admin.patch(`/api/targets/${targetId}`, { enabled: true });
      return (await approve((await idle()).id)).body;
    };

    it('comes after whoever gives that uid up, along a chain and up to somebody who is deleted', async () => {
      await read(person('a'), person('b'), person('c'), person('d'));
      await addFilledTarget();
      refuseTaken();
      const [a, b, c] = [await recordOf('a'), await recordOf('b'), await recordOf('c')];
      const task = await whileOff(async () => {
        await read(person('a'), person('b'), { uid: 'c', isDeleted: true }, person('d', { nickname: 'D' }));
        await renamed('b', 'c');
        await renamed('a', 'b');
      });
      expect(task).toMatchObject({ status: 'succeeded', counts: { [`crm-${number}`]: { failed: 0, updated: 3 } } });
      expect(told().map(({ uid, action }) => [uid, action])).toEqual([
        [`c#${c}`, 'delete'],
        ['d', 'update'],
        ['c', 'update'],
        ['b', 'update'],
      ]);
      expect(uidsThere()).toMatchObject({ [`crm-${a}`]: 'b active', [`crm-${b}`]: 'c active' });
    });

    it('comes after a leaver who gives that uid up with it', async () => {
      await read(person('a'), person('b'));
      await addFilledTarget();
      refuseTaken();
      await read(person('a'));
      const task = await renamed('a', 'b');
      expect(task.body.counts[`crm-${number}`]).toMatchObject({ updated: 1, disabled: 1, failed: 0 });
    });

    it('waits for one that is to come again later', async () => {
      await read(person('a'), person('b'));
      await addFilledTarget();
      const [a, b] = [await recordOf('a'), await recordOf('b')];
      let later = true;
      const task = await whileOff(async () => {
        await renamed('b', 'c');
        await renamed('a', 'b');
        remote.fault = (change) => {
          if (change.recordId === b && later) {
            later = false;
            return { code: 'vendor_busy', message: 'Not now.' };
          }
          return inTheWay(change) ? { code: 'rejected_by_target', message: 'There is one of that name.' } : undefined;
        };
      });
      expect(task).toMatchObject({ status: 'succeeded' });
      expect(remote.calls.map(({ recordId }) => recordId)).toEqual([b, b, a]);
    });

    it('is told like all others in an exchange, which a target gets over that gives a name to who is in the way', async () => {
      await read(person('a'), person('b'));
      await addFilledTarget();
      const [a, b] = [await recordOf('a'), await recordOf('b')];
      remote.fault = (change) => {
        const holder = inTheWay(change);
        if (holder) holder['uid'] = 'in the way';
        return undefined;
      };
      const task = await whileOff(async () => {
        await renamed('a', 't');
        await renamed('b', 'a');
        await renamed('t', 'b');
      });
      expect(task).toMatchObject({ status: 'succeeded', counts: { [`crm-${number}`]: { updated: 2 } } });
      expect(uidsThere()).toEqual({ [`crm-${a}`]: 'b active', [`crm-${b}`]: 'a active' });
    });
  });
});

describe('rule 26: a record that is taken from its user by hand', () => {
  const unlink = async (uid: string): Promise<void> => {
    const { rows } = await app.pool.query<{ id: string }>('select id from records where source_id = $1 and uid = $2', [
      sourceId,
      uid,
    ]);
    expect((await admin.delete(`/api/links/${rows[0]?.id ?? ''}`)).status).toBe(204);
  };

  it('is told to the target as before: what is new, that it is gone, and what was missed while the target was off', async () => {
    await push(person('a', { nickname: 'A' }), person('b', { nickname: 'B' }), person('c', { nickname: 'C' }));
    await addFilledTarget();
    for (const uid of ['a', 'b', 'c']) await unlink(uid);
    // The user keeps the name that it wrote there.
    await push({ uid: 'a', username: `${sourceName}-a2`, nickname: 'A2' }, { uid: 'b', isDeleted: true });
    await idle();
    expect(kept().sort()).toEqual(['a A2: active', 'b B: deleted', 'c C: active']);
    await admin.patch(`/api/targets/${targetId}`, { enabled: false });
    await push({ uid: 'c', isDeleted: true });
    await admin.patch(`/api/targets/${targetId}`, { enabled: true });
    await approve((await idle()).id);
    expect(kept().sort()).toEqual(['a A2: active', 'b B: deleted', 'c C: deleted']);
  });

  it('is told what was to be told already', async () => {
    await push(person('a', { nickname: 'A' }));
    await addFilledTarget();
    await admin.patch(`/api/targets/${targetId}`, { enabled: false });
    await push({ uid: 'a', nickname: 'A2' });
    await unlink('a');
    await admin.patch(`/api/targets/${targetId}`, { enabled: true });
    const task = await approve((await idle()).id);
    expect(task.body.counts[`crm-${number}`]).toMatchObject({ updated: 1, failed: 0 });
    expect(kept()).toEqual(['a A2: active']);
  });

  it('before they were told to targets comes with what the target lacks', async () => {
    await push(person('a', { nickname: 'A' }), person('b', { nickname: 'B' }));
    await addFilledTarget();
    const migration = new RemoteLinks1764000000240();
    const runner = { query: (text: string) => app.pool.query(text) } as unknown as QueryRunner;
    await migration.down(runner);
    await app.pool.query(`update links set state = 'detached' where target_id = $1`, [targetId]);
    await migration.up(runner);
    await app.pool.query(
      `update records set gone = 'deleted', version = version + 1 where source_id = $1 and uid = 'a'`,
      [sourceId],
    );
    await admin.patch(`/api/targets/${targetId}`, { enabled: false });
    await admin.patch(`/api/targets/${targetId}`, { enabled: true });
    const review = await idle();
    expect(await changes(review.id)).toMatchObject([{ uid: 'a', action: 'delete' }]);
  });
});

describe('rule 26: what is taken away', () => {
  it('is held at the limit of the target, over several pushes', async () => {
    await push(...Array.from({ length: 20 }, (_, n) => person(`p${n}`)));
    await addFilledTarget({ limits: { deletes: { percent: 100, count: 6 } } });
    await admin.patch(`/api/sources/${sourceId}`, { policies: { limits: { deletes: { percent: 100 } } } });
    for (let n = 0; n < 6; n++) {
      await push({ uid: `p${n}`, isDeleted: true });
      await idle();
    }
    await push({ uid: 'p6', isDeleted: true });
    expect(await idle()).toMatchObject({ status: 'held', heldReason: 'limits' });
    expect(kept().filter((line) => line.endsWith('deleted'))).toHaveLength(6);
  });

  it.each(['stated once more', 'tried again', 'allowed by wider limits'])(
    'is held again when it was rejected and is %s',
    async (how) => {
      const people = Array.from({ length: 20 }, (_, n) => person(`p${n}`));
      await push(...people);
      await addFilledTarget({ limits: { deletes: { percent: 20, count: 500 } } });
      await admin.patch(`/api/sources/${sourceId}`, { policies: { limits: { deletes: { percent: 100 } } } });
      const gone = people.slice(0, 6).map(({ uid }) => ({ uid, isDeleted: true }));
      await push(...gone);
      const held = await idle();
      await admin.post(`/api/tasks/${held.id}/reject`);
      // So many are few by now.
      await push(...Array.from({ length: 40 }, (_, n) => person(`h${n}`)));
      if (how === 'stated once more') await push(...gone);
      else if (how === 'tried again') await admin.post(`/api/tasks/${held.id}/retry`);
      else await admin.patch(`/api/targets/${targetId}`, { limits: { deletes: { percent: 100, count: 500 } } });
      await idle();
      const [again] = (await admin.get(`/api/tasks?targetId=${targetId}&status=held`)).body.items;
      expect(again).toMatchObject({
        message: expect.stringContaining(
          `Removals of 6 records in this plan had been rejected ${again.id === held.id ? 'before' : `with task ${held.id}`}.`,
        ),
      });
      expect(kept().filter((line) => line.endsWith('deleted'))).toEqual([]);
      // Whoever is back and leaves again is no part of that decision.
      await push(people[0]!);
      await idle();
      await push(gone[0]!);
      expect(await idle()).toMatchObject({ status: 'succeeded' });
      expect(kept().filter((line) => line.endsWith('deleted'))).toHaveLength(1);
      await approve(again.id);
      expect(kept().filter((line) => line.endsWith('deleted'))).toHaveLength(6);
      await push(...gone);
      expect((await idle()).status).toBe('succeeded');
    },
  );

  it('is counted by what is there, so that what was only handed out holds nothing', async () => {
    await addFilledTarget();
    await read(person('stays'));
    remote.fault = () => ({ code: 'credentials', message: 'No.', stop: true, written: true });
    await admin.patch(`/api/sources/${readId}`, { policies: { limits: { disables: { percent: 100 } } } });
    await read(person('stays'), ...Array.from({ length: 8 }, (_, n) => person(`p${n}`)));
    remote.fault = () => undefined;
    remote.calls = [];
    expect((await read(person('stays'))).body).toMatchObject({ status: 'succeeded' });
    expect(remote.calls).toHaveLength(8);
  });

  it('is not counted again once it was approved, nor what was only handed out', async () => {
    await push(...Array.from({ length: 40 }, (_, n) => person(`p${n}`)));
    await addFilledTarget({ limits: { deletes: { percent: 20 } } });
    await admin.patch(`/api/sources/${sourceId}`, { policies: { limits: { deletes: { percent: 100 } } } });
    const leave = async (letter: string, from: number, n: number): Promise<TestAnswer> =>
      push(...Array.from({ length: n }, (_, index) => ({ uid: `${letter}${from + index}`, isDeleted: true })));
    await leave('p', 0, 12);
    const held = await idle();
    expect(held).toMatchObject({ status: 'held', heldReason: 'limits' });
    expect((await approve(held.id)).body.status).toBe('succeeded');
    remote.fault = () => ({ code: 'credentials', message: 'No.', stop: true });
    await push(...Array.from({ length: 9 }, (_, n) => person(`never${n}`)));
    await idle();
    remote.fault = () => undefined;
    await leave('never', 0, 9);
    expect(await idle()).toMatchObject({ status: 'succeeded', counts: { [`crm-${number}`]: { deleted: 9 } } });
    await leave('p', 20, 1);
    expect(await idle()).toMatchObject({ status: 'succeeded' });
    await leave('p', 21, 5);
    expect(await idle()).toMatchObject({
      status: 'held',
      message: expect.stringContaining('makes 6 of 28'),
    });
  });

  it('stays while another record stands for the same resource there', async () => {
    await addFilledTarget();
    remote.keyOf = () => 'the one';
    await push(person('a'), person('b'));
    await idle();
    await push({ uid: 'a', isDeleted: true });
    await idle();
    expect(remote.resources.get('the one')).toMatchObject({ state: 'active' });
    await push({ uid: 'b', isDeleted: true });
    await idle();
    expect(remote.resources.get('the one')).toMatchObject({ state: 'deleted' });
  });

  it('stops between rows when the task is cancelled, and keeps what was done', async () => {
    await addFilledTarget();
    remote.pauseMs = 400;
    await push(...Array.from({ length: 500 }, (_, n) => person(`p${n}`)));
    const running = await until(
      async () => (await admin.get(`/api/tasks?targetId=${targetId}&kind=backfill&status=running`)).body.items[0],
      (task) => task?.progress.done > 0,
    );
    await admin.post(`/api/tasks/${running.id}/cancel`);
    const ended = await untilEnded(admin, running.id);
    remote.pauseMs = 0;
    const { created, stale } = ended.body.counts[`crm-${number}`] as { created: number; stale: number };
    expect(ended.body.status).toBe('cancelled');
    expect(created + stale).toBe(500);
    expect(created).toBeLessThan(500);
    expect(remote.resources.size).toBeGreaterThanOrEqual(created);
    await admin.post(`/api/tasks/${running.id}/retry`);
    expect(await idle()).toMatchObject({ status: 'succeeded' });
    expect(remote.resources.size).toBe(500);
  });
});

describe('rule 26: a change that was handed out and has no outcome yet', () => {
  const stopped = { message: 'Slow down.', stop: true, written: true } as const;

  const actions = (): unknown[] => remote.calls.map(({ uid, action }) => [uid, action]);

  /** The newest backfill as soon as it has handed out something. */
  async function underWay(calls = 1): Promise<{ id: number }> {
    await until(
      async () => remote.calls.length,
      (n: number) => n >= calls,
    );
    return (await admin.get(`/api/tasks?targetId=${targetId}&kind=backfill&sort=-id`)).body.items[0];
  }

  async function handedOut(): Promise<void> {
    await until(
      async () => (await admin.get(`/api/tasks?targetId=${targetId}&kind=backfill&status=running`)).body.items[0],
      (task) => task?.progress.step === 'apply',
    );
    await sleep(300);
  }

  it('is followed by what became of the record meanwhile, also when that has left', async () => {
    await addFilledTarget();
    remote.pauseMs = 1_500;
    await push(person('gone'), person('off'), person('moved', { nickname: 'Old' }));
    await handedOut();
    await push({ uid: 'gone', isDeleted: true }, { uid: 'off', isDisabled: true }, { uid: 'moved', nickname: 'New' });
    remote.pauseMs = 0;
    await idle();
    expect(kept()).toEqual(['gone undefined: deleted', 'off undefined: disabled', 'moved New: active']);
    expect(actions()).toEqual([
      ['gone', 'create'],
      ['off', 'create'],
      ['moved', 'create'],
      ['gone', 'delete'],
      ['off', 'disable'],
      ['moved', 'update'],
    ]);
  });

  it('is taken back when the task was cancelled while the target was silent', async () => {
    await addFilledTarget();
    remote.silent = true;
    await push(person('gone'));
    const task = await underWay();
    await admin.post(`/api/tasks/${task.id}/cancel`);
    expect((await untilEnded(admin, task.id)).body.status).toBe('cancelled');
    remote.silent = false;
    expect((await push({ uid: 'gone', isDeleted: true })).body.data).toHaveProperty('pending', [`crm-${number}`]);
    expect(await idle()).toMatchObject({ status: 'succeeded', counts: { [`crm-${number}`]: { deleted: 1 } } });
    expect(kept()).toEqual(['gone undefined: deleted']);
    expect(remote.calls).toMatchObject([
      { action: 'create', recordId: remote.calls[0]?.recordId },
      { action: 'delete', recordId: remote.calls[0]?.recordId },
    ]);
  });

  it('that was cancelled before it began is brought by its retry, whatever is collected since', async () => {
    await addFilledTarget();
    remote.pauseMs = 4_000;
    await push(person('a'));
    await handedOut();
    await push(person('b'));
    const [waiting] = (await admin.get(`/api/tasks?targetId=${targetId}&kind=backfill&status=queued`)).body.items;
    await admin.post(`/api/tasks/${waiting.id}/cancel`);
    await push(person('c'));
    expect((await admin.post(`/api/tasks/${waiting.id}/retry`)).status).toBe(202);
    remote.pauseMs = 0;
    await idle();
    expect((await admin.get(`/api/tasks/${waiting.id}`)).body).toMatchObject({ status: 'succeeded' });
    expect(kept().toSorted()).toEqual(['a undefined: active', 'b undefined: active', 'c undefined: active']);
  });

  it('is taken back when the task failed', async () => {
    await addFilledTarget();
    remote.fault = () => ({ ...stopped, code: 'credentials' });
    await push(person('gone'));
    expect(await idle()).toMatchObject({ status: 'failed' });
    remote.fault = () => undefined;
    await push({ uid: 'gone', isDeleted: true });
    await idle();
    expect(kept()).toEqual(['gone undefined: deleted']);
  });

  it('is taken back when the record leaves between two attempts', async () => {
    await addFilledTarget();
    remote.fault = () => ({ ...stopped, code: 'vendor_busy', retryAfter: 2 });
    await push(person('gone'));
    await until(
      async () => (await admin.get(`/api/tasks?targetId=${targetId}&kind=backfill&status=queued`)).body.items[0],
      (task) => task?.code === 'vendor_busy',
    );
    remote.fault = () => undefined;
    await push({ uid: 'gone', isDeleted: true });
    await idle();
    expect(kept()).toEqual(['gone undefined: deleted']);
    expect(actions()).toEqual([
      ['gone', 'create'],
      ['gone', 'delete'],
    ]);
  });

  it('is taken back when the worker was killed and the record left before another one went on', async () => {
    await addFilledTarget();
    remote.silent = true;
    await push(person('gone'));
    const task = await underWay();
    await push({ uid: 'gone', isDeleted: true });
    remote.silent = false;
    // As the sweeper does it, once the lease of the dead worker is over.
    await app.pool.query(`update tasks set status = 'queued', claims = claims + 1 where id = $1`, [task.id]);
    await idle();
    expect((await admin.get(`/api/tasks/${task.id}`)).body).toMatchObject({ status: 'succeeded' });
    expect(kept()).toEqual(['gone undefined: deleted']);
    expect(actions()).toEqual([
      ['gone', 'create'],
      ['gone', 'delete'],
    ]);
  });

  it.each(['answered', 'cancelled'])(
    'is taken back when the record left in a transaction that could not see that it was handed out: %s',
    async (end) => {
      await addFilledTarget();
      remote.pauseMs = 1_000;
      remote.silent = end === 'cancelled';
      await push(person('gone'));
      await handedOut();
      await app.pool.query(
        `update records set gone = 'deleted', version = version + 1 where source_id = $1 and uid = 'gone'`,
        [sourceId],
      );
      const task = await underWay();
      if (end === 'cancelled') await admin.post(`/api/tasks/${task.id}/cancel`);
      expect((await untilEnded(admin, task.id)).body.status).toBe(end === 'cancelled' ? 'cancelled' : 'succeeded');
      remote.pauseMs = 0;
      remote.silent = false;
      await idle();
      expect(kept()).toEqual(['gone undefined: deleted']);
    },
  );

  it('is taken back by a complete read that does not contain the record, as the policy says', async () => {
    await addFilledTarget();
    remote.fault = () => ({ ...stopped, code: 'credentials' });
    await read(person('stays'), person('goes'));
    remote.fault = () => undefined;
    remote.calls = [];
    await read(person('stays'));
    expect(actions()).toEqual([
      ['stays', 'create'],
      ['goes', 'disable'],
    ]);
    expect(kept()).toEqual(['stays undefined: active', 'goes undefined: disabled']);
  });

  it('is taken back by the next complete read when the target refused that as well', async () => {
    await addFilledTarget();
    remote.fault = () => ({ ...stopped, code: 'credentials' });
    await read(person('stays'), person('goes'));
    remote.fault = ({ uid }) => (uid === 'goes' ? { code: 'rejected_by_target', message: 'No.' } : undefined);
    await read(person('stays'));
    expect(kept()).toEqual(['stays undefined: active']);
    remote.fault = () => undefined;
    remote.calls = [];
    await read(person('stays'));
    expect(actions()).toEqual([['goes', 'disable']]);
  });

  it('is taken back when the source is deleted with its people', async () => {
    await addFilledTarget();
    remote.fault = () => ({ ...stopped, code: 'credentials' });
    await push(person('a'), person('b'));
    await idle();
    remote.fault = () => ({ code: 'rejected_by_target', message: 'No.' });
    await push({ uid: 'a', isDeleted: true });
    await idle();
    remote.fault = () => undefined;
    remote.calls = [];
    const removal = await admin.delete(`/api/sources/${sourceId}?people=remove`);
    await untilEnded(admin, removal.body.id);
    expect(actions()).toEqual([
      ['a', 'delete'],
      ['b', 'delete'],
    ]);
  });

  it('is taken back when the target is on again, though the person was purged meanwhile', async () => {
    await addFilledTarget();
    remote.fault = () => ({ ...stopped, code: 'credentials' });
    await push(person('a'));
    await idle();
    remote.fault = () => undefined;
    remote.calls = [];
    await admin.patch(`/api/targets/${targetId}`, { enabled: false });
    await push({ uid: 'a', isDeleted: true });
    await app.pool.query(`update users set deleted_at = now() - interval '31 days' where deleted_at is not null`);
    expect(await app.app.get(PurgeSchedule).begin()).toBe(1);
    await idle();
    expect((await app.pool.query(`select from users where username = $1`, [`${sourceName}-a`])).rows).toEqual([]);
    await admin.patch(`/api/targets/${targetId}`, { enabled: true });
    const review = await idle();
    expect(await changes(review.id)).toMatchObject([{ uid: 'a', action: 'delete', outcome: 'held' }]);
    expect((await approve(review.id)).body).toMatchObject({ status: 'succeeded' });
    expect(actions()).toEqual([['a', 'delete']]);
  });

  it.each(['the target is deleted', 'the target is not for the source any more'])(
    'is forgotten when %s',
    async (why) => {
      await addFilledTarget();
      remote.fault = () => ({ ...stopped, code: 'vendor_busy', retryAfter: 60 });
      await push(person('a'));
      await until(
        async () => (await admin.get(`/api/tasks?targetId=${targetId}&kind=backfill&status=queued`)).body.items[0],
        (task) => task?.code === 'vendor_busy',
      );
      await app.pool.query(`update records set gone = 'deleted', version = version + 1 where source_id = $1`, [
        sourceId,
      ]);
      if (why === 'the target is deleted') await admin.delete(`/api/targets/${targetId}`);
      else await admin.patch(`/api/targets/${targetId}`, { sources: [readId] });
      expect((await app.pool.query('select from handed_out where target_id = $1', [targetId])).rows).toEqual([]);
      expect((await admin.get(`/api/tasks?targetId=${targetId}&status=queued`)).body.items).toEqual([]);
    },
  );

  it('is no account: nothing is counted, limited or shown as if it were there', async () => {
    await addFilledTarget();
    remote.fault = () => ({ ...stopped, code: 'credentials' });
    await push(person('a'));
    await idle();
    const backlog = async (): Promise<Fields> =>
      (await admin.get(`/api/targets/${targetId}/backlog`)).body.sources.find(
        ({ source }: { source: { id: number } }) => source.id === sourceId,
      );
    expect(await backlog()).toMatchObject({ records: 1, waiting: 1 });
    const rows = async (table: string): Promise<unknown[]> =>
      (await app.pool.query(`select from ${table} where target_id = $1`, [targetId])).rows;
    expect([await rows('links'), await rows('handed_out')]).toEqual([[], [{}]]);
    remote.fault = () => undefined;
    await push({ uid: 'a', isDeleted: true });
    await idle();
    expect(await backlog()).toMatchObject({ records: 0, waiting: 0 });
    expect([await rows('links'), await rows('handed_out')]).toEqual([[{}], []]);
  });

  it('leaves no trace when the target refused it', async () => {
    await addFilledTarget();
    remote.fault = () => ({ code: 'rejected_by_target', message: 'No.' });
    await push(person('a'));
    await idle();
    remote.fault = () => undefined;
    remote.calls = [];
    expect((await push({ uid: 'a', isDeleted: true })).body.data).not.toHaveProperty('pending');
    await idle();
    expect(remote.calls).toEqual([]);
  });

  it('leaves its trace when the target refused what it was handed again', async () => {
    await addFilledTarget();
    remote.fault = () => ({ ...stopped, code: 'vendor_busy', retryAfter: 1 });
    await push(person('a'));
    await until(
      async () => (await admin.get(`/api/tasks?targetId=${targetId}&kind=backfill&status=queued`)).body.items[0],
      (task) => task?.code === 'vendor_busy',
    );
    remote.fault = () => ({ code: 'rejected_by_target', message: 'No.' });
    await idle();
    remote.fault = () => undefined;
    await push({ uid: 'a', isDeleted: true });
    await idle();
    expect(kept()).toEqual(['a undefined: deleted']);
  });

  it.each([
    { change: { nickname: 'B' }, back: { nickname: 'A' }, told: 'update', ends: 'a A: active' },
    { change: { isDisabled: true }, back: { isDisabled: false }, told: 'restore', ends: 'a A: active' },
    { change: { isDeleted: true }, back: {}, told: 'restore', ends: 'a A: active' },
  ])('is turned back when the record says again what it said before: $told', async ({ change, back, told, ends }) => {
    await addFilledTarget();
    await push(person('a', { nickname: 'A' }));
    await idle();
    remote.fault = () => ({ ...stopped, code: 'credentials' });
    await push({ uid: 'a', ...change });
    await idle();
    remote.fault = () => undefined;
    remote.calls = [];
    await push({ uid: 'a', ...back });
    await idle();
    expect(remote.calls).toMatchObject([{ uid: 'a', action: told, changed: null, resourceKey: expect.any(String) }]);
    expect(kept()).toEqual([ends]);
  });

  it('is turned back also for one who was brought back and leaves again', async () => {
    await addFilledTarget();
    await push(person('a', { nickname: 'A' }));
    await push({ uid: 'a', isDeleted: true });
    await push({ uid: 'a' });
    await idle();
    await push({ uid: 'a', isDeleted: true });
    await idle();
    remote.fault = () => ({ ...stopped, code: 'credentials' });
    await push({ uid: 'a' });
    await idle();
    expect(kept()).toEqual(['a A: active']);
    remote.fault = () => undefined;
    await push({ uid: 'a', isDeleted: true });
    await idle();
    expect(kept()).toEqual(['a A: deleted']);
  });

  it.each(['at first', 'when it is tried again'])(
    'is stale when the record moves on before it is handed out, and the newer state follows: %s',
    async (attempt) => {
      await addFilledTarget();
      const all = Array.from({ length: 220 }, (_, n) => person(`p${n}`, { nickname: 'A' }));
      await push(...all);
      await idle();
      const again = attempt !== 'at first';
      if (again) remote.fault = () => ({ code: 'credentials', message: 'No.', stop: true });
      else remote.pauseMs = 700;
      await push(...all.map((one) => ({ ...one, nickname: 'B' })), person('late'));
      if (again) {
        const failed = await idle();
        remote.fault = () => undefined;
        remote.pauseMs = 700;
        await admin.post(`/api/tasks/${failed.id}/retry`);
      }
      await handedOut();
      remote.calls = [];
      await push({ uid: 'late', isDeleted: true }, { uid: 'p219', isDeleted: true }, { uid: 'p218', desk: '7' });
      remote.pauseMs = 0;
      await idle();
      const told = (uid: string): unknown[] =>
        remote.calls.filter((call) => call.uid === uid).map(({ action, changed }) => [action, changed]);
      expect(told('late')).toEqual([]);
      expect(told('p219')).toEqual([['delete', null]]);
      expect(told('p218')).toEqual([['update', ['desk', 'nickname']]]);
    },
  );
});

describe('rule 26: a stricter policy', () => {
  it.each([
    ['keep', 'delete', 'deleted'],
    ['disable', 'delete', 'deleted'],
    ['keep', 'disable', 'disabled'],
  ])('from %s to %s reaches those who left before', async (before, now, ends) => {
    await admin.patch(`/api/sources/${readId}`, { policies: { user: { onMissing: before } } });
    await read(person('a'), person('b'), person('c'));
    await addFilledTarget();
    await read(person('a'), person('b'));
    await read(person('a'));
    remote.calls = [];
    await admin.patch(`/api/sources/${readId}`, { policies: { user: { onMissing: now } } });
    await read(person('a'));
    await idle();
    const states = Object.fromEntries([...remote.resources.values()].map(({ uid, state }) => [uid, state]));
    expect(states).toEqual({ a: 'active', b: ends, c: ends });
    remote.calls = [];
    await read(person('a'));
    await idle();
    expect(remote.calls).toEqual([]);
  });
});

describe('rule 26: whoever left while a target was off', () => {
  const leave = (uid: string): Promise<TestAnswer> =>
    pusher.post('/api/userData:push', { dataType: 'user', sourceName, records: [{ uid, isDeleted: true }] });
  const policy = (onMissing: string, onDeleted: string): Promise<TestAnswer> =>
    admin.patch(`/api/sources/${sourceId}`, {
      policies: { user: { onMissing, onDeleted }, limits: { deletes: ALL, disables: ALL } },
    });
  const missing = async (...rest: Fields[]): Promise<void> => {
    const snapshots = new SnapshotClient(admin);
    const id = await snapshots.open({ sourceName, dataTypes: ['user'] });
    await snapshots.add(id, rest);
    await untilEnded(admin, (await snapshots.commit(id, { user: rest.length })).body.id);
  };

  it.each([
    ['the source says it in another way since', 'delete', 'keep', 'deleted', () => leave('b')],
    ['the source says it in another way since', 'disable', 'keep', 'disabled', () => leave('b')],
    ['the policy is laxer since', 'disable', 'disable', 'disabled', () => policy('keep', 'keep')],
    ['the policy is laxer since', 'delete', 'delete', 'deleted', () => policy('disable', 'disable')],
  ])('is gone there as they are here, when %s: %s, %s', async (_, onMissing, onDeleted, ends, since) => {
    await policy(onMissing, onDeleted);
    await push(person('a'), person('b'));
    await addFilledTarget({ limits: { deletes: ALL, disables: ALL } });
    await admin.patch(`/api/targets/${targetId}`, { enabled: false });
    await missing(person('a'));
    await since();
    await admin.patch(`/api/targets/${targetId}`, { enabled: true });
    await idle();
    for (const { id } of (await admin.get(`/api/tasks?targetId=${targetId}&status=held`)).body.items) await approve(id);
    expect([...remote.resources.values()].map(({ state }) => state)).toEqual(['active', ends]);
  });
});

describe('rule 26: the removal of a source while a target comes or goes', () => {
  const remove = async (): Promise<number> => {
    const { body } = await admin.delete(`/api/sources/${readId}?people=remove`);
    await untilEnded(admin, body.id);
    return body.id;
  };

  it('leaves the source when the target got its people after the plan, and removes them the next time', async () => {
    await read(...['a', 'b', 'c', 'd', 'e', 'f'].map((uid) => person(uid)));
    const first = await remove();
    await addFilledTarget();
    expect(kept()).toHaveLength(6);
    const ended = await approve(first);
    expect(ended.body.notes).toMatchObject([{ code: 'removed_in_part', values: { left: 6 } }]);
    expect((await admin.get(`/api/sources/${readId}`)).body).toMatchObject({ enabled: false });
    const second = await remove();
    await approve(second);
    expect(kept().every((line) => line.endsWith('deleted'))).toBe(true);
    expect((await admin.get(`/api/sources/${readId}`)).status).toBe(404);
  });

  it('is not approved while the target that holds them is off', async () => {
    await read(...['a', 'b', 'c', 'd', 'e', 'f'].map((uid) => person(uid)));
    await addFilledTarget();
    const removal = await remove();
    await admin.patch(`/api/targets/${targetId}`, { enabled: false });
    expect(await admin.post(`/api/tasks/${removal}/approve`)).toMatchObject({
      status: 409,
      body: { reason: { code: 'source_removal_unheard' } },
    });
    expect((await admin.get(`/api/tasks/${removal}`)).body.status).toBe('held');
  });
});

it('rule 26: what an approved read could not tell, because a backfill had told something older, comes all the same', async () => {
  const names = Array.from({ length: 12 }, (_, n) => `p${n}`);
  await read(...names.map((uid) => person(uid)));
  await addFilledTarget();
  remote.fault = () => ({ code: 'credentials', message: 'Refused.', stop: true });
  const first = names.map((uid, n) => person(uid, { nickname: n < 6 ? 'kept' : 'changed' }));
  await read(...first, person('new', { nickname: 'first' }));
  const held = await read(...first.slice(0, 6), person('new', { nickname: 'second' }));
  expect(held.body.status).toBe('held');
  remote.fault = () => undefined;
  await admin.patch(`/api/targets/${targetId}`, { options: remote.options });
  await idle();
  expect(kept()).toContain('new first: active');
  const approved = await approve(held.body.id);
  // Who was made meanwhile is not made again, and gets the rest by another backfill.
  expect(approved.body.counts[`crm-${number}`]).toMatchObject({ disabled: 6, stale: 1 });
  await idle();
  expect(kept().filter((line) => line.endsWith('active'))).toHaveLength(7);
  expect(kept()).toContain('new second: active');
  expect((await admin.get(`/api/targets/${targetId}/backlog`)).body.sources).toEqual(
    expect.arrayContaining([expect.objectContaining({ waiting: 0 })]),
  );
});

it.each(['off', 'new'])('rule 26: an approved read reaches a target that was %s when it was planned', async (then) => {
  const names = Array.from({ length: 14 }, (_, n) => `p${n}`);
  await read(...names.map((uid) => person(uid, { nickname: 'old' })));
  if (then === 'off') {
    await addFilledTarget();
    await admin.patch(`/api/targets/${targetId}`, { enabled: false });
  }
  const held = await read(...names.slice(0, 8).map((uid) => person(uid, { nickname: 'new' })), person('fresh'));
  expect(held.body.status).toBe('held');
  if (then === 'new') await addFilledTarget();
  else await admin.patch(`/api/targets/${targetId}`, { enabled: true });
  await idle();
  for (const { id } of (await admin.get(`/api/tasks?targetId=${targetId}&status=held`)).body.items) await approve(id);
  // The plan names nothing of this target, and counts nothing of it.
  expect(Object.keys((await approve(held.body.id)).body.counts)).not.toContain(`crm-${number}`);
  const rest = await idle();
  // As many as these are for the limits of the target, too.
  expect(rest).toMatchObject({
    status: 'held',
    counts: { [`crm-${number}`]: { disabled: 6, updated: 8, created: 1 } },
  });
  await approve(rest.id);
  expect(kept().filter((line) => line.endsWith('disabled'))).toHaveLength(6);
  expect(kept().filter((line) => line.includes(' new: active'))).toHaveLength(8);
});

it('rule 26: what a read had applied when it was cancelled before a target had been told follows', async () => {
  await addFilledTarget();
  await read(person('a', { nickname: 'old' }), person('b', { nickname: 'old' }));
  remote.silent = true;
  scripted.play({
    pages: [{ dataType: 'user', records: ['a', 'b'].map((uid) => ({ uid, nickname: 'new' })) }],
    complete: { user: true },
  });
  const { body } = await admin.post(`/api/sources/${readId}/sync`);
  await until(
    async () =>
      (await app.pool.query(`select from users where nickname = 'new' and username like $1`, [`${sourceName}-%`]))
        .rowCount,
    (n) => n === 2,
  );
  // What was handed over already is not answered; the backfill begins the moment the task has ended.
  remote.silent = false;
  await admin.post(`/api/tasks/${body.id}/cancel`);
  expect((await untilEnded(admin, body.id)).body).toMatchObject({
    status: 'cancelled',
    counts: { users: { updated: 2 } },
  });
  await idle();
  expect(kept().sort()).toEqual(['a new: active', 'b new: active']);
});

it('rule 26: what a push had applied when it was cancelled is told all the same', async () => {
  await push(person('first'));
  await addFilledTarget();
  const many = Array.from({ length: 3_000 }, (_, n) => person(`m${n}`));
  const sent = { dataType: 'user', sourceName, records: many };
  const queued = await pusher.post('/api/userData:push', sent, { prefer: 'respond-async' });
  const { taskId } = queued.body.data;
  const step = async (): Promise<string | null> => (await admin.get(`/api/tasks/${taskId}`)).body.progress.step;
  await until(step, (at) => at === 'apply' || at === 'report');
  await admin.post(`/api/tasks/${taskId}/cancel`);
  await untilEnded(admin, taskId);
  await idle();
  const { rows } = await app.pool.query<{ n: number }>(
    `select count(*)::int as n from users where username like $1 and deleted_at is null`,
    [`${sourceName}-m%`],
  );
  expect(kept().filter((line) => line.startsWith('m'))).toHaveLength(rows[0]!.n);
}, 60_000);

describe('rule 17: of somebody protected', () => {
  const idOf = async (uid: string): Promise<number> =>
    (await admin.get(`/api/users?q=${person(uid)['username'] as string}`)).body.items[0].id;
  const old = (uid: string): Fields => person(uid, { nickname: 'old' });
  const protect = (id: number, value: boolean): Promise<TestAnswer> =>
    admin.patch(`/api/users/${id}`, { protected: value });
  const waiting = async (): Promise<number> =>
    (await admin.get(`/api/targets/${targetId}/backlog`)).body.sources.reduce(
      (sum: number, { waiting: n }: { waiting: number }) => sum + n,
      0,
    );

  it('nothing changes elsewhere, by a push or a read, until the protection is gone', async () => {
    await addFilledTarget();
    await push(old('a'), old('b'));
    await read(old('r'), old('s'));
    await idle();
    for (const uid of ['a', 'r', 's']) await protect(await idOf(uid), true);
    await push(person('a', { nickname: 'new' }), { uid: 'b', isDeleted: true });
    await read(person('r', { nickname: 'new' }), old('t'));
    await idle();
    expect(kept().sort()).toEqual([
      'a old: active',
      'b old: deleted',
      'r old: active',
      's old: active',
      't old: active',
    ]);
    expect(await waiting()).toBe(0);
    for (const uid of ['a', 'r', 's']) await protect(await idOf(uid), false);
    expect(await waiting()).toBe(3);
    await read(person('r', { nickname: 'new' }), old('t'));
    await push(person('a', { nickname: 'new' }));
    await idle();
    expect(kept().sort()).toEqual([
      'a new: active',
      'b old: deleted',
      'r new: active',
      's old: disabled',
      't old: active',
    ]);
  });

  it('a target that is new gets nothing that is not so here', async () => {
    await push(old('a'), old('b'));
    for (const uid of ['a', 'b']) await protect(await idOf(uid), true);
    await push(person('a', { nickname: 'new' }));
    await addFilledTarget();
    expect(kept()).toEqual(['b old: active']);
    expect(await waiting()).toBe(0);
    await protect(await idOf('a'), false);
    expect(await waiting()).toBe(1);
    await push(person('a', { nickname: 'new' }));
    await idle();
    expect(kept().sort()).toEqual(['a new: active', 'b old: active']);
  });

  it('a plan that waited changes nothing, and a target that is new gets them all the same', async () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    await push(...people.map((uid) => old(uid)));
    await protect(await idOf('a'), true);
    await addFilledTarget({ limits: { disables: { count: 0, percent: 0 } } });
    expect(kept()).toHaveLength(7);
    await protect(await idOf('a'), false);
    await admin.patch(`/api/sources/${sourceId}`, { policies: { limits: { disables: { percent: 100 } } } });
    await push(...people.map((uid) => ({ uid, isDisabled: true })));
    const held = await idle();
    expect(held).toMatchObject({ status: 'held', heldReason: 'limits' });
    await protect(await idOf('b'), true);
    const approved = await approve(held.id);
    expect(approved.body.counts).toMatchObject({ [`crm-${number}`]: { disabled: 6, stale: 1 } });
    expect(kept().filter((line) => line.endsWith('active'))).toEqual(['b old: active']);
  });
});

it('rule 18: a plan that waits once more is what is left, and what was applied of it stands and can be taken back', async () => {
  const people = Array.from({ length: 12 }, (_, n) => person(`p${n}`));
  await addFilledTarget();
  await read(...people);
  const held = await read(...people.slice(0, 4));
  expect(held.body).toMatchObject({ status: 'held', counts: { users: { disabled: 8 } } });
  remote.fault = () => ({ code: 'configuration', message: 'Not here.', stop: true });
  expect((await approve(held.body.id)).body).toMatchObject({ status: 'partially_succeeded' });
  const attention = async (): Promise<number[]> =>
    (await admin.get('/api/tasks?attention=1')).body.items.map(({ id }: { id: number }) => id);
  expect(await attention()).toContain(held.body.id);
  await admin.patch(`/api/targets/${targetId}`, { limits: { disables: { count: 0, percent: 0 } } });
  await idle();
  await admin.post(`/api/tasks/${held.body.id}/retry`);
  const again = (await untilEnded(admin, held.body.id)).body;
  expect(again).toMatchObject({
    status: 'held',
    appliedBefore: 8,
    counts: { users: { disabled: 0 }, [`crm-${number}`]: { disabled: 8 } },
  });
  expect((await admin.get(`/api/tasks/${again.id}/changes`)).body.total).toBe(8);
  remote.fault = () => undefined;
  const rejected = (await admin.post(`/api/tasks/${again.id}/reject`)).body;
  expect(rejected).toMatchObject({ status: 'cancelled', counts: { users: { disabled: 8 } } });
  expect(rejected.message).toMatch(/^Rejected: .+ What an earlier attempt applied stays\.$/);
  expect(rejected).toMatchObject({ appliedBefore: 8 });
  const undone = await admin.post(`/api/tasks/${again.id}/undo`);
  expect(undone.status).toBe(202);
  await approve(undone.body.id);
  expect((await admin.get(`/api/users?q=${sourceName}&status=active&pageSize=50`)).body.total).toBe(12);
});

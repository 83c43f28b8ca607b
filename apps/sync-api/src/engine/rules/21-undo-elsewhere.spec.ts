import { startRemoteTarget, type RemoteTarget } from '../../testing/remote-target';
import { installScriptedSource } from '../../testing/scripted-source';
import { SnapshotClient } from '../../testing/snapshot-client';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer } from '../../testing/test-client';
import { until, untilEnded } from '../../testing/until';

type Fields = Record<string, unknown>;

const scripted = installScriptedSource();
let remote: RemoteTarget;
let app: TestApp;
let number = 0;
/** The source of this test, which is pushed to. */
let source: { id: number; name: string };
let targetId: number;

const FREE = { count: 100_000, percent: 100 };
const LIMITS = { deletes: FREE, disables: FREE, memberships: FREE, cleared: FREE };

beforeAll(async () => {
  remote = await startRemoteTarget(scripted.env);
  app = await startTestApp({ ...scripted.env, ...remote.env });
});

afterAll(async () => {
  await app.close();
  await remote.stop();
  scripted.remove();
});

beforeEach(async () => {
  remote.reset();
  number++;
  source = await made('push', { matchKey: ['username'] });
  const target = await app.admin.post('/api/targets', {
    name: `crm-${number}`,
    type: 'crm',
    options: remote.options,
    sources: [source.id],
    limits: { deletes: FREE, disables: FREE },
  });
  targetId = target.body.id;
  await idle();
});

afterEach(() => app.admin.patch(`/api/targets/${targetId}`, { enabled: false }));

async function made(type: string, more: Fields = {}): Promise<{ id: number; name: string }> {
  const { body } = await app.admin.post('/api/sources', {
    name: `${type}-${number}`,
    type,
    policies: { limits: LIMITS },
    ...more,
  });
  return body;
}

/** Pushes users and returns the task's id, once every target has been told. */
async function push(...records: Fields[]): Promise<number> {
  const answer = await app.admin.post('/api/userData:push', { dataType: 'user', sourceName: source.name, records });
  expect(answer.status).toBe(200);
  await idle();
  return answer.body.data.taskId;
}

async function undo(taskId: number): Promise<TestAnswer['body']> {
  const begun = await app.admin.post(`/api/tasks/${taskId}/undo`);
  expect(begun.status).toBe(202);
  const ended = await untilEnded(app.admin, begun.body.id);
  await idle();
  return ended.body;
}

async function idle(): Promise<void> {
  await until(
    async () => (await app.admin.get('/api/tasks?pageSize=50')).body.items,
    (tasks: { status: string }[]) => tasks.every(({ status }) => status !== 'queued' && status !== 'running'),
  );
}

/** What the system elsewhere holds: uid, nickname and state. */
const kept = (): string[] =>
  [...remote.resources.values()]
    .map(({ uid, nickname, state }) => `${uid as string} ${nickname as string}: ${state as string}`)
    .sort();

/** What the target is told of next. */
async function told(work: () => Promise<unknown>): Promise<Fields[]> {
  remote.calls = [];
  await work();
  return remote.calls.map(({ uid, action, changed }) => ({ uid, action, changed }));
}

const backlog = async (id: number): Promise<Fields[]> =>
  (await app.admin.get(`/api/targets/${id}/backlog`)).body.sources;

const waiting = async (): Promise<number> => (await backlog(targetId))[0]?.['waiting'] as number;

const person = (uid: string, more: Fields = {}): Fields => ({
  uid,
  username: `${uid}-${number}`,
  nickname: 'A',
  ...more,
});

describe('rule 21: an undo reaches targets elsewhere', () => {
  it('of a create takes the person away there, and its own undo brings them back', async () => {
    await push(person('a'));
    const create = await push(person('b'), person('c'));
    const undone = await undo(create);
    expect(kept()).toEqual(['a A: active', 'b A: deleted', 'c A: deleted']);
    // What the source says again changes nothing, and what it says anew brings only that one back.
    expect(await told(() => push(person('b')))).toEqual([]);
    await push(person('b', { nickname: 'B' }));
    expect(kept()).toEqual(['a A: active', 'b B: active', 'c A: deleted']);
    await undo(undone.id);
    expect(kept()).toEqual(['a A: active', 'b B: active', 'c A: active']);
    expect(await waiting()).toBe(0);
  });

  it('of an update puts back what stood there, field by field until the source says something new', async () => {
    await push(person('a', { desk: 1 }));
    const update = await push({ uid: 'a', nickname: 'B', desk: 2 });
    expect(await told(() => undo(update))).toEqual([{ uid: 'a', action: 'update', changed: ['desk', 'nickname'] }]);
    expect([...remote.resources.values()]).toMatchObject([{ nickname: 'A', desk: 1 }]);
    await push({ uid: 'a', isDisabled: true });
    expect([...remote.resources.values()]).toMatchObject([{ nickname: 'A', desk: 1, state: 'disabled' }]);
    await push({ uid: 'a', desk: 3 });
    expect([...remote.resources.values()]).toMatchObject([{ nickname: 'A', desk: 3, state: 'disabled' }]);
    const [user] = (await app.admin.get(`/api/users?q=a-${number}`)).body.items;
    expect(user).toMatchObject({ nickname: 'A', status: 'disabled', custom: { desk: 3 } });
    await push({ uid: 'a', nickname: 'C' });
    expect([...remote.resources.values()]).toMatchObject([{ nickname: 'C', desk: 3 }]);
  });

  it.each([
    ['leaves and is stated again', { isDeleted: true }, {}],
    ['is said to be disabled in other words', { isDisabled: true, desk: null }, { email: null }],
    ['is disabled and enabled', { isDisabled: true }, { isDisabled: false }],
  ])('is over there when it is over here: when the person %s', async (_, first, second) => {
    await push(person('a', { nickname: 'A' }));
    await undo(await push({ uid: 'a', nickname: 'B' }));
    await push({ uid: 'a', ...first });
    await push({ uid: 'a', username: `a-${number}`, ...second });
    const [user] = (await app.admin.get(`/api/users?q=a-${number}`)).body.items;
    expect(kept()).toEqual([`a ${user.nickname as string}: ${user.status as string}`]);
  });

  it('of a disable is over there when it is over here: once the person is stated in other words', async () => {
    await push(person('a'));
    await undo(await push(person('a', { isDisabled: true })));
    expect(kept()).toEqual(['a A: active']);
    await push({ uid: 'a', nickname: 'A' });
    const [user] = (await app.admin.get(`/api/users?q=a-${number}`)).body.items;
    expect(kept()).toEqual([`a A: ${user.status as string}`]);
  });

  it('takes a value away again that was not there before', async () => {
    await push(person('a'));
    const update = await push({ uid: 'a', desk: 2 });
    await undo(update);
    expect(remote.calls.at(-1)).toMatchObject({ action: 'update', changed: ['desk'] });
    expect(remote.calls.at(-1)?.payload).not.toHaveProperty('desk');
  });

  it('of who left brings them back, disabled where they were, and keeps those who are missing again', async () => {
    await push(person('a'), person('b', { isDisabled: true }));
    const deleted = await push({ uid: 'a', isDeleted: true }, { uid: 'b', isDeleted: true });
    expect(kept()).toEqual(['a A: deleted', 'b A: deleted']);
    const undone = await undo(deleted);
    expect([...remote.resources.values()]).toMatchObject([
      { uid: 'a', state: 'active' },
      { uid: 'b', state: 'active', isDisabled: true },
    ]);
    expect(await told(() => push({ uid: 'a', isDeleted: true }))).toEqual([]);
    await undo(undone.id);
    expect(kept()).toEqual(['a A: deleted', 'b A: deleted']);
  });

  it('of who left with other values brings back what stands here', async () => {
    await push(person('a', { desk: 1 }), person('b'));
    const [b] = (await app.admin.get(`/api/users?q=b-${number}`)).body.items;
    await app.admin.patch(`/api/users/${b.id}`, { nickname: 'By hand' });
    const left = await push(
      { uid: 'a', isDeleted: true, nickname: 'gone', desk: null, floor: 3 },
      { uid: 'b', isDeleted: true },
    );
    await undo(left);
    expect(kept()).toEqual(['a A: active', 'b A: active']);
    const desk = (): unknown => [...remote.resources.values()].find(({ uid }) => uid === 'a')?.['desk'];
    expect(desk()).toBe(1);
    await push({ uid: 'a', floor: 4 });
    const [a] = (await app.admin.get(`/api/users?q=a-${number}`)).body.items;
    expect(kept()).toContain(`a ${a.nickname as string}: active`);
    expect(desk()).toBe(a.custom.desk);
  });

  it('of a disable enables, and of what enabled disables', async () => {
    await push(person('a'));
    const disabled = await push({ uid: 'a', isDisabled: true });
    await undo(disabled);
    expect(kept()).toEqual(['a A: active']);
    await push({ uid: 'a', nickname: 'B' });
    expect(kept()).toEqual(['a B: disabled']);
    const enabled = await push({ uid: 'a', isDisabled: false });
    await undo(enabled);
    expect(kept()).toEqual(['a B: disabled']);
  });

  it('takes away whom the task made, also where the policy would keep them', async () => {
    await app.admin.patch(`/api/sources/${source.id}`, {
      policies: { limits: LIMITS, user: { onDeleted: 'keep', onMissing: 'keep' } },
    });
    await undo(await push(person('a')));
    expect(kept()).toEqual(['a A: deleted']);
  });

  describe.each(['keep', 'disable'])('is not forgotten when the record leaves before it was told: %s', (policy) => {
    const leave = async (...uids: string[]): Promise<void> => {
      await push(...uids.map((uid) => ({ uid, isDeleted: true })));
    };
    const on = async (enabled: boolean): Promise<void> => {
      await app.admin.patch(`/api/targets/${targetId}`, { enabled });
      await idle();
      const { items } = (await app.admin.get(`/api/tasks?targetId=${targetId}&status=held`)).body;
      for (const { id } of items) await app.admin.post(`/api/tasks/${id}/approve`);
      await idle();
    };

    beforeEach(() =>
      app.admin.patch(`/api/sources/${source.id}`, {
        policies: { limits: LIMITS, user: { onDeleted: policy, onMissing: policy } },
      }),
    );

    it('who went by it goes', async () => {
      await push(person('a'));
      const made = await push(person('b'));
      await on(false);
      await undo(made);
      await leave('b');
      await on(true);
      expect(kept()).toEqual(['a A: active', 'b A: deleted']);
      expect(await waiting()).toBe(0);
    });

    it('what it put back stands there as it stands here', async () => {
      await push(person('a'));
      const changed = await push({ uid: 'a', nickname: 'B', isDisabled: true });
      await on(false);
      await undo(changed);
      await leave('a');
      await on(true);
      expect(kept()).toEqual([`a A: ${policy === 'keep' ? 'active' : 'disabled'}`]);
      expect(await waiting()).toBe(0);
    });
  });

  it.each([
    ['before the policy', ['undo', 'policy']],
    ['after the policy', ['policy', 'undo']],
  ])(
    'of a leave holds against a stricter policy, here and there, until the user is synced by hand: %s',
    async (_, order) => {
      const policies = (onDeleted: string): Fields => ({
        policies: { limits: LIMITS, user: { onDeleted, onMissing: onDeleted } },
      });
      await app.admin.patch(`/api/sources/${source.id}`, policies('disable'));
      await push(person('a'), person('b'));
      const { id } = (await app.admin.get(`/api/users?q=a-${number}`)).body.items[0];
      const left = await push({ uid: 'a', isDeleted: true });
      for (const step of order) {
        if (step === 'undo') await undo(left);
        else await app.admin.patch(`/api/sources/${source.id}`, policies('delete'));
      }
      const snapshots = new SnapshotClient(app.admin);
      const read = async (): Promise<void> => {
        const snapshot = await snapshots.open({ sourceName: source.name, dataTypes: ['user'] });
        await snapshots.add(snapshot, [person('b')]);
        await untilEnded(app.admin, (await snapshots.commit(snapshot, { user: 1 })).body.id);
        await idle();
      };
      const here = async (): Promise<string> => (await app.admin.get(`/api/users/${id}`)).body.status;
      await read();
      await read();
      expect([await here(), kept()[0]]).toEqual(['active', 'a A: active']);
      await app.admin.post(`/api/users/${id}/sync`);
      await idle();
      expect([await here(), kept()[0]]).toEqual(['deleted', 'a A: deleted']);
    },
  );

  it('tells a target that was away what stands by then, and nothing of what was undone', async () => {
    await push(person('a'));
    remote.fault = () => ({ code: 'vendor_busy', message: 'Away.', stop: true, retryAfter: 1 });
    const answer = await app.admin.post('/api/userData:push', {
      dataType: 'user',
      sourceName: source.name,
      records: [person('b'), { uid: 'a', nickname: 'B' }],
    });
    const begun = await app.admin.post(`/api/tasks/${answer.body.data.taskId}/undo`);
    await untilEnded(app.admin, begun.body.id);
    remote.fault = () => undefined;
    await idle();
    // Of b the target had been handed something that it did not answer for.
    expect(kept().filter((line) => !line.endsWith('deleted'))).toEqual(['a A: active']);
    expect(await waiting()).toBe(0);
  });

  it('is what a target gets that was off meanwhile, or is added afterwards', async () => {
    await push(person('a'), person('b'));
    await app.admin.patch(`/api/targets/${targetId}`, { enabled: false });
    const left = await push({ uid: 'a', isDeleted: true }, { uid: 'b', nickname: 'B' }, person('c'));
    await undo(left);
    const added = await app.admin.post('/api/targets', {
      name: `new-${number}`,
      type: 'crm',
      options: remote.options,
      sources: [source.id],
    });
    await idle();
    const [plan] = (await app.admin.get(`/api/tasks?targetId=${added.body.id}&status=held`)).body.items;
    const planned = (await app.admin.get(`/api/tasks/${plan.id}/changes`)).body.items as Fields[];
    expect(planned.map(({ uid, action }) => `${action as string} ${uid as string}`).sort()).toEqual([
      'create a',
      'create b',
    ]);
    await app.admin.post(`/api/tasks/${plan.id}/approve`);
    await idle();
    expect(await backlog(added.body.id)).toMatchObject([{ records: 2, waiting: 0 }]);
    await app.admin.patch(`/api/targets/${added.body.id}`, { enabled: false });
    expect(kept()).toEqual(['a A: active', 'b A: active']);
    expect(
      await told(async () => {
        await app.admin.patch(`/api/targets/${targetId}`, { enabled: true });
        await idle();
      }),
    ).toEqual([]);
  });

  it('is told by plans that leave these people to a task of its own', async () => {
    const policies = { limits: LIMITS, user: { onMissing: 'delete' } };
    const reading = await made('scripted', { options: { file: scripted.file }, policies });
    await app.admin.patch(`/api/targets/${targetId}`, { sources: [reading.id] });
    const read = async (uids: string[], dryRun = false): Promise<TestAnswer['body']> => {
      const records = uids.map((uid) => person(uid) as Fields & { uid: string });
      scripted.play({ pages: [{ dataType: 'user', records }], complete: { user: true } });
      const { body } = await app.admin.post(`/api/sources/${reading.id}/sync`, { dryRun });
      await idle();
      return (await app.admin.get(`/api/tasks/${body.id}`)).body;
    };
    await read(['a', 'b', 'c']);
    await undo((await read(['b', 'c'])).id);
    await read(['a', 'b', 'c']);
    expect(kept()).toEqual(['a A: active', 'b A: active', 'c A: active']);
    const plan = await read(['c'], true);
    expect(plan.counts).toMatchObject({ users: { deleted: 2 }, [`crm-${number}`]: { deleted: 1 } });
    expect(plan.notes).toContainEqual(expect.objectContaining({ code: 'follows_elsewhere', values: { records: 1 } }));
    await app.admin.post(`/api/tasks/${plan.id}/approve`);
    await idle();
    expect(kept()).toEqual(['a A: deleted', 'b A: deleted', 'c A: active']);
    const task = (await app.admin.get(`/api/tasks/${plan.id}`)).body;
    expect(task).toMatchObject({ status: 'succeeded', notes: [{ code: 'follows_elsewhere', values: { records: 1 } }] });
  });

  it('makes what a plan that waits would do to these people stale', async () => {
    await push(person('a'), person('b'));
    await app.admin.patch(`/api/targets/${targetId}`, { limits: { deletes: { count: 0, percent: 0 } } });
    const left = await push({ uid: 'a', isDeleted: true }, ...Array.from({ length: 7 }, (_, n) => person(`x${n}`)));
    await push(...Array.from({ length: 7 }, (_, n) => ({ uid: `x${n}`, isDeleted: true })));
    const held = (await app.admin.get(`/api/tasks?targetId=${targetId}&status=held`)).body.items as { id: number }[];
    expect(held).not.toEqual([]);
    await undo(left);
    for (const { id } of held) await app.admin.post(`/api/tasks/${id}/approve`);
    await idle();
    expect(kept().filter((line) => /^[ab]/.test(line))).toEqual(['a A: active', 'b A: active']);
  });

  it('waits for one decision, however often the same is said meanwhile', async () => {
    const people = Array.from({ length: 8 }, (_, n) => person(`x${n}`));
    const made = await push(...people);
    await app.admin.patch(`/api/targets/${targetId}`, { limits: { deletes: { count: 0, percent: 0 } } });
    await undo(made);
    const waitingPlans = async (): Promise<{ id: number }[]> =>
      (await app.admin.get(`/api/tasks?targetId=${targetId}&status=held`)).body.items;
    const [held] = await waitingPlans();
    const plan = `/api/tasks/${held!.id}/changes`;
    expect((await app.admin.get(`${plan}?pageSize=5`)).body).toMatchObject({ total: 8, items: { length: 5 } });
    const csv = await app.admin.get(plan, { Accept: 'text/csv' });
    expect(String(csv.body).trim().split('\r\n')).toHaveLength(1 + 8);
    await push(...people);
    await idle();
    expect(await waitingPlans()).toEqual([expect.objectContaining({ id: held!.id })]);
    // What says something new needs another one.
    await push(...people.slice(1), { ...person('x0'), nickname: 'B' });
    await idle();
    expect(kept()).toContain('x0 B: active');
    expect(await waitingPlans()).toHaveLength(1);
    await app.admin.post(`/api/tasks/${held!.id}/approve`);
    await idle();
    expect(kept()).toEqual(['x0 B: active', ...people.slice(1).map(({ uid }) => `${uid as string} A: deleted`)]);
  });

  it.each(['undone', 'synced by hand'])('makes a plan that waits stale once more when it is %s', async (how) => {
    const people = Array.from({ length: 8 }, (_, n) => person(`x${n}`));
    const made = await push(...people);
    await app.admin.patch(`/api/targets/${targetId}`, { limits: { deletes: { count: 0, percent: 0 } } });
    const undone = await undo(made);
    const [held] = (await app.admin.get(`/api/tasks?targetId=${targetId}&status=held`)).body.items;
    expect(held.counts).toMatchObject({ [`crm-${number}`]: { deleted: 8 } });
    if (how === 'undone') await undo(undone.id);
    else {
      for (const { id } of (await app.admin.get(`/api/users?sourceId=${source.id}&status=deleted`)).body.items)
        await app.admin.post(`/api/users/${id}/sync`);
    }
    await idle();
    await app.admin.post(`/api/tasks/${held.id}/approve`);
    await idle();
    expect(kept()).toEqual(people.map(({ uid }) => `${uid as string} A: active`));
    expect(await waiting()).toBe(0);
  });

  it('goes on from a plan that was under way with what stands by then', async () => {
    const made = await push(...Array.from({ length: 8 }, (_, n) => person(`x${n}`)));
    remote.fault = () => ({ code: 'vendor_busy', message: 'Away.', stop: true, retryAfter: 2 });
    const first = await app.admin.post(`/api/tasks/${made}/undo`);
    await untilEnded(app.admin, first.body.id);
    await until(
      async () => (await app.admin.get(`/api/tasks?targetId=${targetId}&kind=backfill&sort=-id`)).body.items[0],
      ({ status, nextAttemptAt }: Fields) => status === 'queued' && nextAttemptAt !== undefined,
    );
    const second = await app.admin.post(`/api/tasks/${first.body.id}/undo`);
    await untilEnded(app.admin, second.body.id);
    remote.fault = () => undefined;
    await idle();
    expect(kept().filter((line) => line.endsWith('active'))).toHaveLength(8);
  });

  it('stands against a complete read that says the same, and comes with that where the target refused it', async () => {
    const read = await made('scripted', { options: { file: scripted.file } });
    await app.admin.patch(`/api/targets/${targetId}`, { sources: [source.id, read.id] });
    const sync = async (...records: Fields[]): Promise<number> => {
      scripted.play({ pages: [{ dataType: 'user', records: records as { uid: string }[] }], complete: { user: true } });
      const { body } = await app.admin.post(`/api/sources/${read.id}/sync`);
      await untilEnded(app.admin, body.id);
      await idle();
      return body.id;
    };
    await sync(person('r'), person('s'));
    const second = await sync(person('r', { nickname: 'B' }), person('t'));
    expect(kept()).toEqual(['r B: active', 's A: disabled', 't A: active']);
    remote.fault = () => ({ code: 'rejected_by_target', message: 'No.' });
    await undo(second);
    remote.fault = () => undefined;
    expect(kept()).toEqual(['r B: active', 's A: disabled', 't A: active']);
    await sync(person('r', { nickname: 'B' }), person('t'));
    expect(kept()).toEqual(['r A: active', 's A: active', 't A: deleted']);
    expect(await told(() => sync(person('r', { nickname: 'B' }), person('t')))).toEqual([]);
    await sync(person('r', { nickname: 'B', desk: 1 }), person('t'));
    expect(kept()).toEqual(['r A: active', 's A: active', 't A: deleted']);
    expect([...remote.resources.values()]).toContainEqual(expect.objectContaining({ uid: 'r', desk: 1 }));
    await sync(person('r', { nickname: 'C', desk: 1 }), person('t', { nickname: 'T' }));
    expect(kept()).toEqual(['r C: active', 's A: active', 't T: active']);
  });

  it('is over there as well when a user is synced by hand', async () => {
    await push(person('a'));
    await undo(await push({ uid: 'a', nickname: 'B' }));
    expect(kept()).toEqual(['a A: active']);
    const [user] = (await app.admin.get(`/api/users?q=a-${number}`)).body.items;
    const [undone] = remote.calls.slice(-1);
    await app.admin.post(`/api/users/${user.id}/sync`);
    await idle();
    expect(kept()).toEqual(['a B: active']);
    // What the undo told may arrive late: a receiver knows by the version that it is the older word.
    const [synced] = remote.calls.slice(-1);
    expect(synced?.version).toBeGreaterThan(undone?.version ?? Infinity);
    expect(await told(() => push({ uid: 'a', nickname: 'B' }))).toEqual([]);
  });

  it('brings back the account of a record that left although its person stayed, as another source states them', async () => {
    const other = await made('push', { name: `it-${number}`, matchKey: ['username'], priority: 10 });
    await push(person('a', { nickname: 'HR' }));
    await app.admin.post('/api/userData:push', {
      dataType: 'user',
      sourceName: other.name,
      matchKey: 'username',
      records: [{ uid: 'z', username: `a-${number}`, nickname: 'IT' }],
    });
    const left = await push({ uid: 'a', isDeleted: true });
    expect(kept()).toEqual(['a HR: deleted']);
    const stands = async (): Promise<Fields> => (await app.admin.get(`/api/users?q=a-${number}`)).body.items[0];
    expect(await stands()).toMatchObject({ nickname: 'IT', status: 'active' });
    const undone = await undo(left);
    expect(await stands()).toMatchObject({ nickname: 'HR', status: 'active' });
    expect(kept()).toEqual(['a HR: active']);
    const again = await undo(undone.id);
    expect(await stands()).toMatchObject({ nickname: 'IT', status: 'active' });
    expect(kept()).toEqual(['a HR: deleted']);
    await undo(again.id);
    expect(kept()).toEqual(['a HR: active']);
    // It is gone with the same word as little as here.
    expect(await told(() => push({ uid: 'a', isDeleted: true }))).toEqual([]);
  });

  describe.each([
    ['delete', 'deleted'],
    ['disable', 'disabled'],
  ] as const)('of leaves of one person from two sources (%s)', (policy, state) => {
    let other: { id: number; name: string };
    const a = (): Fields => ({ ...person('a'), departments: ['d'] });
    const z = (): Fields => ({ ...person('a'), uid: 'z', departments: ['e'] });

    beforeEach(async () => {
      const policies = { limits: LIMITS, user: { onDeleted: policy, onMissing: policy } };
      await app.admin.patch(`/api/sources/${source.id}`, { policies });
      other = await made('push', { name: `it-${number}`, matchKey: ['username'], policies });
      await app.admin.patch(`/api/targets/${targetId}`, { sources: [source.id, other.id] });
      await idle();
      await say('department', source.name, { uid: 'd', title: `D-${number}` });
      await say('department', other.name, { uid: 'e', title: `E-${number}` });
      await say('user', source.name, a());
      await say('user', other.name, z());
      await idle();
      expect(both()).toEqual(['a A: active', 'z A: active']);
    });

    async function say(dataType: string, sourceName: string, record: Fields): Promise<number> {
      const sent = { dataType, sourceName, matchKey: 'username', records: [record] };
      const { body } = await app.admin.post('/api/userData:push', sent);
      await idle();
      return body.data.taskId;
    }

    const leave = (uid: 'a' | 'z'): Promise<number> =>
      say('user', uid === 'a' ? source.name : other.name, { uid, isDeleted: true });
    const both = (): string[] => kept().filter((line) => /^[az] /.test(line));
    const stands = async (): Promise<unknown> => {
      const { rows } = await app.pool.query<{ stands: string }>(
        `select case when deleted_at is not null then 'deleted' else status end as stands from users where username = $1`,
        [`a-${number}`],
      );
      return rows[0]?.stands;
    };

    it('brings nobody back elsewhere who left with everybody else since', async () => {
      const left = await leave('a');
      await leave('z');
      await undo(left);
      expect(await stands()).toBe(state);
      expect(both()).toEqual([`a A: ${state}`, `z A: ${state}`]);
    });

    it('holds for both when both are undone, whatever is said again', async () => {
      const first = await leave('a');
      const second = await leave('z');
      await undo(second);
      await undo(first);
      for (const uid of ['a', 'z', 'a'] as const) {
        expect(await stands()).toBe('active');
        expect(both()).toEqual(['a A: active', 'z A: active']);
        await leave(uid);
      }
    });

    it('holds when the other one leaves, and ends with *Sync now*', async () => {
      await undo(await leave('a'));
      expect(both()).toEqual(['a A: active', 'z A: active']);
      await leave('z');
      for (let night = 0; night < 2; night++) {
        expect([await stands(), ...both()]).toEqual(['active', 'a A: active', `z A: ${state}`]);
        await leave('a');
      }
      const [user] = (await app.admin.get(`/api/users?q=a-${number}`)).body.items;
      await app.admin.post(`/api/users/${user.id}/sync`);
      await idle();
      expect([await stands(), ...both()]).toEqual([state, `a A: ${state}`, `z A: ${state}`]);
    });

    it('is taken back by the undo of the undo', async () => {
      const undone = await undo(await leave('a'));
      await undo(undone.id);
      expect([await stands(), ...both()]).toEqual(['active', `a A: ${state}`, 'z A: active']);
      await leave('z');
      expect([await stands(), ...both()]).toEqual([state, `a A: ${state}`, `z A: ${state}`]);
    });

    it('is taken back by the undo of the undo, also when a disable of the other one was undone, too', async () => {
      const left = await leave('a');
      const disabled = await say('user', other.name, { uid: 'z', isDisabled: true });
      const [enabled, back] = [await undo(disabled), await undo(left)];
      expect([await stands(), ...both()]).toEqual(['active', 'a A: active', 'z A: active']);
      await undo(back.id);
      expect([await stands(), ...both()]).toEqual(['active', `a A: ${state}`, 'z A: active']);
      await undo(enabled.id);
      expect([await stands(), ...both()]).toEqual(['disabled', `a A: ${state}`, 'z A: disabled']);
    });

    it('is undone and undone again as often as somebody likes', async () => {
      let task = await leave('a');
      for (const there of ['active', state, 'active', state, 'active']) {
        task = (await undo(task)).id;
        expect([await stands(), ...both()]).toEqual(['active', `a A: ${there}`, 'z A: active']);
      }
      // The leave is undone, and holds: also when the other one lets go.
      await leave('z');
      expect([await stands(), ...both()]).toEqual(['active', 'a A: active', `z A: ${state}`]);
    });
  });

  it('of the leave of the last one who stated somebody holds against a full read of who left before', async () => {
    const other = await made('push', { name: `it-${number}`, matchKey: ['username'] });
    const snapshots = new SnapshotClient(app.admin);
    const read = async (sourceName: string, ...people: Fields[]): Promise<number> => {
      const snapshot = await snapshots.open({ sourceName, dataTypes: ['user'], matchKey: 'username' });
      await snapshots.add(snapshot, people);
      const { body } = await snapshots.commit(snapshot, { user: people.length });
      await untilEnded(app.admin, body.id);
      await idle();
      return body.id;
    };
    const rest = person('z');
    const ofOther = { ...person('a'), uid: 'x' };
    await read(other.name, ofOther, { ...rest, uid: 'y' });
    await read(source.name, person('a'), rest);
    await read(other.name, { ...rest, uid: 'y' });
    const left = await read(source.name, rest);
    expect(kept()).toEqual(['a A: disabled', 'z A: active']);
    await undo(left);
    await read(other.name, { ...rest, uid: 'y' });
    await read(source.name, rest);
    const [a] = (await app.admin.get(`/api/users?q=a-${number}`)).body.items;
    expect([a.status, ...kept()]).toEqual(['active', 'a A: active', 'z A: active']);
  });

  describe('with another source that says nothing new', () => {
    let other: { id: number; name: string };
    const pushOther = async (record: Fields): Promise<void> => {
      await app.admin.post('/api/userData:push', {
        dataType: 'user',
        sourceName: other.name,
        matchKey: 'username',
        records: [{ uid: 'x', ...record }],
      });
      await idle();
    };
    const here = async (): Promise<string> => {
      const [{ id }] = (await app.admin.get('/api/users?pageSize=200')).body.items.filter(
        ({ username }: Fields) => username === `a-${number}`,
      );
      const { nickname, status } = (await app.admin.get(`/api/users/${id}`)).body;
      return `a ${nickname}: ${status}`;
    };

    beforeEach(async () => {
      await app.admin.patch(`/api/sources/${source.id}`, {
        policies: { limits: LIMITS, user: { onDeleted: 'disable', onMissing: 'disable' } },
      });
      other = await made('push', { name: `it-${number}`, matchKey: ['username'], priority: 10 });
      await push(person('a'));
      await pushOther({ username: `a-${number}` });
    });

    it.each([
      ['a disable', [{ isDisabled: true }]],
      ['a value', [{ nickname: 'B' }]],
      ['a return', [{ isDeleted: true }, { nickname: 'A' }]],
    ])(
      '%s that was undone stays so, also when the other record left before and its source is read in full',
      async (_, words) => {
        await pushOther({ isDeleted: true });
        let last = 0;
        for (const word of words) last = await push({ uid: 'a', ...word });
        await undo(last);
        const stood = await here();
        expect(kept()).toEqual([stood]);
        const snapshots = new SnapshotClient(app.admin);
        const snapshot = await snapshots.open({ sourceName: other.name, dataTypes: ['user'], matchKey: 'username' });
        await snapshots.add(snapshot, [{ uid: 'y', username: `y-${number}` }]);
        await untilEnded(app.admin, (await snapshots.commit(snapshot, { user: 1 })).body.id);
        await idle();
        expect(await here()).toBe(stood);
        expect(kept()).toEqual([stood]);
      },
    );

    it('a leave that was undone stays so when the next read lacks the person again', async () => {
      await push({ uid: 'a', nickname: 'HR' }, { uid: 'z', username: `z-${number}` });
      await pushOther({ nickname: 'IT' });
      const snapshots = new SnapshotClient(app.admin);
      const night = async (): Promise<number> => {
        const snapshot = await snapshots.open({ sourceName: source.name, dataTypes: ['user'] });
        await snapshots.add(snapshot, [{ uid: 'z', username: `z-${number}` }]);
        const { body } = await snapshots.commit(snapshot, { user: 1 });
        await untilEnded(app.admin, body.id);
        await idle();
        return body.id;
      };
      await undo(await night());
      expect(await here()).toBe('a HR: active');
      await night();
      expect([await here(), kept()[0]]).toEqual(['a HR: active', 'a HR: active']);
    });

    it('a disable that was undone stays so when the other one says something else', async () => {
      await undo(await push({ uid: 'a', isDisabled: true }));
      await pushOther({ phone: '1' });
      expect([await here(), ...kept()]).toEqual(['a A: active', 'a A: active']);
      await pushOther({ isDisabled: true });
      expect(await here()).toBe('a A: disabled');
      await pushOther({ isDisabled: false });
      expect(await here()).toBe('a A: active');
      // Its own new word brings it back, here and there; the same in other words does not.
      await push({ uid: 'a', nickname: 'A' });
      expect([await here(), ...kept()]).toEqual(['a A: active', 'a A: active']);
      await push({ uid: 'a', nickname: 'B' });
      expect([await here(), ...kept()]).toEqual(['a B: disabled', 'a B: disabled']);
    });

    it.each([
      ['another field is released', () => release()],
      ['the protection is gone', () => protect()],
      ['the priority is another one', () => app.admin.patch(`/api/sources/${source.id}`, { priority: 7 })],
    ])('what was undone stays so when %s', async (_, look) => {
      await push(person('a', { floor: 1 }));
      await undo(await push({ uid: 'a', isDisabled: true, phone: `${number}`, floor: 2 }));
      const stood = [await here(), ...kept()];
      expect(stood).toEqual(['a A: active', 'a A: active']);
      await look();
      await push({ uid: 'a', isDisabled: true });
      await push({ uid: 'a', username: `a-${number}` });
      expect([await here(), ...kept()]).toEqual(stood);
      const [a] = (await app.admin.get(`/api/users?q=a-${number}`)).body.items;
      expect(a).toMatchObject({ phone: null, custom: { floor: 1 } });
    });
    const patch = async (body: Fields): Promise<void> => {
      const [{ id }] = (await app.admin.get(`/api/users?q=a-${number}`)).body.items;
      await app.admin.patch(`/api/users/${id}`, body);
    };
    const release = async (): Promise<void> => {
      await patch({ nickname: 'By hand' });
      await patch({ lockedFields: [] });
    };
    const protect = async (): Promise<void> => {
      await patch({ protected: true });
      await patch({ protected: false });
    };
  });

  it('of links holds when a full read comes again, and a target does not have their records', async () => {
    const read = await made('scripted', { options: { file: scripted.file }, matchKey: ['username'] });
    const sync = async (): Promise<number> => {
      const records = [
        { uid: 'x', username: `a-${number}`, nickname: 'X' },
        { uid: 'y', username: `b-${number}`, nickname: 'Y' },
      ];
      scripted.play({ pages: [{ dataType: 'user', records }], complete: { user: true } });
      const { body } = await app.admin.post(`/api/sources/${read.id}/sync`);
      await untilEnded(app.admin, body.id);
      await idle();
      return body.id;
    };
    await push(person('a'), person('b'));
    await undo(await sync());
    await app.admin.patch(`/api/targets/${targetId}`, { sources: [source.id, read.id] });
    await idle();
    const held = (await app.admin.get(`/api/tasks?targetId=${targetId}&status=held`)).body.items;
    for (const { id } of held) await app.admin.post(`/api/tasks/${id}/approve`);
    for (let n = 0; n < 2; n++) {
      const { body } = await app.admin.get(`/api/tasks/${await sync()}`);
      expect(body.counts.users).toMatchObject({ linked: 0, created: 0, updated: 0 });
      expect((await app.admin.get(`/api/users?sourceId=${read.id}`)).body.total).toBe(0);
    }
  });

  it('of a link takes the record away there as often as it is undone again', async () => {
    await made('push', { name: `it-${number}` });
    const said = { dataType: 'user', matchKey: 'username', records: [person('b')] };
    await app.admin.post('/api/userData:push', { ...said, sourceName: `it-${number}` });
    const { body } = await app.admin.post('/api/userData:push', { ...said, sourceName: source.name });
    await idle();
    let task = body.data.taskId as number;
    for (let n = 0; n < 2; n++) {
      expect(kept()).toEqual(['b A: active']);
      task = (await undo(task)).id;
      expect(kept()).toEqual(['b A: deleted']);
      task = (await undo(task)).id;
    }
  });

  it('leaves the account of a record there that is only taken from its user', async () => {
    await app.admin.post('/api/users', { username: `x-${number}` });
    const [user] = (await app.admin.get(`/api/users?q=x-${number}`)).body.items;
    await app.admin.post('/api/userData:push', {
      dataType: 'user',
      sourceName: source.name,
      records: [{ uid: 'a', nickname: 'A' }],
    });
    await idle();
    const [own] = (await app.admin.get(`/api/users?sourceId=${source.id}`)).body.items;
    const [link] = (await app.admin.get(`/api/users/${own.id}`)).body.links;
    await app.admin.delete(`/api/links/${link.id}`);
    const linked = await app.admin.post('/api/links', { sourceId: source.id, uid: 'a', userId: user.id });
    expect((await untilEnded(app.admin, linked.body.id)).body.status).toBe('succeeded');
    await push({ uid: 'a', desk: 7 });
    await undo(linked.body.id);
    expect(kept()).toEqual(['a A: active']);
  });
});

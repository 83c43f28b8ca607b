import type { FakeWecom } from '../fake-wecom/server.mjs';
import { startTestApp, type TestApp } from '../../apps/sync-api/src/testing/start-test-app.ts';
import type { TestAnswer } from '../../apps/sync-api/src/testing/test-client.ts';
import { until, untilEnded } from '../../apps/sync-api/src/testing/until.ts';

/** Modules in plain JavaScript. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- they have no types
const load = (name: string): Promise<any> => import(`${__dirname}/../${name}`);

interface Source {
  id: number;
  name: string;
}

let app: TestApp;
let fake: FakeWecom;
let source: Source;

jest.setTimeout(120_000);

beforeAll(async () => {
  const { startFakeWecom } = await load('fake-wecom/server.mjs');
  fake = await startFakeWecom({ people: 120, departments: 12 });
  app = await startTestApp({ ROLLCALL_ALLOW_ADDRESSES: '127.0.0.1' });
});

afterAll(async () => {
  await fake.close();
  await app.close();
});

beforeEach(async () => {
  await app.emptyDirectory();
  fake.settings.reset();
  fake.faults.clear();
  fake.limits.clear();
  fake.tokens.revoke();
  source = await addSource();
});

afterEach(async () => {
  fake.callbacks.remove('contacts');
  await app.admin.patch(`/api/sources/${source.id}`, { enabled: false });
});

async function addSource(options: object = {}): Promise<Source> {
  const { optionsFor } = await load('demo/stage.mjs');
  const body = {
    name: `w-${Date.now()}`,
    type: 'wecom',
    options: { ...optionsFor(fake), ratePerMinute: 10_000, ...options },
  };
  const answer = await app.admin.post('/api/sources', body);
  expect(answer.status).toBe(201);
  return answer.body;
}

async function sync(): Promise<TestAnswer['body']> {
  const { body } = await app.admin.post(`/api/sources/${source.id}/sync`, {});
  return (await untilEnded(app.admin, body.id, 60)).body;
}

const announce = (): Promise<void> => fake.setCallback('contacts', { url: `${app.url}/api/callbacks/${source.name}` });

/** Waits until every callback was delivered and no task is under way. */
async function quiet(): Promise<TestAnswer['body'][]> {
  await fake.callbacks.idle();
  const list = async (): Promise<TestAnswer['body'][]> =>
    (await app.admin.get(`/api/tasks?sourceId=${source.id}&pageSize=200`)).body.items;
  return until(
    list,
    (tasks: TestAnswer['body'][]) => tasks.every(({ status }) => status !== 'queued' && status !== 'running'),
    60,
  );
}

/** What differs from the company; `names`: whether names count, which WeCom does not announce. */
async function differences({ names = true } = {}): Promise<string[]> {
  const compare = await load('demo/compare.mjs');
  const api = async (method: string, path: string): Promise<unknown> => (await app.admin.request(method, path)).body;
  const [actual, expected] = [await compare.actualDirectory(api, source), compare.expectedDirectory(fake.truth())];
  if (!names) {
    for (const { users } of [actual, expected]) {
      for (const user of users) Object.assign(user, { name: '', disabled: false, manager: '' });
    }
    for (const { departments } of [actual, expected]) for (const each of departments) each.owners = [];
  }
  return compare.differences(actual, expected);
}

const userOf = async (uid: string): Promise<TestAnswer['body']> =>
  (await app.admin.get(`/api/users?q=${encodeURIComponent(uid)}`)).body.items.find((user: TestAnswer['body']) =>
    user.links.some((link: { uid: string }) => link.uid === uid.toLowerCase()),
  );

type Eight = [string, string, string, string, string, string, string, string];

/** Who was only missing is disabled. */
const isMissing = (line: string): boolean => /^users: .*"disabled":true.* should not be there$/.test(line);

/** Somebody usual, whom no test has touched. */
let next = 0;
const somebody = (): string =>
  fake.truth().members.filter(({ status, userid }) => status === 1 && /^[a-z]+$/.test(userid))[next++]!.userid;

describe('a company in WeCom', () => {
  it('is checked, read, right in every department and leader, and unchanged when it is read again', async () => {
    const check = await app.admin.post(`/api/sources/${source.id}/check`);
    expect(check.body).toMatchObject({ ok: true, message: expect.stringContaining('Contacts sync sees who exists') });
    expect(await sync()).toMatchObject({ status: 'succeeded', message: null });
    expect(await differences()).toEqual([]);
    const again = await sync();
    expect(again.status).toBe('succeeded');
    for (const counts of Object.values<Record<string, number>>(again.counts)) {
      expect(Object.entries(counts).filter(([kind, n]) => kind !== 'unchanged' && n > 0)).toEqual([]);
    }
  });

  it('tells a mover, a leaver, a joiner and a new userid by event, and an unannounced name with the next full read', async () => {
    await sync();
    await announce();
    const { administration } = fake;
    const [mover, leaver, renamed, changed] = [somebody(), somebody(), somebody(), somebody()];
    const before = await userOf(changed);
    administration.moveMember(mover, [3, 5]);
    administration.deleteMember(leaver);
    administration.addMember({ userid: `New.Person${next}`, name: '新来的', department: [4] });
    administration.changeUserid(changed, `${changed}.new`);
    administration.renameMember(renamed, '改名了');
    const tasks = await quiet();
    expect(tasks.filter(({ kind }) => kind === 'event').map(({ status }) => status)).not.toContain('failed');
    expect(await differences({ names: false })).toEqual([]);
    const after = await userOf(`${changed}.new`);
    expect([after.id, after.status]).toEqual([before.id, 'active']);
    expect((await userOf(renamed)).nickname).not.toBe('改名了');
    await sync();
    expect(await differences()).toEqual([]);
  });

  describe('in which somebody gets the userid of somebody who left', () => {
    const ids = async (...uids: string[]): Promise<number[]> =>
      Promise.all(uids.map(async (uid) => (await userOf(uid)).id));
    const statuses = async (users: number[]): Promise<string[]> =>
      Promise.all(users.map(async (id) => (await app.admin.get(`/api/users/${id}`)).body.status));

    it.each(['both', 'contacts'])('mixes up nobody, whenever that is told (%s)', async (secrets) => {
      if (secrets === 'contacts') source = await addSource({ agentId: undefined, agentSecret: undefined });
      await sync();
      const { administration } = fake;
      const [a1, b1, a2, b2, e1, e2, k1, g3] = Array.from({ length: 8 }, somebody) as Eight;
      administration.deleteMember(k1);
      const before = await ids(a1, b1, a2, b2, e1, e2, k1, g3);
      await sync();
      await announce();
      // At once.
      administration.deleteMember(a1);
      administration.changeUserid(b1, a1);
      // Later than that it was told that they left.
      administration.deleteMember(a2);
      await quiet();
      administration.changeUserid(b2, a2);
      // From one to the next, and a full read comes between.
      administration.deleteMember(e1);
      administration.changeUserid(e2, e1);
      administration.addMember({ userid: e2, name: '新来的', department: [4] });
      await fake.callbacks.idle();
      await sync();
      // Who is only missing.
      administration.changeUserid(g3, k1);
      const tasks = await quiet();
      expect(tasks.filter(({ status }) => status !== 'succeeded')).toEqual([]);
      const [idA1, idB1, idA2, idB2, idE1, idE2, idK1, idG3] = before;
      expect(await ids(a1, a2, e1, k1)).toEqual([idB1, idB2, idE2, idG3]);
      expect(before).not.toContain((await userOf(e2)).id);
      expect(await statuses([idA1!, idA2!, idE1!, idK1!])).toEqual(['deleted', 'deleted', 'deleted', 'disabled']);
      const right = async (): Promise<string[]> =>
        secrets === 'both' ? (await differences()).filter((line) => !isMissing(line)) : [];
      expect(await right()).toEqual([]);
      expect((await sync()).counts.users).toMatchObject({ created: 0, disabled: 0, restored: 0, failed: 0 });
      expect(await ids(a1, a2, e1, k1)).toEqual([idB1, idB2, idE2, idG3]);
      expect(await right()).toEqual([]);
    });
  });

  it('survives a burst of callbacks, doubled and in the wrong order', async () => {
    await sync();
    await announce();
    const { callbacks } = fake.burst({
      changes: 60,
      kinds: ['move', 'add', 'delete', 'userid'],
      shuffle: true,
      duplicate: 0.3,
    });
    expect(callbacks).toBeGreaterThan(60);
    await app.admin.patch(`/api/sources/${source.id}`, {
      policies: { limits: { deletes: { percent: 100 }, memberships: { percent: 100 } } },
    });
    await quiet();
    await sync();
    expect(await differences()).toEqual([]);
  });

  it('loses nobody when the visible range is narrowed to one department, and the admin is told why', async () => {
    source = await addSource({ contactsSecret: undefined, callbackToken: undefined, encodingAesKey: undefined });
    fake.configure({ appCreated: 'before' });
    await sync();
    const before = (await app.admin.get('/api/users')).body.total;
    fake.configure({ visibleRange: { departments: [5], users: [], tags: [] } });
    const narrowed = await sync();
    expect(narrowed.message).toContain('可见范围');
    expect((await app.admin.get('/api/users')).body.total).toBe(before);
  });

  it.each([
    ['a token that is revoked in the middle', { kind: 'errcode', endpoint: 'user/list', from: 4, errcode: 40014 }],
    ['a token that is over', { kind: 'errcode', endpoint: 'user/list', from: 4, errcode: 42001 }],
    ['a vendor that is busy', { kind: 'errcode', endpoint: 'user/list', from: 3, times: 2, errcode: -1 }],
    ['a connection that breaks', { kind: 'reset', endpoint: 'user/list', from: 5 }],
    ['JSON that is cut', { kind: 'truncated', endpoint: 'user/list', from: 3 }],
    ['HTML with status 200', { kind: 'html', endpoint: 'user/list', from: 3 }],
    ['empty lists in an error answer', { kind: 'errcode', endpoint: 'department/list', errcode: 6000 }],
  ] as const)('is read right through %s', async (_what, fault) => {
    fake.faults.add(fault);
    expect(await sync()).toMatchObject({ status: 'succeeded' });
    expect(fake.faults.list()[0]).toMatchObject({ hits: 'times' in fault ? fault.times : 1 });
    expect(await differences()).toEqual([]);
  });

  it('stops at once when the secret is wrong, says which, and can be retried when it is right', async () => {
    source = await addSource({ agentSecret: 'not-this-one' });
    const failed = await sync();
    expect(failed).toMatchObject({ status: 'failed', code: 'credentials', attempts: 1 });
    expect(failed.message).toContain('agentSecret');
    expect(fake.counters.read().errors['gettoken']?.['40001']).toBeLessThan(5);
    await app.admin.patch(`/api/sources/${source.id}`, {
      options: { ...(await load('demo/stage.mjs')).optionsFor(fake) },
    });
    await app.admin.post(`/api/tasks/${failed.id}/retry`);
    expect((await untilEnded(app.admin, failed.id)).body.status).toBe('succeeded');
    expect(await differences()).toEqual([]);
  });

  it('sends nothing to a private address that the operator did not allow', async () => {
    source = await addSource({ apiBaseUrl: fake.url.replace('127.0.0.1', '127.0.0.2') });
    expect(await sync()).toMatchObject({ status: 'failed', code: 'configuration' });
  });
});

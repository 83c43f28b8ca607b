import { PurgeSchedule } from '../retention/purge-schedule';
import { RetentionService } from '../retention/retention.service';
import { ForgetDeletedService } from '../sources/forget-deleted.service';
import { installScriptedSource, type Script } from '../testing/scripted-source';
import { startTestApp, type TestApp } from '../testing/start-test-app';
import type { TestAnswer, TestClient } from '../testing/test-client';
import { untilEnded } from '../testing/until';
import type { FeedEntryView, FeedView } from './feed.dto';
import { tellByHand } from './tell';

type Fields = Record<string, unknown>;
type Answer = FeedView & { code: string; detail: string; errors: Fields[] };

const scripted = installScriptedSource();
let app: TestApp;
let admin: TestClient;
let reader: TestClient;

beforeAll(async () => {
  app = await startTestApp(scripted.env);
  admin = app.admin;
  reader = await app.key(['read']);
});

afterAll(async () => {
  await app.close();
  scripted.remove();
});

beforeEach(() => app.emptyDirectory());

const push = async (dataType: string, records: Fields[], more: Fields = {}): Promise<TestAnswer> => {
  const answer = await admin.post('/api/userData:push', { dataType, records, ...more });
  expect([answer.status, answer.body.data?.status]).toEqual([200, 'succeeded']);
  return answer;
};

async function read(query: Record<string, string | number> = {}): Promise<{ status: number; body: Answer }> {
  const text = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return reader.get(`/api/changes?${text.toString()}`);
}

const encoded = (cursor: string): string => Buffer.from(cursor).toString('base64url');

/** Keeps a copy, as a program elsewhere would: with nothing but the answers. */
class Copy {
  readonly held = new Map<string, Fields>();
  next: string | undefined;
  entries: FeedEntryView[] = [];

  constructor(private readonly limit = 1_000) {}

  /** Reads until there is nothing more. Returns what happened, in order. */
  async follow(): Promise<string[]> {
    this.entries = [];
    for (;;) {
      const { status, body } = await read({ limit: this.limit, ...(this.next !== undefined && { after: this.next }) });
      expect(status).toBe(200);
      for (const entry of body.items) this.take(entry);
      this.next = body.next;
      if (!body.more) return this.entries.map(({ dataType, id, action }) => `${dataType} ${id} ${action}`);
    }
  }

  private take(entry: FeedEntryView): void {
    this.entries.push(entry);
    const key = `${entry.dataType} ${entry.id}`;
    const current = entry.current as unknown as Fields | null;
    if (current === null || current['status'] === 'deleted') this.held.delete(key);
    else this.held.set(key, current);
  }

  /** What it holds, in an order of its own. */
  get state(): Fields {
    return Object.fromEntries([...this.held].sort(([one], [other]) => (one < other ? -1 : 1)));
  }
}

/** Whoever begins anew now holds the same. */
async function expectNoDrift(copy: Copy): Promise<void> {
  const fresh = new Copy();
  await fresh.follow();
  expect(copy.state).toEqual(fresh.state);
}

async function copyFromNow(limit?: number): Promise<Copy> {
  const copy = new Copy(limit);
  await copy.follow();
  return copy;
}

const idOf = async (username: string): Promise<number> =>
  (await app.pool.query<{ id: number }>('select id from users where username = $1', [username])).rows[0]!.id;

describe('the feed', () => {
  it('begins with all departments and users, and goes on with what changes', async () => {
    await push('department', [{ uid: 'd', title: 'D' }]);
    await push('user', [
      { uid: 'a', username: 'a', departments: ['d'] },
      { uid: 'b', username: 'b' },
      { uid: 'c', username: 'c' },
    ]);
    await push('user', [{ uid: 'c', isDeleted: true }]);
    const copy = new Copy(1);
    expect(await copy.follow()).toEqual(['department 1 exists', 'user 1 exists', 'user 2 exists']);
    expect(copy.entries[1]).toMatchObject({
      at: null,
      task: null,
      current: {
        ...{ id: 1, username: 'a', status: 'active', managerId: null, custom: {}, protected: false, lockedFields: [] },
        departments: [{ id: 1, isMain: true, isOwner: false }],
        links: [{ source: 'api', uid: 'a' }],
      },
    });
    expect(copy.entries[0]?.current).toMatchObject({ title: 'D', status: 'active', parentId: null, ownerIds: [] });
    expect(await copy.follow()).toEqual([]);
    const { body } = await push('user', [{ uid: 'b', nickname: 'B' }]);
    expect(await copy.follow()).toEqual(['user 2 updated']);
    const [entry] = copy.entries;
    expect(entry).toMatchObject({ task: { id: body.data.taskId, source: 'api' }, current: { nickname: 'B' } });
    expect(Math.abs(Date.now() - new Date(entry?.at ?? 0).getTime())).toBeLessThan(10_000);
  });

  it('says whether there is more, and what comes next also when there is nothing', async () => {
    const { body: empty } = await read({ after: 'now' });
    expect(empty).toEqual({ items: [], next: expect.any(String), more: false, phase: 'changes' });
    await push('user', [
      { uid: 'a', username: 'a' },
      { uid: 'b', username: 'b' },
      { uid: 'c', username: 'c' },
    ]);
    const { body: two } = await read({ after: empty.next, limit: 2 });
    expect(two.items.map(({ id, action }) => [id, action])).toEqual([
      [1, 'created'],
      [2, 'created'],
    ]);
    expect(two.more).toBe(true);
    const { body: rest } = await read({ after: two.next, limit: 2 });
    expect([rest.items.map(({ id }) => id), rest.more]).toEqual([[3], false]);
    const { body: again } = await read({ after: two.items[0]!.cursor });
    expect(again.items.map(({ id }) => id)).toEqual([2, 3]);
    expect((await read({ after: rest.next })).body).toEqual({ ...empty, next: rest.next });
  });

  it('tells what was written, and nothing of who was looked at again and stood as stated', async () => {
    const stated = { uid: 'a', username: 'a', nickname: 'A', managerUid: 'nobody' };
    await push('department', [{ uid: 'd', title: 'D' }]);
    await push('user', [
      { ...stated, departments: ['d'] },
      { uid: 'b', username: 'b' },
    ]);
    const id = await idOf('a');
    for (const nickname of ['By hand', 'A']) await admin.patch(`/api/users/${id}`, { nickname });
    await admin.patch(`/api/users/${id}`, { lockedFields: [] });
    const updatedAt = async (): Promise<unknown> => (await admin.get(`/api/users/${id}`)).body.updatedAt;
    const before = await updatedAt();
    const copy = await copyFromNow();
    const { rows } = await app.pool.query('select from links where dirty');
    expect(rows).not.toEqual([]);
    await push('user', [stated]);
    expect((await app.pool.query('select from links where dirty')).rows).toEqual([]);
    expect(await copy.follow()).toEqual([]);
    expect(await updatedAt()).toBe(before);
    await push('user', [{ uid: 'a', managerUid: 'b' }]);
    expect(await copy.follow()).toEqual([`user ${id} updated`]);
    expect(await updatedAt()).not.toBe(before);
  });

  it('tells nothing of who is said to be in a department that is not known yet, until it is', async () => {
    await push('department', [{ uid: 'd', title: 'D' }]);
    await push('user', [{ uid: 'a', username: 'a', departments: ['d'] }]);
    const id = await idOf('a');
    const copy = await copyFromNow();
    const told: [departments: unknown[], entries: string[]][] = [
      [['d', 'later'], []],
      [['later', { uid: 'd', isOwner: true }], [`user ${id} updated`]],
      [[{ uid: 'd', isOwner: true }], []],
      [['later'], [`user ${id} updated`]],
    ];
    for (const [departments, entries] of told) {
      await push('user', [{ uid: 'a', departments }]);
      expect([departments, await copy.follow()]).toEqual([departments, entries]);
      await expectNoDrift(copy);
    }
    await push('department', [{ uid: 'later', title: 'Later' }]);
    expect((await copy.follow()).sort()).toEqual(['department 2 created', `user ${id} updated`]);
    await expectNoDrift(copy);
  });

  it('tells a large read once, whatever the size of its pages', async () => {
    const source = await admin.post('/api/sources', {
      ...{ name: `read-${Date.now()}`, type: 'scripted', options: { file: scripted.file } },
    });
    const copy = await copyFromNow(97);
    const records = Array.from({ length: 1_500 }, (_, n) => ({ uid: `p${n}`, username: `p${n}` }));
    scripted.play({ pages: [{ dataType: 'user', records }], complete: { user: true } });
    await untilEnded(admin, (await admin.post(`/api/sources/${source.body.id}/sync`)).body.id);
    const told = await copy.follow();
    expect(told).toHaveLength(1_500);
    expect(new Set(told).size).toBe(1_500);
    expect((await app.pool.query('select from feed where n = 1500')).rowCount).toBe(1);
    await expectNoDrift(copy);
  });
});

describe('a copy does not drift', () => {
  it('by what sources say', async () => {
    const copy = await copyFromNow(3);
    await push('department', [
      { uid: 'top', title: 'Top', ownerUids: ['boss'] },
      { uid: 'low', title: 'Low', parentUid: 'top' },
    ]);
    await push('user', [
      { uid: 'a', username: 'a', managerUid: 'boss', departments: [{ uid: 'low', isOwner: true }, 'top'] },
      { uid: 'boss', username: 'boss' },
    ]);
    await copy.follow();
    await expectNoDrift(copy);
    const steps: [string, Fields, string[]][] = [
      ['user', { uid: 'a', departments: [{ uid: 'top', isMain: true }, 'low'] }, ['user 1 updated']],
      ['user', { uid: 'boss', isDisabled: true }, ['user 2 disabled']],
      ['user', { uid: 'boss', isDisabled: false }, ['user 2 restored']],
      ['department', { uid: 'low', title: 'Lower', parentUid: null }, ['department 2 updated']],
      // Its members are shown without it, and get another main department.
      ['department', { uid: 'top', isDeleted: true }, ['department 1 deleted', 'user 1 updated']],
      ['department', { uid: 'top' }, ['department 1 restored', 'user 1 updated']],
      // It names them as its owner.
      ['user', { uid: 'boss', isDeleted: true }, ['department 1 updated', 'user 2 deleted']],
      ['user', { uid: 'boss', nickname: 'Back' }, ['department 1 updated', 'user 2 restored']],
      // Its members own it, or do no more; who is none shows nothing of it.
      ['department', { uid: 'top', ownerUids: ['a', 'boss'] }, ['department 1 updated', 'user 1 updated']],
      ['department', { uid: 'top', ownerUids: ['a'], sort: 2 }, ['department 1 updated']],
      ['department', { uid: 'top', ownerUids: null }, ['department 1 updated', 'user 1 updated']],
    ];
    for (const [dataType, record, told] of steps) {
      await push(dataType, [record]);
      expect([...new Set(await copy.follow())].sort()).toEqual(told);
      await expectNoDrift(copy);
    }
  });

  it('in who owns what, which is the same as everywhere', async () => {
    const shown = async (copy: Copy): Promise<void> => {
      await copy.follow();
      await expectNoDrift(copy);
      const a = (await reader.get('/api/users/1')).body;
      const flags = (departments: Fields[]): unknown[] =>
        departments
          .map(({ id, isMain, isOwner }) => ({ id, isMain, isOwner }))
          .sort((one, other) => Number(one.id) - Number(other.id));
      expect(flags((copy.state['user 1'] as { departments: Fields[] }).departments)).toEqual(flags(a.departments));
      for (const id of [1, 2]) {
        const owners: { id: number }[] = (await reader.get(`/api/departments/${id}`)).body.owners;
        const { ownerIds } = copy.state[`department ${id}`] as { ownerIds: unknown };
        expect(ownerIds).toEqual(owners.map((owner) => owner.id));
      }
    };
    await push('department', [
      { uid: 'd', title: 'D', ownerUids: ['a', 'b'] },
      { uid: 'e', title: 'E', ownerUids: ['b'] },
    ]);
    const copy = await copyFromNow();
    await push('user', [
      { uid: 'a', username: 'a', departments: ['d', 'e'] },
      { uid: 'b', username: 'b', departments: ['d'] },
    ]);
    await shown(copy);
    expect(copy.state).toMatchObject({
      'department 1': { ownerIds: [1, 2] },
      'user 1': {
        departments: [
          { id: 1, isMain: true, isOwner: true },
          { id: 2, isOwner: false },
        ],
      },
    });
    const change = await push('department', [{ uid: 'e', ownerUids: ['a'] }]);
    await shown(copy);
    await untilEnded(admin, (await admin.post(`/api/tasks/${change.body.data.taskId}/undo`)).body.id);
    await shown(copy);
    await push('user', [{ uid: 'b', isDeleted: true }]);
    await shown(copy);
    expect(copy.state).toMatchObject({ 'department 1': { ownerIds: [1] }, 'department 2': { ownerIds: [] } });
    await admin.post('/api/users/2/restore');
    await shown(copy);
    const [link] = (await admin.get('/api/departments/1')).body.links;
    expect((await admin.delete(`/api/links/${link.id}`)).status).toBeLessThan(300);
    await shown(copy);
    expect(copy.state).toMatchObject({ 'department 1': { ownerIds: [] } });
  });

  it('by what is told of somebody after their end', async () => {
    await push('department', [
      { uid: 'd', title: 'D', ownerUids: ['a', 'boss'] },
      { uid: 'e', title: 'E', ownerUids: ['a'] },
    ]);
    await push('user', [
      { uid: 'a', username: 'a', departments: [{ uid: 'd', isOwner: true }] },
      { uid: 'boss', username: 'boss' },
      { uid: 'b', username: 'b', managerUid: 'boss', departments: ['e'] },
    ]);
    const copy = await copyFromNow();
    await push('department', [{ uid: 'e', isDeleted: true }]);
    expect((await copy.follow()).sort()).toEqual(['department 2 deleted', 'user 3 updated']);
    // Of the departments that named them the deleted one is told of no more, and neither are they when their memberships go.
    await push('user', [{ uid: 'a', isDeleted: true }]);
    expect((await copy.follow()).sort()).toEqual(['department 1 updated', 'user 1 deleted']);
    await push('user', [{ uid: 'b', isDeleted: true }]);
    expect(await copy.follow()).toEqual(['user 3 deleted']);
    const [link] = (await admin.get('/api/users/3')).body.links;
    expect((await admin.delete(`/api/links/${link.id}`)).status).toBeLessThan(300);
    expect(await copy.follow()).toEqual([]);
    await expectNoDrift(copy);
  });

  it('by a read that renames, or that somebody is missing in', async () => {
    const body = { name: `renames-${Date.now()}`, type: 'scripted', options: { file: scripted.file } };
    const { id } = (await admin.post('/api/sources', body)).body;
    const play = async (script: Script): Promise<void> => {
      scripted.play({ ...script, complete: { user: true } });
      await untilEnded(admin, (await admin.post(`/api/sources/${id}/sync`)).body.id);
    };
    const [a, b] = [
      { uid: 'a', username: 'a' },
      { uid: 'b', username: 'b' },
    ];
    await play({ pages: [{ dataType: 'user', records: [a, b] }] });
    const copy = await copyFromNow();
    await play({
      pages: [{ dataType: 'user', records: [{ ...a, uid: 'a2' }, b], renames: [{ from: 'a', to: 'a2' }] }],
    });
    expect(new Set(await copy.follow())).toEqual(new Set(['user 1 updated']));
    expect(copy.state['user 1']).toMatchObject({ links: [{ source: body.name, uid: 'a2' }] });
    await expectNoDrift(copy);
    await play({ pages: [{ dataType: 'user', records: [{ ...a, uid: 'a2' }] }] });
    expect(await copy.follow()).toEqual(['user 2 disabled']);
    await expectNoDrift(copy);
  });

  it('by a rename that changes nothing else of them: of who is protected, gave their uid up, or is refused their name', async () => {
    const body = { name: `uids-${Date.now()}`, type: 'scripted', options: { file: scripted.file } };
    const { id } = (await admin.post('/api/sources', body)).body;
    const play = async (...pages: Script['pages']): Promise<void> => {
      scripted.play({ pages, complete: { user: true } });
      await untilEnded(admin, (await admin.post(`/api/sources/${id}/sync`)).body.id);
    };
    const named = (...uids: string[]): Fields[] => uids.map((uid) => ({ uid, username: uid }));
    const users = (records: Fields[]): Script['pages'][number] => ({
      dataType: 'user',
      records: records as { uid: string }[],
    });
    await play(users(named('safe', 'left', 'next', 'taken')));
    await admin.patch(`/api/users/${await idOf('safe')}`, { protected: true });
    await play(users(named('safe', 'next', 'taken')));
    const copy = await copyFromNow();
    const renames = ['safe', 'next', 'taken'].map((from) => ({ from, to: from === 'next' ? 'left' : `${from}2` }));
    await play(
      { dataType: 'user', renames },
      users([{ uid: 'safe2' }, { uid: 'left' }, { uid: 'taken2', username: 'safe' }]),
    );
    await copy.follow();
    const uids = Object.values(copy.state).map((user) => (user as { links: { uid: string }[] }).links[0]?.uid);
    expect(uids).toEqual(['safe2', expect.stringMatching(/^left#/), 'left', 'taken2']);
    await expectNoDrift(copy);
  });

  it('by what is done by hand', async () => {
    await push('department', [{ uid: 'd', title: 'D' }]);
    await push('user', [{ uid: 'a', username: 'a', email: 'a@x.org', departments: ['d'] }]);
    const department: number = (await admin.post('/api/departments', { title: 'By hand' })).body.id;
    const copy = await copyFromNow();
    const a = await idOf('a');
    const step = async (work: () => Promise<TestAnswer>, told: string[]): Promise<TestAnswer> => {
      const answer = await work();
      expect(answer.status).toBeLessThan(300);
      expect(await copy.follow()).toEqual(told);
      for (const { task } of copy.entries) expect(task).toBeNull();
      await expectNoDrift(copy);
      return answer;
    };
    const made = await step(
      () => admin.post('/api/users', { username: 'm', departments: [{ id: department }] }),
      [`user ${a + 1} created`],
    );
    const updated = [`user ${a} updated`];
    await step(() => admin.patch(`/api/users/${a}`, { nickname: 'Locked', managerId: made.body.id }), updated);
    await step(() => admin.patch(`/api/users/${a}`, { status: 'disabled' }), [`user ${a} disabled`]);
    await step(() => admin.patch(`/api/users/${a}`, { status: 'active', lockedFields: [] }), [`user ${a} restored`]);
    await step(() => admin.patch(`/api/users/${a}`, { protected: true }), updated);
    await step(() => admin.patch(`/api/users/${a}`, { protected: true }), []);
    await step(() => admin.patch(`/api/users/${a}`, { protected: false }), updated);
    await step(() => admin.post(`/api/users/${a}/release`, { field: 'email' }), updated);
    await step(() => admin.put(`/api/departments/${department}/users/${a}`, { isMain: true }), updated);
    await step(() => admin.put(`/api/departments/${department}/users/${a}`, { isMain: true }), []);
    await step(() => admin.delete(`/api/departments/${department}/users/${a}`), updated);
    await step(
      () => admin.post('/api/departments', { title: 'Another', parentId: department }),
      [`department ${department + 1} created`],
    );
    await step(
      () => admin.patch(`/api/departments/${department}`, { title: 'Renamed' }),
      [`department ${department} updated`],
    );
    const link = (await admin.get(`/api/users/${a}`)).body.links[0].id;
    await step(() => admin.delete(`/api/links/${link}`), updated);
    const linked = await admin.post('/api/links', { sourceId: 1, uid: 'a', userId: a });
    await untilEnded(admin, linked.body.id);
    expect(new Set(await copy.follow())).toEqual(new Set(updated));
    await expectNoDrift(copy);
    await push('user', [{ uid: 'a', isDeleted: true }]);
    await copy.follow();
    await step(() => admin.post(`/api/users/${a}/restore`), [`user ${a} restored`]);
  });

  it('by an undo, a purge, and a source that is forgotten', async () => {
    const { id: sourceId } = (await admin.post('/api/sources', { name: `gone-${Date.now()}`, type: 'push' })).body;
    const { name } = (await admin.get(`/api/sources/${sourceId}`)).body;
    await push('department', [{ uid: 'd', title: 'D' }]);
    await push('user', [
      { uid: 'a', username: 'a', managerUid: 'b' },
      { uid: 'b', username: 'b', departments: ['d'] },
    ]);
    await push('user', [{ uid: 'c', username: 'c' }], { sourceName: name });
    const copy = await copyFromNow();
    const change = await push('user', [
      { uid: 'a', nickname: 'A' },
      { uid: 'new', username: 'new' },
    ]);
    const undo = await admin.post(`/api/tasks/${change.body.data.taskId}/undo`);
    await untilEnded(admin, undo.body.id);
    expect(await copy.follow()).toEqual(
      expect.arrayContaining(['user 1 updated', 'user 4 created', 'user 1 updated', 'user 4 deleted']),
    );
    await expectNoDrift(copy);

    await push('user', [{ uid: 'b', isDeleted: true }]);
    await push('department', [{ uid: 'd', isDeleted: true }]);
    await copy.follow();
    for (const table of ['users', 'departments']) {
      await app.pool.query(`update ${table} set deleted_at = now() - interval '31 days' where deleted_at is not null`);
    }
    await app.pool.query(`delete from tasks where kind = 'purge'`);
    await app.app.get(PurgeSchedule).begin();
    const purge = (await admin.get('/api/tasks?kind=purge')).body.items[0];
    await untilEnded(admin, purge.id);
    const told = await copy.follow();
    expect(told).toEqual(
      expect.arrayContaining(['user 2 purged', 'user 4 purged', 'department 1 purged', 'user 1 updated']),
    );
    expect(copy.entries.find(({ action }) => action === 'purged')).toMatchObject({
      current: null,
      task: { id: purge.id, source: null },
    });
    expect(copy.state['user 1']).toMatchObject({ managerId: null });
    await expectNoDrift(copy);

    expect((await admin.delete(`/api/sources/${sourceId}?people=keep`)).status).toBeLessThan(300);
    await app.pool.query(`update sources set deleted_at = now() - interval '31 days' where id = $1`, [sourceId]);
    await app.app.get(ForgetDeletedService).forget();
    expect(await copy.follow()).toEqual(['user 3 updated']);
    expect(copy.state['user 3']).toMatchObject({ username: 'c', links: [] });
    await expectNoDrift(copy);
  });
});

describe('nothing is left out', () => {
  it('of two transactions, when the one that began first is committed last', async () => {
    await push('user', [
      { uid: 'a', username: 'a' },
      { uid: 'b', username: 'b' },
    ]);
    const copy = await copyFromNow();
    const [first, second] = [await app.pool.connect(), await app.pool.connect()];
    try {
      for (const [client, id] of [
        [first, 1],
        [second, 2],
      ] as const) {
        await client.query('begin');
        await client.query(`update users set nickname = 'N' where id = $1`, [id]);
        await tellByHand(client, { dataType: 'user', action: 'updated', ids: [id] });
      }
      await second.query('commit');
      expect(await copy.follow()).toEqual(['user 2 updated']);
      await first.query('commit');
      expect(await copy.follow()).toEqual(['user 1 updated']);
      await expectNoDrift(copy);
      await first.query('begin');
      await tellByHand(first, { dataType: 'user', action: 'updated', ids: [1] });
      await first.query('rollback');
      expect(await copy.follow()).toEqual([]);
    } finally {
      first.release();
      second.release();
    }
  });

  it('while many write and several read at the same moment', async () => {
    const copies = await Promise.all(Array.from({ length: 3 }, () => copyFromNow(7)));
    const writers = Array.from({ length: 4 }, async (_, w) => {
      const { body } = await admin.post('/api/users', { username: `w${w}` });
      for (let n = 0; n < 8; n++) await admin.patch(`/api/users/${body.id}`, { nickname: `N${n}` });
    });
    let writing = true;
    const seen = copies.map(async (copy) => {
      const told: string[] = [];
      while (writing) told.push(...(await copy.follow()));
      return [...told, ...(await copy.follow())].sort();
    });
    await Promise.all(writers);
    writing = false;
    const [one, ...others] = await Promise.all(seen);
    expect(one).toHaveLength(36);
    for (const other of others) expect(other).toEqual(one);
    for (const copy of copies) await expectNoDrift(copy);
  });
});

describe('a cursor', () => {
  it('is good for as long as what follows is kept', async () => {
    const { body: before } = await read({ after: 'now' });
    await push('user', [{ uid: 'a', username: 'a' }]);
    await app.pool.query(`update feed set at = now() - interval '31 days'`);
    await push('user', [{ uid: 'a', nickname: 'A' }]);
    await app.app.get(RetentionService).tidy();
    const gone = await read({ after: before.next });
    expect([gone.status, gone.body.code]).toEqual([410, 'feed_cursor_expired']);
    expect(gone.body.detail).toContain('Begin anew without `after`');
    const { body: now } = await read({ after: 'now' });
    expect(now.items).toEqual([]);
    await app.pool.query(`update feed set at = now() - interval '31 days'`);
    await app.app.get(RetentionService).tidy();
    expect((await app.pool.query('select from feed')).rowCount).toBe(0);
    expect((await read({ after: now.next })).status).toBe(200);
  });

  it.each(['c999999999999999.0', 'c999999999.5', 'd999999999.0', 'u999999999.7'])(
    'of a later state than the database has is refused: %s',
    async (ahead) => {
      const { status, body } = await read({ after: encoded(ahead) });
      expect([status, body.code]).toEqual([410, 'feed_cursor_expired']);
      expect(body.detail).toContain('restored');
    },
  );

  it('in the midst of a row is good for as long as the row has more to tell', async () => {
    const { body: before } = await read({ after: 'now' });
    await push('user', [{ uid: 'a' }, { uid: 'b' }, { uid: 'c' }]);
    const { body: first } = await read({ after: before.next, limit: 2 });
    const [, position = '', skip] = /^c(\d+)\.(\d+)$/.exec(Buffer.from(first.next, 'base64url').toString()) ?? [];
    expect(skip).toBe('2');
    expect((await read({ after: first.next })).body.items).toHaveLength(1);
    for (const beyond of [3, 4, 999_999_999_999_999]) {
      // Otherwise nothing would be told for ever, or others be passed over.
      const { status, body } = await read({ after: encoded(`c${position}.${beyond}`), wait: 20 });
      expect([status, body.code]).toEqual([410, 'feed_cursor_expired']);
      expect(body.detail).toContain('Begin anew without `after`');
    }
  });

  it.each([
    ...['x', '17', '-1', 'Now', 'null', '{}', ' ', '%', 'c1.0', '0x10', '1e9'],
    ...['x1.2', 'c-1.0', 'c1.-1', 'c1', 'c01.0', 'c1.0.0', 'c1234567890123456.0'].map(encoded),
    `${encoded('c0.0')}=`,
    `${encoded('c0.0')}!`,
  ])('is none: %s', async (after) => {
    const { status, body } = await read({ after });
    expect([status, body.code]).toEqual([400, 'invalid_request']);
    const message = 'is no cursor of this feed: send one that it answered, "now", or none to begin with everything';
    expect(body.errors).toEqual([{ pointer: '/after', code: 'cursor', message }]);
  });

  it.each([
    ['limit', 0],
    ['limit', 1_001],
    ['wait', 31],
    ['wait', -1],
  ])('goes with no such %s: %i', async (name, value) => {
    expect((await read({ [name]: value })).status).toBe(400);
  });
});

describe('an answer', () => {
  it('is kept back until something happens, or the time is over', async () => {
    const { body: begun } = await read({ after: 'now' });
    const asked = Date.now();
    const waiting = read({ after: begun.next, wait: 20 });
    await push('user', [{ uid: 'a', username: 'a' }]);
    const { body } = await waiting;
    expect(body.items.map(({ action }) => action)).toEqual(['created']);
    expect(Date.now() - asked).toBeLessThan(10_000);
    const { body: nothing } = await read({ after: body.next, wait: 1 });
    expect(nothing.items).toEqual([]);
  });
});

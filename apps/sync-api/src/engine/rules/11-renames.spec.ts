import type { Page, Rename } from '@rollcall/core';
import { PurgeSchedule } from '../../retention/purge-schedule';
import { type ScriptedSyncs, startScriptedSyncs } from '../../testing/scripted-syncs';
import type { TestApp } from '../../testing/start-test-app';
import type { TestAnswer } from '../../testing/test-client';
import { untilEnded } from '../../testing/until';

let syncs: ScriptedSyncs;
let app: TestApp;
let sourceId: number;

beforeAll(async () => {
  syncs = await startScriptedSyncs();
  app = syncs.app;
});

afterAll(() => syncs.close());

beforeEach(async () => {
  await app.emptyDirectory();
  sourceId = await syncs.addSource();
});

const renames = (...of: Rename[]): Page => ({ dataType: 'user', renames: of });
const users = (...records: { uid: string; [field: string]: unknown }[]): Page => ({ dataType: 'user', records });

async function sync(pages: Page[], complete = false, dryRun = false): Promise<TestAnswer['body']> {
  return (await syncs.sync(sourceId, { pages, complete: complete ? { user: true } : {} }, { dryRun })).body;
}

const changes = async (taskId: number): Promise<TestAnswer['body'][]> =>
  (await app.admin.get(`/api/tasks/${taskId}/changes?target=users`)).body.items;

/** Id → uid, nickname and manager of everybody who is there. */
async function people(): Promise<Record<string, string>> {
  const { body } = await app.admin.get('/api/users?sort=id');
  return Object.fromEntries(
    body.items.map(
      (user: { id: number; nickname: string; manager: { nickname: string } | null; links: { uid: string }[] }) => [
        user.id,
        [user.links[0]?.uid, user.nickname, user.manager?.nickname].filter(Boolean).join(' '),
      ],
    ),
  );
}

describe('rule 11: rename of a uid', () => {
  it('keeps the person, shows and counts it, and a complete read misses nobody by it', async () => {
    await sync([users({ uid: 'a', nickname: 'A' }, { uid: 'b', nickname: 'B' })], true);
    const task = await sync(
      [renames({ from: 'a', to: 'a2' }), users({ uid: 'a2', nickname: 'A' }, { uid: 'b' })],
      true,
    );
    expect(task).toMatchObject({
      status: 'succeeded',
      counts: { users: { updated: 1, created: 0, disabled: 0, unchanged: 1 } },
    });
    expect(await changes(task.id)).toMatchObject([
      { action: 'update', diff: [{ field: 'uid', before: 'a', after: 'a2' }] },
    ]);
    expect(await people()).toEqual({ 1: 'a2 A', 2: 'b B' });
    const again = await sync(
      [renames({ from: 'a', to: 'a2' }), users({ uid: 'a2', nickname: 'A' }, { uid: 'b' })],
      true,
    );
    expect(again.counts.users).toMatchObject({ updated: 0, unchanged: 2, failed: 0 });
  });

  it('is compared with what the same read says under the new or the old uid, in whatever order', async () => {
    await sync([users({ uid: 'a', nickname: 'A' }, { uid: 'b', nickname: 'B' })]);
    const task = await sync([
      users({ uid: 'a2', nickname: 'A2' }),
      renames({ from: 'a', to: 'a2' }, { from: 'b', to: 'b2' }),
      users({ uid: 'b', nickname: 'B2' }),
    ]);
    expect(await people()).toEqual({ 1: 'a2 A2', 2: 'b2 B2' });
    expect((await changes(task.id))[0].diff).toMatchObject([{ field: 'nickname' }, { field: 'uid', after: 'a2' }]);
  });

  it('is followed when one read renames somebody again, also back; saying it twice is saying it once', async () => {
    await sync([users({ uid: 'a', nickname: 'A' }, { uid: 'b', nickname: 'B' })]);
    const task = await sync([
      renames({ from: 'a', to: 'a2' }, { from: 'b', to: 'b2' }),
      users({ uid: 'a2', nickname: 'A2' }),
      renames({ from: 'a2', to: 'a3' }, { from: 'b2', to: 'b' }, { from: 'a2', to: 'a3' }),
    ]);
    expect(task).toMatchObject({ status: 'succeeded', counts: { users: { updated: 1, created: 0 } } });
    expect(await people()).toEqual({ 1: 'a3 A2', 2: 'b B' });
  });

  it('mixes nobody: of a read that states both uids the new one is the person', async () => {
    await sync([users({ uid: 'a', nickname: 'A' })]);
    const pages = [
      renames({ from: 'a', to: 'a2' }),
      users({ uid: 'a2', nickname: 'A2' }, { uid: 'a', nickname: 'Somebody else' }),
    ];
    await sync(pages, true);
    expect(await people()).toEqual({ 1: 'a2 A2' });
    await sync([pages[1] as Page], true);
    expect(await people()).toEqual({ 1: 'a2 A2', 2: 'a Somebody else' });
  });

  it('can come alone, and is found again under the new uid only', async () => {
    await sync([users({ uid: 'a', nickname: 'A' })]);
    await sync([renames({ from: 'a', to: 'a2' })]);
    await sync([users({ uid: 'a2', nickname: 'A2' }, { uid: 'a', nickname: 'Somebody else' })]);
    expect(await people()).toEqual({ 1: 'a2 A2', 2: 'a Somebody else' });
  });

  it('fails when the new uid is known, and merges nobody; the others go on', async () => {
    await sync([users({ uid: 'a', nickname: 'A' }, { uid: 'b', nickname: 'B' }, { uid: 'c', nickname: 'C' })]);
    const task = await sync([
      renames({ from: 'a', to: 'b' }, { from: 'c', to: 'c2' }),
      users({ uid: 'b', nickname: 'B2' }),
    ]);
    expect(task).toMatchObject({ status: 'partially_succeeded', counts: { users: { failed: 1, updated: 2 } } });
    expect((await changes(task.id)).filter(({ outcome }) => outcome === 'failed')).toMatchObject([
      { uid: 'a', code: 'uid_taken', field: 'uid' },
    ]);
    expect(await people()).toEqual({ 1: 'a A', 2: 'b B2', 3: 'c2 C' });
  });

  it('leaves the uid alone while the plan is held, and fails if it is taken when that is approved', async () => {
    await sync([users({ uid: 'a', nickname: 'A' }, { uid: 'b', nickname: 'B' })]);
    const pages = [renames({ from: 'a', to: 'a2' }, { from: 'b', to: 'b2' })];
    const held = await sync(pages, false, true);
    expect(held).toMatchObject({ status: 'held', counts: { users: { updated: 2 } } });
    expect(await people()).toEqual({ 1: 'a A', 2: 'b B' });
    const { id: userId } = (await app.admin.post('/api/users', { nickname: 'New' })).body;
    const linked = await app.admin.post('/api/links', { sourceId, uid: 'b2', userId });
    await untilEnded(app.admin, linked.body.id);
    await app.admin.post(`/api/tasks/${held.id}/approve`);
    await untilEnded(app.admin, held.id);
    expect((await changes(held.id)).map(({ outcome, code }) => [outcome, code])).toEqual([
      ['applied', undefined],
      ['failed', 'uid_taken'],
    ]);
    expect(await people()).toEqual({ 1: 'a2 A', 2: 'b B', 3: 'b2 New' });
  });

  it('keeps what else a held plan says of the record', async () => {
    await sync([users({ uid: 'a', nickname: 'A' })]);
    const held = await sync([renames({ from: 'a', to: 'a2' }), users({ uid: 'a2', nickname: 'A2' })], false, true);
    await app.admin.post(`/api/tasks/${held.id}/approve`);
    await untilEnded(app.admin, held.id);
    expect(await people()).toEqual({ 1: 'a2 A2' });
    const { rows } = await app.pool.query('select version from records');
    expect(rows).toEqual([{ version: 3 }]);
  });

  describe('to the uid of somebody who left', () => {
    const left = (uid: string): Page => users({ uid, isDeleted: true });
    const userOf = async (id: number): Promise<TestAnswer['body']> => (await app.admin.get(`/api/users/${id}`)).body;
    const statusOf = async (id: number): Promise<string> => (await userOf(id)).status;

    /** Somebody's record under the uid that they gave up. */
    const givenUp = (uid: string): unknown => expect.stringMatching(new RegExp(`^${uid}#\\d+$`));

    it('takes it, whether they were deleted or missing, and nothing that is said of it is about them again', async () => {
      await sync([users({ uid: 'a', nickname: 'A' }, { uid: 'b', nickname: 'B' }, { uid: 'm', nickname: 'M' })], true);
      await sync([left('a'), users({ uid: 'c', nickname: 'C' }, { uid: 'b' })], true);
      expect([await statusOf(1), await statusOf(3)]).toEqual(['deleted', 'disabled']);
      const task = await sync([
        renames({ from: 'b', to: 'a' }, { from: 'c', to: 'm' }),
        users({ uid: 'a', nickname: 'B2' }, { uid: 'm', nickname: 'C2' }),
      ]);
      expect(task).toMatchObject({ status: 'succeeded', counts: { users: { updated: 2, restored: 0, created: 0 } } });
      const read = users({ uid: 'a', nickname: 'B3' }, { uid: 'm', nickname: 'C3' });
      expect((await sync([read], true)).counts.users).toMatchObject({ updated: 2, disabled: 0, restored: 0 });
      expect((await sync([read], true)).counts.users).toMatchObject({ unchanged: 2, disabled: 0 });
      expect(await people()).toMatchObject({ 2: 'a B3', 4: 'm C3' });
      expect(await userOf(1)).toMatchObject({ status: 'deleted', nickname: 'A', links: [{ uid: givenUp('a') }] });
      expect(await userOf(3)).toMatchObject({ status: 'disabled', nickname: 'M', links: [{ uid: givenUp('m') }] });
      await sync([left('a')]);
      await sync([users({ uid: 'a', nickname: 'B4' })]);
      expect([await statusOf(1), (await userOf(2)).nickname]).toEqual(['deleted', 'B4']);
    });

    it('takes it within a read that renames them again, and once more after the next one left', async () => {
      await sync([users({ uid: 'a', nickname: 'A' }, { uid: 'b', nickname: 'B' }, { uid: 'c', nickname: 'C' })]);
      await sync([left('a')]);
      await sync([renames({ from: 'b', to: 'a' }, { from: 'a', to: 'x' }), users({ uid: 'x', nickname: 'B2' })]);
      expect(await people()).toEqual({ 2: 'x B2', 3: 'c C' });
      await sync([renames({ from: 'x', to: 'a' })]);
      await sync([left('a')]);
      await sync([renames({ from: 'c', to: 'a' })]);
      expect(await people()).toEqual({ 3: 'a C' });
    });

    it('fails when they are renamed in the same read, or came back before the plan was approved', async () => {
      await sync([users({ uid: 'a', nickname: 'A' }, { uid: 'b', nickname: 'B' })]);
      await sync([left('a')]);
      const both = await sync([renames({ from: 'a', to: 'a2' }, { from: 'b', to: 'a' })]);
      expect(await changes(both.id)).toContainEqual(expect.objectContaining({ uid: 'b', code: 'uid_taken' }));
      await sync([renames({ from: 'a2', to: 'a' })]);
      const held = await sync([renames({ from: 'b', to: 'a' })], true, true);
      await sync([users({ uid: 'a', nickname: 'A' })]);
      expect((await app.admin.post(`/api/tasks/${held.id}/approve`)).status).toBe(202);
      await untilEnded(app.admin, held.id);
      expect((await changes(held.id)).map(({ uid, code }) => [uid, code])).toEqual([['b', 'uid_taken']]);
      expect(await people()).toEqual({ 1: 'a A', 2: 'b B' });
    });

    it('is not what an older plan meant that waits', async () => {
      await sync([users({ uid: 'a', nickname: 'A' }, { uid: 'b', nickname: 'B' })], true);
      const held = await sync([users({ uid: 'b', nickname: 'B' })], true, true);
      await sync([left('a')]);
      await sync([renames({ from: 'b', to: 'a' })]);
      expect((await app.admin.post(`/api/tasks/${held.id}/approve`)).status).toBe(202);
      await untilEnded(app.admin, held.id);
      expect((await changes(held.id)).map(({ outcome }) => outcome)).toEqual(['stale']);
      const { rows } = await app.pool.query('select uid, gone from records order by id');
      expect(rows).toEqual([
        { uid: givenUp('a'), gone: 'deleted' },
        { uid: 'a', gone: null },
      ]);
    });

    it('leaves it to a stricter policy, or to an undo, what becomes of them', async () => {
      const policy = async (onMissing: string): Promise<void> => {
        const body = { policies: { user: { onMissing } } };
        expect((await app.admin.patch(`/api/sources/${sourceId}`, body)).status).toBe(200);
      };
      await policy('keep');
      await sync([users({ uid: 'a', nickname: 'A' }, { uid: 'b', nickname: 'B' })], true);
      await sync([users({ uid: 'b', nickname: 'B' })], true);
      expect(await statusOf(1)).toBe('active');
      await policy('disable');
      // In one task: whoever left is disabled, and their uid goes to somebody else.
      const task = await sync([renames({ from: 'b', to: 'a' }), users({ uid: 'a', nickname: 'B2' })], true);
      expect(task.counts.users).toMatchObject({ updated: 1, disabled: 1, failed: 0 });
      expect([await statusOf(1), await statusOf(2)]).toEqual(['disabled', 'active']);
      await policy('delete');
      await sync([users({ uid: 'a', nickname: 'B2' })], true);
      expect([await statusOf(1), await statusOf(2)]).toEqual(['deleted', 'active']);
      const undone = await app.admin.post(`/api/tasks/${task.id}/undo`);
      await untilEnded(app.admin, undone.body.id);
      expect(await userOf(2)).toMatchObject({ nickname: 'B', links: [{ uid: 'a' }] });
    });

    it('keeps references to them by a uid of theirs from before; theirs mean the new one once they are read', async () => {
      await sync([users({ uid: 'z', nickname: 'A' }, { uid: 'b', nickname: 'B' })]);
      await sync([renames({ from: 'z', to: 'a' })]);
      const led = [
        { uid: 'c', nickname: 'C', managerUid: 'z' },
        { uid: 'd', nickname: 'D', managerUid: 'a' },
      ];
      await sync([left('a'), users(...led)]);
      await sync([renames({ from: 'b', to: 'a' })]);
      await sync([users(...led)]);
      await sync([users({ uid: 'e', nickname: 'E', managerUid: 'z' })]);
      const { rows } = await app.pool.query(
        'select id, manager_id from users where manager_id is not null order by id',
      );
      expect(rows.map(({ id, manager_id }) => [id, manager_id])).toEqual([
        [3, 1],
        [4, 2],
        [5, 1],
      ]);
    });

    it('gives the uid of a department away just as well', async () => {
      const departments = (...records: { uid: string; [field: string]: unknown }[]): Page => ({
        dataType: 'department',
        records,
      });
      await sync([departments({ uid: '1', title: 'Old' }, { uid: '2', title: 'New' })]);
      await sync([departments({ uid: '1', isDeleted: true }), users({ uid: 'a', nickname: 'A', departments: ['2'] })]);
      await sync([{ dataType: 'department', renames: [{ from: '2', to: '1' }] }]);
      await sync([users({ uid: 'a', departments: ['1'] })]);
      expect((await userOf(1)).departments).toMatchObject([{ id: 2, title: 'New' }]);
      expect((await app.admin.get('/api/departments')).body.total).toBe(1);
    });
  });

  it('of somebody who leaves, or left, frees the uid for somebody new, and fills nobody with what is read of them', async () => {
    for (const was of [false, true]) {
      await app.emptyDirectory();
      sourceId = await syncs.addSource();
      await sync([users({ uid: 'a', nickname: 'A' }, { uid: 'b', nickname: 'B' })], true);
      if (was) await sync([users({ uid: 'a', isDeleted: true })]);
      // A full read lists the new one already.
      const { status } = await sync(
        [
          users({ uid: 'a', nickname: 'New' }, { uid: 'b' }),
          renames({ from: 'a', to: 'a#1' }),
          users({ uid: 'a#1', isDeleted: true }),
        ],
        true,
      );
      expect(status).toBe('succeeded');
      expect(Object.values(await people())).toEqual(['b B']);
      await sync([users({ uid: 'a', nickname: 'New' })]);
      expect(Object.values(await people())).toEqual(['b B', 'a New']);
      const { rows } = await app.pool.query('select uid, gone from records order by uid');
      expect(rows).toEqual([
        { uid: 'a', gone: null },
        { uid: 'a#1', gone: 'deleted' },
        { uid: 'b', gone: null },
      ]);
    }
  });

  it('keeps references by the old uid, and resolves those that waited for the new one', async () => {
    await sync([users({ uid: 'm', nickname: 'M' }, { uid: 'a', nickname: 'A', managerUid: 'm2' })]);
    expect(await people()).toEqual({ 1: 'm M', 2: 'a A' });
    await sync([renames({ from: 'm', to: 'm2' })]);
    expect(await people()).toEqual({ 1: 'm2 M', 2: 'a A M' });
    await sync([users({ uid: 'b', nickname: 'B', managerUid: 'm' })]);
    await sync([renames({ from: 'm2', to: 'm3' })]);
    await sync([users({ uid: 'c', nickname: 'C', managerUid: 'm' })]);
    expect(await people()).toEqual({ 1: 'm3 M', 2: 'a A M', 3: 'b B M', 4: 'c C M' });
    // The old uid is somebody else's now: it means that one.
    await sync([users({ uid: 'm', nickname: 'M the second' }, { uid: 'd', nickname: 'D', managerUid: 'm' })]);
    expect(Object.values(await people())).toContain('d D M the second');
  });

  it('of which the uid goes to somebody else leaves nobody with a manager of the wrong name, whenever they were read', async () => {
    await sync([
      users({ uid: 'm', nickname: 'M' }, { uid: 'n', nickname: 'N' }, { uid: 'a', nickname: 'A', managerUid: 'n' }),
    ]);
    // They exchange their uids, and who is led by N is read while Rollcall knows only half of it.
    await sync([renames({ from: 'm', to: 'x' }), users({ uid: 'b', nickname: 'B', managerUid: 'm' })]);
    await sync([renames({ from: 'n', to: 'm' })]);
    await sync([renames({ from: 'x', to: 'n' })]);
    const read = users(
      { uid: 'm', nickname: 'N' },
      { uid: 'n', nickname: 'M' },
      { uid: 'a', nickname: 'A', managerUid: 'm' },
      { uid: 'b', nickname: 'B', managerUid: 'm' },
    );
    await sync([read], true);
    expect(await people()).toEqual({ 1: 'n M', 2: 'm N', 3: 'a A N', 4: 'b B N' });
    expect((await sync([read], true)).counts.users).toMatchObject({ updated: 0, unchanged: 4 });
  });

  it('after which somebody new has the old uid leads their people to the new one, too', async () => {
    await sync([users({ uid: 'm', nickname: 'M' }, { uid: 'a', nickname: 'A', managerUid: 'm' })]);
    await sync([renames({ from: 'm', to: 'm2' })]);
    await sync([users({ uid: 'm', nickname: 'New' })]);
    expect(await people()).toMatchObject({ 2: 'a A M' });
    const read = users({ uid: 'm2', nickname: 'M' }, { uid: 'm', nickname: 'New' }, { uid: 'a', managerUid: 'm' });
    await sync([read], true);
    expect(Object.values(await people())).toContain('a A New');
  });

  it('keeps waiting for somebody who is renamed before they could be applied', async () => {
    await app.admin.post('/api/users', { nickname: 'Holder', username: 'taken' });
    const failed = await sync([
      users({ uid: 'm', nickname: 'M', username: 'taken' }, { uid: 'a', nickname: 'A', managerUid: 'm' }),
    ]);
    expect(failed.counts.users).toMatchObject({ created: 1, failed: 1 });
    await sync([renames({ from: 'm', to: 'm2' }), users({ uid: 'b', nickname: 'B', managerUid: 'm' })]);
    await sync([users({ uid: 'm2', username: 'free' })]);
    expect(Object.values(await people())).toEqual(expect.arrayContaining(['a A M', 'b B M', 'm2 M']));
  });

  describe('of somebody, or of a department, that is purged later', () => {
    /** As if everything that is deleted now had been deleted long ago. */
    async function purge(): Promise<void> {
      await app.pool.query(`delete from tasks where kind = 'purge'`);
      for (const table of ['users', 'departments']) {
        await app.pool.query(
          `update ${table} set deleted_at = now() - interval '31 days' where deleted_at is not null`,
        );
      }
      expect(await app.app.get(PurgeSchedule).begin()).toBe(1);
      const { body } = await app.admin.get('/api/tasks?kind=purge');
      expect((await untilEnded(app.admin, body.items[0].id)).body).toMatchObject({ status: 'succeeded' });
    }

    const waiting = async (): Promise<unknown[]> =>
      (await app.pool.query('select uid from waiting_references order by uid')).rows.map(({ uid }) => uid);

    it('leaves who refers to them by an earlier uid waiting for that one, whoever has it next', async () => {
      const departments = (...records: { uid: string; [field: string]: unknown }[]): Page => ({
        dataType: 'department',
        records,
      });
      const c = { uid: 'c', nickname: 'C', managerUid: 'm', departments: ['d'] };
      await sync([departments({ uid: 'd', title: 'D' }), users({ uid: 'm', nickname: 'M' }, c)]);
      await sync([renames({ from: 'm', to: 'n' }), { dataType: 'department', renames: [{ from: 'd', to: 'e' }] }]);
      await sync([users({ uid: 'n', isDeleted: true }), departments({ uid: 'e', isDeleted: true })]);
      // This one begins to wait only now, when the uid that they state is not theirs any more.
      await sync([users({ uid: 'b', nickname: 'B', managerUid: 'm' })]);
      await purge();
      expect(await waiting()).toEqual(['d', 'm', 'm']);
      const rejoined = await sync([users({ uid: 'n', nickname: 'N' }), departments({ uid: 'e', title: 'E' })]);
      expect(rejoined.counts).toMatchObject({ users: { created: 1, updated: 0 }, departments: { updated: 0 } });
      await sync([departments({ uid: 'd', title: 'D2' }), users({ uid: 'm', nickname: 'M2' })]);
      expect(Object.values(await people())).toEqual(['c C M2', 'b B M2', 'n N', 'm M2']);
      expect((await app.admin.get('/api/users/2')).body.departments).toMatchObject([{ title: 'D2' }]);
      expect(await waiting()).toEqual([]);
    });

    it('does so as well when they gave up their uid, which means who has it now', async () => {
      await sync([users({ uid: 'z', nickname: 'A' }, { uid: 'b', nickname: 'B' })]);
      await sync([renames({ from: 'z', to: 'a' })]);
      const led = [
        { uid: 'c', nickname: 'C', managerUid: 'z' },
        { uid: 'd', nickname: 'D', managerUid: 'a' },
      ];
      await sync([users(...led)]);
      await sync([users({ uid: 'a', isDeleted: true })]);
      await sync([renames({ from: 'b', to: 'a' })]);
      await purge();
      expect(await waiting()).toEqual(['z']);
      await sync([users({ uid: 'z', nickname: 'Z' }, ...led)]);
      expect(Object.values(await people())).toEqual(['a B', 'c C Z', 'd D B', 'z Z']);
    });
  });

  it('is no lost membership, in the same read or later', async () => {
    const members = (department: string, n: number): Page =>
      users(...Array.from({ length: n }, (_, index) => ({ uid: `u${index}`, departments: [department] })));
    const departments: Page = { dataType: 'department', records: [{ uid: 'd', title: 'D' }] };
    await sync([departments, members('d', 20)]);
    const rename: Page = { dataType: 'department', renames: [{ from: 'd', to: 'd2' }] };
    expect((await sync([rename, members('d2', 10)])).status).toBe('succeeded');
    expect((await sync([members('d2', 20)])).status).toBe('succeeded');
    expect((await app.admin.get('/api/departments/1/users')).body.total).toBe(20);
  });

  it('renames departments, which keep their people', async () => {
    await sync([
      { dataType: 'department', records: [{ uid: 'd', title: 'D' }] },
      users({ uid: 'a', nickname: 'A', departments: ['d'] }),
    ]);
    const task = await sync([{ dataType: 'department', renames: [{ from: 'd', to: 'd2' }] }]);
    expect(task.counts.departments).toMatchObject({ updated: 1, failed: 0 });
    await sync([users({ uid: 'a', nickname: 'A', departments: ['d2'] })]);
    expect((await app.admin.get('/api/users/1')).body.departments).toMatchObject([{ id: 1, title: 'D' }]);
    expect((await app.admin.get('/api/departments')).body.total).toBe(1);
  });

  it('lets a list name a department twice, by both of its uids', async () => {
    await sync([
      { dataType: 'department', records: [{ uid: 'd', title: 'D' }] },
      users({ uid: 'a', nickname: 'A', departments: ['d'] }),
    ]);
    await sync([{ dataType: 'department', renames: [{ from: 'd', to: 'd2' }] }]);
    const both = ['d', { uid: 'd2', isOwner: true }];
    const task = await sync([users({ uid: 'a', departments: both }, { uid: 'b', nickname: 'B', departments: both })]);
    expect(task).toMatchObject({ status: 'succeeded', counts: { departments: { updated: 2, failed: 0 } } });
    const { rows } = await app.pool.query(
      'select user_id, department_id, is_owner, is_main from memberships order by 1',
    );
    expect(rows).toEqual([1, 2].map((user_id) => ({ user_id, department_id: 1, is_owner: true, is_main: true })));
  });

  it('to a uid that the same read takes from somebody else fails, and succeeds when it is said again', async () => {
    await sync([users({ uid: 'a', nickname: 'A' }, { uid: 'b', nickname: 'B' })], true);
    const pages = [
      renames({ from: 'b', to: 'c' }, { from: 'a', to: 'b' }),
      users({ uid: 'c', nickname: 'B' }, { uid: 'b', nickname: 'A' }),
    ];
    const task = await sync(pages, true);
    expect(task).toMatchObject({ status: 'partially_succeeded', counts: { users: { failed: 1, updated: 1 } } });
    expect(await changes(task.id)).toContainEqual(expect.objectContaining({ uid: 'a', code: 'uid_taken' }));
    expect(await people()).toEqual({ 1: 'a A', 2: 'c B' });
    expect(await sync(pages, true)).toMatchObject({
      status: 'succeeded',
      counts: { users: { created: 0, updated: 1 } },
    });
    expect(await people()).toEqual({ 1: 'b A', 2: 'c B' });
  });

  it('is refused when it names no uid, with what else the read says of the record, and broken pages are told to the adapter', async () => {
    await sync([users({ uid: 'a', nickname: 'A' })]);
    const task = await sync([renames({ from: 'a', to: '' })]);
    expect(task).toMatchObject({ status: 'failed', counts: { users: { failed: 1 } } });
    const nameless = { from: 'a' } as Rename;
    const pages = [renames({ from: 'a', to: 'a2' }, nameless, nameless), users({ uid: 'a', nickname: 'A2' })];
    const beside = await sync(pages, true);
    expect(beside).toMatchObject({ status: 'failed', counts: { users: { failed: 1, updated: 0, disabled: 0 } } });
    expect(await changes(beside.id)).toMatchObject([{ uid: 'a', code: 'uid_invalid', field: 'uid' }]);
    expect(await people()).toEqual({ 1: 'a A' });
    const unreadable = [
      { from: 'a', to: 'x'.repeat(300) },
      { from: 'b', to: 2 ** 60 },
      { from: 'c', to: 'c\u0000' },
      { to: 'd' },
    ] as Rename[];
    const reasons = await changes((await sync([renames(...unreadable)])).id);
    expect(reasons.map(({ message }) => message)).toEqual([
      'The new uid of the rename, "to", cannot be read: uid is longer than 255 characters: send a shorter one.',
      'The new uid of the rename, "to", cannot be read: uid is a number too large to be exact: send it as a string.',
      'The new uid of the rename, "to", cannot be read: uid contains a NUL character or half of a surrogate pair: remove it.',
      'The rename names no uid to change: send "from".',
    ]);
    const broken = await sync([{ dataType: 'user', renames: 'a' } as unknown as Page]);
    expect(broken).toMatchObject({ status: 'failed', code: 'bad_answer' });
  });
});

import type { Page } from '@rollcall/core';
import { installScriptedSource } from '../../testing/scripted-source';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import { until, untilEnded } from '../../testing/until';

type Fields = Record<string, unknown>;

const HR = { sourceName: 'hr', matchKey: 'email' };

const scripted = installScriptedSource();
let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await startTestApp(scripted.env);
  client = await app.key(['push', 'read']);
  await app.admin.post('/api/sources', { name: 'hr', type: 'push', matchKey: ['email'] });
  // What is not about limits is not held by them.
  const free = { count: 100_000, percent: 100 };
  const { body } = await app.admin.get('/api/sources');
  for (const source of body.items) {
    await app.admin.patch(`/api/sources/${source.id}`, {
      policies: { limits: { deletes: free, disables: free, memberships: free, cleared: free } },
    });
  }
});

afterAll(async () => {
  await app.close();
  scripted.remove();
});

beforeEach(() => app.emptyDirectory(['tasks']));

/** Pushes and returns the task's id. */
async function push(dataType: 'user' | 'department', records: Fields[], more: Fields = {}): Promise<number> {
  const answer = await app.admin.post('/api/userData:push', { dataType, records, ...more });
  expect(answer.status).toBe(200);
  return answer.body.data.taskId;
}

async function undo(taskId: number): Promise<TestAnswer['body']> {
  const made = await app.admin.post(`/api/tasks/${taskId}/undo`);
  expect(made).toMatchObject({ status: 202, body: { kind: 'undo', undoes: taskId } });
  return (await untilEnded(app.admin, made.body.id)).body;
}

const user = async (id: number): Promise<Fields> => (await client.get(`/api/users/${id}`)).body;

async function changes(taskId: number, target = 'users'): Promise<Fields[]> {
  return (await app.admin.get(`/api/tasks/${taskId}/changes?target=${target}`)).body.items;
}

async function titles(id: number): Promise<string[]> {
  const { departments } = (await user(id)) as { departments: { title: string }[] };
  return departments.map(({ title }) => title);
}

describe('rule 21: undo', () => {
  it('may be asked for again when it found everything changed since', async () => {
    await push('user', [{ uid: 'u', username: 'u' }]);
    const first = await push('user', [{ uid: 'u', phone: '1' }]);
    const second = await push('user', [{ uid: 'u', nickname: 'B' }]);
    expect((await undo(first)).counts.users).toMatchObject({ updated: 0, stale: 1 });
    expect((await app.admin.get(`/api/tasks/${first}`)).body).not.toHaveProperty('undoneBy');
    await undo(second);
    expect((await undo(first)).counts.users).toMatchObject({ updated: 1, stale: 0 });
    expect(await user(1)).toMatchObject({ phone: null, nickname: null });
    expect((await app.admin.post(`/api/tasks/${first}/undo`)).body).toMatchObject({ code: 'task_not_undoable' });
  });

  it('of a create holds when what its record waited for comes, until the source says something new', async () => {
    const waits = { uid: 'x', username: 'x', managerUid: 'boss' };
    await undo(await push('user', [waits]));
    expect(await user(1)).toMatchObject({ status: 'deleted' });
    await push('user', [{ uid: 'boss', username: 'boss' }]);
    for (let night = 0; night < 2; night++) {
      await push('user', [waits]);
      expect(await user(1)).toMatchObject({ status: 'deleted' });
    }
    await push('user', [{ ...waits, nickname: 'X' }]);
    expect(await user(1)).toMatchObject({ status: 'active', manager: { id: 2 } });
  });

  it('puts back what an update overwrote, shows it, and leaves what the source has said alone', async () => {
    await push('user', [{ uid: 'a', username: 'a', nickname: 'A', cost: 1 }]);
    const update = await push('user', [{ uid: 'a', nickname: 'B', email: 'a@x.org', cost: 2 }]);
    const undone = await undo(update);
    expect(undone).toMatchObject({ status: 'succeeded', counts: { users: { updated: 1, unchanged: 0 } } });
    expect(await user(1)).toMatchObject({ nickname: 'A', email: null, username: 'a', custom: { cost: 1 } });
    expect(await changes(undone.id)).toMatchObject([
      {
        action: 'update',
        outcome: 'applied',
        diff: [
          { field: 'cost', before: 2, after: 1 },
          { field: 'email', before: 'a@x.org', after: null },
          { field: 'nickname', before: 'B', after: 'A' },
        ],
      },
    ]);
    // The same again is nothing new; something new brings only itself.
    await push('user', [{ uid: 'a', nickname: 'B', email: 'a@x.org', cost: 2 }]);
    expect(await user(1)).toMatchObject({ nickname: 'A', email: null });
    await push('user', [{ uid: 'a', nickname: 'C' }]);
    expect(await user(1)).toMatchObject({ nickname: 'C', email: null });
  });

  it('of a create is a soft delete, until the record says something new', async () => {
    await push('department', [{ uid: 'd', title: 'D' }]);
    const create = await push('user', [{ uid: 'a', username: 'a', departments: ['d'] }]);
    expect((await undo(create)).counts.users).toMatchObject({ deleted: 1 });
    expect(await user(1)).toMatchObject({ status: 'deleted' });
    await push('user', [{ uid: 'a', username: 'a', departments: ['d'] }]);
    await push('user', [{ uid: 'a', username: 'a' }]);
    expect(await user(1)).toMatchObject({ status: 'deleted' });
    await push('user', [{ uid: 'a', nickname: 'New' }]);
    expect(await user(1)).toMatchObject({ status: 'active', nickname: 'New' });
    expect(await titles(1)).toEqual(['D']);
  });

  it('is told to whoever states again what it took away, as long as that changes nothing', async () => {
    const both = [
      { uid: 'a', username: 'a' },
      { uid: 'b', username: 'b' },
    ];
    const first = await push('user', both);
    expect((await app.admin.get(`/api/tasks/${first}`)).body.message).toBeNull();
    await undo(first);
    const small = await app.admin.post('/api/userData:push', { dataType: 'user', records: [...both, { uid: 'c' }] });
    expect(small.body.data).toMatchObject({
      status: 'succeeded',
      summary: expect.stringMatching(
        /^3 of 3 records are in step; .* 2 records count as unchanged: an undo took back what they say/,
      ),
    });
    const queued = await app.admin
      .with({ Prefer: 'respond-async' })
      .post('/api/userData:push', { dataType: 'user', records: both });
    expect((await untilEnded(app.admin, queued.body.id)).body).toMatchObject({
      status: 'succeeded',
      counts: { users: { unchanged: 2 } },
      notes: [{ code: 'taken_back', values: { records: 2 } }],
    });
    await push('user', [{ uid: 'c', nickname: 'C' }]);
    const left = await push('user', [{ uid: 'c', isDeleted: true }]);
    const { id: restored } = await undo(left);
    expect(
      (await app.admin.get(`/api/tasks/${await push('user', [{ uid: 'c', isDeleted: true }])}`)).body,
    ).toMatchObject({
      notes: [{ code: 'taken_back', values: { records: 1 } }],
    });
    await undo(restored);
    const again = await push('user', [{ uid: 'c', isDeleted: true }]);
    expect((await app.admin.get(`/api/tasks/${again}`)).body.message).toBeNull();
    await push('user', [{ uid: 'c', nickname: 'C' }]);
    await push('user', [{ uid: 'c', nickname: 'Cc' }]).then(undo);
    expect(
      (await app.admin.get(`/api/tasks/${await push('user', [{ uid: 'c', nickname: 'Cc' }])}`)).body,
    ).toMatchObject({
      notes: [{ code: 'taken_back', values: { records: 1 } }],
    });
    // Who says something new is back, and counted no more.
    const one = await push('user', [
      { uid: 'a', username: 'a', nickname: 'A' },
      { uid: 'b', username: 'b' },
    ]);
    expect((await app.admin.get(`/api/tasks/${one}`)).body).toMatchObject({
      counts: { users: { restored: 1, unchanged: 1 } },
      notes: [{ code: 'taken_back', values: { records: 1 } }],
    });
  });

  it('is told to a complete read that misses whom it brought back', async () => {
    const body = { name: 'complete', type: 'scripted', options: { file: scripted.file } };
    const { id } = (await app.admin.post('/api/sources', body)).body;
    const sync = async (...uids: string[]): Promise<TestAnswer['body']> => {
      const records = uids.map((uid) => ({ uid, username: uid }));
      scripted.play({ pages: [{ dataType: 'user', records }] as unknown as Page[], complete: { user: true } });
      const started = await app.admin.post(`/api/sources/${id}/sync`, {});
      return (await untilEnded(app.admin, started.body.id)).body;
    };
    await sync('a', 'b', 'c');
    const left = await sync('a');
    expect(left).toMatchObject({ counts: { users: { disabled: 2 } }, message: null });
    await undo(left.id);
    expect(await sync('a')).toMatchObject({
      status: 'succeeded',
      notes: [{ code: 'back_by_undo', values: { records: 2 } }],
    });
    // Whom *Sync now* let go is told of no more.
    const { items } = (await app.admin.get('/api/users?q=c')).body;
    const synced = await app.admin.post(`/api/users/${items[0].id}/sync`);
    await untilEnded(app.admin, synced.body.id);
    expect(await user(items[0].id)).toMatchObject({ status: 'disabled' });
    expect(await sync('a')).toMatchObject({ notes: [{ code: 'back_by_undo', values: { records: 1 } }] });
    // Who is there again needs no undo.
    expect(await sync('a', 'b')).toMatchObject({ message: null });
    expect(await sync('a', 'b', 'c')).toMatchObject({ status: 'succeeded', message: null });
    await app.admin.delete(`/api/sources/${id}?people=keep`);
  });

  it('of a delete restores the user, with the departments and the status from before', async () => {
    await push('department', [{ uid: 'd', title: 'D' }]);
    await push('user', [
      { uid: 'a', username: 'a', departments: ['d'] },
      { uid: 'b', username: 'b', isDisabled: true },
    ]);
    const deletion = await push('user', [
      { uid: 'a', isDeleted: true },
      { uid: 'b', isDeleted: true },
    ]);
    expect(await user(1)).toMatchObject({ status: 'deleted' });
    const undone = await undo(deletion);
    expect(undone.counts).toMatchObject({ users: { restored: 2 }, departments: { updated: 1 } });
    expect(await user(1)).toMatchObject({ status: 'active' });
    expect(await titles(1)).toEqual(['D']);
    expect(await user(2)).toMatchObject({ status: 'disabled' });
  });

  it('of a disable brings nobody back who has left since, although that changed nothing', async () => {
    const { body } = await app.admin.get('/api/sources?q=hr');
    const { id, policies } = body.items[0];
    await app.admin.patch(`/api/sources/${id}`, { policies: { ...policies, user: { onDeleted: 'disable' } } });
    try {
      await push(
        'user',
        [
          { uid: 'a', username: 'a' },
          { uid: 'b', username: 'b' },
        ],
        { sourceName: 'hr' },
      );
      const mistake = await push(
        'user',
        ['a', 'b'].map((uid) => ({ uid, isDisabled: true })),
        { sourceName: 'hr' },
      );
      await push('user', [{ uid: 'a', isDeleted: true }], { sourceName: 'hr' });
      expect((await undo(mistake)).counts.users).toMatchObject({ restored: 1, stale: 1 });
      const { rows } = await app.pool.query('select username, status from users order by 1');
      expect(rows).toEqual([
        { username: 'a', status: 'disabled' },
        { username: 'b', status: 'active' },
      ]);
    } finally {
      await app.admin.patch(`/api/sources/${id}`, { policies });
    }
  });

  it('of a disable enables, and of a restore goes back to how it was', async () => {
    await push('user', [{ uid: 'a', username: 'a' }]);
    const disable = await push('user', [{ uid: 'a', isDisabled: true }]);
    await undo(disable);
    expect(await user(1)).toMatchObject({ status: 'active' });
    await push('user', [{ uid: 'a', isDeleted: true }]);
    const restore = await push('user', [{ uid: 'a', isDisabled: false }]);
    expect(await user(1)).toMatchObject({ status: 'active' });
    expect((await undo(restore)).counts.users).toMatchObject({ deleted: 1 });
    expect(await user(1)).toMatchObject({ status: 'deleted' });
  });

  it('of a link detaches the record and puts back what it overwrote, memberships included', async () => {
    await push('department', [{ uid: 'd', title: 'D' }], HR);
    const id = (await app.admin.post('/api/users', { email: 'w@x.org', nickname: 'By hand' })).body.id;
    const link = await push('user', [{ uid: 'w', email: 'w@x.org', nickname: 'Wang' }], HR);
    await push('user', [{ uid: 'w', departments: ['d'] }], HR);
    expect(await user(id)).toMatchObject({ nickname: 'Wang', links: [{ uid: 'w' }] });
    expect(await changes(link)).toMatchObject([
      { action: 'link', diff: [{ field: 'nickname', before: 'By hand', after: 'Wang' }] },
    ]);
    const undone = await undo(link);
    expect(undone).toMatchObject({ status: 'succeeded', counts: { users: { updated: 1, stale: 0 } } });
    // That the record is taken away is said by its uid, here as in the history of the user.
    const taken = [
      { field: 'uid', before: 'w' },
      { field: 'nickname', before: 'Wang', after: 'By hand' },
    ];
    expect(await changes(undone.id)).toContainEqual(expect.objectContaining({ target: 'users', diff: taken }));
    const history = (await app.admin.get(`/api/users/${id}/changes`)).body.items;
    expect(history).toContainEqual(expect.objectContaining({ target: 'users', diff: taken }));
    expect(await user(id)).toMatchObject({ nickname: 'By hand', email: 'w@x.org', links: [], departments: [] });
    await push('user', [{ uid: 'w', email: 'w@x.org', nickname: 'Wang' }], HR);
    expect(await user(id)).toMatchObject({ nickname: 'By hand', links: [] });
  });

  it('puts back the lists of departments, parents, owners and managers', async () => {
    await push('user', [
      { uid: 'm', username: 'm', nickname: 'M' },
      { uid: 'n', username: 'n', nickname: 'N' },
    ]);
    await push('department', [
      { uid: 'top', title: 'Top' },
      { uid: 'd', title: 'D', parentUid: 'top', ownerUids: ['n', 'm'] },
      { uid: 'e', title: 'E' },
    ]);
    await push('user', [{ uid: 'a', username: 'a', managerUid: 'm', departments: ['d', 'top'] }]);
    const departments = await push('department', [{ uid: 'd', title: 'D2', parentUid: null, ownerUids: ['m'] }]);
    const people = await push('user', [{ uid: 'a', managerUid: 'n', departments: [{ uid: 'e', isMain: true }] }]);
    expect(await titles(3)).toEqual(['E']);
    expect((await undo(departments)).counts.departments).toMatchObject({ updated: 1 });
    expect((await undo(people)).counts).toMatchObject({ users: { updated: 1 }, departments: { updated: 1 } });
    expect(await titles(3)).toEqual(['D', 'Top']);
    expect(await user(3)).toMatchObject({ manager: { nickname: 'M' } });
    const { body } = await client.get('/api/departments/2');
    expect(body).toMatchObject({ title: 'D', parentId: 1 });
    expect(body.owners).toHaveLength(2);
  });

  describe('of what made another department the main one makes it the main one again', () => {
    const main = async (id = 1): Promise<string | undefined> => {
      const { departments } = (await user(id)) as { departments: { title: string; isMain: boolean }[] };
      return departments.find(({ isMain }) => isMain)?.title;
    };

    beforeEach(async () => {
      await push(
        'department',
        ['a', 'b', 'c'].map((uid) => ({ uid, title: uid.toUpperCase() })),
      );
      await push('user', [{ uid: 'u', username: 'u', departments: ['b'] }]);
      await push('user', [{ uid: 'u', departments: ['a', 'b'] }]);
      expect(await main()).toBe('B');
    });

    it.each([
      ['a flag', ['b', { uid: 'a', isMain: true }], 'A'],
      ['leaving it', ['c', 'a'], 'C'],
      ['leaving all', [], undefined],
    ])('after %s', async (_, departments, other) => {
      const moved = await push('user', [{ uid: 'u', departments }]);
      expect(await main()).toBe(other);
      const undone = await undo(moved);
      expect(await main()).toBe('B');
      await undo(undone.id);
      expect(await main()).toBe(other);
    });

    it('after the department was deleted', async () => {
      const deleted = await push('department', [{ uid: 'b', isDeleted: true }]);
      expect(await main()).toBe('A');
      await push('user', [{ uid: 'u', nickname: 'U' }]);
      await undo(deleted);
      expect(await main()).toBe('B');
    });

    it('when another source states that one', async () => {
      await push('department', [{ uid: 'x', title: 'X' }], { sourceName: 'hr' });
      await push('user', [{ uid: 'v', email: 'v@x.org', departments: ['x'] }], HR);
      await push('user', [{ uid: 'w', email: 'v@x.org', departments: ['a'] }], { matchKey: 'email' });
      expect(await main(2)).toBe('X');
      const flagged = await push('user', [{ uid: 'w', departments: [{ uid: 'a', isMain: true }] }]);
      expect(await main(2)).toBe('A');
      await undo(flagged);
      expect(await main(2)).toBe('X');
    });

    it('but not what was flagged since', async () => {
      const deleted = await push('department', [{ uid: 'b', isDeleted: true }]);
      await push('user', [{ uid: 'u', departments: ['a', 'b', { uid: 'c', isMain: true }] }]);
      await undo(deleted);
      expect(await main()).toBe('C');
    });
  });

  describe('puts people back where they were, although the record says where an undone task had put them', () => {
    const owned = { uid: 'b', isOwner: true };

    const where = async (): Promise<string> => {
      const { departments } = (await user(1)) as {
        departments: { title: string; isMain: boolean; isOwner: boolean }[];
      };
      return departments
        .map(({ title, isMain, isOwner }) => `${title}${isMain ? '*' : ''}${isOwner ? ' owner' : ''}`)
        .sort()
        .join(', ');
    };

    const put = (departments: unknown[], more: Fields = {}): Promise<number> =>
      push('user', [{ uid: 'u', username: 'u', departments, ...more }]);

    const differences = async (task: number): Promise<Fields[]> =>
      (await changes(task, 'departments')).flatMap(({ diff }) => (diff ?? []) as Fields[]);

    beforeEach(async () => {
      await push(
        'department',
        ['a', 'b', 'c', 'd'].map((uid) => ({ uid, title: uid.toUpperCase() })),
      );
      await put(['a', owned]);
      expect(await where()).toBe('A*, B owner');
      await undo(await put(['b', 'c']));
      expect(await where()).toBe('A*, B owner');
    });

    it('after an update; the changes tell what stood there', async () => {
      const moved = await put(['b', 'a'], { nickname: 'U' });
      expect(await where()).toBe('A*, B');
      expect(await differences(moved)).toEqual([
        { field: 'departments', before: [{ uid: 'a' }, owned], after: [{ uid: 'b' }, { uid: 'a' }] },
      ]);
      const undone = await undo(moved);
      expect(await where()).toBe('A*, B owner');
      await undo(undone.id);
      expect(await where()).toBe('A*, B');
      await undo(moved);
      expect(await where()).toBe('A*, B owner');
      await undo(await put(['d']));
      expect(await where()).toBe('A*, B owner');
    });

    it('after undoing and undoing that again', async () => {
      const moved = await put(['a']);
      let last = await put(['d']);
      for (const expected of ['A*', 'D*', 'A*']) {
        last = (await undo(last)).id;
        expect(await where()).toBe(expected);
      }
      expect((await undo(moved)).counts.departments).toMatchObject({ updated: 1, stale: 0 });
      expect(await where()).toBe('A*, B owner');
    });

    it('after something else was said in between, and with what is hand-made or from another source', async () => {
      await app.admin.put('/api/departments/3/users/1', {});
      await push('department', [{ uid: 'x', title: 'X' }], HR);
      await push('user', [{ uid: 'u', nickname: 'U', email: 'u@x.org' }]);
      await push('user', [{ uid: 'w', email: 'u@x.org', departments: ['x'] }], HR);
      expect(await where()).toBe('A*, B owner, C, X');
      const moved = await put([{ uid: 'd', isMain: true }]);
      expect(await where()).toBe('C, D*, X');
      await undo(moved);
      expect(await where()).toBe('A*, B owner, C, X');
    });

    it('after a deletion', async () => {
      const deletion = await push('user', [{ uid: 'u', isDeleted: true }]);
      expect(await differences(deletion)).toEqual([
        { field: 'departments', before: [{ uid: 'a' }, owned], after: null },
      ]);
      const undone = await undo(deletion);
      expect(await where()).toBe('A*, B owner');
      await undo(undone.id);
      expect(await user(1)).toMatchObject({ status: 'deleted' });
      await undo(deletion);
      expect(await where()).toBe('A*, B owner');
    });

    it('after it left somebody whom another source states, and was said again', async () => {
      await push('user', [{ uid: 'u', email: 'u@x.org' }]);
      await push('user', [{ uid: 'w', email: 'u@x.org' }], HR);
      await push('user', [{ uid: 'u', isDeleted: true }]);
      expect(await where()).toBe('');
      const back = await put(['d']);
      expect(await differences(back)).toEqual([{ field: 'departments', before: null, after: [{ uid: 'd' }] }]);
      await undo(back);
      expect(await where()).toBe('');
    });

    it('and says of what stands there already that nothing changed', async () => {
      const same = await put(['a', owned]);
      expect((await app.admin.get(`/api/tasks/${same}`)).body.counts.departments).toMatchObject({
        updated: 0,
        unchanged: 1,
      });
      expect(await changes(same, 'departments')).toEqual([]);
      await undo(await put(['d']));
      expect(await where()).toBe('A*, B owner');
    });

    it('after it was taken from who it was linked to', async () => {
      const id = (await app.admin.post('/api/users', { email: 'w@x.org' })).body.id;
      await push(
        'department',
        ['x', 'y'].map((uid) => ({ uid, title: uid.toUpperCase() })),
        HR,
      );
      const link = await push('user', [{ uid: 'w', email: 'w@x.org', nickname: 'W' }], HR);
      await push('user', [{ uid: 'w', departments: ['x'] }], HR);
      await undo(await push('user', [{ uid: 'w', departments: ['y'] }], HR));
      const undone = await undo(link);
      expect(await titles(id)).toEqual([]);
      await undo(undone.id);
      expect(await titles(id)).toEqual(['X']);
    });
  });

  it('puts people of a source that is read back where they were, twice in a row', async () => {
    const options = { file: scripted.file };
    const made = await app.admin.post('/api/sources', { name: 'read', type: 'scripted', options });
    const sync = async (...departments: string[]): Promise<number> => {
      const pages = [
        { dataType: 'department', records: ['a', 'b', 'c', 'd'].map((uid) => ({ uid, title: uid.toUpperCase() })) },
        { dataType: 'user', records: [{ uid: 'u', username: 'u', departments }] },
      ] as unknown as Page[];
      scripted.play({ pages, complete: { user: true, department: true } });
      const { id } = (await app.admin.post(`/api/sources/${made.body.id}/sync`, {})).body;
      expect((await untilEnded(app.admin, id)).body).toMatchObject({ status: 'succeeded' });
      return id;
    };
    await sync('a', 'b');
    await undo(await sync('c'));
    await sync('c');
    expect(await titles(1)).toEqual(['A', 'B']);
    const moved = await sync('d');
    expect(await changes(moved, 'departments')).toMatchObject([
      { diff: [{ before: [{ uid: 'a' }, { uid: 'b' }], after: [{ uid: 'd' }] }] },
    ]);
    await undo(moved);
    expect(await titles(1)).toEqual(['A', 'B']);
  });

  it('leaves alone what a later task, another source or a hand has touched since', async () => {
    await push('user', [
      { uid: 'a', username: 'a', nickname: 'A', email: 'a@x.org' },
      { uid: 'b', username: 'b', nickname: 'B' },
      { uid: 'c', username: 'c', nickname: 'C', email: 'c@x.org' },
      { uid: 'd', username: 'd', nickname: 'D' },
    ]);
    const update = await push('user', [
      { uid: 'a', nickname: 'A2' },
      { uid: 'b', nickname: 'B2' },
      { uid: 'c', nickname: 'C2' },
      { uid: 'd', nickname: 'D2' },
    ]);
    await push('user', [{ uid: 'a', nickname: 'A3' }]);
    await app.admin.patch('/api/users/2', { nickname: 'Hand' });
    await push('user', [{ uid: 'x', email: 'c@x.org', nickname: 'HR' }], HR);
    const undone = await undo(update);
    expect(undone.counts.users).toMatchObject({ updated: 1, stale: 3 });
    const { rows } = await app.pool.query('select nickname from users order by id');
    expect(rows.map((row: { nickname: string }) => row.nickname)).toEqual(['A3', 'Hand', 'HR', 'D']);
  });

  it('does not delete whom it made once another source states him or a hand worked on him', async () => {
    const create = await push('user', [
      { uid: 'a', email: 'a@x.org' },
      { uid: 'b', username: 'b' },
    ]);
    await push('user', [{ uid: 'x', email: 'a@x.org' }], HR);
    await app.admin.patch('/api/users/2', { nickname: 'Hand' });
    expect((await undo(create)).counts.users).toMatchObject({ deleted: 0, stale: 2 });
    expect([(await user(1))['status'], (await user(2))['status']]).toEqual(['active', 'active']);
  });

  it('knows what stood there although the record did not: after a failed update and a released lock', async () => {
    await push('user', [
      { uid: 'a', username: 'a', nickname: 'A' },
      { uid: 'b', username: 'b' },
    ]);
    await push('user', [{ uid: 'a', username: 'b', nickname: 'A2' }]);
    await push('user', [{ uid: 'b', username: 'c' }]);
    const behind = await push('user', [{ uid: 'a', username: 'b', nickname: 'A2' }]);
    expect(await user(1)).toMatchObject({ username: 'b', nickname: 'A2' });
    await undo(behind);
    expect(await user(1)).toMatchObject({ username: 'a', nickname: 'A' });
    await app.admin.patch('/api/users/2', { nickname: 'Hand' });
    await push('user', [{ uid: 'b', nickname: 'HR' }]);
    await app.admin.patch('/api/users/2', { lockedFields: [] });
    const freed = await push('user', [{ uid: 'b', nickname: 'HR' }]);
    expect(await user(2)).toMatchObject({ nickname: 'HR' });
    await undo(freed);
    expect(await user(2)).toMatchObject({ nickname: 'Hand' });
  });

  it('can itself be undone, and then the task again; two tasks are undone one after the other', async () => {
    const create = await push('user', [{ uid: 'a', username: 'a', nickname: 'A' }]);
    const update = await push('user', [{ uid: 'a', nickname: 'B' }]);
    const first = await undo(update);
    await undo(first.id);
    expect(await user(1)).toMatchObject({ nickname: 'B' });
    const second = await undo(update);
    expect(second.counts.users).toMatchObject({ updated: 1, stale: 0 });
    const gone = await undo(create);
    expect(gone.counts.users).toMatchObject({ deleted: 1, stale: 0 });
    await undo(gone.id);
    expect(await user(1)).toMatchObject({ status: 'active', nickname: 'A' });
  });

  it('of the undo of a link that disabled leaves it known to all sources that the user is disabled', async () => {
    const stated = { username: 'ann', email: 'ann@x.org' };
    await push('user', [{ uid: 'b', ...stated, nickname: 'B' }]);
    const link = await push('user', [{ uid: 'a', ...stated, isDisabled: true }], HR);
    expect(await user(1)).toMatchObject({ status: 'disabled' });
    const undone = await undo(link);
    expect(await user(1)).toMatchObject({ status: 'active' });
    await undo(undone.id);
    expect(await user(1)).toMatchObject({ status: 'disabled' });
    const update = await push('user', [{ uid: 'b', nickname: 'B2' }]);
    expect(await changes(update)).toMatchObject([{ action: 'update', diff: [{ field: 'nickname' }] }]);
    await undo(update);
    expect(await user(1)).toMatchObject({ status: 'disabled', nickname: 'B' });
  });

  it('links again when the undo of a link is undone', async () => {
    const id = (await app.admin.post('/api/users', { email: 'w@x.org', nickname: 'By hand' })).body.id;
    await push('department', [{ uid: 'd', title: 'D' }], HR);
    const link = await push('user', [{ uid: 'w', email: 'w@x.org', nickname: 'Wang', departments: ['d'] }], {
      ...HR,
    });
    const undone = await undo(link);
    expect(await titles(id)).toEqual([]);
    expect((await undo(undone.id)).counts.users).toMatchObject({ linked: 1 });
    expect(await user(id)).toMatchObject({ nickname: 'Wang', links: [{ uid: 'w' }] });
    expect(await titles(id)).toEqual(['D']);
  });

  it('is held by the limits like everything else, and applied as it was shown', async () => {
    const { body } = await app.admin.post('/api/sources', { name: `tight-${Date.now()}`, type: 'push' });
    const records = Array.from({ length: 20 }, (_, n) => ({ uid: `u${n}`, username: `u${n}` }));
    const create = await push('user', records, { sourceName: body.name });
    const held = await undo(create);
    expect(held).toMatchObject({ status: 'held', heldReason: 'limits' });
    await app.admin.patch('/api/users/3', { nickname: 'Hand' });
    expect(await app.admin.post(`/api/tasks/${create}/undo`)).toMatchObject({
      status: 409,
      body: { code: 'task_not_undoable' },
    });
    await app.admin.post(`/api/tasks/${held.id}/approve`);
    expect((await untilEnded(app.admin, held.id)).body.counts.users).toMatchObject({ deleted: 19, stale: 1 });
  });

  it('of an undo is measured by what that put back', async () => {
    const limits = { cleared: { count: 1_000, percent: 60 } };
    const { body } = await app.admin.post('/api/sources', {
      name: `half-${Date.now()}`,
      type: 'push',
      policies: { limits },
    });
    const named = (n: number, nickname: string | null): Fields => ({ uid: `u${n}`, username: `u${n}`, nickname });
    await push(
      'user',
      Array.from({ length: 24 }, (_, n) => named(n, 'N')),
      { sourceName: body.name },
    );
    const clearing = await push(
      'user',
      Array.from({ length: 12 }, (_, n) => named(n, null)),
      { sourceName: body.name },
    );
    expect((await app.admin.get(`/api/tasks/${clearing}`)).body).toMatchObject({ status: 'succeeded' });
    expect(await undo((await undo(clearing)).id)).toMatchObject({
      status: 'succeeded',
      counts: { users: { updated: 12 } },
    });
  });

  it('that was rejected has taken back nothing', async () => {
    const { body } = await app.admin.post('/api/sources', { name: `tighter-${Date.now()}`, type: 'push' });
    const records = Array.from({ length: 20 }, (_, n) => ({ uid: `u${n}`, username: `u${n}` }));
    const held = await undo(await push('user', records, { sourceName: body.name }));
    await app.admin.post(`/api/tasks/${held.id}/reject`);
    const again = await push('user', records, { sourceName: body.name });
    expect((await app.admin.get(`/api/tasks/${again}`)).body).toMatchObject({ status: 'succeeded', message: null });
  });

  it('of a task that was cancelled takes back what it had applied', async () => {
    await push('department', [{ uid: 'd', title: 'D' }]);
    await push('user', [{ uid: 'a', username: 'a', nickname: 'A' }]);
    const blocker = await app.pool.connect();
    await blocker.query('begin; lock table users in share mode');
    const records = [
      { uid: 'a', nickname: 'A2', departments: ['d'] },
      { uid: 'b', username: 'b', departments: ['d'] },
    ];
    const { id } = (
      await app.admin.with({ Prefer: 'respond-async' }).post('/api/userData:push', { dataType: 'user', records })
    ).body;
    await until(
      () =>
        app.pool.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ~ 'users'`,
        ),
      ({ rowCount }) => rowCount === 1,
    );
    await app.admin.post(`/api/tasks/${id}/cancel`);
    await blocker.query('commit');
    blocker.release();
    const cancelled = (await untilEnded(app.admin, id)).body;
    expect(cancelled).toMatchObject({
      status: 'cancelled',
      message: expect.stringContaining('what was applied stays'),
      counts: { users: { created: 1, updated: 1 }, departments: { stale: 2 } },
    });
    const undone = await undo(id);
    expect(undone).toMatchObject({ status: 'succeeded', counts: { users: { updated: 1, deleted: 1, stale: 0 } } });
    expect([(await user(1))['nickname'], (await user(2))['status']]).toEqual(['A', 'deleted']);
    expect(await titles(1)).toEqual([]);
  });

  it('is refused once the changes of the task are not kept any more', async () => {
    const create = await push('user', [{ uid: 'a', username: 'a' }]);
    await app.pool.query(`update tasks set finished_at = now() - interval '91 days' where id = $1`, [create]);
    const refused = await app.admin.post(`/api/tasks/${create}/undo`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'task_not_undoable' } });
    expect(refused.body.detail).toContain('more than 90 days ago');
    expect(refused.body.reason).toEqual({ code: 'undo_too_late', values: { taskId: create, days: 90 } });
  });

  it('is refused while there is nothing to undo, while the task is open, and when it is undone already', async () => {
    const refused = { status: 409, body: { code: 'task_not_undoable' } };
    const create = await push('user', [{ uid: 'a', username: 'a' }]);
    const same = await push('user', [{ uid: 'a', username: 'a' }]);
    const preview = await app.admin.post('/api/userData:push', {
      dataType: 'user',
      dryRun: true,
      records: [{ uid: 'a', nickname: 'A' }],
    });
    expect(await app.admin.post(`/api/tasks/${same}/undo`)).toMatchObject(refused);
    expect(await app.admin.post(`/api/tasks/${preview.body.id}/undo`)).toMatchObject(refused);
    await app.admin.post(`/api/tasks/${preview.body.id}/reject`);
    expect(await app.admin.post(`/api/tasks/${preview.body.id}/undo`)).toMatchObject(refused);
    await undo(create);
    expect(await app.admin.post(`/api/tasks/${create}/undo`)).toMatchObject(refused);
    expect(await client.post(`/api/tasks/${create}/undo`)).toMatchObject({ status: 403 });
  });

  it('leaves alone whom a hand has unlinked from the record that made them', async () => {
    const create = await push('user', [{ uid: 'a', username: 'a' }]);
    const { body: made } = await app.admin.get('/api/users/1');
    expect((await app.admin.request('DELETE', `/api/links/${made.links[0].id}`)).status).toBeLessThan(300);
    expect((await undo(create)).counts.users).toMatchObject({ deleted: 0, stale: 1 });
    expect(await user(1)).toMatchObject({ status: 'active', username: 'a' });
    const links = await app.pool.query(
      'select state from links l join records r on r.id = l.record_id and r.data_type = $1',
      ['user'],
    );
    expect(links.rows[0]).toEqual({ state: 'detached' });
  });

  it('takes back a link whose manager was still awaited', async () => {
    await push('user', [{ uid: 'a', username: 'a', email: 'a@example.com' }]);
    const linked = await push('user', [{ uid: 'b', email: 'a@example.com', managerUid: 'not-here-yet' }], HR);
    expect(await undo(linked)).toMatchObject({ status: 'succeeded', attempts: 1 });
    expect(await user(1)).toMatchObject({ status: 'active', username: 'a' });
  });

  it('fails for a user whose name is taken meanwhile, names the holder, and a retry finishes it', async () => {
    await push('user', [{ uid: 'a', username: 'a' }]);
    const deletion = await push('user', [{ uid: 'a', isDeleted: true }]);
    const other = (await app.admin.post('/api/users', { username: 'A' })).body.id;
    const failed = await undo(deletion);
    expect(failed).toMatchObject({ status: 'failed', counts: { users: { failed: 1 } } });
    expect((await changes(failed.id))[0]).toMatchObject({ code: 'username_taken', field: 'username' });
    await app.admin.patch(`/api/users/${other}`, { username: 'other' });
    await app.admin.post(`/api/tasks/${failed.id}/retry`);
    expect((await untilEnded(app.admin, failed.id)).body).toMatchObject({ status: 'succeeded' });
    expect(await user(1)).toMatchObject({ status: 'active', username: 'a' });
  });
});

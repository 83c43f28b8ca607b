import { SnapshotClient } from '../../testing/snapshot-client';
import { installScriptedSource } from '../../testing/scripted-source';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { untilEnded } from '../../testing/until';

const scripted = installScriptedSource();
let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await startTestApp(scripted.env);
  client = await app.key(['push', 'read']);
});

afterAll(async () => {
  await app.close();
  scripted.remove();
});

beforeEach(() => app.emptyDirectory());

async function push(dataType: 'user' | 'department', ...records: Record<string, unknown>[]): Promise<void> {
  const answer = await client.post('/api/userData:push', { dataType, records });
  expect(answer.body.data.status).toBe('succeeded');
}

/** Username → name of the manager and titles of the departments. */
async function people(): Promise<Record<string, { manager: string | null; departments: string[] }>> {
  const { body } = await client.get('/api/users');
  return Object.fromEntries(
    body.items.map(
      (user: { username: string; manager: { nickname: string } | null; departments: { title: string }[] }) => [
        user.username,
        { manager: user.manager?.nickname ?? null, departments: user.departments.map(({ title }) => title) },
      ],
    ),
  );
}

async function waiting(): Promise<number> {
  return (await app.pool.query('select from waiting_references')).rowCount ?? 0;
}

describe('rule 06: references', () => {
  it('wait for what is not there yet, and are applied by the task that brings it', async () => {
    await push('user', { uid: 'a', username: 'a', managerUid: 'b', departments: ['d'] });
    expect(await people()).toEqual({ a: { manager: null, departments: [] } });
    expect(await waiting()).toBe(2);
    await push('department', { uid: 'd', title: 'D' });
    await push('user', { uid: 'b', username: 'b', nickname: 'B' });
    expect(await people()).toMatchObject({ a: { manager: 'B', departments: ['D'] } });
    expect(await waiting()).toBe(0);
    // The task that stated them goes on saying what it stated.
    const { id } = (await client.get('/api/tasks?sort=-id&pageSize=3')).body.items[2];
    const { items } = (await client.get(`/api/tasks/${id}/changes?uid=a`)).body;
    const said = items.flatMap(({ diff }: { diff: { field: string }[] }) => diff.map(({ field }) => field));
    expect(said).toEqual(expect.arrayContaining(['managerUid', 'departments']));
  });

  it('of who is deleted by the task that brings what they waited for are looked at no more', async () => {
    const policies = { user: { onDeleted: 'disable' } };
    await app.admin.post('/api/sources', { name: 'hr', type: 'push', matchKey: ['username'], policies });
    const hr = { dataType: 'user', sourceName: 'hr', matchKey: 'username' };
    await push('user', { uid: 'a', username: 'a', managerUid: 'b' });
    await app.admin.post('/api/userData:push', { ...hr, records: [{ uid: 'h', username: 'a' }] });
    await push('user', { uid: 'a', isDeleted: true });
    await app.admin.post('/api/userData:push', { ...hr, records: [{ uid: 'h', isDeleted: true }] });
    const records = [
      { uid: 'a', isDeleted: true },
      { uid: 'b', username: 'b' },
    ];
    const { body } = await client.post(
      '/api/userData:push',
      { dataType: 'user', records },
      { Prefer: 'respond-async' },
    );
    expect((await untilEnded(client, body.id)).body).toMatchObject({
      status: 'succeeded',
      counts: { users: { created: 1, deleted: 1, stale: 0 } },
    });
  });

  it('to what fails in a push make nobody updated, and wait on through its undo', async () => {
    await push('user', { uid: 'x', username: 'taken' });
    await push('user', { uid: 'm', username: 'm', managerUid: 'boss', departments: ['d'] });
    const failing = async (dataType: string, record: Record<string, unknown>): Promise<TestAnswer['body']> => {
      const { body } = await client.post('/api/userData:push', { dataType, records: [record] });
      expect(body.data.status).toBe('failed');
      return (await app.admin.get(`/api/tasks/${body.data.taskId}`)).body;
    };
    for (let time = 0; time < 2; time++) {
      const task = await failing('user', { uid: 'boss', username: 'taken' });
      expect(task.counts.users).toMatchObject({ failed: 1, updated: 0 });
      expect((await app.admin.post(`/api/tasks/${task.id}/undo`)).status).toBe(409);
      const other = await failing('department', { uid: 'd', title: 'D', parentUid: 'd' });
      expect(other.counts.departments).toMatchObject({ failed: 1, updated: 0 });
    }
    expect(await waiting()).toBe(2);
    await push('user', { uid: 'boss', username: 'boss', nickname: 'Boss' });
    await push('department', { uid: 'd', title: 'D' });
    expect(await people()).toMatchObject({ m: { manager: 'Boss', departments: ['D'] } });
  });

  it('to what fails with every read make nobody updated, and come with the read that brings it', async () => {
    const body = { name: 'circle', type: 'scripted', options: { file: scripted.file } };
    const { id } = (await app.admin.post('/api/sources', body)).body;
    const sync = async (parentUid: string | null): Promise<TestAnswer['body']> => {
      const departments = [
        { uid: 'd1', title: 'D1' },
        { uid: 'd3', title: 'D3', parentUid: 'd4' },
        { uid: 'd4', title: 'D4', parentUid },
      ];
      const users = [{ uid: 'u', username: 'u', departments: ['d1', 'd4'] }];
      scripted.play({
        pages: [
          { dataType: 'department', records: departments },
          { dataType: 'user', records: users },
        ],
        complete: { department: true, user: true },
      });
      return (await untilEnded(app.admin, (await app.admin.post(`/api/sources/${id}/sync`)).body.id)).body;
    };
    const first = await sync('d3');
    expect(first.counts.departments).toMatchObject({ created: 2, failed: 1 });
    const again = await sync('d3');
    expect(again.counts.departments).toMatchObject({ created: 0, updated: 0, failed: 1, unchanged: 3 });
    const { items } = (await app.admin.get(`/api/tasks/${again.id}/changes`)).body;
    expect(items.map(({ uid, outcome }: { uid: string; outcome: string }) => [uid, outcome])).toEqual([
      ['d4', 'failed'],
    ]);
    expect(await waiting()).toBe(2);
    const mended = await sync('d1');
    expect(mended.counts.departments).toMatchObject({ created: 1, updated: 2, failed: 0 });
    expect(await people()).toMatchObject({ u: { departments: ['D1', 'D4'] } });
    expect(await waiting()).toBe(0);
  });

  it.each([
    ['a retry of that task', (taskId: number) => app.admin.post(`/api/tasks/${taskId}/retry`)],
    ['the next statement of the same', () => push('user', { uid: 'a', username: 'a', departments: ['d'] })],
  ])('that failed with the task that brought it are applied by %s', async (_, again) => {
    await push('user', { uid: 'a', username: 'a', departments: ['d'] });
    await app.pool.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$;
      create trigger refuse before insert on memberships for each row execute function refuse()`);
    let brought: TestAnswer;
    try {
      const body = { dataType: 'department', records: [{ uid: 'd', title: 'D' }] };
      brought = await client.post('/api/userData:push', body);
    } finally {
      await app.pool.query('drop function refuse cascade');
    }
    expect(brought.body.data.result[0].detail.count).toMatchObject({ all: 1, success: 1 });
    expect(await people()).toMatchObject({ a: { departments: [] } });
    // Nothing of the two records was behind, so nobody ever looked at them again.
    await again(brought.body.data.taskId);
    await untilEnded(client, brought.body.data.taskId);
    expect(await people()).toMatchObject({ a: { departments: ['D'] } });
    expect(await waiting()).toBe(0);
  });

  it('that failed with a task in which more of the record changed are applied by the next statement of the same', async () => {
    const a = { uid: 'a', departments: ['d'] };
    await push('user', { ...a, username: 'a' });
    const snapshots = new SnapshotClient(client);
    const id = await snapshots.open({ dataTypes: ['user', 'department'] });
    await snapshots.add(id, [{ uid: 'd', title: 'D' }], 'department');
    await snapshots.add(id, [{ ...a, nickname: 'A' }]);
    await app.pool.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$;
      create trigger refuse before insert on memberships for each row execute function refuse()`);
    try {
      const committed = await snapshots.commit(id, { user: 1, department: 1 });
      const { body } = await untilEnded(client, committed.body.id);
      expect(body).toMatchObject({ status: 'partially_succeeded', counts: { users: { updated: 1 } } });
    } finally {
      await app.pool.query('drop function refuse cascade');
    }
    // Said in other words, and the same in content.
    await push('user', { ...a, nickname: 'A', username: 'a' });
    expect(await people()).toMatchObject({ a: { departments: ['D'] } });
    expect(await waiting()).toBe(0);
  });

  it('that arrive with a retry of the task in which they had waited are applied by the next statement', async () => {
    await push('user', { uid: 'a', username: 'a', managerUid: 'b' });
    await app.pool.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$;
      create trigger refuse before insert on users for each row execute function refuse()`);
    const a = { uid: 'a', username: 'a', managerUid: 'b', phone: '1' };
    let taskId: number;
    try {
      const records = [a, { uid: 'b', username: 'b', nickname: 'B' }];
      const answer = await client.post('/api/userData:push', { dataType: 'user', records });
      expect(answer.body.data.status).toBe('partially_succeeded');
      taskId = answer.body.data.taskId;
    } finally {
      await app.pool.query('drop function refuse cascade');
    }
    await app.admin.post(`/api/tasks/${taskId}/retry`);
    expect((await untilEnded(client, taskId)).body.status).toBe('succeeded');
    // The change of `a` stood, and `b` never came again.
    await push('user', a);
    expect(await people()).toMatchObject({ a: { manager: 'B' } });
  });

  it('that arrive in a task in which the one who waits is invalid are applied when that one is right again', async () => {
    const a = { uid: 'a', username: 'a', managerUid: 'b' };
    await push('user', a);
    const records = [
      { ...a, email: 'nobody' },
      { uid: 'b', username: 'b', nickname: 'B' },
    ];
    await client.post('/api/userData:push', { dataType: 'user', records });
    expect(await people()).toMatchObject({ a: { manager: null } });
    // The link of `a` was not behind, and `b` never came again.
    await push('user', a);
    expect(await people()).toMatchObject({ a: { manager: 'B' } });
  });

  it('of who leaves with the task that brings the missing piece are not applied', async () => {
    const sourceName = 'leaves-with-it';
    await app.admin.post('/api/sources', { name: sourceName, type: 'push', matchKey: ['username'] });
    const snapshots = new SnapshotClient(app.admin);
    const snapshot = async (sent: { user: object[]; department: object[] }): Promise<void> => {
      const id = await snapshots.open({ dataTypes: ['user', 'department'], sourceName, matchKey: 'username' });
      await snapshots.add(id, sent.department, 'department');
      await snapshots.add(id, sent.user);
      const { body } = await snapshots.commit(id, { user: sent.user.length, department: sent.department.length });
      expect((await untilEnded(app.admin, body.id)).body.status).toBe('succeeded');
    };
    await push('user', { uid: 'a', username: 'a' });
    await snapshot({
      user: ['a', 'b'].map((uid) => ({ uid, username: uid, departments: ['d'] })),
      department: [{ uid: 'other', title: 'Other' }],
    });
    const later = { dataType: 'user', sourceName, records: [{ uid: 'a', nickname: 'A' }] };
    expect((await app.admin.post('/api/userData:push', later)).status).toBe(200);
    await snapshot({
      user: [{ uid: 'b', username: 'b', departments: ['d'] }],
      department: [
        { uid: 'other', title: 'Other' },
        { uid: 'd', title: 'D' },
      ],
    });
    expect(await people()).toMatchObject({ a: { departments: [] }, b: { departments: ['D'] } });
  });

  it('resolve also when the task that brings the missing piece changes the one who waits in another way', async () => {
    // The change of `a` used to write nickname alone, and the manager was never set.
    await push('user', { uid: 'a', username: 'a', managerUid: 'b' });
    await push('user', { uid: 'a', username: 'a', nickname: 'A' }, { uid: 'b', username: 'b', nickname: 'B' });
    expect(await people()).toMatchObject({ a: { manager: 'B' } });
    expect(await waiting()).toBe(0);
  });

  it('wait without being planned or told of again while what they refer to is unknown', async () => {
    const a = { uid: 'a', username: 'a' };
    await push('user', a);
    const changesOf = async (record: Record<string, unknown>): Promise<unknown> => {
      const { body } = await client.post('/api/userData:push', { dataType: 'user', records: [record] });
      const { items } = (await client.get(`/api/tasks/${body.data.taskId}/changes`)).body;
      return items.map((change: { diff: unknown }) => change.diff);
    };
    const stated = { ...a, managerUid: 'b' };
    expect(await changesOf(stated)).toEqual([[{ field: 'managerUid', after: 'b', waits: ['b'] }]]);
    expect(await changesOf(stated)).toEqual([]);
    // It is looked at again beside another change, and nothing is written.
    expect(await changesOf({ ...stated, nickname: 'A' })).toEqual([[{ field: 'nickname', after: 'A' }]]);
    const b = { uid: 'b', username: 'b', nickname: 'B' };
    const { body } = await client.post('/api/userData:push', {
      dataType: 'user',
      records: [{ ...stated, nickname: 'AA' }, b],
    });
    const { items } = (await client.get(`/api/tasks/${body.data.taskId}/changes?uid=a&target=users`)).body;
    expect(items[0].diff).toEqual([
      { field: 'managerUid', after: 'b' },
      { field: 'nickname', after: 'AA' },
    ]);
    expect(await people()).toMatchObject({ a: { manager: 'B' } });
  });

  it('resolve within one source only', async () => {
    await app.admin.post('/api/sources', { name: 'other', type: 'push' });
    await push('user', { uid: 'a', username: 'a', managerUid: 'b' });
    await app.admin.post('/api/userData:push', {
      dataType: 'user',
      sourceName: 'other',
      records: [{ uid: 'b', username: 'b', nickname: 'B' }],
    });
    expect(await people()).toMatchObject({ a: { manager: null } });
    expect(await waiting()).toBe(1);
  });

  it('wait again for a department that is deleted, and stand when it comes back', async () => {
    await push('department', { uid: 'd', title: 'D' });
    await push('user', { uid: 'a', username: 'a', departments: ['d'] });
    await push('department', { uid: 'd', isDeleted: true });
    expect(await people()).toMatchObject({ a: { departments: [] } });
    await push('department', { uid: 'd' });
    expect(await people()).toMatchObject({ a: { departments: ['D'] } });
  });

  it.each([
    ['department', 'department', { departments: ['d'] }, { departments: ['D'] }],
    ['manager', 'user', { managerUid: 'd' }, { manager: 'D' }],
  ] as const)(
    'that began to wait after a plan was made are applied with it: a %s',
    async (_, dataType, states, stand) => {
      const brought = { uid: 'd', ...(dataType === 'user' ? { username: 'd', nickname: 'D' } : { title: 'D' }) };
      const preview = async (type: string, record: object): Promise<number> => {
        const { body } = await client.post('/api/userData:push', { dataType: type, dryRun: true, records: [record] });
        return body.data.taskId;
      };
      const a = { uid: 'a', username: 'a', ...states };
      const first = await preview('user', a);
      const second = await preview(dataType, brought);
      for (const id of [first, second]) {
        await app.admin.post(`/api/tasks/${id}/approve`);
        expect((await untilEnded(client, id)).body.status).toBe('succeeded');
      }
      expect(await people()).toMatchObject({ a: stand });
      expect(await waiting()).toBe(0);
    },
  );

  it('that began to wait after a plan was made are applied with it: a parent', async () => {
    const { body } = await client.post('/api/userData:push', {
      dataType: 'department',
      dryRun: true,
      records: [{ uid: 'p', title: 'P' }],
    });
    await push('department', { uid: 'c', title: 'C', parentUid: 'p' });
    await app.admin.post(`/api/tasks/${body.data.taskId}/approve`);
    await untilEnded(client, body.data.taskId);
    const departments = (await client.get('/api/departments')).body.items as {
      id: number;
      title: string;
      parentId: number | null;
    }[];
    const id = departments.find(({ title }) => title === 'P')?.id;
    expect(departments.find(({ title }) => title === 'C')).toMatchObject({ parentId: id });
  });

  it('of a record whose own change in the approved plan is stale are applied by its next statement', async () => {
    await push('user', { uid: 'b', username: 'b', nickname: 'B' });
    await push('user', { uid: 'a', username: 'a' });
    // One plan that brings D and changes `a`, who moves on meanwhile and waits for D.
    const opened = await app.admin.post('/api/snapshots', { sourceName: 'api', dataTypes: ['user', 'department'] });
    const { id } = opened.body;
    await app.admin.post(`/api/snapshots/${id}/records`, {
      dataType: 'department',
      records: [{ uid: 'd', title: 'D' }],
    });
    const records = [
      { uid: 'a', username: 'a', nickname: 'old' },
      { uid: 'b', username: 'b', nickname: 'B' },
    ];
    await app.admin.post(`/api/snapshots/${id}/records`, { dataType: 'user', records });
    const committed = await app.admin.post(`/api/snapshots/${id}/commit`, {
      expected: { user: 2, department: 1 },
      dryRun: true,
    });
    const taskId = committed.body.id;
    expect((await untilEnded(client, taskId)).body.status).toBe('held');
    const a = { uid: 'a', username: 'a', nickname: 'new', departments: ['d'] };
    await push('user', a);
    await app.admin.post(`/api/tasks/${taskId}/approve`);
    await untilEnded(client, taskId);
    await push('user', a);
    expect(await people()).toMatchObject({ a: { departments: ['D'] } });
  });
});

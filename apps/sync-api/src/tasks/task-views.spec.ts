import { startTestApp, type TestApp } from '../testing/start-test-app';
import type { TestAnswer, TestClient } from '../testing/test-client';
import { untilEnded } from '../testing/until';

type Fields = Record<string, unknown>;

let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.key(['push', 'read']);
});

afterAll(() => app.close());

beforeEach(async () => {
  await app.emptyDirectory();
  await app.pool.query('delete from tasks');
});

const push = (records: unknown[], more: Fields = {}): Promise<TestAnswer> =>
  client.post('/api/userData:push', { dataType: 'user', records, ...more });
const people = (n: number): Fields[] => Array.from({ length: n }, (_, i) => ({ uid: `U${i}`, username: `u${i}` }));
const items = async (path: string): Promise<Fields[]> => (await client.get(path)).body.items;

describe('what needs attention', () => {
  const attention = async (): Promise<unknown[]> => (await items('/api/tasks?attention=1')).map(({ id }) => id);

  it('is a failed task, until the source does better', async () => {
    const failed = await push([{ uid: 'a', email: 'none' }]);
    expect(await attention()).toEqual([failed.body.data.taskId]);
    await push([{ uid: 'a', email: 'a@example.com' }]);
    expect(await attention()).toEqual([]);
  });

  it('is a failed task, until what failed is made up for: what is pushed of others does not', async () => {
    await push([{ uid: 'a', email: 'a@example.com' }]);
    const one = (await push([{ uid: 'b', email: 'a@example.com' }])).body.data.taskId;
    await push([{ uid: 'c' }]);
    expect(await attention()).toEqual([one]);
    const again = (await push([{ uid: 'b', nickname: 'B' }])).body.data.taskId;
    const other = (await push([{ uid: 'c', email: 'a@example.com' }])).body.data.taskId;
    expect(await attention()).toEqual([other, again]);
    await push([{ uid: 'b', email: null }]);
    expect(await attention()).toEqual([other]);
    await push([{ uid: 'c', isDeleted: true }]);
    expect(await attention()).toEqual([]);
  });

  it('is not a failed task that was made up for, because its record is looked at again for another reason', async () => {
    await push([{ uid: 'a', email: 'a@example.com' }, { uid: 'b' }]);
    await push([{ uid: 'b', email: 'a@example.com' }]);
    await push([{ uid: 'b', email: 'b@example.com' }]);
    const user = (await client.get('/api/users?q=b@example.com')).body.items[0].id;
    await app.admin.patch(`/api/users/${user}`, { lockedFields: ['email'] });
    await app.admin.patch(`/api/users/${user}`, { lockedFields: [] });
    expect((await app.pool.query('select from links where dirty')).rowCount).toBeGreaterThan(0);
    expect(await attention()).toEqual([]);
  });

  it('is, of what succeeded in part, what left somebody behind, when that is asked for', async () => {
    const left = async (): Promise<unknown[]> =>
      (await items('/api/tasks?attention=1&status=partially_succeeded')).map(({ id }) => id);
    await push([{ uid: 'a', email: 'a@example.com' }]);
    const part = (await push([{ uid: 'b', email: 'a@example.com' }, { uid: 'c' }])).body.data.taskId;
    await push([{ uid: 'c', nickname: 'C' }]);
    expect(await attention()).toEqual([]);
    expect(await left()).toEqual([part]);
    await push([{ uid: 'b', email: 'b@example.com' }]);
    expect(await left()).toEqual([]);
  });

  it('is a held plan until somebody decides, but not a preview', async () => {
    await push(people(10));
    await push(people(3), { dryRun: true });
    expect(await attention()).toEqual([]);
    const held = await push(people(10).map((one) => ({ ...one, isDeleted: true })));
    expect(await attention()).toEqual([held.body.id]);
    // What others do meanwhile does not settle it.
    await push([{ uid: 'U0', nickname: 'New' }]);
    expect(await attention()).toEqual([held.body.id]);
    await app.admin.post(`/api/tasks/${held.body.id}/reject`);
    expect(await attention()).toEqual([]);
  });

  it('is nothing of a source that was deleted', async () => {
    const { body: source } = await app.admin.post('/api/sources', { name: 'gone', type: 'push' });
    await push([{ uid: 'a', email: 'none' }], { sourceName: 'gone' });
    expect(await attention()).toHaveLength(1);
    await app.admin.request('DELETE', `/api/sources/${source.id}?people=keep`);
    expect(await attention()).toEqual([]);
  });
});

describe('how long a task ran', () => {
  it('does not count what it waited for a decision', async () => {
    await push(people(10));
    const { id } = (await push(people(10).map((one) => ({ ...one, isDeleted: true })))).body;
    const planned = (await client.get(`/api/tasks/${id}`)).body;
    expect(planned).toMatchObject({ status: 'held', costMs: expect.any(Number) });
    // Somebody decides an hour later.
    await app.pool.query(
      `update tasks set created_at = created_at - interval '1 hour', started_at = started_at - interval '1 hour' where id = $1`,
      [id],
    );
    await app.admin.post(`/api/tasks/${id}/approve`);
    const applied = (await untilEnded(app.admin, id)).body;
    expect(applied.status).toBe('succeeded');
    expect(applied.costMs).toBeGreaterThanOrEqual(planned.costMs);
    expect(applied.costMs).toBeLessThan(600_000);
  });
});

describe('a plan that was rejected', () => {
  it('is told apart from a task that was cancelled, also as the last of its source and target', async () => {
    const last = async (): Promise<unknown[]> => [
      (await app.admin.get('/api/sources/1')).body.lastTask,
      (await items('/api/targets'))[0]?.['lastTask'],
    ];
    await push(people(10));
    const leaving = people(10).map((one) => ({ ...one, isDeleted: true }));
    const first = (await push(leaving)).body.id;
    expect(await last()).toMatchObject([{ heldReason: 'limits' }, { heldReason: 'limits' }]);
    await app.admin.post(`/api/tasks/${first}/cancel`);
    expect(await last()).toEqual(Array(2).fill(expect.not.objectContaining({ rejected: true })));
    const second = (await push(leaving)).body.id;
    await app.admin.post(`/api/tasks/${second}/reject`);
    expect((await client.get(`/api/tasks/${second}`)).body).toMatchObject({
      status: 'cancelled',
      rejected: true,
      decidedBy: 'admin',
    });
    expect(await last()).toMatchObject([
      { id: second, status: 'cancelled', rejected: true },
      { id: second, status: 'cancelled', rejected: true },
    ]);
  });
});

it('says who approved its plan, until that is planned anew', async () => {
  await push(people(10));
  const held = await push(people(10).map((one) => ({ ...one, isDeleted: true })));
  expect(held.body).not.toHaveProperty('decidedBy');
  const script = await app.key(['admin']);
  await script.post(`/api/tasks/${held.body.id}/approve`);
  const { body } = await untilEnded(client, held.body.id);
  const key = await app.pool.query('select name from api_keys order by id desc limit 1');
  expect(body).toMatchObject({ status: 'succeeded', approvedAt: expect.any(String), decidedBy: key.rows[0].name });
});

describe('a held task', () => {
  it('says as numbers what speaks against it, and forgets that when it is planned anew', async () => {
    await push(people(10));
    const held = await push(people(10).map((one) => ({ ...one, isDeleted: true })));
    const doubt = {
      kind: 'limit',
      limit: 'deletes',
      dataType: 'user',
      target: null,
      n: 10,
      recent: 0,
      live: 10,
      count: 500,
      percent: 10,
      fields: [],
    };
    expect(held.body.doubts).toEqual([doubt]);
    const { body: rejected } = await app.admin.post(`/api/tasks/${held.body.id}/reject`);
    expect(rejected.notes).toEqual([
      { code: 'rejected', values: {}, message: 'Rejected:' },
      { code: 'doubt', values: { doubt }, message: held.body.notes[0].message },
    ]);
    expect(rejected.message).toBe(`Rejected: ${held.body.message}`);
    const again = await push(people(10).map((one) => ({ ...one, isDeleted: true })));
    expect(again.body.doubts).toEqual([doubt, { kind: 'rejected', taskId: held.body.id, n: 10, fields: [''] }]);
    await app.admin.post(`/api/tasks/${again.body.id}/cancel`);
    await app.pool.query(
      'update sources set policies = \'{"limits":{"deletes":{"percent":100}}}\' where name = \'api\'',
    );
    await app.pool.query('truncate rejected_removals');
    await app.admin.post(`/api/tasks/${again.body.id}/retry`);
    const done = await untilEnded(app.admin, again.body.id);
    expect(done.body).toMatchObject({ status: 'succeeded', progress: { step: 'report' } });
    expect(done.body).not.toHaveProperty('doubts');
    await app.pool.query("update sources set policies = '{}' where name = 'api'");
  });
});

describe('the sentences of a message', () => {
  it('are told as codes and values, too', async () => {
    const pushed = await push([...people(2), { uid: 'X', username: 'u1' }, { uid: 'Y', email: 'nobody' }]);
    const { body } = await client.get(`/api/tasks/${pushed.body.data.taskId}`);
    const codes = [
      { code: 'invalid_email', n: 1 },
      { code: 'username_taken', n: 1 },
    ];
    expect(body.notes).toEqual([
      { code: 'records_failed', values: { failed: 2, concerned: 4, more: false, codes }, message: body.message },
    ]);
    expect(body.message).toBe(
      '2 of 4 records failed: invalid_email (1), username_taken (1). The failed changes say what is wrong with each.',
    );
  });

  it('are in the languages that an adapter speaks where they are its own', async () => {
    const pushed = await push(people(1));
    const id = pushed.body.data.taskId as number;
    expect((await client.get(`/api/tasks/${id}`)).body).toMatchObject({ message: null, notes: [] });
    const said = 'WeCom is busy (errcode -1, user/get).';
    const notes = [{ code: 'said', values: {}, said }];
    await app.pool.query('update tasks set notes = $2, message = $3 where id = $1', [id, JSON.stringify(notes), said]);
    const [note] = (await client.get(`/api/tasks/${id}`)).body.notes;
    expect(note).toEqual({
      ...{ code: 'said', values: {}, message: said, said },
      texts: { fr: expect.stringContaining('surchargé'), 'zh-CN': '企业微信系统繁忙（errcode -1, user/get）。' },
    });
  });

  it('of a task from before they were kept are its message alone', async () => {
    const id = (await push(people(1))).body.data.taskId as number;
    await app.pool.query("update tasks set notes = null, message = 'Old.' where id = $1", [id]);
    const { body } = await client.get(`/api/tasks/${id}`);
    expect(body.message).toBe('Old.');
    expect(body).not.toHaveProperty('notes');
  });
});

it('the changes of a task show what it did, not what was told since', async () => {
  await push([{ uid: 'holder', email: 'taken@example.com' }]);
  const created = await push([{ uid: 'then', username: 'then', nickname: 'First', foo: 1, departments: ['x'] }]);
  await push([{ uid: 'then', nickname: 'Second', foo: null, bar: 2, departments: ['y'] }]);
  await push([{ uid: 'then', email: 'taken@example.com' }]);
  const shown = async (target: string): Promise<unknown> => {
    const { taskId } = created.body.data as { taskId: number };
    const { body } = await app.admin.get(`/api/tasks/${taskId}/changes?target=${target}`);
    const { diff } = body.items[0] as { diff: { field: string; after: unknown }[] };
    return Object.fromEntries(diff.map(({ field, after }) => [field, after]));
  };
  expect(await shown('users')).toEqual({ username: 'then', nickname: 'First', foo: 1, departments: [{ uid: 'x' }] });
  expect(await shown('departments')).toEqual({ departments: [{ uid: 'x' }] });
});

it('a task tells how much it read, and which task takes it back', async () => {
  const pushed = await push(people(3));
  const id = pushed.body.data.taskId as number;
  const { body } = await client.get(`/api/tasks/${id}`);
  expect(body).toMatchObject({ read: { user: 3 }, releasedAt: expect.any(String) });
  expect(body).not.toHaveProperty('undoneBy');
  const undo = await app.admin.post(`/api/tasks/${id}/undo`);
  await untilEnded(app.admin, undo.body.id);
  expect((await client.get(`/api/tasks/${id}`)).body).toMatchObject({ undoneBy: undo.body.id, undone: true });
  await app.pool.query(`update tasks set status = 'held' where id = $1`, [undo.body.id]);
  const waiting = await client.get(`/api/tasks/${id}`);
  expect(waiting.body).toMatchObject({ undoneBy: undo.body.id });
  expect(waiting.body).not.toHaveProperty('undone');
});

describe('failures', () => {
  it('stand together by their reason, with who can put it right, and lead to the records', async () => {
    await push([{ uid: 'holder', username: 'taken' }]);
    const records = [
      { uid: 'a', email: 'none' },
      { uid: 'b', email: 'none' },
      { uid: 'c', username: 'TAKEN' },
      { uid: 'd' },
      'nobody',
    ];
    const id = (await push(records)).body.data.taskId as number;
    const { body } = await client.get(`/api/tasks/${id}/failures`);
    expect(body).toMatchObject({
      total: 3,
      items: [
        {
          target: 'users',
          dataType: 'user',
          code: 'invalid_email',
          field: 'email',
          n: 2,
          party: 'caller',
          retryable: false,
        },
        { target: 'users', code: 'not_an_object', field: null, n: 1, party: 'caller' },
        { target: 'users', code: 'username_taken', field: 'username', n: 1, party: 'admin' },
      ],
    });
    expect(body.items[2].message).toContain('who belongs to another record of this source');
    const one = await items(`/api/tasks/${id}/changes?outcome=failed&code=invalid_email&field=email&target=users`);
    expect(one).toMatchObject([
      { uid: 'a', position: 0 },
      { uid: 'b', position: 1 },
    ]);
    expect((await client.get('/api/tasks/999999/failures')).status).toBe(404);
  });

  it('lead on to the raw record, by uid or, without one, by its place; each look is audited', async () => {
    const records = [
      'nobody',
      { uid: 7, email: 'none', nickname: 'Seven' },
      { uid: '77' },
      { uid: 7, email: 'none', nickname: 'Seven' },
    ];
    const id = (await push(records)).body.data.taskId as number;
    const raw = (query: string): Promise<TestAnswer> =>
      app.admin.get(`/api/tasks/${id}/raw/records?dataType=user&${query}`);
    expect((await raw('uid=7')).body).toEqual({ records: [records[1], records[3]] });
    expect((await raw('position=0')).body).toEqual({ records: ['nobody'] });
    expect(await raw('uid=8')).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await raw('')).status).toBe(400);
    expect((await raw('uid=7&position=0')).status).toBe(400);
    const { body } = await app.admin.get('/api/audit?action=task.view_raw');
    expect(body.items).toHaveLength(2);
    expect(JSON.stringify(body.items)).not.toContain('Seven');
  });
});

it('the whole plan of a preview can be read: what would be made with its fields, and who everybody is', async () => {
  await push([{ uid: 'old', nickname: 'Old', username: 'old' }]);
  const records = [
    { uid: 'new', nickname: 'New', departments: ['hq'] },
    { uid: 'old', nickname: 'Older' },
    { uid: 'bad', email: 'none' },
  ];
  const preview = await push(records, { dryRun: true });
  expect(await items(`/api/tasks/${preview.body.id}/changes?target=users`)).toMatchObject([
    {
      uid: 'new',
      name: 'New',
      outcome: 'held',
      diff: [
        { field: 'nickname', after: 'New' },
        { field: 'departments', after: [{ uid: 'hq' }] },
      ],
    },
    { uid: 'old', name: 'Old', diff: [{ field: 'nickname', after: 'Older' }] },
    { uid: 'bad', name: null, outcome: 'failed', diff: [] },
  ]);
  const csv = await app.admin.get(`/api/tasks/${preview.body.id}/changes?target=users`, { Accept: 'text/csv' });
  expect(csv.body.split('\r\n')).toEqual([
    'target,dataType,uid,name,action,outcome,code,field,message,diff',
    expect.stringMatching(/^users,user,old,Old,update,held,,,,nickname: Old → Older$/),
    expect.stringMatching(/^users,user,new,New,create,held,,,,nickname: New; departments: hq/),
    expect.stringMatching(/^users,user,bad,,,failed,invalid_email,email,/),
    '',
  ]);
});

it('changes are saved in pieces, and each once', async () => {
  const { body } = await push(people(1));
  await app.pool.query(
    `insert into changes (task_id, target_id, data_type, record_id, uid, action)
     select $1, target_id, data_type, 1000000 + n, 'n' || n, 'update' from changes, generate_series(1, 12000) n where task_id = $1`,
    [body.data.taskId],
  );
  const csv = await app.admin.get(`/api/tasks/${body.data.taskId}/changes`, { Accept: 'text/csv' });
  const lines = (csv.body as string).split('\r\n').filter((line) => line.startsWith('users,user,n'));
  expect(new Set(lines).size).toBe(12_000);
  expect(lines).toHaveLength(12_000);
});

it('changes are searched by the beginning of the uid, taken literally', async () => {
  const id = (await push([...people(12), { uid: 'x%y' }])).body.data.taskId as number;
  const uids = async (q: string): Promise<unknown[]> =>
    (await items(`/api/tasks/${id}/changes?target=users&q=${encodeURIComponent(q)}`)).map(({ uid }) => uid);
  expect(await uids('u1')).toEqual(['U1', 'U10', 'U11']);
  expect(await uids('x%')).toEqual(['x%y']);
  expect(await uids('%')).toEqual([]);
});

describe('changes', () => {
  const changesOf = async (task: TestAnswer, query: string, reader = app.admin): Promise<Fields[]> =>
    (await reader.get(`/api/tasks/${task.body.data?.taskId ?? task.body.id}/changes?${query}`)).body.items;
  const member = { uid: 'a', username: 'ada', nickname: 'Ada Lovelace', departments: [{ uid: 'd', isMain: true }] };

  it('of memberships of new users say what they add, in a plan and afterwards, and are counted apart', async () => {
    await push([{ uid: 'd', title: 'D' }], { dataType: 'department' });
    const plan = await push([member], { dryRun: true });
    const added = {
      target: 'departments',
      dataType: 'user',
      action: 'update',
      diff: [{ field: 'departments', after: [{ uid: 'd', isMain: true }] }],
      departmentTitles: { d: 'D' },
    };
    const query = 'target=departments&dataType=user';
    expect(await changesOf(plan, query)).toMatchObject([{ ...added, outcome: 'held', name: 'Ada Lovelace' }]);
    expect(await changesOf(plan, 'dataType=department')).toEqual([]);
    const done = await push([member]);
    expect(await changesOf(done, query)).toMatchObject([{ ...added, outcome: 'applied' }]);
    const { body } = await client.get(`/api/tasks/${done.body.data.taskId}`);
    expect(body.counts.departments).not.toHaveProperty('byDataType');
    expect(body.countsByDataType).toEqual({
      users: { user: { created: 1 } },
      departments: { user: { updated: 1 } },
    });
  });

  it('say what people are called, also whom only another source knows, and to viewers nobody who was named before', async () => {
    await push([
      { uid: 'm1', nickname: 'Mia' },
      { uid: 'm2', nickname: 'Max' },
      { ...member, managerUid: 'm1' },
    ]);
    const moved = await push([{ uid: 'a', managerUid: 'm2' }]);
    expect(await changesOf(moved, 'target=users')).toMatchObject([
      { diff: [{ field: 'managerUid', before: 'm1', after: 'm2' }], peopleNames: { m1: 'Mia', m2: 'Max' } },
    ]);
    const [seen] = await changesOf(moved, 'target=users', client);
    expect(seen).toMatchObject({ diff: [{ field: 'managerUid', after: 'm2' }], peopleNames: { m2: 'Max' } });
    expect(seen?.['peopleNames']).not.toHaveProperty('m1');

    const ada = `/api/users/${String((await items('/api/users?q=Ada'))[0]?.['id'])}`;
    const { id } = (await app.admin.post('/api/users', { nickname: 'Hand' })).body;
    await app.admin.patch(ada, { managerId: id });
    await app.admin.patch(ada, { lockedFields: [] });
    const back = await push([{ uid: 'a', managerUid: 'm1' }]);
    expect(await changesOf(back, 'target=users')).toMatchObject([
      {
        diff: [{ field: 'managerUid', before: { id }, after: 'm1' }],
        peopleNames: { m1: 'Mia' },
        userNames: { [id]: 'Hand' },
      },
    ]);
  });

  it('say what becomes of the status of who goes and comes back', async () => {
    await push([member]);
    const deleted = await push([{ uid: 'a', isDeleted: true }]);
    expect(await changesOf(deleted, 'target=users')).toMatchObject([
      { action: 'delete', diff: [{ field: 'status', before: 'active', after: 'deleted' }] },
    ]);
    expect(await changesOf(deleted, 'target=users', client)).toMatchObject([
      { diff: [{ field: 'status', after: 'deleted' }] },
    ]);
    const back = await push([{ uid: 'a' }]);
    expect(await changesOf(back, 'target=users')).toMatchObject([
      { action: 'restore', diff: [{ field: 'status', before: 'deleted', after: 'active' }] },
    ]);
  });

  it('are found by the name that stands there, too, also before the plan is applied', async () => {
    const others = [...people(3), { uid: 'b', nickname: '100 % Bob' }];
    for (const more of [{ dryRun: true }, {}]) {
      const task = await push([member, ...others], more);
      const found = async (q: string): Promise<unknown[]> =>
        (await changesOf(task, `target=users&q=${encodeURIComponent(q)}`)).map(({ uid }) => uid);
      expect(await found('lovelace')).toEqual(['a']);
      expect(await found('0 % b')).toEqual(['b']);
      expect(await found('bo')).toEqual([]);
      expect(await found('u1')).toEqual(['U1']);
    }
  });
});

import { type TestApp, startTestApp } from '../testing/start-test-app';
import type { TestClient } from '../testing/test-client';
import { untilEnded } from '../testing/until';

type Fields = Record<string, unknown>;

let app: TestApp;
let hr: number;
let viewer: TestClient;

beforeAll(async () => {
  app = await startTestApp();
  hr = (await app.admin.post('/api/sources', { name: 'hr', type: 'push', matchKey: ['email'] })).body.id;
  viewer = await app.key(['read']);
});

afterAll(() => app.close());

const push = async (...records: Fields[]): Promise<number> =>
  (await app.admin.post('/api/userData:push', { dataType: 'user', sourceName: 'hr', records })).body.data.taskId;

const userOf = async (uid: string): Promise<{ id: number; links: { id: number }[] }> =>
  (await app.admin.get(`/api/users?q=${uid}`)).body.items[0];

/** What happened to a user, without what differs from run to run. */
async function history(id: number, client = app.admin): Promise<Fields[]> {
  const { status, body } = await client.get(`/api/users/${id}/changes?pageSize=200`);
  expect(status).toBe(200);
  expect(body.total).toBe(body.items.length);
  return body.items;
}

test('what tasks did stands there with the task, its source and the values, the newest first', async () => {
  const first = await push({ uid: 'ann', nickname: 'Ann', email: 'ann@example.com' });
  const second = await push({ uid: 'ann', nickname: 'Anna' });
  const { id } = await userOf('ann');
  expect(await history(id)).toEqual([
    {
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      task: { id: second, kind: 'push', source: 'hr' },
      by: null,
      target: 'users',
      uid: 'ann',
      action: 'update',
      outcome: 'applied',
      diff: [{ field: 'nickname', before: 'Ann', after: 'Anna' }],
    },
    expect.objectContaining({ task: expect.objectContaining({ id: first }), action: 'create', diff: [] }),
  ]);
});

test('who may not see what stood there before sees only what stands there since', async () => {
  await push({ uid: 'ben', nickname: 'Ben' });
  await push({ uid: 'ben', nickname: 'Benno' });
  const { id } = await userOf('ben');
  expect((await history(id, viewer))[0]).toMatchObject({ diff: [{ field: 'nickname', after: 'Benno' }] });
  expect(JSON.stringify(await history(id, viewer))).not.toContain('"before"');
});

test('what a new person waits for stands at the creation, as long as it waits', async () => {
  await push({ uid: 'cleo', nickname: 'Cleo', managerUid: 'boss-of-cleo', departments: ['cellar'] });
  const { id } = await userOf('cleo');
  const waits = async (): Promise<unknown> =>
    Object.fromEntries((await history(id)).map((change) => [change['target'], change['waits']]));
  expect(await waits()).toEqual({
    users: [{ field: 'managerUid', uid: 'boss-of-cleo' }],
    departments: [{ field: 'departments', uid: 'cellar' }],
  });
  const cellar = { dataType: 'department', sourceName: 'hr', records: [{ uid: 'cellar', title: 'Cellar' }] };
  await app.admin.post('/api/userData:push', cellar);
  await push({ uid: 'boss-of-cleo', nickname: 'Boss' });
  expect(await history(id)).not.toContainEqual(expect.objectContaining({ waits: expect.anything() }));
  await push({ uid: 'cleo', departments: ['cellar', { uid: 'attic', isOwner: true }] });
  expect((await history(id))[0]).toMatchObject({ target: 'departments', departmentTitles: { cellar: 'Cellar' } });
});

test('failures stand there with their reason', async () => {
  await push({ uid: 'cid', nickname: 'Cid' }, { uid: 'holder', email: 'cid@example.com' });
  await push({ uid: 'cid', email: 'cid@example.com' });
  const { id } = await userOf('cid');
  expect((await history(id))[0]).toMatchObject({
    action: 'update',
    outcome: 'failed',
    code: 'email_taken',
    field: 'email',
    texts: {
      fr: expect.stringMatching(
        /^La valeur de email est utilisée par l’utilisateur \d+, qui appartient à un autre enregistrement/,
      ),
      'zh-CN': expect.stringMatching(/^email 已被用户 \d+ 使用，该用户属于此数据源的另一条记录/),
    },
  });
});

test('what was done by hand stands there with who did it and what it changed; the audit holds no values', async () => {
  const boss = (await app.admin.post('/api/users', { nickname: 'Bo' })).body.id;
  const { id } = (await app.admin.post('/api/users', { nickname: 'Dora', phone: '5', custom: { desk: 1 } })).body;
  const patch = { nickname: 'Dorothea', managerId: boss, status: 'disabled', custom: { desk: null, floor: 2 } };
  await app.admin.patch(`/api/users/${id}`, patch);
  await app.admin.post(`/api/users/${id}/release`, { field: 'phone' });
  const all = await history(id);
  expect(all).toMatchObject([
    {
      by: { kind: 'admin', name: 'admin' },
      task: null,
      action: 'user.release',
      fields: ['phone'],
      diff: [{ field: 'phone', before: '5', after: null }],
    },
    {
      action: 'user.update',
      fields: ['nickname', 'floor', 'desk', 'managerUid', 'status'],
      diff: [
        { field: 'nickname', before: 'Dora', after: 'Dorothea' },
        { field: 'floor', before: null, after: 2 },
        { field: 'desk', before: 1, after: null },
        { field: 'managerUid', before: null, after: 'Bo' },
        { field: 'status', before: 'active', after: 'disabled' },
      ],
    },
    { action: 'user.create', diff: [] },
  ]);
  const viewed = (await viewer.get(`/api/users/${id}/changes`)).body.items;
  expect(viewed[1].diff[0]).toEqual({ field: 'nickname', after: 'Dorothea' });
  const { rows } = await app.pool.query(`select * from audit where subject = $1`, [`user:${id}`]);
  expect(JSON.stringify(rows)).not.toMatch(/Dorothea|"5"/);
});

test('what was locked, unlocked and protected by hand stands there', async () => {
  const { id } = (await app.admin.post('/api/users', { nickname: 'Lou', phone: '6' })).body;
  await app.admin.patch(`/api/users/${id}`, { nickname: 'Louise', lockedFields: ['phone'] });
  await app.admin.patch(`/api/users/${id}`, { lockedFields: ['phone'], protected: true });
  expect(await history(id)).toMatchObject([
    { fields: [], locked: [], unlocked: ['nickname'], protected: true },
    { fields: ['nickname'], locked: ['phone', 'nickname'], unlocked: [] },
    { action: 'user.create' },
  ]);
  expect((await history(id))[1]).not.toHaveProperty('protected');
});

test('departments that hands put somebody into, and took them out of, stand there', async () => {
  const { id } = (await app.admin.post('/api/users', { nickname: 'Mia' })).body;
  const department = (await app.admin.post('/api/departments', { title: 'Choir' })).body.id as number;
  await app.admin.put(`/api/departments/${department}/users/${id}`, { isOwner: true });
  await app.admin.delete(`/api/departments/${department}/users/${id}`);
  expect(await history(id)).toMatchObject([
    { action: 'membership.delete', by: { name: 'admin' }, department: { id: department, title: 'Choir' } },
    { action: 'membership.put', department: { id: department, title: 'Choir', isMain: false, isOwner: true } },
    { action: 'user.create' },
  ]);
  expect((await history(id))[0]?.['department']).not.toHaveProperty('isMain');
  // Found by an index, however much there is of others.
  await app.pool.query(
    `insert into audit (actor_kind, actor_name, action, subject)
     select 'system', 'system', 'membership.put', 'department:1/user:' || n from generate_series(1000000, 1020000) n`,
  );
  await app.pool.query('analyze audit');
  const plan = await app.pool.query<{ 'QUERY PLAN': string }>(
    `explain select * from audit where action in ('membership.put', 'membership.delete')
       and split_part(subject, '/', 2) = 'user:7'`,
  );
  expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('audit_by_member');
});

test('what deleted a department that somebody is stated to be in stands there, and what brought it back', async () => {
  const departments = async (...records: Fields[]): Promise<number> =>
    (await app.admin.post('/api/userData:push', { dataType: 'department', sourceName: 'hr', records })).body.data
      .taskId;
  await departments({ uid: 'loft', title: 'Loft' });
  await push({ uid: 'nia', nickname: 'Nia', departments: ['loft'] });
  const { id } = await userOf('nia');
  const before = await history(id);
  const task = await departments({ uid: 'loft', isDeleted: true });
  expect(await history(id)).toEqual([
    {
      at: expect.any(String),
      task: { id: task, kind: 'push', source: 'hr' },
      by: null,
      target: 'departments',
      uid: 'loft',
      action: 'department.delete',
      outcome: 'applied',
      diff: [],
      department: { id: expect.any(Number), title: 'Loft' },
    },
    ...before,
  ]);
  await departments({ uid: 'loft', title: 'Loft' });
  expect(await history(id)).toMatchObject([
    { action: 'department.restore', department: { title: 'Loft' } },
    { action: 'department.delete' },
    ...before,
  ]);
  // Who comes later has nothing of that.
  await push({ uid: 'oda', nickname: 'Oda', departments: ['loft'] });
  const later = (await userOf('oda')).id;
  expect((await history(later)).map(({ action }) => action)).toEqual(['update', 'create']);
});

test('who was deleted has the change of the status there', async () => {
  await push({ uid: 'kim', nickname: 'Kim', email: 'kim@example.com' });
  const { id } = await userOf('kim');
  await push({ uid: 'kim', isDeleted: true });
  expect((await history(id))[0]).toMatchObject({
    action: 'delete',
    diff: [{ field: 'status', before: 'active', after: 'deleted' }],
  });
});

test('a plan that is held or was thrown away did nothing', async () => {
  await push({ uid: 'eva', nickname: 'Eva' });
  const { id } = await userOf('eva');
  const held = await app.admin.post('/api/userData:push', {
    dataType: 'user',
    sourceName: 'hr',
    dryRun: true,
    records: [{ uid: 'eva', nickname: 'Evita' }],
  });
  const task = held.body.id ?? held.body.data.taskId;
  expect((await app.admin.get(`/api/tasks/${task}`)).body.status).toBe('held');
  expect(await history(id)).toHaveLength(1);
  await app.admin.post(`/api/tasks/${task}/reject`);
  expect(await history(id)).toHaveLength(1);
});

test('what a record did to somebody else, before it was linked here, is theirs', async () => {
  await push({ uid: 'fay', nickname: 'Fay' });
  const fay = await userOf('fay');
  await app.admin.delete(`/api/links/${fay.links[0]?.id}`);
  expect(await history(fay.id)).toMatchObject([
    { action: 'link.delete', record: { uid: 'fay', source: expect.any(String) } },
    { action: 'create', uid: 'fay' },
  ]);
  const { id } = (await app.admin.post('/api/users', { nickname: 'Other' })).body;
  const linked = await app.admin.post('/api/links', { sourceId: hr, uid: 'fay', userId: id });
  await untilEnded(app.admin, linked.body.id);
  const tasks = (await history(id)).filter(({ task }) => task !== null);
  expect(tasks).toMatchObject([{ action: 'link', uid: 'fay' }]);
});

test('what a record did before it was taken away by hand stays, also when it is linked again, here or elsewhere', async () => {
  await push({ uid: 'hal', nickname: 'Hal' });
  await push({ uid: 'hal', nickname: 'Hal 2' });
  const hal = await userOf('hal');
  const link = async (userId: number): Promise<void> => {
    const [held] = (await app.admin.get('/api/users?q=Hal')).body.items;
    const { links } = (await app.admin.get(`/api/users/${held.id}`)).body;
    await app.admin.delete(`/api/links/${links[0].id}`);
    const linked = await app.admin.post('/api/links', { sourceId: hr, uid: 'hal', userId });
    await untilEnded(app.admin, linked.body.id);
  };
  const tasks = async (id: number): Promise<unknown[]> =>
    (await history(id)).filter(({ task, target }) => task !== null && target === 'users').map(({ action }) => action);
  await link(hal.id);
  await push({ uid: 'hal', nickname: 'Hal 3' });
  expect(await tasks(hal.id)).toEqual(['update', 'link', 'update', 'create']);
  const { id } = (await app.admin.post('/api/users', { nickname: 'Another' })).body;
  await link(id);
  await push({ uid: 'hal', nickname: 'Hal 4' });
  expect(await tasks(hal.id)).toEqual(['update', 'link', 'update', 'create']);
  expect(await tasks(id)).toEqual(['update', 'link']);
});

test('it is paged, and nobody who is not there has one', async () => {
  await push({ uid: 'gus', nickname: 'Gus 0' });
  for (let n = 1; n <= 3; n++) await push({ uid: 'gus', nickname: `Gus ${n}` });
  const { id } = await userOf('gus');
  const { body } = await app.admin.get(`/api/users/${id}/changes?page=2&pageSize=2`);
  expect(body).toMatchObject({ total: 4, page: 2, pageSize: 2 });
  expect(body.items).toMatchObject([{ diff: [{ after: 'Gus 1' }] }, { action: 'create' }]);
  expect((await app.admin.get('/api/users/999999/changes')).status).toBe(404);
});

test('the history of one is found by an index, however much others did', async () => {
  await app.pool.query(
    `insert into changes (task_id, target_id, data_type, record_id, action, outcome)
     select 1, 1, 'user', n, 'update', 'stale' from generate_series(1000000, 1040000) n`,
  );
  await app.pool.query('analyze changes');
  const { rows } = await app.pool.query<{ 'QUERY PLAN': string }>(
    'explain select * from changes where record_id = 7 and task_id >= 0',
  );
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('changes_by_record');
});

import { DirectoryRows } from '../testing/directory-rows';
import { type TestApp, startTestApp } from '../testing/start-test-app';
import type { TestAnswer } from '../testing/test-client';

let rollcall: TestApp;
let rows: DirectoryRows;
let hr: number;

beforeAll(async () => {
  rollcall = await startTestApp();
  rows = new DirectoryRows(rollcall.pool);
  hr = await rows.source('hr');
});
beforeEach(() => rollcall.emptyDirectory());
afterAll(() => rollcall.close());

const list = (query: string): Promise<TestAnswer> => rollcall.admin.get(`/api/departments${query}`);
const patch = (id: number, body: unknown): Promise<TestAnswer> => rollcall.admin.patch(`/api/departments/${id}`, body);
const idsOf = async (query: string): Promise<number[]> => {
  const { status, body } = await list(query);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body.items.map((department: { id: number }) => department.id);
};

test('a department is shown with owners, custom fields and the records behind it', async () => {
  const parent = await rows.department('Company');
  const id = await rows.department('Research', { parent_id: parent, sort: 3, custom: { code: 'R' } });
  const [member, named, gone] = [
    await rows.user({ nickname: 'A' }),
    await rows.user({ nickname: 'B' }),
    await rows.user({ deleted_at: new Date() }),
  ];
  await rows.membership(member, id, { source_id: hr, is_owner: true });
  await rows.membership(gone, id, { source_id: hr, is_owner: true });
  await rollcall.pool.query('insert into department_owners values ($1, $2, $4), ($1, $3, $4)', [id, named, member, hr]);
  const taskId = await rows.link('department', id, hr, 'd-1');
  const { status, body } = await rollcall.admin.get(`/api/departments/${id}`);
  expect(status).toBe(200);
  expect(body).toEqual({
    id,
    title: 'Research',
    parentId: parent,
    path: [{ id: parent, title: 'Company' }],
    sort: 3,
    isLeaf: true,
    memberCount: 1,
    owners: [
      { id: member, nickname: 'A' },
      { id: named, nickname: 'B' },
    ],
    custom: { code: 'R' },
    lockedFields: [],
    links: [{ id: expect.any(Number), source: 'hr', uid: 'd-1', taskId, updatedAt: '2026-05-06T07:08:10.123Z' }],
    provenance: {},
    createdAt: expect.stringMatching(/Z$/),
    updatedAt: expect.stringMatching(/Z$/),
  });
  expect((await rollcall.admin.get(`/api/departments/${parent}`)).body.isLeaf).toBe(false);
});

test('the way down to a department begins at its root, and ends above what is deleted', async () => {
  const root = await rows.department('Company');
  const middle = await rows.department('Research', { parent_id: root });
  const id = await rows.department('Lab', { parent_id: middle });
  const pathOf = async (): Promise<unknown> => (await rollcall.admin.get(`/api/departments/${id}`)).body.path;
  expect(await pathOf()).toEqual([
    { id: root, title: 'Company' },
    { id: middle, title: 'Research' },
  ]);
  await rollcall.pool.query('update departments set deleted_at = now() where id = $1', [root]);
  expect(await pathOf()).toEqual([{ id: middle, title: 'Research' }]);
});

test('members are counted once each, however many say so, and up to a limit', async () => {
  const id = await rows.department('Research');
  const child = await rows.department('Lab', { parent_id: id });
  const [twice, elsewhere] = [await rows.user(), await rows.user()];
  await rows.membership(twice, id, { source_id: hr });
  await rows.membership(twice, id, {});
  await rows.membership(elsewhere, child, { source_id: hr });
  const count = async (): Promise<number> => (await rollcall.admin.get(`/api/departments/${id}`)).body.memberCount;
  expect(await count()).toBe(1);
  await rollcall.pool.query(
    `with many as (insert into users (nickname) select 'm' from generate_series(1, 10500) returning id)
     insert into memberships (user_id, department_id, source_id) select id, $1, $2 from many`,
    [id, hr],
  );
  expect(await count()).toBe(10_000);
});

test('links of members are not taken for links of a department with the same id', async () => {
  const id = await rows.department('Research');
  await rows.user({ id });
  await rows.link('user', id, hr, 'u-1', 'active', 'departments');
  expect((await rollcall.admin.get(`/api/departments/${id}`)).body.links).toEqual([]);
  await patch(id, { title: 'New' });
  await patch(id, { lockedFields: [] });
  const { rows: links } = await rollcall.pool.query('select dirty from links');
  expect(links).toEqual([{ dirty: false }]);
});

test('children of a deleted department are roots, and its parent is a leaf', async () => {
  const root = await rows.department('Root');
  const deleted = await rows.department('Deleted', { parent_id: root, deleted_at: new Date() });
  const child = await rows.department('Child', { parent_id: deleted });
  const grandchild = await rows.department('Grandchild', { parent_id: child });
  expect(await idsOf('')).toEqual([root, child, grandchild]);
  expect(await idsOf('?parentId=')).toEqual([root, child]);
  expect(await idsOf('?parentId=null')).toEqual([root, child]);
  expect(await idsOf(`?parentId=${deleted}`)).toEqual([]);
  expect(await idsOf(`?parentId=${child}`)).toEqual([grandchild]);
  expect((await list('?parentId=null')).body.items).toMatchObject([
    { id: root, isLeaf: true },
    { id: child, parentId: null, isLeaf: false },
  ]);
  expect((await rollcall.admin.get(`/api/departments/${deleted}`)).status).toBe(404);
  expect((await rollcall.admin.get(`/api/departments/${deleted}/users`)).status).toBe(404);
});

test('departments are sorted by their place, and are found by title and uid', async () => {
  const [last, first, middle] = [
    await rows.department('Sales'),
    await rows.department('销售部门', { sort: 1 }),
    await rows.department('Presales', { sort: 2 }),
  ];
  await rows.link('department', middle, hr, 'PRE');
  expect(await idsOf('')).toEqual([first, middle, last]);
  expect(await idsOf('?sort=-title&pageSize=1')).toEqual([first]);
  expect(await idsOf('?q=sales')).toEqual([last, middle]);
  expect(await idsOf('?q=sa')).toEqual([last]);
  expect(await idsOf('?q=售部门')).toEqual([first]);
  expect(await idsOf('?q=pre')).toEqual([middle]);
  const factory = await rows.department('Hauptgebäude', { sort: 3 });
  expect(await idsOf('?q=gebaude')).toEqual([factory]);
  expect(await idsOf('?q=%25')).toEqual([]);
  for (const query of ['?sort=custom', '?parentId=x', '?parentId=0', '?page=0', '?q=%00'])
    expect([query, (await list(query)).status]).toEqual([query, 400]);
});

test('users of a department are listed with the filters of users', async () => {
  const department = await rows.department('Research');
  const [anna, bert] = [
    await rows.user({ username: 'anna' }),
    await rows.user({ username: 'bert', status: 'disabled' }),
  ];
  await rows.user({ username: 'annabel' });
  await rows.membership(anna, department, { is_main: true });
  await rows.membership(bert, department, { source_id: hr });
  const users = async (query: string): Promise<number[]> =>
    (await rollcall.admin.get(`/api/departments/${department}/users${query}`)).body.items.map(
      (user: { id: number }) => user.id,
    );
  expect(await users('')).toEqual([anna, bert]);
  expect(await users('?status=disabled')).toEqual([bert]);
  expect(await users('?q=anna')).toEqual([anna]);
  expect(await users('?pageSize=1&page=2')).toEqual([bert]);
  expect((await rollcall.admin.get(`/api/departments/${department}/users?departmentId=1`)).status).toBe(400);
});

test('a department made by hand is not locked', async () => {
  const parent = await rows.department('Company');
  const { status, body } = await rollcall.admin.post('/api/departments', {
    title: 'Research',
    parentId: parent,
    sort: -1,
    custom: { code: 'R' },
  });
  expect({ status, body }).toMatchObject({
    status: 201,
    body: { title: 'Research', parentId: parent, sort: -1, custom: { code: 'R' }, lockedFields: [], links: [] },
  });
});

test('bad values of a department are refused with their place', async () => {
  const deleted = await rows.department('Deleted', { deleted_at: new Date() });
  const refused: [Record<string, unknown>, string][] = [
    [{}, '/title'],
    [{ title: ' ' }, '/title'],
    [{ title: null }, '/title'],
    [{ title: 'a\0' }, '/title'],
    [{ title: 'a', parentId: deleted }, '/parentId'],
    [{ title: 'a', sort: 1.5 }, '/sort'],
    [{ title: 'a', sort: 1e300 }, '/sort'],
    [{ title: 'a', custom: { ownerUids: [] } }, '/custom/ownerUids'],
    [{ title: 'a', isLeaf: true }, '/isLeaf'],
  ];
  for (const [sent, pointer] of refused) {
    const { status, body } = await rollcall.admin.post('/api/departments', sent);
    expect([sent, status, body.errors?.[0]?.pointer]).toEqual([sent, 400, pointer]);
  }
  const id = await rows.department('A');
  for (const title of [null, '', '  ']) expect((await patch(id, { title })).status).toBe(400);
});

test('a change by hand locks what really differs; unlocking has the sources applied again', async () => {
  const parent = await rows.department('Company');
  const id = await rows.department('Research', { sort: 1, custom: { code: 'R' } });
  await rows.link('department', id, hr, 'd-1');
  const { body } = await patch(id, { title: 'Research', sort: 2, parentId: parent, custom: { code: 'R', floor: 2 } });
  expect(body).toMatchObject({ title: 'Research', sort: 2, parentId: parent, custom: { code: 'R', floor: 2 } });
  expect(body.lockedFields.sort()).toEqual(['floor', 'parentUid', 'sort']);
  const unlocked = await patch(id, { lockedFields: ['floor'] });
  expect(unlocked.body.lockedFields).toEqual(['floor']);
  const { rows: links } = await rollcall.pool.query('select dirty from links');
  expect(links).toEqual([{ dirty: true }]);
  expect((await patch(id, { lockedFields: ['isLeaf', 'id'] })).status).toBe(400);
  // One by one, whatever somebody else has locked meanwhile.
  expect((await patch(id, { lock: ['title'] })).body.lockedFields).toEqual(['floor', 'title']);
  expect((await patch(id, { unlock: ['floor'], lock: ['sort'] })).body.lockedFields).toEqual(['title', 'sort']);
  expect((await patch(id, { lock: ['id'] })).body.errors).toMatchObject([{ pointer: '/lock/0', code: 'is_in' }]);
});

test('a parent that is deleted stays stated when the form sends back what it showed', async () => {
  const parent = await rows.department('Company', { deleted_at: new Date() });
  const id = await rows.department('Research', { parent_id: parent });
  expect((await patch(id, { parentId: null, title: 'New' })).body.lockedFields).toEqual(['title']);
  const { rows: stored } = await rollcall.pool.query('select parent_id from departments where id = $1', [id]);
  expect(stored).toEqual([{ parent_id: parent }]);
});

test('a department does not get below itself, not even through a deleted one', async () => {
  const a = await rows.department('A');
  const b = await rows.department('B', { parent_id: a, deleted_at: new Date() });
  const c = await rows.department('C', { parent_id: b });
  for (const parentId of [a, c]) {
    const { status, body } = await patch(a, { parentId });
    expect({ status, body }).toMatchObject({
      status: 422,
      body: { code: 'department_cycle', errors: [{ pointer: '/parentId', code: 'department_cycle' }] },
    });
  }
  expect((await patch(c, { parentId: a })).status).toBe(200);
});

test('of two moves at once that would make a circle one is refused', async () => {
  for (let round = 0; round < 5; round++) {
    const [a, b, c] = [await rows.department('A'), await rows.department('B'), await rows.department('C')];
    const answers = await Promise.all([
      patch(a, { parentId: b }),
      patch(b, { parentId: c }),
      patch(c, { parentId: a }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 422]);
  }
});

test('who may read may not write', async () => {
  const id = await rows.department('A');
  const reader = await rollcall.key(['read']);
  expect((await reader.get('/api/departments')).status).toBe(200);
  expect((await reader.get(`/api/departments/${id}/users`)).status).toBe(200);
  expect((await reader.post('/api/departments', { title: 'x' })).status).toBe(403);
  expect((await reader.patch(`/api/departments/${id}`, { title: 'B' })).status).toBe(403);
  expect((await reader.put(`/api/departments/${id}/users/1`)).status).toBe(403);
  expect((await reader.delete(`/api/departments/${id}/users/1`)).status).toBe(403);
  expect((await rollcall.anonymous.get('/api/departments')).status).toBe(401);
});

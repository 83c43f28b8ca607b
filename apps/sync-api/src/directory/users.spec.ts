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

const list = (query: string): Promise<TestAnswer> => rollcall.admin.get(`/api/users${query}`);
const idsOf = async (query: string): Promise<number[]> => {
  const { status, body } = await list(query);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body.items.map((user: { id: number }) => user.id);
};

test('a user is shown with manager, departments, custom fields and the records behind it', async () => {
  const manager = await rows.user({ nickname: 'Boss' });
  const id = await rows.user({ username: 'Wang', nickname: '王芳', manager_id: manager, custom: { desk: 7 } });
  const [research, sales, gone] = [
    await rows.department('Research'),
    await rows.department('Sales'),
    await rows.department('Gone', { deleted_at: new Date() }),
  ];
  await rows.membership(id, sales, { source_id: hr, position: 1 });
  await rows.membership(id, sales, { is_owner: true });
  await rows.membership(id, research, { source_id: hr, position: 2, is_main: true });
  await rows.membership(id, gone, { source_id: hr, position: 3 });
  const taskId = await rows.link('user', id, hr, 'u-1');
  const { status, body } = await rollcall.admin.get(`/api/users/${id}`);
  expect(status).toBe(200);
  expect(body).toEqual({
    id,
    username: 'Wang',
    nickname: '王芳',
    email: null,
    phone: null,
    status: 'active',
    manager: { id: manager, nickname: 'Boss' },
    mainDepartmentId: research,
    departments: [
      { id: research, title: 'Research', isMain: true, isOwner: false, byHand: false, sources: ['hr'] },
      { id: sales, title: 'Sales', isMain: false, isOwner: true, byHand: true, sources: ['hr'] },
    ],
    custom: { desk: 7 },
    protected: false,
    purgedAfter: null,
    lockedFields: [],
    links: [{ id: expect.any(Number), source: 'hr', uid: 'u-1', taskId, updatedAt: '2026-05-06T07:08:10.123Z' }],
    provenance: {},
    createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
  });
});

test('a department record that names an owner makes the member an owner', async () => {
  const [id, department] = [await rows.user(), await rows.department('Research')];
  await rows.membership(id, department, { source_id: hr, is_main: true });
  await rollcall.pool.query('insert into department_owners values ($1, $2, $3)', [department, id, hr]);
  const { body } = await rollcall.admin.get(`/api/users/${id}`);
  expect(body.departments).toMatchObject([{ id: department, title: 'Research', isMain: true, isOwner: true }]);
});

test('a deleted manager is not shown, and a deleted user is in no department', async () => {
  const manager = await rows.user({ deleted_at: new Date() });
  const department = await rows.department('Research');
  await rows.membership(manager, department, { is_main: true });
  const id = await rows.user({ manager_id: manager });
  expect((await rollcall.admin.get(`/api/users/${id}`)).body.manager).toBeNull();
  const { body } = await rollcall.admin.get(`/api/users/${manager}`);
  expect(body).toMatchObject({ status: 'deleted', departments: [], mainDepartmentId: null });
  const days = (Date.parse(body.purgedAfter) - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(30);
});

test('deleted users are listed only when they are asked for', async () => {
  const active = await rows.user();
  const disabled = await rows.user({ status: 'disabled' });
  const deleted = await rows.user({ deleted_at: new Date() });
  expect(await idsOf('')).toEqual([active, disabled]);
  expect(await idsOf('?status=')).toEqual([active, disabled]);
  expect(await idsOf('?status=active')).toEqual([active]);
  expect(await idsOf('?status=disabled')).toEqual([disabled]);
  expect(await idsOf('?status=deleted')).toEqual([deleted]);
  expect(await idsOf('?status=deleted,disabled')).toEqual([disabled, deleted]);
  expect(await idsOf('?status=active,disabled,deleted')).toEqual([active, disabled, deleted]);
});

test('lists filter by department and by source, and count what passes', async () => {
  const [member, stated, other] = [await rows.user(), await rows.user(), await rows.user()];
  const department = await rows.department('Research');
  await rows.membership(member, department, { source_id: hr, is_main: true });
  await rows.membership(member, department, {});
  await rows.link('user', stated, hr, 'u-1');
  expect(await idsOf(`?departmentId=${department}`)).toEqual([member]);
  expect(await idsOf(`?sourceId=${hr}`)).toEqual([stated]);
  // Who left is of the source, until another one states them.
  await rollcall.pool.query(`update records set gone = 'missing' where uid = 'u-1'`);
  expect(await idsOf(`?sourceId=${hr}`)).toEqual([stated]);
  await rows.link('user', stated, await rows.source('ldap'), 'u-1');
  expect(await idsOf(`?sourceId=${hr}`)).toEqual([]);
  expect((await list(`?departmentId=${department}`)).body.total).toBe(1);
  await rollcall.pool.query('update departments set deleted_at = now()');
  expect(await idsOf(`?departmentId=${department}`)).toEqual([]);
  expect(await idsOf('?pageSize=1&page=3')).toEqual([other]);
  expect((await list('?pageSize=1&page=9')).body).toMatchObject({ items: [], total: 3, page: 9, pageSize: 1 });
});

test('a search finds prefixes of keys and uids, and what nicknames contain', async () => {
  const a = await rows.user({
    username: 'Zhang.Wei',
    nickname: 'Big Apple',
    email: 'Boss@example.com',
    phone: '+86138',
  });
  const b = await rows.user({ username: 'li', nickname: '欧阳娜娜' });
  await rows.link('user', b, hr, 'E0012');
  const found: [string, number[]][] = [
    ['zhang', [a]],
    ['WEI', []],
    ['boss@', [a]],
    ['example', []],
    ['%2B86', [a]],
    ['8613', [a]],
    ['6138', []],
    ['appl', [a]],
    ['ap', []],
    ['bi', [a]],
    ['阳娜娜', [b]],
    ['娜娜', [b]],
    ['阳娜', []],
    ['娜', []],
    ['欧阳', [b]],
    ['e001', [b]],
    ['E0012', [b]],
    ['0012', []],
    ['%25', []],
    ['_i', []],
    ['%5C', []],
    ['%20%20', [a, b]],
    ['g%20a', [a]],
    ['%3C', []],
  ];
  for (const [q, ids] of found) expect([q, await idsOf(`?q=${q}`)]).toEqual([q, ids]);
});

test('wildcards in a search are taken literally', async () => {
  const id = await rows.user({ nickname: '100%_\\sure' });
  await rows.user({ nickname: '100 is sure' });
  for (const q of ['100%', '0%_', '%_\\s', '\\sure', '100%_\\SURE'])
    expect(await idsOf(`?q=${encodeURIComponent(q)}`)).toEqual([id]);
});

test('a name is found with and without its accents, however it is written', async () => {
  const helene = await rows.user({ nickname: 'Hélène Lefèvre' });
  const decomposed = await rows.user({ nickname: 'Hélène Bœuf'.normalize('NFD') });
  const plain = await rows.user({ nickname: 'Helene Strøm' });
  const all = [helene, decomposed, plain];
  for (const q of ['helene', 'Hélène', 'hélene', 'HÉLÈNE', 'hé', 'Hélène'.normalize('NFD')]) {
    expect([q, (await idsOf(`?q=${encodeURIComponent(q)}`)).sort()]).toEqual([q, all]);
  }
  for (const [q, id] of [
    ['lefevre', helene],
    ['boeuf', decomposed],
    ['strom', plain],
  ] as const)
    expect([q, await idsOf(`?q=${q}`)]).toEqual([q, [id]]);
  // What becomes a wildcard without its width is none either.
  for (const q of ['％', '＿＿＿', 'x＼', '％％％'])
    expect([q, await idsOf(`?q=${encodeURIComponent(q)}`)]).toEqual([q, []]);
});

test('an exact match comes first, whatever the order', async () => {
  const longer = await rows.user({ username: 'anna2' });
  const exact = await rows.user({ username: 'Anna' });
  const other = await rows.user({ nickname: 'Joanna' });
  expect(await idsOf('?q=anna')).toEqual([exact, longer, other]);
  expect(await idsOf('?q=anna&sort=-id')).toEqual([exact, other, longer]);
  expect((await list('?q=anna&pageSize=1&page=2')).body).toMatchObject({ total: 3, items: [{ id: longer }] });
});

test('a search that finds too many shows ten thousand, and exact matches among them whatever they match', async () => {
  await rollcall.pool.query(`insert into users (nickname) select 'Common ' || n from generate_series(1, 10050) n`);
  const nickname = await rows.user({ nickname: 'common' });
  const username = await rows.user({ username: 'Common' });
  const uid = await rows.user();
  await rows.link('user', uid, hr, 'common');
  const { body } = await list('?q=common&pageSize=4');
  expect(body.total).toBe(10_000);
  expect(body.items.slice(0, 3).map((user: { id: number }) => user.id)).toEqual([nickname, username, uid]);
  expect((await list('?q=common&pageSize=200&page=50')).body.items).toHaveLength(200);
  expect((await list('?q=common&pageSize=200&page=51')).body.items).toEqual([]);
});

test.each([
  ['id', 'id'],
  ['-username', 'lower(username) using ~>~, id desc'],
  ['nickname', 'lower(nickname), id'],
])('the pages of a long list, by %s, are in one order from whichever end they are read', async (sort, order) => {
  await rollcall.pool.query(
    `insert into users (username, nickname)
     select case when n % 3 > 0 then 'user' || n end, 'Name ' || n % 7 from generate_series(1, 20130) n`,
  );
  const { rows: all } = await rollcall.pool.query<{ id: number }>(`select id from users order by ${order}`);
  const ids = all.map(({ id }) => id);
  for (const page of [50, 52, 60, 99, 100, 101, 102]) {
    // A filter of its own: large totals are remembered for a while, also of people who are gone by the next test.
    const { body } = await list(`?status=active&pageSize=200&page=${page}&sort=${sort}`);
    expect(body.items.map((user: { id: number }) => user.id)).toEqual(ids.slice((page - 1) * 200, page * 200));
  }
});

test('lists are sorted by what is allowed, and by id where that is equal', async () => {
  const [b, a, none, b2] = [
    await rows.user({ username: 'b', nickname: 'same' }),
    await rows.user({ username: 'A', nickname: 'same' }),
    await rows.user(),
    await rows.user({ username: 'B2', nickname: 'Same' }),
  ];
  expect(await idsOf('?sort=username')).toEqual([a, b, b2, none]);
  expect(await idsOf('?sort=-username')).toEqual([none, b2, b, a]);
  expect(await idsOf('?sort=nickname')).toEqual([b, a, b2, none]);
  expect(await idsOf('?sort=-createdAt')).toEqual([b2, none, a, b]);
  for (const sort of ['password', 'id;drop table users', '-', 'constructor', 'u.id'])
    expect((await list(`?sort=${encodeURIComponent(sort)}`)).status).toBe(400);
});

test('parameters that mean nothing are refused with their name', async () => {
  const refused: [string, string][] = [
    ['?page=0', '/page'],
    ['?page=-1', '/page'],
    ['?pageSize=201', '/pageSize'],
    ['?departmentId=abc', '/departmentId'],
    ['?departmentId=1e3', '/departmentId'],
    ['?departmentId=99999999999999999999', '/departmentId'],
    ['?departmentId=1&departmentId=2', '/departmentId'],
    ['?sourceId=-1', '/sourceId'],
    ['?status=gone', '/status'],
    ['?q=a%00b', '/q'],
    ['?wanted=1', '/wanted'],
  ];
  for (const [query, pointer] of refused) {
    const { status, body } = await list(query);
    expect([query, status, body.errors?.[0]?.pointer]).toEqual([query, 400, pointer]);
  }
});

test('what cannot be an id is not found', async () => {
  for (const id of ['abc', '0', '-1', '1.5', '9223372036854775808', '99999999999999999999999', '1%20', '%00'])
    expect([id, (await rollcall.admin.get(`/api/users/${id}`)).status]).toEqual([id, 404]);
  expect((await rollcall.admin.get('/api/users/9007199254740991')).status).toBe(404);
});

test('a user made by hand has no link, is not locked and is found', async () => {
  const [manager, main, second] = [await rows.user(), await rows.department('Main'), await rows.department('Second')];
  const { status, body } = await rollcall.admin.post('/api/users', {
    username: 'guest',
    nickname: 'Guest',
    email: '',
    managerId: manager,
    custom: { badge: { colour: 'red' }, nothing: null },
    departments: [
      { id: second, isOwner: true },
      { id: main, isMain: true },
    ],
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    username: 'guest',
    nickname: 'Guest',
    email: null,
    status: 'active',
    manager: { id: manager },
    mainDepartmentId: main,
    departments: [
      { id: main, isMain: true, isOwner: false },
      { id: second, isMain: false, isOwner: true },
    ],
    custom: { badge: { colour: 'red' } },
    lockedFields: [],
    links: [],
  });
  expect(await idsOf('?q=guest')).toEqual([body.id]);
});

test('bad values of a hand-made user are refused with their place', async () => {
  const deleted = await rows.user({ deleted_at: new Date() });
  const department = await rows.department('Research');
  const refused: [Record<string, unknown>, string][] = [
    [{}, '/username'],
    [{ username: '', nickname: null }, '/username'],
    [{ email: 'no at' }, '/email'],
    [{ email: 'a@b@c' }, '/email'],
    [{ username: 'a\0b' }, '/username'],
    [{ nickname: '\ud800' }, '/nickname'],
    [{ username: 'x'.repeat(256) }, '/username'],
    [{ phone: 123 }, '/phone'],
    [{ username: 'a', managerId: deleted }, '/managerId'],
    [{ username: 'a', managerId: 'me' }, '/managerId'],
    [{ username: 'a', managerId: 1e300 }, '/managerId'],
    [{ username: 'a', status: 'deleted' }, '/status'],
    [{ username: 'a', id: 7 }, '/id'],
    [{ username: 'a', status: null }, '/status'],
    [{ username: 'a', custom: null }, '/custom'],
    [{ username: 'a', departments: null }, '/departments'],
    [{ nickname: 'x'.repeat(70_000) }, ''],
    [{ username: 'a', custom: [] }, '/custom'],
    [{ username: 'a', custom: { email: 'x' } }, '/custom/email'],
    [{ username: 'a', custom: { id: 1 } }, '/custom/id'],
    [{ username: 'a', custom: { 'a/b': 'x\0' } }, '/custom/a~1b'],
    [{ username: 'a', custom: { big: 'x'.repeat(70_000) } }, '/custom'],
    [{ username: 'a', departments: [{ id: 999_999 }] }, '/departments/0/id'],
    [{ username: 'a', departments: [{ id: department }, { id: department }] }, '/departments/1'],
    [{ username: 'a', departments: [{ id: department, isMain: 'yes' }] }, '/departments/0/isMain'],
  ];
  for (const [sent, pointer] of refused) {
    const { status, body } = await rollcall.admin.post('/api/users', sent);
    expect([sent, status, body.errors?.[0]?.pointer]).toEqual([sent, 400, pointer]);
  }
  expect(await idsOf('')).toEqual([]);
});

test('a value that is taken is refused with every field and its holder, and without people’s data', async () => {
  const [a, b] = [await rows.user({ username: 'Anna', email: 'anna@x' }), await rows.user({ phone: '1' })];
  await rows.user({ username: 'gone', deleted_at: new Date() });
  const answer = await rollcall.admin.post('/api/users', { username: 'ANNA', email: 'new@x', phone: '1' });
  expect(answer.status).toBe(409);
  expect(answer.body.errors).toEqual([
    { pointer: '/username', code: 'username_taken', message: `is already used by user ${a}`, holder: a },
    { pointer: '/phone', code: 'phone_taken', message: `is already used by user ${b}`, holder: b },
  ]);
  expect(JSON.stringify(answer.body)).not.toMatch(/anna/i);
  expect((await rollcall.admin.patch(`/api/users/${b}`, { email: 'Anna@X' })).body.errors).toEqual([
    { pointer: '/email', code: 'email_taken', message: `is already used by user ${a}`, holder: a },
  ]);
  expect((await rollcall.admin.post('/api/users', { username: 'gone' })).status).toBe(201);
});

test('a change by hand locks what really differs, and nothing else', async () => {
  const id = await rows.user({
    username: 'a',
    nickname: 'A',
    custom: { desk: 1, floor: { no: 2 } },
    locked_fields: ['email'],
  });
  const manager = await rows.user();
  const { status, body } = await rollcall.admin.patch(`/api/users/${id}`, {
    username: 'a',
    nickname: 'B',
    managerId: manager,
    custom: { desk: 2, floor: { no: 2 }, room: 'x', missing: null },
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ username: 'a', nickname: 'B', custom: { desk: 2, floor: { no: 2 }, room: 'x' } });
  expect(body.lockedFields.sort()).toEqual(['desk', 'email', 'managerUid', 'nickname', 'room']);
  const again = await rollcall.admin.patch(`/api/users/${id}`, { nickname: 'B', custom: { desk: 2 } });
  expect(again.body.updatedAt).toBe(body.updatedAt);
  expect((await rollcall.admin.patch(`/api/users/${id}`, { custom: { desk: '' } })).body.custom).toEqual({
    floor: { no: 2 },
    room: 'x',
  });
});

test('unlocking a field has the sources applied again', async () => {
  const id = await rows.user({ locked_fields: ['nickname', 'email'] });
  await rows.link('user', id, hr, 'u-1');
  const { body } = await rollcall.admin.patch(`/api/users/${id}`, { lockedFields: ['email', 'desk'] });
  expect(body.lockedFields).toEqual(['email', 'desk']);
  expect(await rows.linksOf(id)).toEqual([{ state: 'active', dirty: true }]);
});

test('locking more fields, or protecting, leaves the links alone', async () => {
  const id = await rows.user({ locked_fields: ['nickname'] });
  await rows.link('user', id, hr, 'u-1');
  const { body } = await rollcall.admin.patch(`/api/users/${id}`, {
    lockedFields: ['nickname', 'status'],
    protected: true,
  });
  expect(body).toMatchObject({ lockedFields: ['nickname', 'status'], protected: true });
  expect(await rows.linksOf(id)).toEqual([{ state: 'active', dirty: false }]);
});

test('fields that are changed stay locked although the request asks for fewer locks', async () => {
  const id = await rows.user({ nickname: 'A' });
  const { body } = await rollcall.admin.patch(`/api/users/${id}`, { nickname: 'B', lockedFields: [] });
  expect(body.lockedFields).toEqual(['nickname']);
});

test('only fields that a sync can write can be locked', async () => {
  const id = await rows.user();
  for (const name of ['id', 'departments', 'isDisabled', 'uid', 'a\0', '\ud800']) {
    const { status, body } = await rollcall.admin.patch(`/api/users/${id}`, { lockedFields: ['email', name] });
    expect([name, status, body.errors?.[0]?.pointer]).toEqual([name, 400, '/lockedFields/1']);
  }
});

test('a status set by hand is locked; the links learn of it when the lock goes', async () => {
  const id = await rows.user();
  const second = await rows.source('second');
  await rows.link('user', id, hr, 'u-1');
  await rows.link('user', id, second, 'u-1');
  const { body } = await rollcall.admin.patch(`/api/users/${id}`, { status: 'disabled' });
  expect(body).toMatchObject({ status: 'disabled', lockedFields: ['status'] });
  expect((await rows.linksOf(id)).map(({ state }) => state)).toEqual(['active', 'active']);
  const unlocked = await rollcall.admin.patch(`/api/users/${id}`, { lockedFields: [] });
  expect(unlocked.body).toMatchObject({ status: 'disabled', lockedFields: [] });
  expect(await rows.linksOf(id)).toEqual([
    { state: 'disabled', dirty: true },
    { state: 'disabled', dirty: true },
  ]);
});

test('nobody becomes their own manager by hand; circles of several are allowed as sources state them', async () => {
  const a = await rows.user();
  const b = await rows.user({ manager_id: a });
  expect((await rollcall.admin.patch(`/api/users/${a}`, { managerId: a })).status).toBe(400);
  expect((await rollcall.admin.patch(`/api/users/${a}`, { managerId: b })).body.manager.id).toBe(b);
  expect((await rollcall.admin.patch(`/api/users/${a}`, { managerId: null })).body.manager).toBeNull();
});

test('a manager who is deleted stays stated when the form sends back what it showed', async () => {
  const manager = await rows.user({ deleted_at: new Date() });
  const id = await rows.user({ manager_id: manager });
  expect((await rollcall.admin.patch(`/api/users/${id}`, { managerId: null })).body.lockedFields).toEqual([]);
  await rollcall.admin.post(`/api/users/${manager}/restore`);
  expect((await rollcall.admin.get(`/api/users/${id}`)).body.manager.id).toBe(manager);
});

test('a deleted user comes back with the same id, and its links are active again', async () => {
  const id = await rows.user({ username: 'anna', status: 'disabled', deleted_at: new Date() });
  await rows.link('user', id, hr, 'u-1', 'deleted');
  expect((await rollcall.admin.patch(`/api/users/${id}`, { nickname: 'x' })).status).toBe(409);
  const { status, body } = await rollcall.admin.post(`/api/users/${id}/restore`);
  expect({ status, body }).toMatchObject({ status: 200, body: { id, status: 'disabled' } });
  expect(await rows.linksOf(id)).toEqual([{ state: 'disabled', dirty: false }]);
  expect((await rollcall.admin.post(`/api/users/${id}/restore`)).status).toBe(200);
});

test('a user whose name was taken meanwhile stays deleted, and the holder is named', async () => {
  const id = await rows.user({ username: 'anna', deleted_at: new Date() });
  const holder = await rows.user({ username: 'Anna' });
  const { status, body } = await rollcall.admin.post(`/api/users/${id}/restore`);
  expect(status).toBe(409);
  expect(body.errors).toEqual([
    { pointer: '/username', code: 'username_taken', message: `is already used by user ${holder}`, holder },
  ]);
  expect((await rollcall.admin.get(`/api/users/${id}`)).body.status).toBe('deleted');
  expect((await rollcall.admin.post('/api/users/999999/restore')).status).toBe(404);
});

test('of ten who want the same e-mail at once one gets it', async () => {
  const ids = await Promise.all(Array.from({ length: 10 }, () => rows.user()));
  const answers = await Promise.all(ids.map((id) => rollcall.admin.patch(`/api/users/${id}`, { email: 'same@x' })));
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
  expect((await list('?q=same@x')).body.total).toBe(1);
});

test('two changes of one user at once are both kept', async () => {
  const id = await rows.user();
  await Promise.all(
    Array.from({ length: 8 }, (_, n) => rollcall.admin.patch(`/api/users/${id}`, { custom: { [`field${n}`]: n } })),
  );
  const { body } = await rollcall.admin.get(`/api/users/${id}`);
  expect(Object.keys(body.custom)).toHaveLength(8);
  expect(body.lockedFields).toHaveLength(8);
});

test('numbers in custom fields that are too large for JavaScript survive a change of another field', async () => {
  const id = await rows.user();
  await rollcall.pool.query(`update users set custom = '{"serial": 12345678901234567890}'`);
  await rollcall.admin.patch(`/api/users/${id}`, { custom: { desk: 1 } });
  const { rows: stored } = await rollcall.pool.query(`select custom ->> 'serial' as serial from users where id = $1`, [
    id,
  ]);
  expect(stored[0].serial).toBe('12345678901234567890');
});

test('a page takes the same number of statements however many users are on it', async () => {
  const department = await rows.department('Research');
  for (let n = 0; n < 30; n++) {
    const id = await rows.user({ username: `user${n}`, manager_id: n || null });
    await rows.membership(id, department, { source_id: hr, is_main: true });
    await rows.link('user', id, hr, `u-${n}`);
  }
  const statements = async (query: string): Promise<number> => {
    const spy = jest.spyOn(rollcall.pool, 'query');
    await list(query);
    const { length } = spy.mock.calls.filter(([text]) => /users u/.test(text));
    spy.mockRestore();
    return length;
  };
  expect([await statements('?pageSize=1'), await statements('?pageSize=30')]).toEqual([3, 3]);
  expect([await statements('?q=user&pageSize=1'), await statements('?q=user&pageSize=30')]).toEqual([2, 2]);
});

test('who may read may not write', async () => {
  const id = await rows.user({ nickname: 'A' });
  const reader = await rollcall.key(['read']);
  expect((await reader.get('/api/users')).status).toBe(200);
  expect((await reader.get(`/api/users/${id}`)).status).toBe(200);
  expect((await reader.post('/api/users', { username: 'x' })).status).toBe(403);
  expect((await reader.patch(`/api/users/${id}`, { nickname: 'B' })).status).toBe(403);
  expect((await reader.post(`/api/users/${id}/restore`)).status).toBe(403);
  expect((await (await rollcall.key(['push'], hr)).get('/api/users')).status).toBe(403);
  expect((await rollcall.anonymous.get('/api/users')).status).toBe(401);
});

test('the audit says who wrote which fields, without their values', async () => {
  const { body } = await rollcall.admin.post('/api/users', { username: 'secret-name', email: 'secret@x' });
  await rollcall.admin.patch(`/api/users/${body.id}`, { nickname: 'secret-nick' });
  await rollcall.admin.patch(`/api/users/${body.id}`, { nickname: 'secret-nick' });
  const audit = await rollcall.admin.get(`/api/audit?subject=user:${body.id}`);
  // Older lines are of users of other tests, who had the same id.
  expect(audit.body.items.slice(0, 2)).toMatchObject([
    { action: 'user.update', actor: { name: 'admin' }, details: { changed: ['nickname'] } },
    { action: 'user.create' },
  ]);
  expect(JSON.stringify(audit.body)).not.toContain('secret');
});

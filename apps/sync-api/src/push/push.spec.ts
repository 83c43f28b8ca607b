import { setTimeout as sleep } from 'node:timers/promises';
import type { TestAnswer, TestClient } from '../testing/test-client';
import { startTestApp, type TestApp } from '../testing/start-test-app';
import { untilEnded } from '../testing/until';

let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.key(['push', 'read']);
});

afterAll(() => app.close());

beforeEach(async () => {
  await app.emptyDirectory();
});

type Fields = Record<string, unknown>;

const push = (
  dataType: string,
  records: unknown,
  more: Fields = {},
  headers?: Record<string, string>,
): Promise<TestAnswer> => client.post('/api/userData:push', { dataType, records, ...more }, headers);

const pushUsers = (records: unknown[], more: Fields = {}): Promise<TestAnswer> => push('user', records, more);
const pushDepartments = (records: unknown[]): Promise<TestAnswer> => push('department', records);

/** The count and failures of one target in the answer. */
function resource(answer: TestAnswer, name: string): { count: Fields; failed: Fields[] } {
  const result = answer.body.data.result.find((r: { resource: string }) => r.resource === name);
  return { count: result.detail.count, failed: result.detail.failedRecords };
}

async function users(where = 'deleted_at is null'): Promise<Fields[]> {
  return (await app.pool.query<Fields>(`select * from users where ${where} order by id`)).rows;
}

async function memberships(): Promise<string[]> {
  const { rows } = await app.pool.query<{ line: string }>(
    `select u.username || ' in ' || d.title || case when m.is_main then ' (main)' else '' end
       || case when m.is_owner then ' (owner)' else '' end as line
     from memberships m join users u on u.id = m.user_id join departments d on d.id = m.department_id
     where u.deleted_at is null and d.deleted_at is null order by 1`,
  );
  return rows.map((row) => row.line);
}

async function tree(): Promise<Record<string, string | null>> {
  const { rows } = await app.pool.query<{ title: string; parent: string | null }>(
    `select d.title, p.title as parent from departments d
     left join departments p on p.id = d.parent_id and p.deleted_at is null where d.deleted_at is null`,
  );
  return Object.fromEntries(rows.map((row) => [row.title, row.parent]));
}

/** A user record whose username is its uid. */
const person = (uid: string, more: Fields = {}): Fields => ({ uid, username: uid, ...more });

describe('a push of good records', () => {
  it('creates users and departments and answers as old scripts expect', async () => {
    await pushDepartments([{ uid: 'd1', title: 'Sales' }]);
    const answer = await pushUsers([
      {
        uid: 'u1',
        nickname: 'Ann',
        username: 'ann',
        email: 'ann@example.com',
        phone: '1',
        departments: ['d1'],
        desk: 7,
      },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body.data).toMatchObject({
      code: 0,
      message: 'success',
      status: 'succeeded',
      result: [
        { resource: 'users', detail: { count: { all: 1, success: 1, failed: 0 }, failedRecords: [] } },
        { resource: 'departments', detail: { count: { all: 1, success: 1, failed: 0 }, failedRecords: [] } },
      ],
    });
    expect(await users()).toMatchObject([
      { username: 'ann', nickname: 'Ann', email: 'ann@example.com', phone: '1', status: 'active', custom: { desk: 7 } },
    ]);
    expect(await memberships()).toEqual(['ann in Sales (main)']);
  });

  it('changes nothing when the same thing is pushed twice', async () => {
    const records = [
      person('a', { email: 'a@x.cn', departments: ['d'] }),
      person('b', { custom: { deep: [1, { x: 2 }] } }),
    ];
    await pushDepartments([{ uid: 'd', title: 'D' }]);
    await pushUsers(records);
    const before = await users();
    const again = await pushUsers(records);
    expect(await users()).toEqual(before);
    const task = await client.get(`/api/tasks/${again.body.data.taskId}`);
    expect(task.body.counts.users).toMatchObject({ unchanged: 2, updated: 0, created: 0 });
    expect((await app.pool.query('select 1 from changes where task_id = $1', [again.body.data.taskId])).rowCount).toBe(
      0,
    );
  });

  it('does not look at the order of keys', async () => {
    await pushUsers([{ uid: 'a', username: 'a', extra: { p: 1, q: 2 } }]);
    const again = await pushUsers([{ extra: { q: 2, p: 1 }, username: 'a', uid: 'a' }]);
    expect((await client.get(`/api/tasks/${again.body.data.taskId}`)).body.counts.users.unchanged).toBe(1);
  });

  it('keeps what a record does not carry and clears what it carries as null or empty', async () => {
    await pushUsers([person('a', { nickname: 'A', email: 'a@x.cn', phone: '1', desk: 7, floor: 2 })]);
    await pushUsers([{ uid: 'a', email: null, phone: '', desk: null }]);
    expect(await users()).toMatchObject([
      { username: 'a', nickname: 'A', email: null, phone: null, custom: { floor: 2 } },
    ]);
  });

  it('takes a user before its department, a child before its parent, a report before the manager', async () => {
    await pushUsers([person('a', { departments: [{ uid: 'd', isOwner: true }], managerUid: 'b' })]);
    await pushDepartments([{ uid: 'child', title: 'Child', parentUid: 'd', ownerUids: ['b'] }]);
    expect(await memberships()).toEqual([]);
    expect(await tree()).toEqual({ Child: null });
    const arrived = await pushDepartments([{ uid: 'd', title: 'D' }]);
    expect((await client.get(`/api/tasks/${arrived.body.data.taskId}`)).body.counts.departments).toMatchObject({
      created: 1,
      updated: 2,
    });
    expect(resource(arrived, 'departments').count).toEqual({ all: 1, success: 1, failed: 0 });
    expect(await tree()).toEqual({ D: null, Child: 'D' });
    expect(await memberships()).toEqual(['a in D (main) (owner)']);
    await pushUsers([person('b')]);
    const [a, b] = await users();
    expect(a!['manager_id']).toBe(b!['id']);
    expect((await app.pool.query('select user_id from department_owners')).rows).toEqual([{ user_id: b!['id'] }]);
    expect((await app.pool.query('select 1 from waiting_references')).rowCount).toBe(0);
  });

  it('resolves references within one push whatever the order', async () => {
    await pushDepartments([
      { uid: 'c', title: 'C', parentUid: 'b' },
      { uid: 'b', title: 'B', parentUid: 'a' },
      { uid: 'a', title: 'A' },
    ]);
    expect(await tree()).toEqual({ A: null, B: 'A', C: 'B' });
    await pushUsers([person('x', { managerUid: 'y' }), person('y', { managerUid: 'x' })]);
    const [x, y] = await users();
    expect([x!['manager_id'], y!['manager_id']]).toEqual([y!['id'], x!['id']]);
  });

  it('keeps the departments of a record that does not carry any', async () => {
    await pushDepartments([{ uid: 'd', title: 'D' }]);
    await pushUsers([person('a', { departments: ['d'] })]);
    await pushUsers([person('a', { nickname: 'A' })]);
    expect(await memberships()).toEqual(['a in D (main)']);
    await pushUsers([person('a', { departments: [] })]);
    expect(await memberships()).toEqual([]);
  });

  it('keeps the current main department while it is listed, follows a flag, and falls back to the first', async () => {
    await pushDepartments(['a', 'b', 'c'].map((uid) => ({ uid, title: uid })));
    await pushUsers([person('u', { departments: ['b', 'a'] })]);
    expect(await memberships()).toContain('u in b (main)');
    await pushUsers([person('u', { departments: ['a', 'b', 'c'] })]);
    expect(await memberships()).toContain('u in b (main)');
    await pushUsers([person('u', { departments: ['a', 'b', { uid: 'c', isMain: true }] })]);
    expect(await memberships()).toContain('u in c (main)');
    await pushUsers([person('u', { departments: ['a', 'b'] })]);
    expect(await memberships()).toEqual(['u in a (main)', 'u in b']);
  });

  it('lets two people swap usernames in one push', async () => {
    await pushUsers([person('a', { username: 'one' }), person('b', { username: 'two' })]);
    const answer = await pushUsers([person('a', { username: 'TWO' }), person('b', { username: 'one' })]);
    expect(resource(answer, 'users').count).toEqual({ all: 2, success: 2, failed: 0 });
    expect((await users()).map((user) => user['username'])).toEqual(['TWO', 'one']);
  });

  it('gives a name on, from one who changes to one who is new', async () => {
    await pushUsers([person('a', { username: 'one' })]);
    const answer = await pushUsers([person('n', { username: 'one' }), person('a', { username: 'two' })]);
    expect(resource(answer, 'users').count['failed']).toBe(0);
    expect((await users()).map((user) => user['username'])).toEqual(['two', 'one']);
  });
});

describe('leaving and coming back', () => {
  it('deletes softly, and only once', async () => {
    await pushUsers([person('a', { email: 'a@x.cn' })]);
    const [before] = await users();
    await pushUsers([{ uid: 'a', isDeleted: true }]);
    expect(await users()).toEqual([]);
    const again = await pushUsers([{ uid: 'a', isDeleted: true }]);
    expect(resource(again, 'users').count).toEqual({ all: 1, success: 1, failed: 0 });
    expect(await users('true')).toHaveLength(1);
    expect(await users('deleted_at is not null')).toMatchObject([{ id: before!['id'] }]);
  });

  it('creates nobody for a delete of an unknown uid', async () => {
    const answer = await pushUsers([{ uid: 'ghost', isDeleted: true }]);
    expect(answer.body.data.status).toBe('succeeded');
    expect(await users('true')).toEqual([]);
    expect((await app.pool.query('select 1 from records')).rowCount).toBe(0);
  });

  it('brings somebody back with the same id and departments', async () => {
    await pushDepartments([{ uid: 'd', title: 'D' }]);
    await pushUsers([person('a', { departments: ['d'] })]);
    const [before] = await users();
    await pushUsers([{ uid: 'a', isDeleted: true }]);
    expect(await memberships()).toEqual([]);
    const back = await pushUsers([person('a')]);
    expect((await client.get(`/api/tasks/${back.body.data.taskId}`)).body.counts.users.restored).toBe(1);
    expect(await users()).toMatchObject([{ id: before!['id'], username: 'a' }]);
    expect(await memberships()).toEqual(['a in D (main)']);
  });

  it('fails a restore whose name is taken, and names the holder', async () => {
    await pushUsers([person('a', { username: 'same' })]);
    await pushUsers([{ uid: 'a', isDeleted: true }]);
    await pushUsers([person('b', { username: 'Same' })]);
    const holder = (await users())[0]!['id'];
    const back = await pushUsers([person('a', { username: 'same' })]);
    expect(resource(back, 'users').failed).toMatchObject([{ code: 'username_taken', field: 'username' }]);
    expect(resource(back, 'users').failed[0]!['message']).toContain(`user ${String(holder)}`);
    expect(await users()).toHaveLength(1);
  });

  it('disables and enables by isDisabled', async () => {
    await pushUsers([person('a', { isDisabled: true }), person('b')]);
    expect((await users()).map((user) => user['status'])).toEqual(['disabled', 'active']);
    await pushUsers([person('a', { isDisabled: 0 }), person('b', { isDisabled: 'true' })]);
    expect((await users()).map((user) => user['status'])).toEqual(['active', 'disabled']);
  });

  it('keeps a department that people or departments from elsewhere need, and deletes it when they are gone', async () => {
    await pushDepartments([
      { uid: 'm', title: 'M' },
      { uid: 'c', title: 'C' },
    ]);
    const { rows } = await app.pool.query<{ id: number }>(`insert into users (username) values ('hand') returning id`);
    const [m, c] = (await app.pool.query<{ id: number }>('select id from departments order by title desc')).rows;
    await app.pool.query('insert into memberships (user_id, department_id) values ($1, $2)', [rows[0]?.id, m?.id]);
    await app.pool.query(`insert into departments (title, parent_id) values ('by hand', $1)`, [c?.id]);
    const gone = [
      { uid: 'm', isDeleted: true },
      { uid: 'c', isDeleted: true },
    ];
    const kept = await pushDepartments(gone);
    expect(resource(kept, 'departments').count).toEqual({ all: 2, success: 2, failed: 0 });
    expect(await tree()).toEqual({ M: null, C: null, 'by hand': 'C' });
    await app.pool.query('delete from memberships');
    await app.pool.query('update departments set parent_id = null');
    await pushDepartments(gone);
    expect(await tree()).toEqual({ 'by hand': null });
  });

  it('hides memberships and lifts children of a deleted department until it is back', async () => {
    await pushDepartments([
      { uid: 'p', title: 'P' },
      { uid: 'c', title: 'C', parentUid: 'p' },
    ]);
    await pushUsers([person('a', { departments: ['p', 'c'] })]);
    await pushDepartments([{ uid: 'p', isDeleted: true }]);
    expect(await tree()).toEqual({ C: null });
    expect(await memberships()).toEqual(['a in C (main)']);
    await pushDepartments([{ uid: 'p' }]);
    expect(await tree()).toEqual({ P: null, C: 'P' });
    expect(await memberships()).toEqual(['a in C (main)', 'a in P']);
  });
});

describe('a request that is wrong as a whole', () => {
  const cases: [string, unknown, number, string, string?][] = [
    ['no object', [1], 400, 'invalid_request'],
    ['no dataType', { records: [{ uid: '1' }] }, 400, 'invalid_request', '/dataType'],
    ['an unknown dataType', { dataType: 'group', records: [{ uid: '1' }] }, 400, 'invalid_request', '/dataType'],
    ['no records', { dataType: 'user' }, 400, 'invalid_request', '/records'],
    ['empty records', { dataType: 'user', records: [] }, 400, 'invalid_request', '/records'],
    ['records that are no list', { dataType: 'user', records: { uid: '1' } }, 400, 'invalid_request', '/records'],
    [
      'a matchKey of a wrong type',
      { dataType: 'user', matchKey: 1, records: [{ uid: '1' }] },
      400,
      'invalid_request',
      '/matchKey',
    ],
    [
      'a matchKey that is not allowed',
      { dataType: 'user', matchKey: 'nickname', records: [{ uid: '1' }] },
      400,
      'match_key_not_allowed',
      '/matchKey',
    ],
    [
      'a sourceName of a wrong type',
      { dataType: 'user', sourceName: {}, records: [{ uid: '1' }] },
      400,
      'invalid_request',
      '/sourceName',
    ],
    [
      'an unknown sourceName',
      { dataType: 'user', sourceName: 'nobody', records: [{ uid: '1' }] },
      404,
      'source_unknown',
    ],
    [
      'too many records',
      { dataType: 'user', records: Array.from({ length: 100_001 }, () => 1) },
      413,
      'too_many_records',
      '/records',
    ],
  ];
  it.each(cases)('is refused: %s', async (...[, body, status, code, pointer]) => {
    const answer = await client.post('/api/userData:push', body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status, code, data: { message: expect.any(String) } });
    if (pointer) expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    expect((await app.pool.query('select 1 from records')).rowCount).toBe(0);
  });

  it('is refused: not JSON', async () => {
    const answer = await client.request('POST', '/api/userData:push', { rawBody: '{"dataType":' });
    expect([answer.status, answer.body.code]).toEqual([400, 'bad_json']);
  });

  it('is refused: over 20 MB', async () => {
    const answer = await client.request('POST', '/api/userData:push', { rawBody: 'x'.repeat(20_000_001) });
    expect([answer.status, answer.body.code]).toEqual([413, 'payload_too_large']);
  });

  it('is taken with the colon escaped, and only under its own name', async () => {
    const body = { dataType: 'user', records: [person('a')] };
    expect((await client.post('/api/userData%3Apush', body)).status).toBe(200);
    expect((await client.post('/api/userDataXYZ', body)).status).toBe(404);
  });

  it('is read as JSON without a Content-Type', async () => {
    const rawBody = JSON.stringify({ dataType: 'user', records: [person('a')] });
    const answer = await client.request('POST', '/api/userData:push', { rawBody: Buffer.from(rawBody) });
    expect(answer.status).toBe(200);
  });
});

describe('one bad record among many', () => {
  const good = Array.from({ length: 999 }, (_, index) =>
    person(`u${index}`, { email: `u${index}@x.cn`, phone: `${index}` }),
  );
  const cases: [string, unknown, string, string | null][] = [
    ['not an object', 'text', 'not_an_object', null],
    ['no uid', { username: 'x' }, 'uid_missing', 'uid'],
    ['a uid of 300 characters', person('x'.repeat(300)), 'uid_invalid', 'uid'],
    ['a uid with a NUL', person('x\u0000y'), 'uid_invalid', 'uid'],
    ['a NUL in a text', person('bad', { nickname: 'x\u0000' }), 'invalid_text', 'nickname'],
    ['a lone surrogate in a text', person('bad', { nickname: '\ud800' }), 'invalid_text', 'nickname'],
    ['a lone surrogate in a custom field', person('bad', { desk: { a: ['\udc00'] } }), 'invalid_text', 'desk'],
    ['a wrong type of a known field', person('bad', { nickname: { a: 1 } }), 'invalid_type', 'nickname'],
    ['a wrong type of departments', person('bad', { departments: 'd' }), 'invalid_type', 'departments'],
    ['an e-mail without @', person('bad', { email: 'nobody' }), 'invalid_email', 'email'],
    ['an unsafe integer', person('bad', { phone: 2 ** 60 }), 'unsafe_integer', 'phone'],
    ['a username that is taken', person('bad', { username: 'U7' }), 'username_taken', 'username'],
    ['an e-mail that is taken', person('bad', { email: 'U7@X.CN' }), 'email_taken', 'email'],
    ['a phone that is taken', person('bad', { phone: '7' }), 'phone_taken', 'phone'],
  ];
  it.each(cases)('fails alone, twice the same: %s', async (_name, bad, code, field) => {
    for (const time of ['first', 'second']) {
      const answer = await pushUsers([...good.slice(0, 500), bad, ...good.slice(500)]);
      expect(answer.status).toBe(200);
      expect(answer.body.data.status).toBe('partially_succeeded');
      const { count, failed } = resource(answer, 'users');
      expect([time, count]).toEqual([time, { all: 1000, success: 999, failed: 1 }]);
      expect(failed).toEqual([{ record: bad, code, field, message: expect.any(String) }]);
      if (code.endsWith('_taken')) expect(failed[0]!['message']).toMatch(/user \d+/);
    }
    expect(await users()).toHaveLength(999);
  });

  it('fails alone: a uid given twice with different content', async () => {
    const answer = await pushUsers([
      person('a'),
      person('b', { nickname: 'x' }),
      person('b', { nickname: 'y' }),
      person('a'),
    ]);
    const { count, failed } = resource(answer, 'users');
    expect(count).toEqual({ all: 2, success: 1, failed: 1 });
    expect(failed).toMatchObject([{ code: 'duplicate_uid', field: 'uid' }]);
    expect((await users()).map((user) => user['username'])).toEqual(['a']);
  });

  it('fails alone: a department below itself, at once or through others', async () => {
    await pushDepartments([
      { uid: 'a', title: 'A' },
      { uid: 'b', title: 'B', parentUid: 'a' },
    ]);
    for (const time of ['first', 'second']) {
      const answer = await pushDepartments([
        { uid: 'a', title: 'A', parentUid: 'b' },
        { uid: 'c', title: 'C', parentUid: 'b' },
        { uid: 'x', title: 'X', parentUid: 'x' },
      ]);
      const { count, failed } = resource(answer, 'departments');
      expect([time, count]).toEqual([time, { all: 3, success: 1, failed: 2 }]);
      expect(failed).toMatchObject([
        { record: { uid: 'a' }, code: 'department_cycle', field: 'parentUid' },
        { record: { uid: 'x' }, code: 'department_cycle', field: 'parentUid' },
      ]);
    }
    expect(await tree()).toEqual({ A: null, B: 'A', C: 'B' });
  });

  it('fails the record that closes a circle of new departments, whenever it is sent', async () => {
    for (const time of ['first', 'second', 'third']) {
      const answer = await pushDepartments([
        { uid: 'a', title: 'A', parentUid: 'c' },
        { uid: 'b', title: 'B', parentUid: 'a' },
        { uid: 'c', title: 'C', parentUid: 'b' },
      ]);
      const { count, failed } = resource(answer, 'departments');
      expect([time, count]).toEqual([time, { all: 3, success: 2, failed: 1 }]);
      expect(failed).toMatchObject([{ record: { uid: 'c' }, code: 'department_cycle' }]);
      expect(await tree()).toEqual({ A: null, B: 'A' });
    }
  });

  it('does not mind how deep the tree is', async () => {
    const chain = Array.from({ length: 3_000 }, (_, n) => ({
      uid: `d${n}`,
      title: `D${n}`,
      parentUid: n < 2999 ? `d${n + 1}` : null,
    }));
    const answer = await pushDepartments(chain);
    expect(resource(answer, 'departments').count).toEqual({ all: 3000, success: 3000, failed: 0 });
    const closing = await pushDepartments([{ uid: 'd2999', parentUid: 'd0' }]);
    expect(resource(closing, 'departments').failed).toMatchObject([{ code: 'department_cycle' }]);
  });

  it('fails alone: a new department without a title', async () => {
    const answer = await pushDepartments([
      { uid: 'a', title: 'A' },
      { uid: 'b', sort: 1 },
    ]);
    expect(resource(answer, 'departments').failed).toMatchObject([{ code: 'title_required', field: 'title' }]);
  });

  it('blocks the departments of a user who could not be created, and says why', async () => {
    await pushDepartments([{ uid: 'd', title: 'D' }]);
    await pushUsers([person('a', { email: 'a@x.cn' })]);
    const answer = await pushUsers([person('b', { email: 'a@x.cn', departments: ['d'] })]);
    expect(resource(answer, 'users').failed).toMatchObject([{ code: 'email_taken' }]);
    expect(resource(answer, 'departments').failed).toMatchObject([{ code: 'blocked_by_users' }]);
    expect(answer.body.data.status).toBe('failed');
  });

  it('drops what a record cannot set, with a warning, and applies the rest', async () => {
    const record = JSON.parse(
      '{"uid":"a","username":"a","id":99,"password":"secret","roles":["root"],"status":"x","createdAt":1,"__proto__":{"x":1}}',
    );
    const answer = await pushUsers([record]);
    expect(answer.body.data.status).toBe('succeeded');
    expect(answer.body.data.warnings.map((warning: { field: string }) => warning.field).sort()).toEqual(
      ['__proto__', 'createdAt', 'id', 'password', 'roles', 'status'].sort(),
    );
    expect(await users()).toMatchObject([{ id: 1, username: 'a', custom: {} }]);
  });
});

describe('what was made by hand', () => {
  it('keeps a field that was edited, until it is unlocked and stated again', async () => {
    await pushUsers([person('a', { nickname: 'from the source', email: 'a@x.cn' })]);
    const id = String((await users())[0]?.['id']);
    await app.admin.patch(`/api/users/${id}`, { nickname: 'by hand' });
    await pushUsers([person('a', { nickname: 'newer', email: 'b@x.cn' })]);
    expect(await users()).toMatchObject([{ nickname: 'by hand', email: 'b@x.cn' }]);
    await app.admin.patch(`/api/users/${id}`, { lockedFields: [] });
    await pushUsers([person('a', { nickname: 'newer', email: 'b@x.cn' })]);
    expect(await users()).toMatchObject([{ nickname: 'newer', email: 'b@x.cn' }]);
  });

  it('counts nothing for what is locked: neither a field nor the life of a user', async () => {
    await pushUsers([person('a', { nickname: 'N1' })]);
    const id = String((await users())[0]?.['id']);
    await app.admin.patch(`/api/users/${id}`, { nickname: 'by hand', status: 'disabled' });
    for (const more of [{ nickname: 'N2' }, { nickname: 'N3', isDisabled: true }, { isDisabled: false }, {}]) {
      const answer = await pushUsers([person('a', more)]);
      const task = await client.get(`/api/tasks/${answer.body.data.taskId}`);
      expect([more, task.body.counts.users]).toMatchObject([
        more,
        { updated: 0, disabled: 0, restored: 0, unchanged: 1 },
      ]);
    }
    expect(await users()).toMatchObject([{ nickname: 'by hand', status: 'disabled' }]);
    const half = await pushUsers([person('a', { nickname: 'N4', email: 'a@x.cn' })]);
    const changes = await app.admin.get(`/api/tasks/${half.body.data.taskId}/changes`);
    expect(changes.body.items).toMatchObject([{ action: 'update', diff: [{ field: 'email' }] }]);
    await app.admin.patch(`/api/users/${id}`, { lockedFields: [] });
    await pushUsers([person('a', {})]);
    expect(await users()).toMatchObject([{ nickname: 'N4', email: 'a@x.cn', status: 'active' }]);
  });

  it('never touches a protected user, and catches up when the protection is lifted', async () => {
    await pushUsers([person('a', { nickname: 'old' })]);
    const id = String((await users())[0]?.['id']);
    await app.admin.patch(`/api/users/${id}`, { protected: true });
    const untouched = await pushUsers([person('a', { nickname: 'new' })]);
    expect((await client.get(`/api/tasks/${untouched.body.data.taskId}`)).body.counts.users).toMatchObject({
      updated: 0,
      unchanged: 1,
    });
    await pushUsers([{ uid: 'a', isDeleted: true }]);
    expect(await users()).toMatchObject([{ nickname: 'old' }]);
    await app.admin.patch(`/api/users/${id}`, { protected: false });
    await pushUsers([person('a', { nickname: 'new' })]);
    expect(await users()).toMatchObject([{ nickname: 'new' }]);
  });

  it('keeps a membership that was made by hand', async () => {
    await pushDepartments(['d', 'e'].map((uid) => ({ uid, title: uid })));
    await pushUsers([person('a', { departments: ['d'] })]);
    const { rows } = await app.pool.query<{ user: number; department: number }>(
      `select u.id as user, d.id as department from users u, departments d where d.title = 'e'`,
    );
    await app.admin.put(`/api/departments/${rows[0]?.department}/users/${rows[0]?.user}`, {});
    await pushUsers([person('a', { departments: [] })]);
    expect(await memberships()).toEqual(['a in e (main)']);
  });
});

describe('matchKey', () => {
  const handMade = async (fields: Fields): Promise<number> => {
    const { rows } = await app.pool.query<{ id: number }>(
      'insert into users (username, email, phone, protected) values ($1, $2, $3, $4) returning id',
      [fields['username'], fields['email'], fields['phone'], fields['protected'] ?? false],
    );
    return rows[0]!.id;
  };

  it('takes over an existing user once, after that the uid is the key', async () => {
    const id = await handMade({ username: 'ann', email: 'Ann@X.cn' });
    const answer = await pushUsers([{ uid: '1', email: 'ann@x.cn', nickname: 'Ann' }], { matchKey: 'email' });
    expect((await client.get(`/api/tasks/${answer.body.data.taskId}`)).body.counts.users).toMatchObject({
      linked: 1,
      created: 0,
    });
    expect(await users()).toMatchObject([{ id, username: 'ann', nickname: 'Ann', email: 'ann@x.cn' }]);
    await pushUsers([{ uid: '1', email: 'new@x.cn' }], { matchKey: 'email' });
    expect(await users()).toMatchObject([{ id, email: 'new@x.cn' }]);
  });

  it('merges nobody without the value', async () => {
    await handMade({ username: 'ann', email: null });
    await pushUsers([person('1', { email: null }), person('2'), person('3', { email: '' })], { matchKey: 'email' });
    expect(await users()).toHaveLength(4);
  });

  it('fails the second uid of one source that matches the same user', async () => {
    await handMade({ email: 'a@x.cn' });
    const answer = await pushUsers(
      [
        { uid: '1', email: 'a@x.cn' },
        { uid: '2', email: 'A@x.cn' },
      ],
      { matchKey: 'email' },
    );
    expect(resource(answer, 'users').failed).toMatchObject([
      { record: { uid: '2' }, code: 'match_taken', field: 'email' },
    ]);
    const later = await pushUsers([{ uid: '3', email: 'a@x.cn' }], { matchKey: 'email' });
    expect(resource(later, 'users').failed).toMatchObject([{ code: 'match_taken' }]);
    expect(await users()).toHaveLength(1);
  });

  it('says the same of two new records that match each other, the first time and later', async () => {
    const records = [
      { uid: '1', email: 'a@x.cn' },
      { uid: '2', email: 'A@x.cn' },
    ];
    for (const time of ['first', 'second']) {
      const answer = await pushUsers(records, { matchKey: 'email' });
      expect([time, resource(answer, 'users').failed]).toMatchObject([
        time,
        [{ record: { uid: '2' }, code: 'match_taken' }],
      ]);
    }
    expect(await users()).toHaveLength(1);
  });

  it('makes one person of what two sources state at the same moment', async () => {
    await app.admin.post('/api/sources', { name: 'other', type: 'push', matchKey: ['email'] });
    for (let round = 0; round < 10; round++) {
      const records = Array.from({ length: 5 }, (_, n) => ({ uid: `r${round}n${n}`, email: `r${round}n${n}@x.cn` }));
      const answers = await Promise.all([
        pushUsers(records, { matchKey: 'email' }),
        app.admin.post('/api/userData:push', { dataType: 'user', sourceName: 'other', matchKey: 'email', records }),
      ]);
      expect(answers.map((answer) => answer.body.data.status)).toEqual(['succeeded', 'succeeded']);
    }
    expect(await users()).toHaveLength(50);
  });

  it('never matches a protected user, and never by a delete', async () => {
    await handMade({ email: 'a@x.cn', protected: true });
    const answer = await pushUsers([{ uid: '1', email: 'a@x.cn' }], { matchKey: 'email' });
    expect(resource(answer, 'users').failed).toMatchObject([{ code: 'match_protected' }]);
    await pushUsers([{ uid: '2', email: 'a@x.cn', isDeleted: true }], { matchKey: 'email' });
    expect(await users()).toHaveLength(1);
  });

  it('without it, two uids with one e-mail are two people, and the second fails', async () => {
    const answer = await pushUsers([
      { uid: '1', email: 'a@x.cn' },
      { uid: '2', email: 'a@x.cn' },
    ]);
    expect(resource(answer, 'users').failed).toMatchObject([{ record: { uid: '2' }, code: 'email_taken' }]);
    expect(await users()).toHaveLength(1);
  });
});

describe('several at once', () => {
  it('creates everybody once when two clients push the same 50 new users at the same moment', async () => {
    const records = Array.from({ length: 50 }, (_, index) => person(`u${index}`, { email: `u${index}@x.cn` }));
    const answers = await Promise.all([pushUsers(records), pushUsers([...records].reverse())]);
    expect(answers.map((answer) => answer.body.data.status)).toEqual(['succeeded', 'succeeded']);
    expect(await users('true')).toHaveLength(50);
  });

  it('creates everybody once when each comes in a push of their own', async () => {
    const pushes = Array.from({ length: 50 }, (_, index) => pushUsers([person(`u${index % 25}`)]));
    const answers = await Promise.all(pushes);
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(await users('true')).toHaveLength(25);
  });

  it('takes the queue for a large push, with the same result', async () => {
    const records = Array.from({ length: 2_500 }, (_, index) =>
      person(`u${index}`, { managerUid: `u${(index * 7) % 2500}` }),
    );
    const answer = await pushUsers([...records, person('bad', { email: 'x' })]);
    expect(answer.status).toBe(200);
    expect(resource(answer, 'users').count).toEqual({ all: 2501, success: 2500, failed: 1 });
    expect(await users('manager_id is not null')).toHaveLength(2500);
  });

  it('answers 202 when asked to, and the task ends by itself', async () => {
    const answer = await push('user', [person('a')], {}, { Prefer: 'respond-async' });
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      status: 'queued',
      data: { code: 0, message: 'accepted', result: [], taskId: answer.body.id },
    });
    expect((await untilEnded(client, answer.body.id)).body.status).toBe('succeeded');
    expect(await users()).toHaveLength(1);
  });

  it('gives the first answer again for the same Idempotency-Key and body, and refuses another body', async () => {
    const headers = { 'Idempotency-Key': 'k1' };
    const first = await push('user', [person('a')], {}, headers);
    const second = await push('user', [person('a')], {}, headers);
    expect(second.body).toEqual(first.body);
    const other = await push('user', [person('b')], {}, headers);
    expect([other.status, other.body.code]).toEqual([409, 'idempotency_conflict']);
    const both = await Promise.all([1, 2].map(() => push('user', [person('c')], {}, { 'Idempotency-Key': 'k2' })));
    expect(both[0]?.body).toEqual(both[1]?.body);
  });

  it('waits seconds for a first request whose process was killed, and as long as it takes for one that runs', async () => {
    const headers = { 'Idempotency-Key': 'k3' };
    await push('user', [person('d')], {}, headers);
    const heard = (ago: string) =>
      app.pool.query(
        `update idempotency_keys set answer = null, status = null, created_at = now() - interval '1 hour', claimed_at = now() - $1::interval
         where key = 'k3'`,
        [ago],
      );
    await heard('5 seconds');
    const again = push('user', [person('d')], {}, headers);
    await sleep(1_000);
    await heard('0 seconds');
    const first = await Promise.race([again, sleep(1_000)]);
    expect(first).toBeUndefined();
    await heard('13 seconds');
    expect((await again).body.data.status).toBe('succeeded');
  });
});

describe('a push that is held', () => {
  it('takes nobody away before an admin approves exactly this plan', async () => {
    const records = Array.from({ length: 20 }, (_, index) => person(`u${index}`));
    await pushUsers(records);
    const held = await pushUsers(records.slice(0, 10).map((record) => ({ uid: record['uid'], isDeleted: true })));
    expect(held.status).toBe(202);
    expect(held.body).toMatchObject({ status: 'held', heldReason: 'limits', counts: { users: { deleted: 10 } } });
    expect(held.body.data.message).toMatch(/^held: /);
    expect(await users()).toHaveLength(20);
    await pushUsers([person('u0', { nickname: 'moved on' })]);
    await app.pool.query(`update users set protected = true where username = 'u1'`);
    await app.admin.post(`/api/tasks/${held.body.id}/approve`);
    const task = await untilEnded(client, held.body.id);
    expect(await users()).toHaveLength(12);
    expect(task.body.counts.users).toMatchObject({ deleted: 8, stale: 2 });
  });

  it('counts the memberships that go with a deleted department', async () => {
    await pushDepartments([
      { uid: 'big', title: 'Big' },
      { uid: 'small', title: 'Small' },
    ]);
    await pushUsers(Array.from({ length: 20 }, (_, n) => person(`u${n}`, { departments: [n < 18 ? 'big' : 'small'] })));
    const held = await pushDepartments([{ uid: 'big', isDeleted: true }]);
    expect(held.body).toMatchObject({ status: 'held', heldReason: 'limits' });
    expect(held.body.message).toContain('18 memberships');
    expect((await pushDepartments([{ uid: 'small', isDeleted: true }])).status).toBe(200);
    expect(Object.keys(await tree())).toEqual(['Big']);
  });

  it('leaves nothing behind when it is rejected, and a dry run neither', async () => {
    await pushUsers([person('a')]);
    const preview = await pushUsers([person('a', { nickname: 'A' }), person('b')], { dryRun: true });
    expect(preview.body).toMatchObject({
      status: 'held',
      heldReason: 'preview',
      counts: { users: { created: 1, updated: 1 } },
    });
    const changes = await client.get(`/api/tasks/${preview.body.id}/changes?action=update`);
    expect(changes.body.items).toMatchObject([
      { uid: 'a', outcome: 'held', diff: [{ field: 'nickname', after: 'A' }] },
    ]);
    const csv = await client.get(`/api/tasks/${preview.body.id}/changes`, { Accept: 'text/csv' });
    expect([csv.status, csv.body.code]).toEqual([403, 'forbidden']);
    const exported = await app.admin.get(`/api/tasks/${preview.body.id}/changes`, { Accept: 'text/csv' });
    expect(exported.body.split('\r\n')).toHaveLength(4);
    const rejected = await app.admin.post(`/api/tasks/${preview.body.id}/reject`);
    expect([rejected.status, rejected.body.status]).toEqual([200, 'cancelled']);
    const after = await client.get(`/api/tasks/${preview.body.id}/changes`);
    expect(after.body.items.map((change: { outcome: string }) => change.outcome)).toEqual(['stale', 'stale']);
    expect(await users()).toMatchObject([{ username: 'a', nickname: null }]);
    await pushUsers([person('c')]);
    expect(await users()).toHaveLength(2);
  });
});

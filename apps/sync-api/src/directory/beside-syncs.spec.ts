import { setTimeout as sleep } from 'node:timers/promises';
import { type TestApp, startTestApp } from '../testing/start-test-app';
import type { TestAnswer, TestClient } from '../testing/test-client';

let rollcall: TestApp;
let script: TestClient;

beforeAll(async () => {
  rollcall = await startTestApp();
  script = await rollcall.key(['push']);
  // These few people change departments all the time, which is more than a source of their size may do.
  const [api] = (await rollcall.admin.get('/api/sources?q=api')).body.items;
  const policies = { limits: { memberships: { percent: 100 }, cleared: { percent: 100 } } };
  expect((await rollcall.admin.patch(`/api/sources/${api.id}`, { policies })).status).toBe(200);
});
afterAll(() => rollcall.close());

type Counts = Record<string, { failed: number; [action: string]: number }>;

/** Pushes records and returns the counts of the task. */
async function push(dataType: 'user' | 'department', ...records: Record<string, unknown>[]): Promise<Counts> {
  const { status, body } = await script.post('/api/userData:push', { dataType, records });
  expect({ status, body }).toMatchObject({ status: 200, body: { data: { status: 'succeeded' } } });
  return (await rollcall.admin.get(`/api/tasks/${body.data.taskId}`)).body.counts;
}

/** The user or department that the source knows under the uid, also when it is deleted. */
async function find(path: 'users' | 'departments', uid: string) {
  const status = path === 'users' ? '&status=active,disabled,deleted' : '';
  return (await rollcall.admin.get(`/api/${path}?q=${uid}${status}`)).body.items[0];
}

const patch = (path: string, body: unknown): Promise<TestAnswer> => rollcall.admin.patch(`/api/${path}`, body);

test('a field set by hand outlives syncs until it is unlocked; then the source’s word is applied with its next push', async () => {
  await push('user', { uid: 'lock-1', nickname: 'A', custom1: 'x' });
  const { id } = await find('users', 'lock-1');
  await patch(`users/${id}`, { nickname: 'By hand', custom: { custom1: 'by hand' } });
  await push('user', { uid: 'lock-1', nickname: 'B', custom1: 'y', email: 'lock@x' });
  expect(await find('users', 'lock-1')).toMatchObject({
    nickname: 'By hand',
    custom: { custom1: 'by hand' },
    email: 'lock@x',
  });
  await patch(`users/${id}`, { lockedFields: [] });
  await push('user', { uid: 'lock-1', nickname: 'B', custom1: 'y', email: 'lock@x' });
  expect(await find('users', 'lock-1')).toMatchObject({ nickname: 'B', custom: { custom1: 'y' } });
});

test('who is restored by hand is back in the departments that the source listed last, and leaves anew with its word', async () => {
  await push('department', { uid: 'back-a', title: 'A' }, { uid: 'back-b', title: 'B' }, { uid: 'back-c', title: 'C' });
  const departments = ['back-a', { uid: 'back-b', isMain: true, isOwner: true }];
  await push('user', { uid: 'back-1', nickname: 'Back', departments });
  const before = await find('users', 'back-1');
  await push('user', { uid: 'back-1', isDeleted: true });
  expect(await find('users', 'back-1')).toMatchObject({ status: 'deleted' });

  expect((await rollcall.admin.post(`/api/users/${before.id}/restore`)).body.departments).toEqual(before.departments);
  expect(before.departments).toHaveLength(2);
  // Said once more it is no news; who is there again, and goes again, leaves.
  await push('user', { uid: 'back-1', isDeleted: true });
  expect(await find('users', 'back-1')).toMatchObject({ status: 'active', departments: before.departments });
  await push('user', { uid: 'back-1', departments: ['back-c'] });
  expect((await find('users', 'back-1')).departments).toMatchObject([{ title: 'C', isMain: true }]);
  await push('user', { uid: 'back-1', isDeleted: true });
  expect(await find('users', 'back-1')).toMatchObject({ status: 'deleted' });
});

test('who is restored by hand stays while the source goes on to call them gone, with whatever else it says of them', async () => {
  await push('user', { uid: 'kept-1', nickname: 'Kept' });
  const { id } = await find('users', 'kept-1');
  await push('user', { uid: 'kept-1', isDeleted: true });
  await rollcall.admin.post(`/api/users/${id}/restore`);
  for (const phone of ['1', '1', '2', '2']) {
    await push('user', { uid: 'kept-1', isDeleted: true, phone });
    expect(await find('users', 'kept-1')).toMatchObject({ status: 'active' });
  }
  await push('user', { uid: 'kept-1', phone: '3' });
  await push('user', { uid: 'kept-1', isDeleted: true });
  expect(await find('users', 'kept-1')).toMatchObject({ status: 'deleted' });
});

test('a parent that is locked is not the one that the source states, neither in circles nor where one comes back', async () => {
  const say = (...records: object[]): Promise<TestAnswer> =>
    script.post('/api/userData:push', { dataType: 'department', records });
  const rows = async (): Promise<unknown> =>
    (
      await rollcall.pool.query(
        `select d.title, p.title as parent from departments d left join departments p on p.id = d.parent_id
         where d.title like 'Ring %' and d.deleted_at is null order by 1`,
      )
    ).rows;
  const [a, b] = [
    { uid: 'ring-a', title: 'Ring A' },
    { uid: 'ring-b', title: 'Ring B' },
  ];
  await say(a, b);
  const { rows: ids } = await rollcall.pool.query<{ id: number }>(
    `select id from departments where title like 'Ring %' order by title`,
  );
  const [idA, idB] = ids.map(({ id }) => id);
  await patch(`departments/${idA}`, { parentId: idB });
  const stand = [
    { title: 'Ring A', parent: 'Ring B' },
    { title: 'Ring B', parent: null },
  ];
  // All that A says is looked at again, with a batch that would put B below it.
  await patch(`departments/${idA}`, { lock: ['title'] });
  await patch(`departments/${idA}`, { unlock: ['title'] });
  const circle = await say(a, { ...b, parentUid: 'ring-a' });
  expect(circle.body.data.status).toBe('partially_succeeded');
  expect(await rows()).toEqual(stand);
  // B comes back, whose parent a hand had set: the source says that it is below A, which is below it.
  await patch(`departments/${idB}`, { lock: ['parentUid'] });
  await say({ uid: 'ring-b', isDeleted: true });
  expect((await say({ ...b, parentUid: 'ring-a' })).body.data.status).toBe('succeeded');
  expect(await rows()).toEqual(stand);
});

test('who was disabled by hand stays so, whatever the source says, and a sync does not count it as restored', async () => {
  await push('user', { uid: 'off-1', nickname: 'A' });
  const { id } = await find('users', 'off-1');
  await patch(`users/${id}`, { status: 'disabled' });
  const counts = await push('user', { uid: 'off-1', nickname: 'B' });
  expect(await find('users', 'off-1')).toMatchObject({ status: 'disabled', nickname: 'B' });
  expect(counts['users']).toMatchObject({ updated: 1, restored: 0 });
  const again = await push('user', { uid: 'off-1', nickname: 'C' });
  expect(again['users']).toMatchObject({ updated: 1, restored: 0 });
  await patch(`users/${id}`, { lockedFields: [] });
  await push('user', { uid: 'off-1', nickname: 'C' });
  expect(await find('users', 'off-1')).toMatchObject({ status: 'active', nickname: 'C' });
});

test('who was enabled by hand stays so although the source disables, until it is unlocked', async () => {
  await push('user', { uid: 'on-1', isDisabled: true });
  const { id } = await find('users', 'on-1');
  await patch(`users/${id}`, { status: 'active' });
  await push('user', { uid: 'on-1', isDisabled: true, nickname: 'B' });
  expect(await find('users', 'on-1')).toMatchObject({ status: 'active', nickname: 'B' });
  await patch(`users/${id}`, { lockedFields: [] });
  await push('user', { uid: 'on-1', isDisabled: true, nickname: 'B' });
  expect((await find('users', 'on-1')).status).toBe('disabled');
});

test('a restored user stays until the source says something new', async () => {
  await push('user', { uid: 'back-1', nickname: 'A' });
  await push('user', { uid: 'back-1', isDeleted: true });
  const { id, status } = await find('users', 'back-1');
  expect(status).toBe('deleted');
  await rollcall.admin.post(`/api/users/${id}/restore`);
  await push('user', { uid: 'back-1', isDeleted: true });
  expect(await find('users', 'back-1')).toMatchObject({ id, status: 'active' });
  await push('user', { uid: 'back-1', nickname: 'B' });
  expect(await find('users', 'back-1')).toMatchObject({ id, nickname: 'B' });
  await push('user', { uid: 'back-1', isDeleted: true });
  expect(await find('users', 'back-1')).toMatchObject({ id, status: 'deleted' });
});

test('memberships and the main department made by hand survive every push', async () => {
  await push('department', { uid: 'mem-a', title: 'A' }, { uid: 'mem-b', title: 'B' }, { uid: 'mem-c', title: 'C' });
  await push('user', { uid: 'mem-1', departments: ['mem-a', { uid: 'mem-b', isMain: true }] });
  const { id, mainDepartmentId } = await find('users', 'mem-1');
  const [a, b, c] = [
    await find('departments', 'mem-a'),
    await find('departments', 'mem-b'),
    await find('departments', 'mem-c'),
  ];
  expect(mainDepartmentId).toBe(b.id);
  await rollcall.admin.put(`/api/departments/${c.id}/users/${id}`, { isMain: true });
  await rollcall.admin.put(`/api/departments/${a.id}/users/${id}`, { isOwner: true });
  await push('user', { uid: 'mem-1', departments: [{ uid: 'mem-b', isMain: true }] });
  const user = await find('users', 'mem-1');
  expect(user.mainDepartmentId).toBe(c.id);
  expect(user.departments.map((one: { id: number }) => one.id).sort()).toEqual([a.id, b.id, c.id].sort());
  await push('user', { uid: 'mem-1', departments: [] });
  expect((await find('users', 'mem-1')).departments).toHaveLength(2);
});

test('the main department that is deleted gives way and is not main when it comes back, unless it is flagged', async () => {
  await push('department', { uid: 'del-a', title: 'A' }, { uid: 'del-b', title: 'B' });
  await push('user', { uid: 'del-1', departments: ['del-a', 'del-b'] });
  const [a, b] = [await find('departments', 'del-a'), await find('departments', 'del-b')];
  expect((await find('users', 'del-1')).mainDepartmentId).toBe(a.id);
  await push('department', { uid: 'del-a', isDeleted: true });
  expect(await find('users', 'del-1')).toMatchObject({ mainDepartmentId: b.id, departments: [{ id: b.id }] });
  await push('department', { uid: 'del-a', title: 'A' });
  const back = await find('users', 'del-1');
  expect(back.mainDepartmentId).toBe(b.id);
  expect(back.departments).toHaveLength(2);
});

test('a department moved by hand stays where it is', async () => {
  await push(
    'department',
    { uid: 'mov-a', title: 'A' },
    { uid: 'mov-b', title: 'B' },
    { uid: 'mov-c', title: 'C', parentUid: 'mov-a' },
  );
  const [b, c] = [await find('departments', 'mov-b'), await find('departments', 'mov-c')];
  await patch(`departments/${c.id}`, { parentId: b.id, title: 'By hand' });
  await push('department', { uid: 'mov-c', title: 'C2', parentUid: 'mov-a', sort: 4 });
  expect(await find('departments', 'mov-c')).toMatchObject({ parentId: b.id, title: 'By hand', sort: 4 });
  await patch(`departments/${c.id}`, { lockedFields: ['title'] });
  await push('department', { uid: 'mov-c', title: 'C2', parentUid: 'mov-a', sort: 4 });
  expect(await find('departments', 'mov-c')).toMatchObject({
    parentId: (await find('departments', 'mov-a')).id,
    title: 'By hand',
  });
});

test('a push that would make a circle with a move by hand fails for that record alone', async () => {
  await push('department', { uid: 'cir-a', title: 'A' }, { uid: 'cir-b', title: 'B' });
  const [a, b] = [await find('departments', 'cir-a'), await find('departments', 'cir-b')];
  await patch(`departments/${a.id}`, { parentId: b.id });
  const { body } = await script.post('/api/userData:push', {
    dataType: 'department',
    records: [
      { uid: 'cir-b', title: 'B2', parentUid: 'cir-a' },
      { uid: 'cir-c', title: 'C' },
    ],
  });
  expect(body.data.result[0].detail).toMatchObject({
    count: { success: 1, failed: 1 },
    failedRecords: [{ code: 'department_cycle' }],
  });
});

test('a move by hand and one by a push at once never make a circle together', async () => {
  await push('department', { uid: 'knot-a', title: 'A' }, { uid: 'knot-b', title: 'B' });
  const [a, b] = [await find('departments', 'knot-a'), await find('departments', 'knot-b')];
  for (let round = 0; round < 12; round++) {
    await Promise.all([
      script.post('/api/userData:push', {
        dataType: 'department',
        records: [{ uid: 'knot-b', title: `B${round}`, parentUid: 'knot-a' }],
      }),
      sleep(round * 2).then(() => patch(`departments/${a.id}`, { parentId: b.id })),
    ]);
    const { rows } = await rollcall.pool.query(
      'select from departments where id = any ($1) and parent_id is not null',
      [[a.id, b.id]],
    );
    expect(rows).toHaveLength(1);
    await patch(`departments/${a.id}`, { parentId: null, lockedFields: [] });
    await push('department', { uid: 'knot-b', title: 'B', parentUid: null });
  }
});

test('a protected user is left alone by syncs', async () => {
  await push('user', { uid: 'pro-1', nickname: 'A' });
  const { id } = await find('users', 'pro-1');
  await patch(`users/${id}`, { protected: true });
  await push('user', { uid: 'pro-1', nickname: 'B' });
  await push('user', { uid: 'pro-1', isDeleted: true });
  expect(await find('users', 'pro-1')).toMatchObject({ nickname: 'A', status: 'active', protected: true });
});

test('a user made by hand is taken over by a record with the same username and survives pushes that do not know it', async () => {
  const made = await rollcall.admin.post('/api/users', { username: 'hand-1', nickname: 'By hand' });
  await push('user', { uid: 'other-1', username: 'other-1' });
  expect((await rollcall.admin.get(`/api/users/${made.body.id}`)).body.status).toBe('active');
  const { status } = await script.post('/api/userData:push', {
    dataType: 'user',
    matchKey: 'username',
    records: [{ uid: 'u-hand-1', username: 'hand-1', nickname: 'By the source' }],
  });
  expect(status).toBe(200);
  expect(await find('users', 'u-hand-1')).toMatchObject({ id: made.body.id, nickname: 'By the source' });
});

test('changes by hand and pushes of the same people at once leave one main department each, and no error', async () => {
  await push('department', { uid: 'race-a', title: 'A' }, { uid: 'race-b', title: 'B' }, { uid: 'race-c', title: 'C' });
  const uids = Array.from({ length: 12 }, (_, n) => `race-${n}`);
  await push('user', ...uids.map((uid) => ({ uid, departments: ['race-a'] })));
  const ids = await Promise.all(uids.map(async (uid) => (await find('users', uid)).id as number));
  const [a, c] = [await find('departments', 'race-a'), await find('departments', 'race-c')];
  const answers = await Promise.all([
    ...[0, 1, 2, 3].map((n) =>
      script.post('/api/userData:push', {
        dataType: 'user',
        records: uids.map((uid) => ({
          uid,
          nickname: `N${n}`,
          departments: n % 2 ? ['race-a'] : ['race-b', 'race-a'],
        })),
      }),
    ),
    ...ids.flatMap((id) => [
      rollcall.admin.put(`/api/departments/${c.id}/users/${id}`, { isMain: true }),
      rollcall.admin.patch(`/api/users/${id}`, { phone: `+${id}` }),
      rollcall.admin.put(`/api/departments/${a.id}/users/${id}`, {}),
    ]),
  ]);
  expect(answers.filter(({ status }) => status !== 200).map(({ status, body }) => ({ status, body }))).toEqual([]);
  const { rows } = await rollcall.pool.query(
    `select user_id, count(*) filter (where is_main)::int as mains from memberships
     where user_id = any ($1) group by user_id having count(*) filter (where is_main) <> 1`,
    [ids],
  );
  expect(rows).toEqual([]);
});

test('who was restored by hand gets what they waited for with the next word of their source', async () => {
  await push('user', { uid: 'waits', username: 'waits', managerUid: 'boss-of-waits' });
  await push('user', { uid: 'waits', isDeleted: true });
  const { id } = await find('users', 'waits');
  await rollcall.admin.post(`/api/users/${id}/restore`);
  await push('user', { uid: 'boss-of-waits', username: 'boss-of-waits', nickname: 'Boss' });
  await push('user', { uid: 'waits', managerUid: 'boss-of-waits' });
  expect((await rollcall.admin.get(`/api/users/${id}`)).body.manager).toMatchObject({ nickname: 'Boss' });
});

describe('what no source states can be deleted by hand', () => {
  const remove = (path: string): Promise<TestAnswer> => rollcall.admin.delete(`/api/${path}`);

  test('a user, who comes back when restored, or when a source finds them', async () => {
    const made = await rollcall.admin.post('/api/users', { username: 'gone-by-hand', email: 'by-hand@example.com' });
    const path = `users/${made.body.id as number}`;
    expect(await remove(path)).toMatchObject({ status: 200, body: { status: 'deleted' } });
    expect((await remove(path)).status).toBe(200);
    const told = await rollcall.pool.query(
      `select action from feed where data_type = 'user' and ids @> array[$1::bigint] order by id`,
      [made.body.id],
    );
    expect(told.rows.map(({ action }) => action as string)).toEqual(['created', 'deleted']);
    expect(await rollcall.admin.post(`/api/${path}/restore`)).toMatchObject({
      status: 200,
      body: { status: 'active' },
    });
    await remove(path);
    // Nobody has the name any more.
    expect(await push('user', { uid: 'namesake', username: 'gone-by-hand' })).toMatchObject({ users: { created: 1 } });
    const audit = await rollcall.admin.get(`/api/audit?subject=user:${made.body.id as number}&action=user.delete`);
    expect(audit.body.total).toBe(2);
  });

  test('not one whom a source states: it is said who, and what to do', async () => {
    await push('user', { uid: 'stated', username: 'stated' });
    const { id } = await find('users', 'stated');
    const refused = await remove(`users/${id}`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'conflict', reason: { code: 'user_stated' } } });
    expect(refused.body.detail).toContain('the source "api"');
    await push('user', { uid: 'stated', isDeleted: true });
    expect((await remove(`users/${id}`)).status).toBe(200);
    expect(await push('user', { uid: 'stated', username: 'stated', nickname: 'Back' })).toMatchObject({
      users: { restored: 1 },
    });
    expect((await remove('users/999999')).status).toBe(404);
  });

  test('a department that is empty', async () => {
    const made = await rollcall.admin.post('/api/departments', { title: 'By hand' });
    const path = `departments/${made.body.id as number}`;
    const below = await rollcall.admin.post('/api/departments', { title: 'Below', parentId: made.body.id });
    expect(await remove(path)).toMatchObject({
      status: 409,
      body: { reason: { code: 'department_in_use', values: { members: 0, children: 1 } } },
    });
    expect((await remove(`departments/${below.body.id as number}`)).status).toBe(204);
    expect((await remove(path)).status).toBe(204);
    expect((await rollcall.admin.get(`/api/${path}`)).status).toBe(404);
    expect((await remove(path)).status).toBe(404);
    await push('department', { uid: 'stated-dept', title: 'Stated' });
    const { id } = await find('departments', 'stated-dept');
    expect(await remove(`departments/${id}`)).toMatchObject({
      status: 409,
      body: { reason: { code: 'department_stated' } },
    });
  });
});

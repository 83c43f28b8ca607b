import { DirectoryRows } from '../testing/directory-rows';
import { type TestApp, startTestApp } from '../testing/start-test-app';
import type { TestAnswer } from '../testing/test-client';

let rollcall: TestApp;
let rows: DirectoryRows;
let hr: number;
let user: number;
let a: number;
let b: number;

beforeAll(async () => {
  rollcall = await startTestApp();
  rows = new DirectoryRows(rollcall.pool);
  hr = await rows.source('hr');
});
beforeEach(async () => {
  await rollcall.emptyDirectory();
  user = await rows.user();
  a = await rows.department('A');
  b = await rows.department('B');
});
afterAll(() => rollcall.close());

const put = (department: number, body?: unknown): Promise<TestAnswer> =>
  rollcall.admin.put(`/api/departments/${department}/users/${user}`, body);
const remove = (department: number): Promise<TestAnswer> =>
  rollcall.admin.delete(`/api/departments/${department}/users/${user}`);
const main = async (): Promise<number | null> => (await rollcall.admin.get(`/api/users/${user}`)).body.mainDepartmentId;

test('a membership made by hand is the main one when there is no other, with or without a body', async () => {
  const { status, body } = await put(a);
  expect(status).toBe(200);
  expect(body).toEqual({
    departmentId: a,
    userId: user,
    isMember: true,
    isMain: true,
    isOwner: false,
    byHand: true,
    sources: [],
  });
  expect((await put(b, { isOwner: true })).body).toMatchObject({ isMain: false, isOwner: true });
  expect(await main()).toBe(a);
});

test('saying it again changes nothing, and is not in the audit again', async () => {
  const audited = `/api/audit?subject=department:${a}/user:${user}`;
  await put(a, { isMain: true });
  const { total } = (await rollcall.admin.get(audited)).body;
  const version = 'select xmin::text, ctid::text, * from memberships';
  const { rows: before } = await rollcall.pool.query(version);
  expect((await put(a, { isMain: true })).body).toMatchObject({ isMain: true, byHand: true });
  expect((await rollcall.pool.query(version)).rows).toEqual(before);
  const audit = await rollcall.admin.get(audited);
  expect(audit.body.total).toBe(total);
  expect(audit.body.items[0]).toMatchObject({ action: 'membership.put', details: { isMain: true, isOwner: false } });
});

test('the main department moves by hand, and stays against what a source flags', async () => {
  await rows.membership(user, a, { source_id: hr, flagged_main: true, is_main: true, position: 1 });
  expect((await put(b)).body.isMain).toBe(false);
  expect((await put(b, { isMain: true })).body.isMain).toBe(true);
  expect(await main()).toBe(b);
  expect((await put(b, { isMain: false })).body.isMain).toBe(false);
  expect(await main()).toBe(a);
});

test('only one department is the main one by hand', async () => {
  await put(a, { isMain: true });
  await put(b, { isMain: true });
  expect(await main()).toBe(b);
  const { rows: flagged } = await rollcall.pool.query('select department_id from memberships where flagged_main');
  expect(flagged).toEqual([{ department_id: b }]);
});

test('what is stated by hand stands beside what a source states, and goes alone', async () => {
  await rows.membership(user, a, { source_id: hr, position: 1, is_main: true });
  expect((await put(a, { isOwner: true, isMain: true })).body).toMatchObject({
    byHand: true,
    sources: ['hr'],
    isOwner: true,
  });
  const { rows: places } = await rollcall.pool.query('select source_id from memberships where is_main');
  expect(places).toEqual([{ source_id: null }]);
  const { status, body } = await remove(a);
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { isMember: true, byHand: false, sources: ['hr'], isOwner: false, isMain: true },
  });
});

test('a membership that only a source states cannot be taken back here, and the source is named', async () => {
  await rows.membership(user, a, { source_id: hr, is_main: true });
  const { status, body } = await remove(a);
  expect({ status, body }).toMatchObject({ status: 409, body: { code: 'conflict' } });
  expect(body.detail).toContain('"hr"');
  expect(await main()).toBe(a);
});

test('taking back the main department hands it on; taking back what is not there is no mistake', async () => {
  await put(a, { isMain: true });
  await rows.membership(user, b, { source_id: hr, position: 1 });
  expect((await remove(a)).body).toMatchObject({ isMember: false, isMain: false, byHand: false, sources: [] });
  expect(await main()).toBe(b);
  expect((await remove(a)).status).toBe(200);
});

test('users and departments that are not there, or deleted, are not found', async () => {
  await rollcall.pool.query('update departments set deleted_at = now() where id = $1', [b]);
  expect((await put(b)).status).toBe(404);
  expect((await remove(b)).status).toBe(404);
  expect((await put(999_999)).status).toBe(404);
  expect((await rollcall.admin.put(`/api/departments/${a}/users/999999`)).status).toBe(404);
  expect((await rollcall.admin.put(`/api/departments/${a}/users/x`)).status).toBe(404);
  await rollcall.pool.query('update users set deleted_at = now()');
  expect((await put(a)).status).toBe(404);
});

test('flags that are no flags and unknown fields are refused', async () => {
  expect((await put(a, { isMain: 'yes' })).body.errors).toMatchObject([{ pointer: '/isMain' }]);
  expect((await put(a, { position: 1 })).body).toMatchObject({
    code: 'unknown_field',
    errors: [{ pointer: '/position' }],
  });
  expect((await put(a, [])).status).toBe(400);
});

test('of many changes at once exactly one department is the main one in the end', async () => {
  const departments = [a, b];
  for (let n = 0; n < 6; n++) departments.push(await rows.department(`D${n}`));
  await rows.membership(user, a, { source_id: hr, position: 1, is_main: true });
  const answers = await Promise.all(
    departments.flatMap((department) => [put(department, { isMain: true }), remove(department), put(department)]),
  );
  expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([]);
  const { rows: mains } = await rollcall.pool.query('select count(*) from memberships where is_main');
  expect(mains).toEqual([{ count: 1 }]);
});

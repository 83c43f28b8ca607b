import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';

let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.key(['push', 'read']);
  await app.admin.post('/api/sources', { name: 'other', type: 'push', matchKey: ['username'] });
});

afterAll(() => app.close());

type Fields = Record<string, unknown>;

const push = (dataType: string, records: Fields[], more: Fields = {}): Promise<TestAnswer> =>
  app.admin.post('/api/userData:push', { dataType, records, ...more });

const user = (departments: unknown): Promise<TestAnswer> => push('user', [{ uid: 'u', username: 'u', departments }]);

beforeEach(async () => {
  await app.emptyDirectory();
  const departments = ['a', 'b', 'c'].map((uid) => ({ uid, title: uid.toUpperCase() }));
  await push('department', departments);
});

/** "A main owner": what the user's page shows. */
async function shown(): Promise<string[]> {
  const [found] = (await client.get('/api/users')).body.items;
  return found.departments
    .map(
      ({ title, isMain, isOwner }: { title: string; isMain: boolean; isOwner: boolean }) =>
        `${title}${isMain ? ' main' : ''}${isOwner ? ' owner' : ''}`,
    )
    .sort();
}

async function idOf(path: string): Promise<number> {
  return (await client.get(path)).body.items[0].id;
}

describe('rule 14: memberships', () => {
  it('have the flagged department as the main one, else the first that is listed', async () => {
    await user(['b', 'a']);
    expect(await shown()).toEqual(['A', 'B main']);
    await user(['b', { uid: 'a', isMain: true }]);
    expect(await shown()).toEqual(['A main', 'B']);
  });

  it('keep the current main department while it is still listed', async () => {
    await user(['b', 'a']);
    await user(['a', 'c', 'b']);
    expect(await shown()).toEqual(['A', 'B main', 'C']);
    await user(['a', 'c']);
    expect(await shown()).toEqual(['A main', 'C']);
  });

  it('are one value: a flag that is not sent again is false', async () => {
    await user([{ uid: 'a', isOwner: true }]);
    expect(await shown()).toEqual(['A main owner']);
    await user(['a']);
    expect(await shown()).toEqual(['A main']);
  });

  it('that were made by hand survive every sync, and stand until both statements are gone', async () => {
    await user(['a']);
    const [userId, departmentId] = [await idOf('/api/users'), await idOf('/api/departments?q=b')];
    await app.admin.put(`/api/departments/${departmentId}/users/${userId}`, {});
    await user(['a', 'b']);
    await user(['a']);
    expect(await shown()).toEqual(['A main', 'B']);
    await app.admin.delete(`/api/departments/${departmentId}/users/${userId}`);
    expect(await shown()).toEqual(['A main']);
  });

  it('of two sources stand beside each other: one is visible while anybody states it', async () => {
    await user(['a']);
    const other = { sourceName: 'other', matchKey: 'username' };
    await push('department', [{ uid: 'x', title: 'X' }], { sourceName: 'other' });
    await push('user', [{ uid: 'o', username: 'u', departments: ['x'] }], other);
    expect(await shown()).toEqual(['A main', 'X']);
    await user([]);
    expect(await shown()).toEqual(['X main']);
    await push('user', [{ uid: 'o', isDeleted: true }], other);
    expect(await shown()).toEqual([]);
  });
});

import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';

let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.key(['push', 'read']);
});

afterAll(() => app.close());

beforeEach(async () => {
  await app.emptyDirectory();
  await push('department', { uid: 'a', title: 'A' }, { uid: 'b', title: 'B', parentUid: 'a' });
  await push('department', { uid: 'c', title: 'C', parentUid: 'b' });
  await push('user', { uid: 'u', username: 'u', departments: ['b', 'c'] });
});

type Fields = Record<string, unknown>;

const push = (dataType: string, ...records: Fields[]): Promise<TestAnswer> =>
  client.post('/api/userData:push', { dataType, records });

/** Title → title of the parent, of what is shown. */
async function tree(): Promise<Record<string, string | null>> {
  const { items } = (await client.get('/api/departments')).body;
  const titles = new Map<number, string>(items.map(({ id, title }: { id: number; title: string }) => [id, title]));
  return Object.fromEntries(
    items.map(({ title, parentId }: { title: string; parentId: number | null }) => [
      title,
      parentId === null ? null : titles.get(parentId),
    ]),
  );
}

async function departmentsOfUser(): Promise<string[]> {
  const [user] = (await client.get('/api/users')).body.items;
  return user.departments.map(({ title }: { title: string }) => title);
}

describe('rule 13: a deleted department', () => {
  it('makes roots of its children until it is back, with the same id', async () => {
    const before = (await client.get('/api/departments')).body.items.find(({ title }: Fields) => title === 'B');
    await push('department', { uid: 'b', isDeleted: true });
    expect(await tree()).toEqual({ A: null, C: null });
    await push('department', { uid: 'b' });
    expect(await tree()).toEqual({ A: null, B: 'A', C: 'B' });
    const after = (await client.get('/api/departments')).body.items.find(({ title }: Fields) => title === 'B');
    expect(after.id).toBe(before.id);
  });

  it('hides its memberships, which stay, and writes nothing of its children or members', async () => {
    const rows = (): Promise<unknown[]> =>
      app.pool
        .query(`select m.*, d.updated_at from memberships m join departments d on d.title = 'C' order by department_id`)
        .then((answer) => answer.rows.map(({ is_main: _, ...row }) => row as Fields));
    const before = await rows();
    await push('department', { uid: 'b', isDeleted: true });
    expect(await departmentsOfUser()).toEqual(['C']);
    expect(await rows()).toEqual(before);
    await push('department', { uid: 'b' });
    expect((await departmentsOfUser()).sort()).toEqual(['B', 'C']);
  });

  it('takes memberships with it that count against the limit', async () => {
    const people = Array.from({ length: 20 }, (_, index) => ({
      uid: `v${index}`,
      username: `v${index}`,
      departments: index < 10 ? ['a'] : ['b'],
    }));
    await push('user', ...people);
    const held = await push('department', { uid: 'b', isDeleted: true });
    expect(held.body).toMatchObject({ status: 'held', heldReason: 'limits' });
    expect(held.body.message).toContain('memberships would be lost');
    expect(await tree()).toHaveProperty('B');
  });
});

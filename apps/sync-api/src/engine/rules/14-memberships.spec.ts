import { SnapshotClient } from '../../testing/snapshot-client';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { untilEnded } from '../../testing/until';

let app: TestApp;
let client: TestClient;
let apiId: number;
let otherId: number;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.key(['push', 'read']);
  const { body } = await app.admin.post('/api/sources', { name: 'other', type: 'push', matchKey: ['username'] });
  otherId = body.id;
  const { items } = (await app.admin.get('/api/sources')).body;
  apiId = items.find(({ name }: Fields) => name === 'api').id;
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

  it('come with who comes back, also where they waited, a change failed and what they waited for came before that', async () => {
    await push('user', [{ uid: 'holder', username: 'holder' }]);
    await push('user', [{ uid: 'u', username: 'u', departments: ['late'] }]);
    await push('user', [{ uid: 'u', username: 'holder' }]);
    await push('user', [{ uid: 'u', isDeleted: true }]);
    await push('user', [{ uid: 'holder', isDeleted: true }]);
    await push('department', [{ uid: 'late', title: 'Late' }]);
    await push('user', [{ uid: 'u', username: 'back' }]);
    expect(await shown()).toEqual(['Late main']);
    // Nothing of what stands is said to be written when somebody comes back.
    await push('user', [{ uid: 'u', isDeleted: true }]);
    const { body } = await push('user', [{ uid: 'u', username: 'back' }]);
    const counts = (await app.admin.get(`/api/tasks/${body.data.taskId as number}`)).body.counts;
    expect(counts).toMatchObject({ users: { restored: 1 } });
    expect(await shown()).toEqual(['Late main']);
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

const OTHER = { sourceName: 'other', matchKey: 'username' };

/** A complete read of `other`, with nothing but these. */
async function snapshotOfOther(records: { user?: Fields[]; department?: Fields[] }): Promise<TestAnswer> {
  const snapshots = new SnapshotClient(app.admin);
  const expected = Object.entries(records).map(([dataType, { length }]) => [dataType, length] as const);
  const id = await snapshots.open({ sourceName: 'other', dataTypes: expected.map(([dataType]) => dataType) });
  for (const [dataType, some] of Object.entries(records)) await snapshots.add(id, some, dataType);
  return untilEnded(app.admin, (await snapshots.commit(id, Object.fromEntries(expected))).body.id);
}

const leavePolicies = (policy: string): Promise<TestAnswer> =>
  app.admin.patch(`/api/sources/${otherId}`, {
    policies: {
      user: { onMissing: policy, onDeleted: policy },
      department: {
        onMissing: policy === 'disable' ? 'keep' : policy,
        onDeleted: policy === 'disable' ? 'keep' : policy,
      },
    },
  });

describe.each(['keep', 'disable', 'delete'])('rule 14: by the policy %s, who left one of two sources', (policy) => {
  const X = { uid: 'o', username: 'u', phone: '1', departments: [{ uid: 'x', isOwner: true }] };
  const REST = [{ uid: 'p', username: 'p', departments: ['x'] }];
  const WAYS: [string, () => Promise<TestAnswer>][] = [
    ['missing', () => snapshotOfOther({ user: REST })],
    ['deleted', () => push('user', [{ uid: 'o', isDeleted: true }], OTHER)],
  ];

  beforeEach(async () => {
    await leavePolicies(policy);
    await push('department', [{ uid: 'x', title: 'X' }], OTHER);
  });

  it.each(WAYS)('(%s) is a member and an owner there no more, and is again when they are back', async (_, leaves) => {
    await user(['a']);
    await push('user', [X, ...REST], OTHER);
    expect(await shown()).toEqual(['A main', 'X owner']);
    const { body } = await leaves();
    const { counts } = (await app.admin.get(`/api/tasks/${body.data?.taskId ?? body.id}`)).body;
    expect(counts).toMatchObject({ users: { updated: 0 }, departments: { updated: 1 } });
    expect(await shown()).toEqual(['A main']);
    // What nobody else states stays: leaving clears nothing.
    expect((await client.get('/api/users?q=u')).body.items[0]).toMatchObject({ status: 'active', phone: '1' });
    expect((await snapshotOfOther({ user: REST })).body.counts.departments).toMatchObject({ updated: 0 });
    await push('user', [X], OTHER);
    expect(await shown()).toEqual(['A main', 'X owner']);
  });

  it.each(WAYS)(
    '(%s) keeps what was said of them when nobody states them any more, but for who is deleted',
    async (_, leaves) => {
      await push('user', [X, ...REST], OTHER);
      await leaves();
      const { rows } = await app.pool.query(
        `select from memberships m join users u on u.id = m.user_id where username = 'u'`,
      );
      expect(rows).toHaveLength(policy === 'delete' ? 0 : 1);
    },
  );

  it('states nothing any more once somebody else comes to state them: its next read takes that away', async () => {
    if (policy === 'delete') return;
    await push('user', [X, ...REST], OTHER);
    await snapshotOfOther({ user: REST });
    await push('user', [{ uid: 'u', username: 'u', departments: ['a'] }], { matchKey: 'username' });
    await snapshotOfOther({ user: REST });
    expect(await shown()).toEqual(['A main']);
  });

  it('states nothing any more once the last one to leave is back', async () => {
    await user(['a']);
    await push('user', [X, ...REST], OTHER);
    await app.admin.patch(`/api/sources/${apiId}`, { policies: { user: { onDeleted: 'keep' } } });
    await user(['a']);
    await push('user', [{ uid: 'u', isDeleted: true }]);
    expect(await shown()).toEqual(['X main owner']);
    await snapshotOfOther({ user: REST });
    await user(['b']);
    await snapshotOfOther({ user: REST });
    expect(await shown()).toEqual(['B main']);
    await app.admin.patch(`/api/sources/${apiId}`, { policies: { user: { onDeleted: 'delete' } } });
  });
});

describe('rule 14: by the policy disable, of whom both sources let go', () => {
  const PEOPLE = Array.from({ length: 10 }, (_, n) => n);
  const ours = (n: number): Fields => ({ uid: `u${n}`, username: `u${n}`, departments: [{ uid: 'a', isOwner: true }] });
  const theirs = (n: number): Fields => ({ uid: `o${n}`, username: `u${n}`, departments: ['x'] });

  beforeEach(async () => {
    await leavePolicies('disable');
    await app.admin.patch(`/api/sources/${apiId}`, { policies: { user: { onDeleted: 'keep' } } });
    await push('department', [{ uid: 'x', title: 'X' }], OTHER);
    await push('user', [...PEOPLE.map(ours), { uid: 'rest', username: 'rest' }]);
    await push('user', [...PEOPLE.map(theirs), { uid: 'p', username: 'p' }], OTHER);
  });

  afterAll(() => app.admin.patch(`/api/sources/${apiId}`, { policies: { user: { onDeleted: 'delete' } } }));

  const readRest = (): Promise<TestAnswer> => snapshotOfOther({ user: [{ uid: 'p', username: 'p' }] });

  async function approved(answer: TestAnswer): Promise<TestAnswer> {
    expect(answer.body.status).toBe('held');
    await app.admin.post(`/api/tasks/${answer.body.id}/approve`);
    return untilEnded(app.admin, answer.body.id);
  }

  const memberships = async (): Promise<Fields[]> =>
    (await app.pool.query(`select user_id, department_id, is_owner from memberships order by 1, 2`)).rows;

  it('nobody is given back what went with the first leaving by another read without them', async () => {
    await approved(await readRest());
    await push('user', [{ uid: 'u0', isDeleted: true }]);
    const before = await memberships();
    expect(before).toHaveLength(PEOPLE.length);
    const again = await readRest();
    expect(again.body).toMatchObject({ status: 'succeeded', counts: { departments: { updated: 0 } } });
    expect(await memberships()).toEqual(before);
  });

  it('what went with the first leaving is not lost again once the other source states them again', async () => {
    await approved(await readRest());
    for (const n of PEOPLE) await push('user', [{ uid: `u${n}`, isDeleted: true }]);
    await push('user', PEOPLE.map(ours));
    const before = await memberships();
    expect(before).toHaveLength(PEOPLE.length);
    const again = await readRest();
    expect(again.body).toMatchObject({ status: 'succeeded', counts: { departments: { updated: 0 } } });
    expect(await memberships()).toEqual(before);
  });

  it('what could not be taken from somebody goes with their leaving, while the other source states them', async () => {
    await app.pool.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$;
      create trigger refuse before delete on memberships for each row execute function refuse()`);
    try {
      const cleared = await push('user', [{ ...theirs(0), departments: [] }], OTHER);
      expect(cleared.body.data.status).toBe('partially_succeeded');
    } finally {
      await app.pool.query('drop function refuse cascade');
    }
    await push('user', [{ uid: 'o0', isDeleted: true }], OTHER);
    expect((await memberships()).filter((one) => one['is_owner'] === false)).toHaveLength(PEOPLE.length - 1);
  });
});

import type { DepartmentReference, UserRecord } from '@rollcall/core';
import { installScriptedSource } from '../../testing/scripted-source';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import { untilEnded } from '../../testing/until';

jest.setTimeout(60_000);

type Fields = Record<string, unknown>;

const scripted = installScriptedSource();
let app: TestApp;
let sourceId: number;

beforeAll(async () => {
  app = await startTestApp(scripted.env);
  const source = await app.admin.post('/api/sources', {
    ...{ name: 'read', type: 'scripted', options: { file: scripted.file } },
  });
  expect(source.status).toBe(201);
  sourceId = source.body.id;
});

afterAll(async () => {
  await app.close();
  scripted.remove();
});

beforeEach(() => app.emptyDirectory());

const ABC = ['a', 'b', 'c'].map((uid) => ({ uid, title: uid.toUpperCase() }));

/** Reads everything; returns the counts of users. */
async function read(users: UserRecord[], departments: { uid: string; title: string }[] = ABC): Promise<Fields> {
  scripted.play({
    pages: [
      { dataType: 'department', records: departments },
      { dataType: 'user', records: users },
    ],
    complete: { user: true },
  });
  const { id } = (await app.admin.post(`/api/sources/${sourceId}/sync`)).body;
  const { body } = await untilEnded(app.admin, id);
  expect(body).toMatchObject({ status: 'succeeded' });
  return body.counts.users ?? {};
}

async function push(record: Fields): Promise<Fields> {
  const { body } = await app.admin.post('/api/userData:push', { dataType: 'user', records: [record] });
  expect(body.data.status).toBe('succeeded');
  return (await app.admin.get(`/api/tasks/${body.data.taskId}`)).body.counts.users;
}

async function people(): Promise<Fields[]> {
  const { rows } = await app.pool.query<Fields>(
    `select nickname, status, deleted_at is not null as deleted from users order by id`,
  );
  return rows;
}

/** "B main owner": what the user's page shows. */
async function departments(): Promise<string[]> {
  const [found] = (await app.admin.get('/api/users')).body.items;
  return found.departments
    .map(
      ({ title, isMain, isOwner }: Record<string, unknown>) =>
        `${String(title)}${isMain ? ' main' : ''}${isOwner ? ' owner' : ''}`,
    )
    .sort();
}

const UNKNOWN = { isDeleted: 'unknown' } as const;
const UNCHANGED = { created: 0, updated: 0, disabled: 0, deleted: 0, restored: 0, unchanged: 1 };

describe('rule 03: whether somebody left is not seen', () => {
  it('they stay away when the source said that they had left, and nothing of them changes', async () => {
    await read([{ uid: 'u', nickname: 'Ann' }]);
    await read([{ uid: 'u', isDeleted: true }]);
    expect(await read([{ uid: 'u', ...UNKNOWN }])).toMatchObject(UNCHANGED);
    expect(await read([{ uid: 'u', ...UNKNOWN, nickname: 'Anna', departments: ['a'] }])).toMatchObject(UNCHANGED);
    expect(await people()).toEqual([{ nickname: 'Ann', status: 'active', deleted: true }]);
    expect(await read([{ uid: 'u', nickname: 'Anna' }])).toMatchObject({ restored: 1 });
  });

  it('they stay disabled, whoever said that', async () => {
    await read([{ uid: 'u', nickname: 'Ann', isDisabled: true }]);
    expect(await read([{ uid: 'u', ...UNKNOWN }])).toMatchObject(UNCHANGED);
    expect(await people()).toMatchObject([{ status: 'disabled' }]);
  });

  it('they are seen: nobody is missing', async () => {
    await read([{ uid: 'u', nickname: 'Ann' }]);
    expect(await read([{ uid: 'u', ...UNKNOWN }])).toMatchObject(UNCHANGED);
    expect(await people()).toEqual([{ nickname: 'Ann', status: 'active', deleted: false }]);
  });

  it('who was only missing is back with a record that says something, and not with a uid alone', async () => {
    await read([{ uid: 'u', nickname: 'Ann' }, { uid: 'v' }]);
    await read([{ uid: 'v' }]);
    expect(await people()).toMatchObject([{ status: 'disabled' }, {}]);
    await read([{ uid: 'u', ...UNKNOWN }, { uid: 'v' }]);
    expect(await people()).toMatchObject([{ status: 'disabled' }, {}]);
    await read([{ uid: 'u', ...UNKNOWN, departments: ['a'] }, { uid: 'v' }]);
    expect(await people()).toMatchObject([{ status: 'active' }, {}]);
  });

  it('a record that says something makes somebody new, a uid alone does not', async () => {
    expect(await read([{ uid: 'u', ...UNKNOWN }])).toMatchObject(UNCHANGED);
    expect(await people()).toEqual([]);
    expect(await read([{ uid: 'u', ...UNKNOWN, nickname: 'Ann' }])).toMatchObject({ created: 1 });
  });

  it('holds for a push as well', async () => {
    await push({ uid: 'p', nickname: 'Ann' });
    await push({ uid: 'p', isDeleted: true });
    expect(await push({ uid: 'p', ...UNKNOWN, nickname: 'Anna' })).toMatchObject(UNCHANGED);
    expect(await push({ uid: 'q', ...UNKNOWN })).toMatchObject(UNCHANGED);
    expect(await people()).toEqual([{ nickname: 'Ann', status: 'active', deleted: true }]);
  });
});

describe('rule 03: memberships are not seen to their end', () => {
  const stated = [
    { uid: 'a', isOwner: true },
    { uid: 'b', isMain: true },
  ];

  it('flags that are not seen stay, and no difference is shown', async () => {
    await read([{ uid: 'u', nickname: 'Ann', departments: stated }]);
    const unseen = (uid: string): DepartmentReference => ({ uid, flags: 'unknown' });
    expect(await read([{ uid: 'u', departments: [unseen('b'), unseen('a')] }])).toMatchObject(UNCHANGED);
    expect(await departments()).toEqual(['A owner', 'B main']);
    await read([{ uid: 'u', departments: [{ uid: 'c', isMain: true }, unseen('b'), 'a'] }]);
    expect(await departments()).toEqual(['A', 'B', 'C main']);
    await read([{ uid: 'v', nickname: 'Bob', departments: [unseen('b')] }]);
    expect((await app.pool.query(`select payload from records where uid = 'v'`)).rows).toEqual([
      { payload: { nickname: 'Bob', departments: [{ uid: 'b' }] } },
    ]);
  });

  it('memberships in departments that the read did not contain stay, the main one too', async () => {
    await read([{ uid: 'u', nickname: 'Ann', departments: stated }]);
    const part = { uid: 'u', departmentsSeen: 'part' } as const;
    const narrow = ABC.filter(({ uid }) => uid !== 'b');
    expect(await read([{ ...part, departments: [{ uid: 'a', isOwner: true }] }], narrow)).toMatchObject(UNCHANGED);
    await read([{ ...part, departments: ['c'] }], narrow);
    expect(await departments()).toEqual(['B main', 'C']);
    await read([{ ...part, departments: [{ uid: 'c', isMain: true }] }], narrow);
    expect(await departments()).toEqual(['B', 'C main']);
    await read([{ ...part, departments: [] }], narrow);
    expect(await departments()).toEqual(['B main']);
  });

  it('when more departments are seen, what is not stated there is taken away, though the record says the same', async () => {
    await read([{ uid: 'u', nickname: 'Ann', departments: ['a', 'b'] }]);
    const part: UserRecord = { uid: 'u', departments: ['a'], departmentsSeen: 'part' };
    await read([part], ABC.slice(0, 1));
    expect(await departments()).toEqual(['A main', 'B']);
    await read([part], ABC.slice(0, 2));
    expect(await departments()).toEqual(['A main']);
  });

  it('a list that was part and is whole now is the list', async () => {
    await read([{ uid: 'u', nickname: 'Ann', departments: ['a', 'b'] }]);
    await read([{ uid: 'u', departments: ['a'], departmentsSeen: 'part' }], ABC.slice(0, 1));
    await read([{ uid: 'u', departments: ['a'] }]);
    expect(await departments()).toEqual(['A main']);
  });

  it('holds for a push as well', async () => {
    await app.admin.post('/api/userData:push', { dataType: 'department', records: ABC });
    await push({ uid: 'p', nickname: 'Ann', departments: stated });
    await push({ uid: 'p', departments: ['c'], departmentsSeen: 'part' });
    expect(await departments()).toEqual(['A owner', 'B main', 'C']);
    const unseen = ['c', 'b', 'a'].map((uid) => ({ uid, flags: 'unknown' }));
    expect(await push({ uid: 'p', departments: unseen })).toMatchObject(UNCHANGED);
  });
});

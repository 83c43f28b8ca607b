import type { Page } from '@rollcall/core';
import { installScriptedSource } from '../../testing/scripted-source';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import { untilEnded } from '../../testing/until';

const scripted = installScriptedSource();
let app: TestApp;
let sourceId: number;

beforeAll(async () => {
  app = await startTestApp(scripted.env);
  const body = { name: 'scripted', type: 'scripted', options: { file: scripted.file } };
  sourceId = (await app.admin.post('/api/sources', body)).body.id;
});

afterAll(async () => {
  await app.close();
  scripted.remove();
});

type Fields = Record<string, unknown>;

async function sync(records: Fields[], departments: Fields[] = []): Promise<Fields> {
  const pages = [
    { dataType: 'department', records: departments },
    { dataType: 'user', records },
  ] as unknown as Page[];
  scripted.play({ pages, complete: { user: true, department: true } });
  const started = await app.admin.post(`/api/sources/${sourceId}/sync`, {});
  return (await untilEnded(app.admin, started.body.id)).body;
}

const users = (n: number, change: (index: number) => Fields = () => ({})): Fields[] =>
  Array.from({ length: n }, (_, index) => ({ uid: `u${index}`, username: `u${index}`, ...change(index) }));

async function active(table: string): Promise<number> {
  const where = table === 'users' ? `status = 'active'` : 'deleted_at is null';
  return (await app.pool.query(`select 1 from ${table} where ${where}`)).rowCount ?? 0;
}

describe('rule 4: every record whose uid can be read is seen', () => {
  beforeAll(async () => {
    await sync(users(40), [
      { uid: 'd', title: 'D' },
      { uid: 'e', title: 'E' },
    ]);
  });

  it('does not take who is invalid for missing, and still notices who is', async () => {
    const invalid = users(38, (index) => (index < 3 ? { email: 'no address' } : {}));
    const ended = await sync(invalid, [{ uid: 'd', title: 'D' }]);
    expect(ended).toMatchObject({ status: 'partially_succeeded', counts: { users: { failed: 3, disabled: 2 } } });
    expect([await active('users'), await active('departments')]).toEqual([38, 1]);
  });

  it('is one person for each uid: told twice in different words the last ones count, and the task says so', async () => {
    const departments = [
      { uid: 'd', title: 'D' },
      { uid: 'e', title: 'E' },
    ];
    await sync(users(40), departments);
    const twice = { uid: 'u1', username: 'u1', nickname: 'Twice' };
    const same = await sync([...users(40), { uid: 'u0', username: 'u0' }], departments);
    expect(same).toMatchObject({ status: 'succeeded', message: null, read: { user: 40 } });
    const ended = await sync([...users(40), twice, { uid: 'u0', username: 'u0' }], departments);
    expect(ended).toMatchObject({
      status: 'succeeded',
      message: expect.stringMatching(/^1 uid came more than once with different values: the last one counts\. /),
      notes: [{ code: 'uids_repeated', values: { uids: 1 } }],
      read: { user: 40 },
    });
    const { rows } = await app.pool.query(`select nickname from users where username = 'u1'`);
    expect(rows).toEqual([{ nickname: 'Twice' }]);
    const preview = await app.admin.post(`/api/sources/${sourceId}/sync`, { dryRun: true });
    const { body } = await untilEnded(app.admin, preview.body.id);
    expect(body.notes).toContainEqual(expect.objectContaining({ code: 'uids_repeated', values: { uids: 1 } }));
    await app.admin.post(`/api/tasks/${body.id}/cancel`);
    await sync(users(40), departments);
  });

  it('holds for one of which the adapter could make no record: it fails alone, and says why', async () => {
    const everybody = users(40);
    const departments = [
      { uid: 'd', title: 'D' },
      { uid: 'e', title: 'E' },
    ];
    await sync(everybody, departments);
    const failed = [{ uid: 'u0', field: 'email', message: 'The expression fails.' }];
    const pages = [
      { dataType: 'user', records: everybody.slice(1), failed },
      { dataType: 'department', records: departments },
    ] as unknown as Page[];
    scripted.play({ pages, complete: { user: true, department: true } });
    const started = await app.admin.post(`/api/sources/${sourceId}/sync`, {});
    const { body } = await untilEnded(app.admin, started.body.id);
    expect(body).toMatchObject({ status: 'partially_succeeded', counts: { users: { failed: 1, disabled: 0 } } });
    expect((await app.admin.get(`/api/tasks/${body.id}/changes?target=users`)).body.items).toMatchObject([
      { uid: 'u0', outcome: 'failed', code: 'configuration', field: 'email', message: 'The expression fails.' },
    ]);
    expect(await active('users')).toBe(40);
  });

  it('concludes nothing about a data type with a record that might be anybody, and goes on with the other', async () => {
    await sync(users(40), [
      { uid: 'd', title: 'D' },
      { uid: 'e', title: 'E' },
    ]);
    const ended = await sync([...users(30), { uid: null, username: 'somebody' }], [{ uid: 'd', title: 'D' }]);
    expect(ended).toMatchObject({ status: 'partially_succeeded', counts: { users: { failed: 1, disabled: 0 } } });
    expect([await active('users'), await active('departments')]).toEqual([40, 1]);
  });
});

import { installScriptedSource } from '../../testing/scripted-source';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { untilEnded } from '../../testing/until';

const scripted = installScriptedSource();
let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await startTestApp(scripted.env);
  client = await app.key(['push', 'read']);
});

afterAll(async () => {
  await app.close();
  scripted.remove();
});

beforeEach(() => app.emptyDirectory());

const push = (records: Record<string, unknown>[], dataType = 'user'): Promise<TestAnswer> =>
  client.post('/api/userData:push', { dataType, records });

async function changedUids({ body }: TestAnswer): Promise<string[]> {
  const { items } = (await app.admin.get(`/api/tasks/${body.id ?? body.data.taskId}/changes`)).body;
  return items.map((change: { uid: string; target: string }) => `${change.uid} on ${change.target}`).sort();
}

/** As after an admin changed something that changes results. */
const markEverythingBehind = (): Promise<unknown> => app.pool.query('update links set dirty = true');

describe('rule 07: the scope of a plan', () => {
  it('is what was sent, for a push: others that are behind are left to a task of the whole source', async () => {
    await push([
      { uid: 'a', username: 'a' },
      { uid: 'b', username: 'b' },
    ]);
    await markEverythingBehind();
    expect(await changedUids(await push([{ uid: 'a', username: 'a', nickname: 'A' }]))).toEqual(['a on users']);
    const links = await app.pool.query<{ dirty: boolean }>('select dirty from links order by record_id');
    expect(links.rows).toMatchObject([{ dirty: false }, { dirty: true }]);
  });

  it('takes in, for a push, the records that wait for what it brings', async () => {
    await push([
      { uid: 'a', username: 'a', departments: ['d'] },
      { uid: 'b', username: 'b' },
    ]);
    expect(await changedUids(await push([{ uid: 'd', title: 'D' }], 'department'))).toEqual([
      'a on departments',
      'd on departments',
    ]);
  });

  it('is the whole source, for a pull: whatever is behind is found', async () => {
    const { body: source } = await app.admin.post('/api/sources', {
      name: 'scope',
      type: 'scripted',
      options: { file: scripted.file },
    });
    scripted.play({
      pages: [
        {
          dataType: 'user',
          records: [
            { uid: 'a', username: 'a' },
            { uid: 'b', username: 'b' },
          ],
        },
      ],
      complete: { user: true },
    });
    const sync = async (): Promise<TestAnswer> =>
      untilEnded(app.admin, (await app.admin.post(`/api/sources/${source.id}/sync`, {})).body.id);
    await sync();
    await app.pool.query(`update links l set dirty = true from records r where r.id = l.record_id and r.uid = 'b'`);
    const again = await sync();
    expect(again.body.counts.users).toMatchObject({ unchanged: 1, updated: 1 });
    expect(await changedUids(again)).toEqual(['b on users']);
  });

  it('is what was not applied, for a retry', async () => {
    await app.admin.post('/api/users', { username: 'taken' });
    const pushed = await push([
      { uid: 'a', username: 'a' },
      { uid: 'b', username: 'taken' },
    ]);
    const { taskId } = pushed.body.data;
    await app.pool.query(`update users set username = 'free' where username = 'taken'`);
    await app.pool.query(`update links set dirty = true`);
    await app.admin.post(`/api/tasks/${taskId}/retry`);
    const retried = await untilEnded(app.admin, taskId);
    expect(retried.body).toMatchObject({ status: 'succeeded', attempts: 2, counts: { users: { created: 2 } } });
    const links = await app.pool.query<{ uid: string; dirty: boolean }>(
      'select r.uid, l.dirty from links l join records r on r.id = l.record_id order by r.uid',
    );
    expect(links.rows).toEqual([
      { uid: 'a', dirty: true },
      { uid: 'b', dirty: false },
    ]);
  });
});

import type { Page } from '@rollcall/core';
import { installScriptedSource, type Script } from '../../testing/scripted-source';
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

async function scriptedSource(): Promise<number> {
  const body = { name: `scope-${Date.now()}`, type: 'scripted', options: { file: scripted.file } };
  return (await app.admin.post('/api/sources', body)).body.id;
}

async function pull(sourceId: number, script: Script, body: Record<string, unknown> = {}): Promise<TestAnswer> {
  scripted.play(script);
  return untilEnded(app.admin, (await app.admin.post(`/api/sources/${sourceId}/sync`, body)).body.id);
}

async function retry(taskId: number, script: Script): Promise<TestAnswer> {
  scripted.play(script);
  await app.admin.post(`/api/tasks/${taskId}/retry`);
  return untilEnded(app.admin, taskId);
}

async function nicknames(): Promise<Record<string, string | null>> {
  const { rows } = await app.pool.query<{ uid: string; nickname: string | null }>(
    `select r.uid, u.nickname from links l join records r on r.id = l.record_id join users u on u.id = l.resource_id
     where l.target_id = (select id from targets where name = 'users') order by r.uid`,
  );
  return Object.fromEntries(rows.map(({ uid, nickname }) => [uid, nickname]));
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
    await app.pool.query(`update users set username = 'not b' where username = 'b'`);
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
    const { rows } = await app.pool.query<{ id: number }>(`select id from users where username = 'a'`);
    const told = async (): Promise<unknown[]> => {
      const user = `/api/users/${rows[0]?.id}`;
      const { links, provenance } = (await app.admin.get(user)).body;
      return [links, provenance, (await app.admin.get(`${user}/changes`)).body.items];
    };
    const before = await told();
    await app.admin.post(`/api/tasks/${taskId}/retry`);
    const retried = await untilEnded(app.admin, taskId);
    expect(retried.body).toMatchObject({ status: 'succeeded', attempts: 2, counts: { users: { created: 2 } } });
    // What it had applied was applied then.
    expect(await told()).toEqual(before);
    const links = await app.pool.query<{ uid: string; dirty: boolean }>(
      'select r.uid, l.dirty from links l join records r on r.id = l.record_id order by r.uid',
    );
    expect(links.rows).toEqual([
      { uid: 'a', dirty: true },
      { uid: 'b', dirty: false },
    ]);
  });

  const users = (...records: { uid: string; [field: string]: unknown }[]): Page => ({ dataType: 'user', records });

  it('is what was not applied, for the retry of a pull, too: as it stands now, and without reading again', async () => {
    const holder = (await app.admin.post('/api/users', { username: 'taken' })).body.id;
    const sourceId = await scriptedSource();
    const pages = [users({ uid: 'a', nickname: 'A' }, { uid: 'b', username: 'taken', nickname: 'B' })];
    const { body } = await pull(sourceId, { pages, complete: { user: true } });
    expect(body).toMatchObject({ status: 'partially_succeeded', counts: { users: { created: 1, failed: 1 } } });
    await app.admin.patch(`/api/users/${holder}`, { username: 'free' });
    await markEverythingBehind();
    const retried = await retry(body.id, { pages: [users({ uid: 'c' })], complete: { user: true } });
    expect(scripted.calls()).toEqual([]);
    expect(retried.body).toMatchObject({
      status: 'succeeded',
      attempts: 2,
      counts: { users: { created: 2, disabled: 0 } },
    });
    expect(await nicknames()).toEqual({ a: 'A', b: 'B' });
  });

  it('leaves standing what a push refused, for its retry: what was sent does not change', async () => {
    const holder = (await app.admin.post('/api/users', { username: 'taken' })).body.id;
    const records = [{ uid: 'x', email: 'no address' }, { uid: 'a', username: 'taken', nickname: 'A' }, 'nobody'];
    const pushed = await client.post('/api/userData:push', { dataType: 'user', records });
    const id = pushed.body.data.taskId as number;
    const again = async (): Promise<TestAnswer> => {
      await app.admin.post(`/api/tasks/${id}/retry`);
      return untilEnded(app.admin, id);
    };
    const first = (await again()).body;
    expect(first).toMatchObject({ status: 'failed', counts: { users: { created: 0, failed: 3 } } });
    expect(first.refusedOnly).toBeUndefined();
    await app.admin.patch(`/api/users/${holder}`, { username: 'free' });
    const partly = { status: 'partially_succeeded', counts: { users: { created: 1, failed: 2, unchanged: 0 } } };
    const last = (await again()).body;
    expect(last).toMatchObject({ ...partly, refusedOnly: true });
    // With nothing left that could be tried; and whatever became of a try.
    expect((await again()).body).toMatchObject(partly);
    const { rows } = await app.pool.query<{ id: number }>(
      `insert into tasks (source_id, kind, status, lease_until) select id, 'push', 'running', now() + interval '1 hour'
       from sources where name = 'api' returning id`,
    );
    await app.admin.post(`/api/tasks/${id}/retry`);
    await app.admin.post(`/api/tasks/${id}/cancel`);
    await app.pool.query('delete from tasks where id = $1', [rows[0]?.id]);
    expect((await again()).body).toMatchObject(partly);
    const { items } = (await client.get(`/api/tasks/${id}/changes?outcome=failed`)).body;
    expect(items).toMatchObject([{ code: 'invalid_email' }, { code: 'not_an_object' }]);
  });

  it('is the source again for the retry of a pull that refused a record: it was never stored', async () => {
    const sourceId = await scriptedSource();
    await pull(sourceId, { pages: [users({ uid: 'a', nickname: 'A' })], nextCursor: 'c1' });
    const older = await pull(
      sourceId,
      { pages: [users({ uid: 'a', nickname: 'A2' }, { uid: 'x', email: 'no address' })], nextCursor: 'c2' },
      { mode: 'incremental' },
    );
    expect(older.body.counts.users).toMatchObject({ updated: 1, failed: 1 });
    await pull(sourceId, { pages: [], nextCursor: 'c3' }, { mode: 'incremental' });
    const pages = [users({ uid: 'a', nickname: 'A3' }, { uid: 'x', nickname: 'X' })];
    const retried = await retry(older.body.id, { pages, nextCursor: 'c4' });
    expect(scripted.calls()).toEqual([{ mode: 'incremental', since: 'c1' }]);
    expect(retried.body).toMatchObject({
      status: 'succeeded',
      counts: { users: { updated: 1, created: 1, failed: 0 } },
    });
    // What it applied in its first attempt stays its change; the newer state is stored, and the next task's.
    expect(await nicknames()).toEqual({ a: 'A2', x: 'X' });
    const next = await pull(sourceId, { pages, complete: { user: true } }, { mode: 'full' });
    expect(next.body.counts.users).toMatchObject({ updated: 1, unchanged: 1 });
    expect(await nicknames()).toEqual({ a: 'A3', x: 'X' });
  });

  it('is the source again for the retry of a pull whose read was cut short', async () => {
    const sourceId = await scriptedSource();
    const cut = await pull(sourceId, {
      pages: [users({ uid: 'a', nickname: 'A' })],
      error: { code: 'credentials', message: 'Expired.' },
    });
    expect(cut.body).toMatchObject({ status: 'partially_succeeded', code: 'credentials' });
    const pages = [users({ uid: 'a', nickname: 'A' }, { uid: 'b', nickname: 'B' })];
    const retried = await retry(cut.body.id, { pages, complete: { user: true } });
    expect(retried.body).toMatchObject({ status: 'succeeded', counts: { users: { created: 2 } } });
    expect(await nicknames()).toEqual({ a: 'A', b: 'B' });
  });
});

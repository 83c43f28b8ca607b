import { startRemoteTarget, type RemoteTarget } from '../testing/remote-target';
import { startTestApp, type TestApp } from '../testing/start-test-app';
import type { TestAnswer, TestClient } from '../testing/test-client';
import { until } from '../testing/until';

let remote: RemoteTarget;
let app: TestApp;
let admin: TestClient;
let number = 0;

beforeAll(async () => {
  remote = await startRemoteTarget();
  app = await startTestApp({ ...remote.env, ROLLCALL_ALLOW_PRIVATE_ADDRESSES: '1' });
  admin = app.admin;
});

afterAll(async () => {
  await app.close();
  await remote.stop();
});

/** A target that is off, unless `more` says otherwise. */
const add = (more: object = {}): Promise<TestAnswer> =>
  admin.post('/api/targets', {
    name: `crm-${++number}`,
    type: 'crm',
    enabled: false,
    options: remote.options,
    ...more,
  });

async function added(more: object = {}): Promise<{ id: number; name: string }> {
  return (await add(more)).body;
}

/** Once no task runs or waits any more. */
const idle = (): Promise<{ status: string }[]> =>
  until<{ status: string }[]>(
    async () => (await admin.get('/api/tasks?pageSize=100')).body.items,
    (tasks) => tasks.every(({ status }) => status !== 'queued' && status !== 'running'),
  );

const pushed = async (name: string): Promise<number> => {
  const source = await admin.post('/api/sources', { name, type: 'push' });
  const records = [{ uid: 'a' }, { uid: 'b' }];
  await admin.post('/api/userData:push', { dataType: 'user', sourceName: name, records });
  return source.body.id;
};

const linksOf = async (targetId: number): Promise<number> =>
  (await app.pool.query('select from links where target_id = $1', [targetId])).rowCount ?? 0;

describe('targets', () => {
  it('are listed with the built-in ones first', async () => {
    const { id, name } = await added();
    const { body } = await admin.get('/api/targets');
    expect(body.items.slice(0, 2)).toMatchObject([
      { name: 'users', builtIn: true, enabled: true, sources: null, limits: null },
      { name: 'departments', builtIn: true },
    ]);
    expect((await admin.get(`/api/targets/${id}`)).body).toEqual({
      id,
      name,
      type: 'crm',
      enabled: false,
      options: { url: remote.options.url },
      secretsSet: ['token'],
      sources: null,
      limits: {
        deletes: { count: 500, percent: 10 },
        disables: { count: 500, percent: 10 },
      },
      builtIn: false,
      lastTask: null,
      reviews: [],
      away: null,
      adapterError: null,
    });
  });

  it('keep their secrets encrypted, and forget them when the host changes', async () => {
    const { id } = await added();
    const { rows } = await app.pool.query('select to_jsonb(t)::text as text from targets t where id = $1', [id]);
    expect(rows[0].text).not.toContain(remote.options.token);
    const same = await admin.patch(`/api/targets/${id}`, { options: { url: `${remote.options.url}/v2` } });
    expect(same.body.secretsSet).toEqual(['token']);
    const moved = await admin.patch(`/api/targets/${id}`, { options: { url: 'https://elsewhere.example' } });
    expect(moved.body.secretsSet).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['an unknown adapter', { type: 'nothing' }, '/type'],
    ['a name that is taken', { name: 'users' }, '/name'],
    ['a second target on the same tables', { type: 'users', options: {} }, '/type'],
    ['limits on tables here', { type: 'users', options: {}, limits: {} }, '/limits'],
    ['a misspelt option', { options: { ...{ url: 'http://x.org', token: 't' }, tokn: 1 } }, '/options/tokn'],
    ['a source that is not there', { sources: [99999] }, '/sources/0'],
    ['no source at all', { sources: [] }, '/sources'],
    ['a limit that is none', { limits: { deletes: { percent: 101 } } }, '/limits/deletes/percent'],
    ['a limit that nothing is held against', { limits: { cleared: { count: 1 } } }, '/limits/cleared'],
    ['a field that is none', { priority: 1 }, '/priority'],
  ])('are refused with %s', async (_, more, pointer) => {
    const answer = await add(more);
    expect([400, 409]).toContain(answer.status);
    expect(answer.body.errors[0].pointer).toBe(pointer);
  });

  it('may be several of one type, each with its own limits and sources', async () => {
    const source = await pushed('for-one');
    const one = await added({ sources: [source], limits: { deletes: { count: 3 } } });
    const two = await added();
    expect((await admin.get(`/api/targets/${one.id}`)).body).toMatchObject({
      type: 'crm',
      sources: [source],
      limits: { deletes: { count: 3, percent: 10 } },
    });
    expect((await admin.patch(`/api/targets/${one.id}`, { sources: null })).body.sources).toBeNull();
    expect(two.id).not.toBe(one.id);
  });

  it('that are built in cannot be deleted, switched off or limited', async () => {
    for (const body of [{ enabled: false }, { sources: [1] }, { options: {} }, { limits: { deletes: { count: 7 } } }]) {
      const answer = await admin.patch('/api/targets/1', body);
      expect([answer.status, answer.body.code]).toEqual([409, 'conflict']);
    }
    expect((await admin.delete('/api/targets/2')).status).toBe(409);
  });

  it('are said to be elsewhere by the list of adapters', async () => {
    const { items } = (await admin.get('/api/adapters?pageSize=100')).body;
    const remoteOf = (id: string): unknown =>
      items.find((each: TestAnswer['body']) => each.kind === 'target' && each.id === id).capabilities.remote;
    expect([remoteOf('crm'), remoteOf('users')]).toEqual([true, false]);
  });

  it('keep their name and type', async () => {
    const { id } = await added();
    expect((await admin.patch(`/api/targets/${id}`, { type: 'users' })).body.errors[0].pointer).toBe('/type');
    expect((await admin.patch(`/api/targets/${id}`, { name: 'other' })).body.errors[0].pointer).toBe('/name');
  });

  it('can be tried, stored or not', async () => {
    const { id } = await added();
    expect((await admin.post(`/api/targets/${id}/check`)).body).toEqual({ ok: true, message: 'Welcome.' });
    const wrong = { type: 'crm', options: { ...remote.options, token: 'wrong' } };
    expect((await admin.post('/api/targets/check', wrong)).body).toEqual({ ok: false, message: 'Who are you?' });
    expect((await admin.post('/api/targets/1/check')).body.ok).toBe(true);
    const changed = (options: object): Promise<TestAnswer> => admin.post(`/api/targets/${id}/check`, { options });
    expect((await changed({ url: remote.options.url })).body).toEqual({ ok: true, message: 'Welcome.' });
    expect((await changed({ ...remote.options, token: 'wrong' })).body.ok).toBe(false);
    expect((await changed({ url: 'http://elsewhere.example' })).body.message).toContain('token');
    expect((await changed({ url: 7 })).body.errors[0].pointer).toBe('/options/url');
    expect((await admin.post(`/api/targets/${id}/check`)).body.ok).toBe(true);
  });

  it('whose options a newer adapter saved stand still with the reason, until an admin saves them', async () => {
    const { id } = await added();
    await app.pool.query('update targets set options_version = 2 where id = $1', [id]);
    expect((await admin.get(`/api/targets/${id}`)).body).toMatchObject({ options: {}, secretsSet: [] });
    const { body } = await admin.post(`/api/targets/${id}/check`, {});
    expect(body).toMatchObject({ ok: false, message: expect.stringContaining('saved with a newer version') });
    expect((await admin.patch(`/api/targets/${id}`, { options: remote.options })).status).toBe(200);
    expect((await admin.post(`/api/targets/${id}/check`, {})).body).toEqual({ ok: true, message: 'Welcome.' });
  });

  it('leave an entry in the audit for each change, without secrets', async () => {
    const { id, name } = await added();
    await admin.patch(`/api/targets/${id}`, { limits: {} });
    await admin.delete(`/api/targets/${id}`);
    const { body } = await admin.get(`/api/audit?subject=target:${id}`);
    expect(body.items.map(({ action, details }: { action: string; details: object }) => [action, details])).toEqual([
      ['target.delete', { name, type: 'crm' }],
      ['target.update', { fields: ['limits'] }],
      ['target.create', { name, type: 'crm' }],
    ]);
  });

  it('do not wait for what failed before it could come to them', async () => {
    const source = await pushed('blocked');
    const sent = {
      dataType: 'user',
      sourceName: 'blocked',
      records: [
        { uid: 'twice', username: 'blocked-a' },
        { uid: 'twice2', username: 'blocked-a' },
      ],
    };
    await admin.post('/api/userData:push', sent);
    const { id } = await added({ enabled: true, sources: [source] });
    await idle();
    expect((await admin.get(`/api/targets/${id}/backlog`)).body.sources).toMatchObject([
      { records: 4, waiting: 3, blocked: 1 },
    ]);
  });

  it('say which sources wait for a review, what is missing there, and what failed', async () => {
    const source = await pushed('reviewed');
    const { id } = await added({ enabled: true, sources: [source] });
    await idle();
    const target = async (): Promise<TestAnswer['body']> => (await admin.get(`/api/targets/${id}`)).body;
    const backlog = async (): Promise<object[]> => (await admin.get(`/api/targets/${id}/backlog`)).body.sources;
    const held = await target();
    expect(held.reviews).toEqual([
      { taskId: held.lastTask.id, status: 'held', rejected: false, source: { id: source, name: 'reviewed' } },
    ]);
    const of = { source: { id: source, name: 'reviewed', displayName: 'reviewed' }, records: 2 };
    expect(await backlog()).toMatchObject([{ ...of, waiting: 2, failed: 0 }]);

    remote.fault = ({ uid }) => (uid === 'b' ? { code: 'rejected_by_target', message: 'No b here.' } : undefined);
    await admin.post(`/api/tasks/${held.lastTask.id}/approve`);
    await idle();
    remote.fault = () => undefined;
    expect(await target()).toMatchObject({
      reviews: [],
      lastTask: { id: held.lastTask.id, kind: 'backfill', status: 'partially_succeeded', failed: 1 },
    });
    expect(await backlog()).toEqual([{ ...of, waiting: 1, blocked: 0, failed: 1, lastTaskId: held.lastTask.id }]);

    await admin.post(`/api/tasks/${held.lastTask.id}/retry`);
    await idle();
    expect(await backlog()).toEqual([{ ...of, waiting: 0, blocked: 0, failed: 0, lastTaskId: held.lastTask.id }]);
    const [users] = (await admin.get('/api/targets')).body.items;
    expect(users.lastTask).toMatchObject({ kind: 'push', status: 'succeeded', failed: 0 });
  });

  it('have nothing tried again once they are deleted, also where one of their name has been added since', async () => {
    const source = await pushed('given-up');
    const { id, name } = await added({ enabled: true, sources: [source] });
    await idle();
    const [first] = (await admin.get(`/api/tasks?targetId=${id}`)).body.items;
    await admin.patch(`/api/targets/${id}`, { enabled: false });
    expect(await admin.post(`/api/tasks/${first.id}/retry`)).toMatchObject({
      status: 409,
      body: { reason: { code: 'task_target_off', values: { taskId: first.id, target: name } } },
    });
    await admin.delete(`/api/targets/${id}`);
    expect((await add({ name, enabled: false })).status).toBe(201);
    const retried = await admin.post(`/api/tasks/${first.id}/retry`);
    expect(retried).toMatchObject({
      status: 409,
      body: { reason: { code: 'task_target_deleted', values: { taskId: first.id, target: name } } },
    });
    expect((await admin.get(`/api/tasks/${first.id}`)).body.status).toBe('cancelled');
    // Nobody can do anything about one that failed.
    await app.pool.query(`update tasks set status = 'failed' where id = $1`, [first.id]);
    const attention = (await admin.get('/api/tasks?attention=true')).body.items;
    expect(attention.map((task: { id: number }) => task.id)).not.toContain(first.id);
  });

  it('forget their links when they are deleted, touch nothing there, and free their name', async () => {
    const source = await pushed('deleted-target');
    const { id, name } = await added({ enabled: true, sources: [source] });
    await idle();
    const { body } = await admin.get(`/api/tasks?targetId=${id}`);
    await admin.post(`/api/tasks/${body.items[0].id}/approve`);
    await idle();
    expect(await linksOf(id)).toBe(2);
    const calls = remote.calls.length;
    expect((await admin.delete(`/api/targets/${id}`)).status).toBe(204);
    expect(await linksOf(id)).toBe(0);
    expect(remote.calls).toHaveLength(calls);
    expect((await admin.get(`/api/targets/${id}`)).status).toBe(404);
    const { rows } = await app.pool.query('select options, secrets from targets where id = $1', [id]);
    expect(rows).toEqual([{ options: {}, secrets: {} }]);
    expect((await admin.get(`/api/tasks/${body.items[0].id}/changes`)).body.items).toHaveLength(2);
    expect((await add({ name })).status).toBe(201);
  });

  it('forget the links of a source that is taken away, and review it when it is back', async () => {
    const [kept, dropped] = [await pushed('kept'), await pushed('dropped')];
    const { id } = await added({ enabled: true, sources: [kept, dropped] });
    await idle();
    const held = async (): Promise<{ id: number; source: { id: number } }[]> =>
      (await admin.get(`/api/tasks?targetId=${id}&status=held`)).body.items;
    for (const task of await held()) await admin.post(`/api/tasks/${task.id}/approve`);
    await idle();
    expect(await linksOf(id)).toBe(4);
    await admin.patch(`/api/targets/${id}`, { sources: [kept] });
    expect(await linksOf(id)).toBe(2);
    await admin.patch(`/api/targets/${id}`, { sources: null });
    await idle();
    expect((await held()).map(({ source }) => source.id)).toContain(dropped);
    expect((await held()).map(({ source }) => source.id)).not.toContain(kept);
    await admin.patch(`/api/targets/${id}`, { enabled: false });
    expect(await held()).toEqual([]);
  });
});

import type { Hint, Page } from '@rollcall/core';
import { installScriptedSource, type Script } from '../testing/scripted-source';
import { startTestApp, type TestApp } from '../testing/start-test-app';
import { itThorough } from '../testing/thorough';
import type { TestAnswer } from '../testing/test-client';
import { until, untilEnded } from '../testing/until';

const scripted = installScriptedSource();
let app: TestApp;
let source: { id: number; name: string };

beforeAll(async () => {
  app = await startTestApp({ ...scripted.env, ROLLCALL_PUBLIC_URL: 'https://rollcall.example/' });
});

afterAll(async () => {
  await app.close();
  scripted.remove();
});

beforeEach(async () => {
  await app.emptyDirectory();
  const body = { name: `s-${Date.now()}`, type: 'scripted-events', options: { file: scripted.file } };
  source = (await app.admin.post('/api/sources', body)).body;
});

const user = (uid: string, fields: object = {}): object => ({ uid, nickname: uid, ...fields });
const page = (...records: object[]): Page => ({ dataType: 'user', records: records as never });
const hint = (key: string): Hint => ({ key, data: { id: key } });

const callback = (): string => `/api/callbacks/${source.name}?token=right`;
const tell = (...hints: Hint[]): Promise<TestAnswer> =>
  app.anonymous.request('POST', callback(), { rawBody: JSON.stringify({ body: 'success', hints }) });

async function tasks(): Promise<{ id: number; kind: string; status: string }[]> {
  return (await app.admin.get(`/api/tasks?sourceId=${source.id}&pageSize=200&sort=id`)).body.items;
}

/** The newest task of the source, when none of it is on its way any more. */
async function settled(): Promise<TestAnswer> {
  const all = await until(tasks, (found) => found.every(({ status }) => !['queued', 'running'].includes(status)));
  return app.admin.get(`/api/tasks/${all.at(-1)!.id}`);
}

async function pull(script: Script, body: object = {}): Promise<TestAnswer> {
  scripted.play(script);
  return untilEnded(app.admin, (await app.admin.post(`/api/sources/${source.id}/sync`, body)).body.id);
}

const everybody = async (): Promise<[string, string][]> =>
  (await app.admin.get('/api/users?sort=username&pageSize=200')).body.items.map(
    ({ nickname, status }: { nickname: string; status: string }) => [nickname, status],
  );
const waiting = async (): Promise<string[]> =>
  (await app.pool.query<{ key: string }>('select key from hints order by id')).rows.map(({ key }) => key);

describe('what a vendor sends', () => {
  it('is answered as its adapter says', async () => {
    const answer = await app.anonymous.get(`${callback()}&echo=a%2Bb`);
    expect([answer.status, answer.body]).toEqual([200, 'a+b']);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it('reaches the adapter as it was sent', async () => {
    const rawBody = '<xml>&#24352;</xml>';
    const answer = await app.anonymous.request('POST', callback(), {
      rawBody,
      headers: { 'Content-Type': 'text/xml' },
    });
    expect([answer.status, answer.body]).toEqual([200, String(rawBody.length)]);
    expect(answer.headers.get('content-type')).toMatch('text/xml');
  });

  it('is refused when the adapter does not know the sender, and nothing is stored', async () => {
    const rawBody = JSON.stringify({ hints: [hint('user:1')] });
    const answer = await app.anonymous.request('POST', `/api/callbacks/${source.name}?token=wrong`, { rawBody });
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(await waiting()).toEqual([]);
  });

  it.each(['/api/callbacks/nobody', '/api/callbacks/api', '/api/callbacks/'])('has no address at %s', async (path) => {
    expect((await app.anonymous.get(path)).status).toBe(404);
  });

  it('may be 256 kB', async () => {
    const answer = await app.anonymous.request('POST', callback(), { rawBody: 'x'.repeat(257_000) });
    expect(answer).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
  });

  it.each([
    ['that is none', 'null'],
    ['without a key', { hints: [{ data: {} }] }],
    ['with a long key', { hints: [{ key: 'x'.repeat(256), data: {} }] }],
    ['with much data', { hints: [{ key: 'x', data: { x: 'x'.repeat(5_000) } }] }],
    ['with NUL', { hints: [{ key: 'x', data: { x: '\0' } }] }],
    ['of a strange status', { status: 20 }],
    ['with a body that is no text', { body: {} }],
  ])('is not believed when the adapter answers something %s', async (_what, answer) => {
    const rawBody = typeof answer === 'string' ? answer : JSON.stringify(answer);
    const told = await app.anonymous.request('POST', callback(), { rawBody });
    expect(told).toMatchObject({ status: 502, body: { code: 'bad_answer' } });
    expect(await waiting()).toEqual([]);
  });

  it('waits while the source is disabled: a rename is told once', async () => {
    await pull({ pages: [page(user('ann'))], complete: { user: true } });
    const before = (await tasks()).length;
    await app.admin.patch(`/api/sources/${source.id}`, { enabled: false });
    expect((await tell(hint('rename:ann'))).status).toBe(200);
    expect(await waiting()).toEqual(['rename:ann']);
    expect(await tasks()).toHaveLength(before);
    await app.admin.patch(`/api/sources/${source.id}`, { enabled: true });
    const events: Page[] = [{ dataType: 'user', renames: [{ from: 'ann', to: 'anna' }] }];
    await pull({ pages: [page(user('anna', { nickname: 'ann' }))], complete: { user: true }, events });
    expect([await everybody(), await waiting()]).toEqual([[['ann', 'active']], []]);
  });
});

describe('an event', () => {
  it('is read again by one task, about a second later, with all that came meanwhile', async () => {
    scripted.play({ pages: [], events: [page(user('ann'), user('bob'))] });
    await tell(hint('user:ann'), hint('user:bob'));
    await tell(hint('user:ann'));
    const task = await settled();
    expect(task.body).toMatchObject({ kind: 'event', status: 'succeeded', counts: { users: { created: 2 } } });
    expect(await tasks()).toHaveLength(1);
    expect(scripted.calls()).toEqual([{ hints: [hint('user:bob'), hint('user:ann')] }]);
    expect(await everybody()).toEqual([
      ['ann', 'active'],
      ['bob', 'active'],
    ]);
    expect(await waiting()).toEqual([]);
  });

  it('says nothing about anybody else', async () => {
    await pull({ pages: [page(user('ann'), user('bob'))], complete: { user: true } });
    scripted.play({ pages: [], events: [page(user('ann', { nickname: 'Ann' }))] });
    await tell(hint('user:ann'));
    expect((await settled()).body).toMatchObject({ status: 'succeeded', message: null });
    expect(await everybody()).toEqual([
      ['Ann', 'active'],
      ['bob', 'active'],
    ]);
  });

  it('may be that somebody left, or has another uid', async () => {
    await pull({ pages: [page(user('ann'), user('bob'))], complete: { user: true } });
    const before = (await app.admin.get('/api/users?q=ann')).body.items[0].id;
    scripted.play({
      pages: [],
      events: [page({ uid: 'bob', isDeleted: true }), { dataType: 'user', renames: [{ from: 'ann', to: 'anna' }] }],
    });
    await tell(hint('user:bob'), hint('rename:ann'));
    expect((await settled()).body).toMatchObject({ status: 'succeeded' });
    const { body } = await app.admin.get(`/api/users/${before}`);
    expect(body).toMatchObject({ status: 'active', links: [{ uid: 'anna' }] });
    expect((await app.admin.get('/api/users?status=deleted')).body.items).toMatchObject([{ nickname: 'bob' }]);
  });

  it('waits for the next read when it cannot be read', async () => {
    await pull({ pages: [page(user('ann'))], complete: { user: true } });
    scripted.play({ pages: [], eventError: { code: 'credentials', message: 'The token is wrong.' } });
    await tell(hint('rename:ann'));
    expect((await settled()).body).toMatchObject({ kind: 'event', status: 'failed', code: 'credentials' });
    expect(await waiting()).toEqual(['rename:ann']);
    const read = await pull({
      pages: [page(user('anna'))],
      complete: { user: true },
      events: [{ dataType: 'user', renames: [{ from: 'ann', to: 'anna' }] }],
    });
    expect(read.body).toMatchObject({ kind: 'pull', status: 'succeeded' });
    expect(scripted.calls().map(({ hints }) => hints)).toEqual([undefined, [hint('rename:ann')]]);
    expect(await everybody()).toEqual([['anna', 'active']]);
    expect(await waiting()).toEqual([]);
  });

  it('is tried again with the task that met a passing trouble', async () => {
    scripted.play({
      pages: [],
      events: [page(user('ann'))],
      eventError: { code: 'network', message: 'Nobody answers.' },
    });
    await tell(hint('user:ann'));
    await until(tasks, ([task]) => task?.status === 'queued' && scripted.calls().length === 1);
    scripted.play({ pages: [], events: [page(user('ann'))] });
    expect((await settled()).body).toMatchObject({ status: 'succeeded', attempts: 2 });
    expect(await waiting()).toEqual([]);
  });

  it('can be tried again by hand, too', async () => {
    scripted.play({ pages: [], eventError: { code: 'permission', message: 'Not allowed.' } });
    await tell(hint('user:ann'));
    const { id } = (await settled()).body;
    scripted.play({ pages: [], events: [page(user('ann'))] });
    await app.admin.post(`/api/tasks/${id}/retry`);
    expect((await settled()).body).toMatchObject({ id, status: 'succeeded' });
    expect([await everybody(), await waiting()]).toEqual([[['ann', 'active']], []]);
  });

  it('counts against the limits, and waits beside its held task until that is decided', async () => {
    const people = Array.from({ length: 20 }, (_, n) => user(`p${n}`));
    await pull({ pages: [page(...people)], complete: { user: true } });
    const leavers = people.slice(0, 8).map((person) => ({ ...person, isDeleted: true }));
    scripted.play({ pages: [], events: [page(...leavers)] });
    await tell(hint('department:1'));
    const held = await settled();
    expect(held.body).toMatchObject({ kind: 'event', status: 'held', heldReason: 'limits' });
    expect(await waiting()).toEqual(['department:1']);
    await app.admin.post(`/api/tasks/${held.body.id}/approve`);
    expect((await settled()).body).toMatchObject({ status: 'succeeded', counts: { users: { deleted: 8 } } });
    expect(await waiting()).toEqual([]);
  });

  it('that names more takes the place of a held task whose events it has read', async () => {
    const people = Array.from({ length: 20 }, (_, n) => user(`p${n}`));
    await pull({ pages: [page(...people)], complete: { user: true } });
    const leaving = (n: number): Page => page(...people.slice(0, n).map((person) => ({ ...person, isDeleted: true })));
    scripted.play({ pages: [], events: [leaving(8)] });
    await tell(hint('department:1'));
    const first = (await settled()).body;
    scripted.play({ pages: [], events: [leaving(9)] });
    await tell(hint('user:p8'));
    const second = (await settled()).body;
    expect(second).toMatchObject({ kind: 'event', status: 'held' });
    expect(second.id).toBeGreaterThan(first.id);
    expect((await app.admin.get(`/api/tasks/${first.id}`)).body).toMatchObject({ status: 'cancelled' });
    await app.admin.post(`/api/tasks/${second.id}/approve`);
    expect((await settled()).body).toMatchObject({ status: 'succeeded', counts: { users: { deleted: 9 } } });
    expect(await waiting()).toEqual([]);
  });

  it('that comes while a task goes on with what it has read gets a task of its own', async () => {
    // Something of the source runs, so that both wait.
    await app.pool.query(
      `insert into tasks (source_id, kind, status, lease_until, started_at) values ($1, 'pull', 'running', now() + interval '1 hour', now())`,
      [source.id],
    );
    await app.pool.query(
      `insert into tasks (source_id, kind, status, hints_to, read_at) values ($1, 'event', 'queued', 1, now())`,
      [source.id],
    );
    await tell(hint('user:ann'));
    await tell(hint('user:bob'));
    const { rows } = await app.pool.query(
      `select read_at is null as reads from tasks where source_id = $1 and kind = 'event' and status = 'queued' order by id`,
      [source.id],
    );
    await app.pool.query('delete from tasks where source_id = $1', [source.id]);
    expect(rows).toEqual([{ reads: false }, { reads: true }]);
  });

  it('is not used up by a preview', async () => {
    await app.pool.query(`insert into hints (source_id, key, data) values ($1, 'user:ann', '{}')`, [source.id]);
    const preview = await pull({ pages: [], complete: {}, events: [page(user('ann'))] }, { dryRun: true });
    expect(preview.body).toMatchObject({ status: 'held', counts: { users: { created: 1 } } });
    expect(await waiting()).toEqual(['user:ann']);
  });

  it('that cannot be read at the end of a pull makes it incomplete: nobody is missing', async () => {
    await pull({ pages: [page(user('ann'), user('bob'))], complete: { user: true } });
    await app.pool.query(`insert into hints (source_id, key, data) values ($1, 'user:bob', '{}')`, [source.id]);
    const read = await pull({
      pages: [page(user('ann', { nickname: 'Ann' }))],
      complete: { user: true },
      eventError: { code: 'permission', message: 'Not allowed.' },
    });
    expect(read.body).toMatchObject({ status: 'partially_succeeded', code: 'permission' });
    expect(await everybody()).toEqual([
      ['Ann', 'active'],
      ['bob', 'active'],
    ]);
    expect(await waiting()).toEqual(['user:bob']);
  });

  it('that comes again while it is being read is read again', async () => {
    scripted.play({ pages: [], events: [page(user('ann'))] });
    await tell(hint('user:ann'));
    const [first] = await until(tasks, ([task]) => task !== undefined);
    await app.pool.query(`update tasks set next_attempt_at = now() where id = $1`, [first!.id]);
    await until(
      async () => scripted.calls().length,
      (n) => n === 1,
    );
    await tell(hint('user:ann'));
    await settled();
    expect(scripted.calls().length).toBeGreaterThanOrEqual(2);
    expect(await waiting()).toEqual([]);
  });

  it('that makes no sense yet stays for the next one, and is not asked for before', async () => {
    scripted.play({ pages: [], events: [page(user('ann'))], open: { hints: [hint('rename:x')], again: false } });
    await tell(hint('user:ann'), hint('rename:x'));
    expect((await settled()).body).toMatchObject({ status: 'succeeded', counts: { users: { created: 1 } } });
    expect(await waiting()).toEqual(['rename:x']);
    expect(await tasks()).toHaveLength(1);
    await tell(hint('user:bob'));
    await settled();
    expect(scripted.calls().at(-1)).toEqual({ hints: [hint('rename:x'), hint('user:bob')] });
    expect(await waiting()).toEqual([]);
  });

  it('that waits for nothing but what was read with it is read again right after that was applied', async () => {
    const open = { hints: [hint('user:new')], again: true };
    scripted.play({ pages: [], events: [page(user('ann'))], open, asks: ['ANN', 'ann', 'nobody'] });
    await tell(hint('user:ann'));
    const [, second] = await until(
      tasks,
      (all) => all.length === 2 && all.every(({ status }) => status === 'succeeded'),
    );
    expect(second).toBeDefined();
    expect(scripted.calls()).toEqual([
      { hints: [hint('user:ann')], known: [], within: 'event' },
      { hints: [hint('user:new')], known: [['ann', 'there']], within: 'event' },
    ]);
    expect(await waiting()).toEqual([]);
  });

  it('that is left open by a plan that is held waits for the decision', async () => {
    const people = Array.from({ length: 20 }, (_, n) => user(`p${n}`));
    await pull({ pages: [page(...people)], complete: { user: true } });
    const leavers = people.slice(0, 8).map((person) => ({ ...person, isDeleted: true }));
    scripted.play({ pages: [], events: [page(...leavers)], open: { hints: [hint('user:new')], again: true } });
    await tell(hint('department:1'));
    const held = await settled();
    expect(held.body).toMatchObject({ kind: 'event', status: 'held' });
    expect(await waiting()).toEqual(['department:1']);
    await app.admin.post(`/api/tasks/${held.body.id}/approve`);
    await until(waiting, (keys) => keys.length === 0);
    expect((await settled()).body).toMatchObject({ kind: 'event', status: 'succeeded' });
    expect(scripted.calls().map(({ hints }) => hints)).toEqual([[hint('department:1')], [hint('user:new')]]);
  });

  it('that is left open by a plan that is never applied is as if that had not been read', async () => {
    const people = Array.from({ length: 20 }, (_, n) => user(`p${n}`));
    await pull({ pages: [page(...people)], complete: { user: true } });
    const leavers = people.slice(0, 8).map((person) => ({ ...person, isDeleted: true }));
    // As an adapter notes what it has followed, and need not follow again.
    const open = { hints: [hint('rename-followed:p9')], again: false };
    scripted.play({ pages: [], events: [page(...leavers)], open });
    await tell(hint('department:1'), hint('rename:p9'));
    const held = await settled();
    const preview = await pull({ pages: [page(...people)], complete: { user: true }, open }, { dryRun: true });
    expect([held.body.status, preview.body.status]).toEqual(['held', 'held']);
    await app.admin.post(`/api/tasks/${held.body.id}/reject`);
    const renamed: Page = { dataType: 'user', renames: [{ from: 'p9', to: 'p99' }] };
    await pull({ pages: [page(...people)], complete: { user: true }, events: [renamed] });
    expect(scripted.calls().at(-1)?.hints).toEqual([hint('department:1'), hint('rename:p9')]);
    expect(await waiting()).toEqual([]);
  });

  it('that was left open by a held plan is old when another read took up the rest before the approval', async () => {
    const people = Array.from({ length: 20 }, (_, n) => user(`p${n}`));
    await pull({ pages: [page(...people)], complete: { user: true } });
    const leavers = people.slice(0, 8).map((person) => ({ ...person, isDeleted: true }));
    scripted.play({ pages: [], events: [page(...leavers)], open: { hints: [hint('rename:x')], again: false } });
    await tell(hint('department:1'));
    const held = await settled();
    await pull({ pages: [page(...people)], complete: { user: true } });
    expect(await waiting()).toEqual([]);
    expect((await app.admin.post(`/api/tasks/${held.body.id}/approve`)).status).toBe(202);
    await settled();
    expect(await waiting()).toEqual([]);
  });

  it.each([{ hints: [] }, { again: true, hints: [{ key: '' }] }, 'x'])(
    'that an adapter leaves open as %j is a breach of its contract',
    async (open) => {
      scripted.play({ pages: [], events: [], open });
      await tell(hint('user:ann'));
      expect((await settled()).body).toMatchObject({ status: 'failed', code: 'bad_answer' });
      expect(await waiting()).toEqual(['user:ann']);
    },
  );

  itThorough('may come in thousands at once, doubled and in any order', async () => {
    scripted.play({ pages: [], events: [page(user('ann'))] });
    const keys = Array.from({ length: 1_000 }, (_, n) => `user:${n % 250}`);
    const answers = await Promise.all(keys.map((key) => tell(hint(key))));
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    await settled();
    const asked = scripted.calls().flatMap(({ hints }) => hints!.map(({ key }) => key));
    expect(new Set(asked).size).toBe(250);
    expect(await waiting()).toEqual([]);
    expect((await tasks()).filter(({ status }) => status !== 'succeeded')).toEqual([]);
  });
});

describe('a source with events', () => {
  it('shows its callback address, and that full reads stay necessary', async () => {
    const view = (await app.admin.get(`/api/sources/${source.id}`)).body;
    expect(view.callbackUrl).toBe(`https://rollcall.example/api/callbacks/${source.name}`);
    expect(view.notes).toEqual([{ code: 'no_full_reads', message: expect.stringContaining('schedule of full reads') }]);
    const schedule = { cron: '0 3 * * *', timeZone: 'UTC' };
    expect((await app.admin.patch(`/api/sources/${source.id}`, { schedule })).body.notes).toEqual([]);
  });

  it('says when it was called last, and why a call was refused', async () => {
    const shown = async (): Promise<unknown> => (await app.admin.get(`/api/sources/${source.id}`)).body.callbacks;
    expect(await shown()).toBeNull();
    await app.anonymous.request('POST', `/api/callbacks/${source.name}?token=wrong`, { rawBody: '{}' });
    expect(await shown()).toEqual({
      takenAt: null,
      refusedAt: expect.stringMatching(/Z$/),
      refusedReason: expect.any(String),
    });
    await app.anonymous.get(callback());
    expect(await shown()).toMatchObject({ takenAt: expect.stringMatching(/Z$/), refusedAt: expect.any(String) });
  });

  it('has none when its adapter takes no events', async () => {
    const [api] = (await app.admin.get('/api/sources?q=api')).body.items;
    expect(api).toMatchObject({ callbackUrl: null, callbacks: null, notes: [] });
  });

  it('forgets what waited when it is deleted', async () => {
    await app.pool.query(`insert into hints (source_id, key, data) values ($1, 'user:ann', '{}')`, [source.id]);
    expect((await app.admin.delete(`/api/sources/${source.id}?people=keep`)).status).toBe(204);
    expect(await waiting()).toEqual([]);
  });
});

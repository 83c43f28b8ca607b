import type { Page } from '@rollcall/core';
import { installScriptedSource, type Script } from '../testing/scripted-source';
import { startTestApp, type TestApp } from '../testing/start-test-app';
import type { TestAnswer } from '../testing/test-client';
import { until, untilEnded } from '../testing/until';

type Fields = Record<string, unknown>;

const scripted = installScriptedSource();
let app: TestApp;
let sourceId: number;

beforeAll(async () => {
  app = await startTestApp({ ...scripted.env, LOG_LEVEL: 'info' });
});

afterAll(async () => {
  await app.close();
  scripted.remove();
});

beforeEach(async () => {
  await app.emptyDirectory();
  const name = `scripted-${Date.now()}`;
  const source = await app.admin.post('/api/sources', { name, type: 'scripted', options: { file: scripted.file } });
  sourceId = source.body.id;
});

const users = (n: number, more: (index: number) => Fields = () => ({})): Page => ({
  dataType: 'user',
  records: Array.from({ length: n }, (_, index) => ({ uid: `u${index}`, username: `u${index}`, ...more(index) })),
});

async function sync(script: Script, body: Fields = {}): Promise<TestAnswer> {
  scripted.play(script);
  const started = await app.admin.post(`/api/sources/${sourceId}/sync`, body);
  expect(started.status).toBe(202);
  // Long enough for the largest read on a busy machine; what hangs fails by the time limit of its test.
  return untilEnded(app.admin, started.body.id, 100);
}

async function statuses(): Promise<Record<string, number>> {
  const { rows } = await app.pool.query<{ status: string; n: number }>(
    `select case when deleted_at is not null then 'deleted' else status end as status, count(*)::int as n
     from users group by 1`,
  );
  return Object.fromEntries(rows.map((row) => [row.status, row.n]));
}

const COMPLETE = { user: true } as const;

describe('a pull', () => {
  it('goes from read to report, keeps the raw records, and a second one writes nothing but the task', async () => {
    const script: Script = {
      pages: [
        { dataType: 'department', records: [{ uid: 'd', title: 'D' }] },
        users(3, () => ({ departments: ['d'] })),
      ],
      complete: { user: true, department: true },
    };
    const first = await sync(script);
    expect(first.body).toMatchObject({
      status: 'succeeded',
      kind: 'pull',
      counts: { users: { created: 3 }, departments: { created: 1, updated: 3 } },
    });
    const raw = await app.admin.get(`/api/tasks/${first.body.id}/raw`);
    expect(raw.body.trim().split('\n')).toHaveLength(4);
    const log = await until(
      () => app.admin.get(`/api/tasks/${first.body.id}/log`),
      ({ body }) => body.items.length >= 7,
    );
    const messages = log.body.items.map((line: { message: string }) => line.message);
    expect(messages).toEqual([
      'The task begins',
      'Read and staged',
      'Planned',
      'Applied',
      'Applied',
      'Applied',
      'The task ended',
    ]);
    expect(log.body.items[2].details).not.toHaveProperty('read');
    const before = await app.pool.query('select xmin, * from users order by id');
    const second = await sync(script);
    expect(second.body.counts).toMatchObject({ users: { unchanged: 3 }, departments: { unchanged: 4 } });
    expect((await app.pool.query('select xmin, * from users order by id')).rows).toEqual(before.rows);
    expect((await app.pool.query('select 1 from changes where task_id = $1', [second.body.id])).rowCount).toBe(0);
    expect((await app.pool.query(`select 1 from pg_tables where tablename like 'staging\\_%'`)).rowCount).toBe(0);
  });

  it('lets the last of several appearances of a record count', async () => {
    const ended = await sync({ pages: [users(3), users(2, () => ({ nickname: 'later' }))], complete: COMPLETE });
    expect(ended.body.counts.users).toMatchObject({ created: 3 });
    const { rows } = await app.pool.query(`select 1 from users where nickname = 'later'`);
    expect(rows).toHaveLength(2);
  });

  it('disables who is missing from a complete read, and gives them back when they return', async () => {
    await sync({ pages: [users(60)], complete: COMPLETE });
    const left = await sync({ pages: [users(57)], complete: COMPLETE });
    expect(left.body.counts.users).toMatchObject({ disabled: 3, unchanged: 57 });
    expect(await statuses()).toEqual({ active: 57, disabled: 3 });
    const back = await sync({ pages: [users(60)], complete: COMPLETE });
    expect(back.body.counts.users).toMatchObject({ restored: 3, unchanged: 57 });
    expect(await statuses()).toEqual({ active: 60 });
  });

  it('never concludes that somebody is gone from a read that was not complete, or did not say so', async () => {
    await sync({ pages: [users(60)], complete: COMPLETE });
    await sync({ pages: [users(57)], complete: { user: { complete: false, reason: 'cut' } } });
    await sync({ pages: [users(57)] });
    const noUid: Page = { dataType: 'user', records: [{ uid: '' }] };
    const odd = await sync({ pages: [users(57), noUid], complete: COMPLETE });
    expect(odd.body.status).toBe('partially_succeeded');
    expect(await statuses()).toEqual({ active: 60 });
  });

  it('does not take an invalid record for a missing person', async () => {
    await sync({ pages: [users(60)], complete: COMPLETE });
    const ended = await sync({
      pages: [users(60, (index) => (index === 7 ? { email: 'no address' } : {}))],
      complete: COMPLETE,
    });
    expect(ended.body).toMatchObject({
      status: 'partially_succeeded',
      counts: { users: { failed: 1, unchanged: 59 } },
    });
    expect(await statuses()).toEqual({ active: 60 });
  });

  it('is held when it is empty, when too many would go, and is applied exactly when approved', async () => {
    await sync({ pages: [users(60)], complete: COMPLETE });
    const empty = await sync({ pages: [], complete: COMPLETE });
    expect(empty.body).toMatchObject({ status: 'held', heldReason: 'empty' });
    const half = await sync({ pages: [users(30)], complete: COMPLETE });
    expect(half.body).toMatchObject({ status: 'held', heldReason: 'limits', counts: { users: { disabled: 30 } } });
    expect(await statuses()).toEqual({ active: 60 });
    expect(
      (await app.pool.query(`select 1 from pg_class where relpersistence = 'u' and relname like 'staging%'`)).rowCount,
    ).toBe(0);
    await app.admin.post(`/api/tasks/${half.body.id}/approve`);
    const approved = await untilEnded(app.admin, half.body.id);
    expect(approved.body).toMatchObject({ status: 'succeeded', counts: { users: { disabled: 30 } } });
    expect(await statuses()).toEqual({ active: 30, disabled: 30 });
    expect((await app.admin.get(`/api/tasks/${empty.body.id}`)).body.status).toBe('cancelled');
    expect((await app.pool.query(`select 1 from pg_tables where tablename like 'staging\\_%'`)).rowCount).toBe(0);
  });

  it('keeps its plan for review when it is a preview, even of a disabled source', async () => {
    await app.admin.patch(`/api/sources/${sourceId}`, { enabled: false });
    const refused = await app.admin.post(`/api/sources/${sourceId}/sync`, {});
    expect([refused.status, refused.body.code]).toEqual([409, 'source_disabled']);
    const preview = await sync({ pages: [users(3)], complete: COMPLETE }, { dryRun: true });
    expect(preview.body).toMatchObject({ status: 'held', heldReason: 'preview', counts: { users: { created: 3 } } });
    expect(await statuses()).toEqual({});
  });

  it('keeps the order of targets: more users than a batch holds, with their departments', async () => {
    const ended = await sync({
      pages: [
        users(21_000, (index) => ({ departments: [`d${index % 3}`], managerUid: `u${(index + 20_500) % 21_000}` })),
        { dataType: 'department', records: [0, 1, 2].map((n) => ({ uid: `d${n}`, title: `D${n}` })) },
      ],
      complete: { user: true, department: true },
    });
    expect(ended.body).toMatchObject({ status: 'succeeded', counts: { users: { created: 21_000 } } });
    const { rows } = await app.pool.query(
      `select (select count(*)::int from memberships where is_main) as members,
         (select count(*)::int from users where manager_id is null) as unmanaged,
         (select count(*)::int from waiting_references) as waiting`,
    );
    expect(rows).toEqual([{ members: 21_000, unmanaged: 0, waiting: 0 }]);
  }, 120_000);
});

describe('a task that meets errors', () => {
  it('tries again after a pause when the error is retryable, and says so meanwhile', async () => {
    scripted.play({ pages: [users(3)], error: { code: 'vendor_busy', message: 'The vendor is busy.' } });
    const started = await app.admin.post(`/api/sources/${sourceId}/sync`, {});
    const waiting = await until(
      () => app.admin.get(`/api/tasks/${started.body.id}`),
      ({ body }) => body.status === 'queued' && body.nextAttemptAt !== undefined,
    );
    expect(waiting.body).toMatchObject({ code: 'vendor_busy', message: 'The vendor is busy.', attempts: 1 });
    scripted.play({ pages: [users(3)], complete: COMPLETE });
    const ended = await untilEnded(app.admin, started.body.id);
    expect(ended.body).toMatchObject({ status: 'succeeded', attempts: 2, counts: { users: { created: 3 } } });
  });

  it('stops at once when trying again cannot help, and can be retried by hand', async () => {
    const ended = await sync({ pages: [users(3)], error: { code: 'credentials', message: 'The secret is wrong.' } });
    expect(ended.body).toMatchObject({ status: 'partially_succeeded', code: 'credentials', attempts: 1 });
    expect(await statuses()).toEqual({ active: 3 });
    scripted.play({ pages: [users(3)], complete: COMPLETE });
    const retried = await app.admin.post(`/api/tasks/${ended.body.id}/retry`);
    expect(retried.status).toBe(202);
    expect((await untilEnded(app.admin, ended.body.id)).body).toMatchObject({ status: 'succeeded', attempts: 2 });
    const again = await app.admin.post(`/api/tasks/${ended.body.id}/retry`);
    expect([again.status, again.body.code]).toEqual([409, 'task_not_retryable']);
  });

  it('can be retried after its plan was approved and then cancelled, or rejected: planned anew', async () => {
    const push = { dataType: 'user', sourceName: 'api', dryRun: true, records: [{ uid: 'p', username: 'p' }] };
    const preview = await app.admin.post('/api/userData:push', push);
    await app.admin.post(`/api/tasks/${preview.body.id}/reject`);
    expect(await statuses()).toEqual({});
    await app.pool.query('update tasks set dry_run = false where id = $1', [preview.body.id]);
    await app.admin.post(`/api/tasks/${preview.body.id}/retry`);
    const retried = await untilEnded(app.admin, preview.body.id);
    expect(retried.body).toMatchObject({ status: 'succeeded', counts: { users: { created: 1, stale: 0 } } });
    expect(await statuses()).toEqual({ active: 1 });
  });

  it.each([
    ['a page that is none', [null]],
    ['a page of nothing known', [{ dataType: 'group', records: [] }]],
    ['records that are no list', [{ dataType: 'user', records: 5 }]],
  ])('tells the author of an adapter that yields %s, without trying again', async (_name, pages) => {
    const ended = await sync({ pages: pages as never, complete: COMPLETE });
    expect(ended.body).toMatchObject({ status: 'failed', code: 'bad_answer', attempts: 1 });
    expect(ended.body.message).toContain('scripted');
  });

  it.each([[{ complete: { user: 'yes' } }], [{ complete: true }], [{ complete: { group: true } }], [5]])(
    'tells the author of an adapter that returns %j',
    async (answer) => {
      const ended = await sync({ pages: [users(2)], answer });
      expect(ended.body).toMatchObject({ status: 'failed', code: 'bad_answer', attempts: 1 });
    },
  );

  it('applies on retry only what is missing: records that failed before', async () => {
    await app.pool.query(`insert into users (username) values ('u1')`);
    const ended = await sync({ pages: [users(3)], complete: COMPLETE });
    expect(ended.body).toMatchObject({ status: 'partially_succeeded', counts: { users: { created: 2, failed: 1 } } });
    await app.pool.query(`update users set username = 'free' where username = 'u1' and custom = '{}' and id = 1`);
    await app.admin.post(`/api/tasks/${ended.body.id}/retry`);
    const retried = await untilEnded(app.admin, ended.body.id);
    expect(retried.body).toMatchObject({ status: 'succeeded', counts: { users: { created: 3, failed: 0 } } });
    expect(await statuses()).toEqual({ active: 4 });
  });
});

describe('the queue', () => {
  const insertTask = async (columns: Fields): Promise<number> => {
    const all: Fields = { source_id: sourceId, kind: 'pull', status: 'queued', ...columns };
    const names = Object.keys(all);
    const { rows } = await app.pool.query<{ id: number }>(
      `insert into tasks (${names.join()}) values (${names.map((_, n) => `$${n + 1}`).join()}) returning id`,
      Object.values(all),
    );
    return rows[0]?.id ?? 0;
  };

  it('finds a task whose job was lost', async () => {
    scripted.play({ pages: [users(2)], complete: COMPLETE });
    const id = await insertTask({});
    expect((await untilEnded(app.admin, id)).body.status).toBe('succeeded');
  });

  it('goes on with the task of a worker that fell silent, without counting an attempt', async () => {
    scripted.play({ pages: [users(2)], complete: COMPLETE });
    const id = await insertTask({
      status: 'running',
      lease_owner: 'dead',
      lease_until: new Date(Date.now() - 1000),
      attempts: 1,
      started_at: new Date(),
    });
    expect((await untilEnded(app.admin, id)).body).toMatchObject({ status: 'succeeded', attempts: 1 });
  });

  it('gives a task that ended five workers to no sixth one, and says whose adapter it calls', async () => {
    scripted.play({ pages: [users(2)], complete: COMPLETE });
    const lost = { status: 'running', lease_owner: 'dead', lease_until: new Date(Date.now() - 1000), attempts: 1 };
    const id = await insertTask({ ...lost, started_at: new Date(), workers_lost: 3 });
    expect((await untilEnded(app.admin, id)).body.status).toBe('succeeded');
    scripted.play({ pages: [users(4)], complete: COMPLETE });
    const fifth = await insertTask({ ...lost, started_at: new Date(), workers_lost: 4 });
    expect((await untilEnded(app.admin, fifth)).body).toMatchObject({
      status: 'failed',
      code: 'internal',
      message: expect.stringMatching(/ended 5 times in the middle of it.* look at "scripted" and at the log/),
    });
    expect(await statuses()).toEqual({ active: 2 });
    // A retry is another attempt, and begins to count anew.
    await app.admin.post(`/api/tasks/${fifth}/retry`);
    expect((await untilEnded(app.admin, fifth)).body.status).toBe('succeeded');
  });

  it('leaves a running task to a worker that is alive', async () => {
    const id = await insertTask({
      status: 'running',
      lease_owner: 'alive',
      lease_until: new Date(Date.now() + 60_000),
    });
    scripted.play({ pages: [users(2)], complete: COMPLETE });
    const waiting = await app.admin.post(`/api/sources/${sourceId}/sync`, {});
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect((await app.admin.get(`/api/tasks/${waiting.body.id}`)).body.status).toBe('queued');
    await app.pool.query(`update tasks set status = 'cancelled' where id = $1`, [id]);
    expect((await untilEnded(app.admin, waiting.body.id)).body.status).toBe('succeeded');
  });

  it('stops a worker that lost its lease from writing, and the task ends right all the same', async () => {
    scripted.play({ pages: [users(5), users(5)], complete: COMPLETE, pauseMs: 500 });
    const started = await app.admin.post(`/api/sources/${sourceId}/sync`, {});
    await until(
      () => app.admin.get(`/api/tasks/${started.body.id}`),
      ({ body }) => body.progress.step === 'read',
    );
    // A transaction that reads holds the row, so this waits for it, as another worker's claim would.
    await app.pool.query(
      `update tasks set lease_owner = 'thief', lease_until = now() + interval '2 seconds' where id = $1`,
      [started.body.id],
    );
    const ended = await untilEnded(app.admin, started.body.id);
    expect(ended.body).toMatchObject({ status: 'succeeded', counts: { users: { created: 5 } } });
    expect(await statuses()).toEqual({ active: 5 });
  });

  it('runs the tasks of one source one after the other, in the order in which they came', async () => {
    scripted.play({ pages: [users(2)], complete: COMPLETE, pauseMs: 100 });
    const started = await Promise.all([1, 2, 3].map(() => app.admin.post(`/api/sources/${sourceId}/sync`, {})));
    const ids = started.map((answer) => answer.body.id as number);
    for (const id of ids) await untilEnded(app.admin, id);
    const { rows } = await app.pool.query<{ overlaps: number }>(
      `select count(*)::int as overlaps from tasks a join tasks b on a.id < b.id and b.started_at < a.finished_at
       where a.id = any ($1) and b.id = any ($1)`,
      [ids],
    );
    expect(rows[0]?.overlaps).toBe(0);
  });

  it('cancels a task that waits at once, and one that runs between two steps', async () => {
    scripted.play({ pages: [users(2), users(2)], complete: COMPLETE, pauseMs: 700 });
    const running = await app.admin.post(`/api/sources/${sourceId}/sync`, {});
    const waiting = await app.admin.post(`/api/sources/${sourceId}/sync`, {});
    const cancelled = await app.admin.post(`/api/tasks/${waiting.body.id}/cancel`);
    expect([cancelled.status, cancelled.body.status]).toEqual([202, 'cancelled']);
    await until(
      () => app.admin.get(`/api/tasks/${running.body.id}`),
      ({ body }) => body.status === 'running',
    );
    await app.admin.post(`/api/tasks/${running.body.id}/cancel`);
    expect((await untilEnded(app.admin, running.body.id)).body.status).toBe('cancelled');
    expect(await statuses()).toEqual({});
    const over = await app.admin.post(`/api/tasks/${running.body.id}/cancel`);
    expect([over.status, over.body.code]).toEqual([409, 'task_not_cancellable']);
  });

  it('says of a task that waits for its next try what became of it when it is cancelled', async () => {
    const nextTry = { released_at: new Date(), next_attempt_at: new Date(Date.now() + 3_600_000), attempts: 1 };
    const cancel = async (columns: Fields, open = false): Promise<string> => {
      const id = await insertTask({ ...nextTry, ...columns });
      if (open) {
        const change = `insert into changes (task_id, target_id, data_type, record_id, action) values ($1, 1, 'user', 8, 'update')`;
        await app.pool.query(change, [id]);
      }
      return (await app.admin.post(`/api/tasks/${id}/cancel`)).body.message;
    };
    expect(await cancel({})).toBe('Cancelled before anything was applied.');
    const applied = { applied_positions: { 'users/user': 7 } };
    expect(await cancel(applied, true)).toContain('what was applied stays, the rest was not touched');
    expect(await cancel(applied)).toBe('Cancelled when everything was applied already: it stays.');
  });

  it('cancels a read whose adapter hangs, and frees the source', async () => {
    scripted.play({ pages: [users(2)], hangs: true });
    const hanging = await app.admin.post(`/api/sources/${sourceId}/sync`, {});
    await until(
      () => app.admin.get(`/api/tasks/${hanging.body.id}`),
      ({ body }) => body.progress.step === 'read',
    );
    const cancelled = await app.admin.post(`/api/tasks/${hanging.body.id}/cancel`);
    expect(cancelled.status).toBe(202);
    expect((await untilEnded(app.admin, hanging.body.id)).body.status).toBe('cancelled');
    const next = await sync({ pages: [users(2)], complete: COMPLETE });
    expect(next.body.status).toBe('succeeded');
  });

  it('goes on when the connection to Postgres breaks in the middle', async () => {
    scripted.play({ pages: [users(2), users(2)], complete: COMPLETE, pauseMs: 300 });
    const started = await app.admin.post(`/api/sources/${sourceId}/sync`, {});
    await until(
      () => app.admin.get(`/api/tasks/${started.body.id}`),
      ({ body }) => body.progress.step === 'read',
    );
    await app.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    expect((await untilEnded(app.admin, started.body.id)).body).toMatchObject({ status: 'succeeded' });
  });

  it('refuses pushes when too many pushes of the source wait, and says when to come back', async () => {
    const source = await app.admin.post('/api/sources', { name: `busy-${Date.now()}`, type: 'push' });
    const busy = source.body.id as number;
    const running = await insertTask({
      source_id: busy,
      kind: 'push',
      status: 'running',
      lease_owner: 'alive',
      lease_until: new Date(Date.now() + 60_000),
    });
    await app.pool.query(
      `insert into tasks (source_id, kind, status) select $1, 'push', 'queued' from generate_series(1, 20)`,
      [busy],
    );
    const answer = await app.admin.post('/api/userData:push', {
      dataType: 'user',
      sourceName: source.body.name,
      records: [{ uid: 'x' }],
    });
    expect([answer.status, answer.body.code]).toEqual([429, 'too_many_requests']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    await app.pool.query(`update tasks set status = 'cancelled' where source_id = $1`, [busy]);
    expect(running).toBeGreaterThan(0);
  });

  it('takes pushes although other tasks of the source wait, however many', async () => {
    const source = await app.admin.post('/api/sources', { name: `asked-${Date.now()}`, type: 'push' });
    const asked = source.body.id as number;
    await insertTask({
      source_id: asked,
      kind: 'push',
      status: 'running',
      lease_owner: 'alive',
      lease_until: new Date(Date.now() + 60_000),
    });
    await app.pool.query(
      `insert into tasks (source_id, kind, status) select $1, 'event', 'queued' from generate_series(1, 30)`,
      [asked],
    );
    const answer = await app.admin.post(
      '/api/userData:push',
      { dataType: 'user', sourceName: source.body.name, records: [{ uid: 'x' }] },
      { Prefer: 'respond-async' },
    );
    expect(answer.status).toBe(202);
    await app.pool.query(`update tasks set status = 'cancelled' where source_id = $1`, [asked]);
  });

  it('counts pushes that come at the same moment, too', async () => {
    const source = await app.admin.post('/api/sources', { name: `crowd-${Date.now()}`, type: 'push' });
    const crowded = source.body.id as number;
    await insertTask({
      source_id: crowded,
      kind: 'push',
      status: 'running',
      lease_owner: 'alive',
      lease_until: new Date(Date.now() + 60_000),
    });
    await app.pool.query(
      `insert into tasks (source_id, kind, status) select $1, 'push', 'queued' from generate_series(1, 18)`,
      [crowded],
    );
    const push = (n: number): Promise<TestAnswer> =>
      app.admin.post(
        '/api/userData:push',
        { dataType: 'user', sourceName: source.body.name, records: [{ uid: `x${n}` }] },
        { Prefer: 'respond-async' },
      );
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => push(n)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(2).fill(202), ...Array(8).fill(429)]);
    await app.pool.query(`update tasks set status = 'cancelled' where source_id = $1`, [crowded]);
  });
});

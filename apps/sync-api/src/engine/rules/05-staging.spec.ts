import type { Page } from '@rollcall/core';
import { installScriptedSource, type Script } from '../../testing/scripted-source';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer } from '../../testing/test-client';
import { until, untilEnded } from '../../testing/until';

const scripted = installScriptedSource();
let app: TestApp;
let sourceId: number;

beforeAll(async () => {
  app = await startTestApp(scripted.env);
});

afterAll(async () => {
  await app.close();
  scripted.remove();
});

beforeEach(async () => {
  await app.emptyDirectory();
  const body = { name: `scripted-${Date.now()}`, type: 'scripted', options: { file: scripted.file } };
  sourceId = (await app.admin.post('/api/sources', body)).body.id;
});

/** Page `n` of ten users each. */
function page(n: number, cursor?: string): Page {
  const records = Array.from({ length: 10 }, (_, index) => ({ uid: `u${n}-${index}`, username: `u${n}-${index}` }));
  return { dataType: 'user', records, ...(cursor && { cursor }) };
}

const THREE = [page(0, 'a'), page(1, 'b'), page(2, 'c')];
const BUSY = { code: 'vendor_busy', message: 'The vendor is busy.' };
const COMPLETE = { user: true } as const;

async function start(script: Script): Promise<number> {
  scripted.play(script);
  return (await app.admin.post(`/api/sources/${sourceId}/sync`, {})).body.id;
}

async function untilStaged(taskId: number, records: number): Promise<void> {
  await until(
    () => app.admin.get(`/api/tasks/${taskId}`),
    ({ body }) => body.progress.step === 'read' && body.progress.done === records,
  );
}

async function rawRecords(taskId: number): Promise<number> {
  return (await app.admin.get(`/api/tasks/${taskId}/raw`)).body.trim().split('\n').length;
}

async function untilRetried(taskId: number): Promise<TestAnswer> {
  await until(
    () => app.admin.get(`/api/tasks/${taskId}`),
    ({ body }) => body.nextAttemptAt !== undefined,
  );
  return untilEnded(app.admin, taskId);
}

describe('rule 5: staging survives what it must', () => {
  it('goes on behind the last committed page after an error, with every record once', async () => {
    const id = await start({ pages: THREE, complete: COMPLETE, interruption: { page: 2, error: BUSY } });
    const ended = await untilRetried(id);
    expect(ended.body).toMatchObject({ status: 'succeeded', attempts: 2, counts: { users: { created: 30 } } });
    expect(scripted.calls()).toEqual([{ mode: 'full' }, { mode: 'full', resumeAfter: 'b' }]);
    expect(await rawRecords(id)).toBe(30);
  });

  it('makes a page of a source that falls silent durable, and goes on there when another worker takes over', async () => {
    const id = await start({ pages: THREE, complete: COMPLETE, interruption: { page: 1 } });
    await untilStaged(id, 10);
    await app.pool.query(`update tasks set lease_owner = 'thief', lease_until = now() where id = $1`, [id]);
    const ended = await untilEnded(app.admin, id);
    expect(ended.body).toMatchObject({ status: 'succeeded', attempts: 1, counts: { users: { created: 30 } } });
    expect(scripted.calls()[1]).toEqual({ mode: 'full', resumeAfter: 'a' });
  });

  it('reads what came after the last cursor again, and knows what it saw before the interruption', async () => {
    const bad: Page = { dataType: 'user', records: [{ uid: '' }], cursor: 'a' };
    await untilEnded(app.admin, await start({ pages: [page(0), page(9)], complete: COMPLETE }));
    const pages = [bad, page(0), page(1, 'c')];
    const id = await start({ pages, complete: COMPLETE, interruption: { page: 2, error: BUSY } });
    await untilRetried(id);
    const { rows } = await app.pool.query('select staged, read, complete from tasks where id = $1', [id]);
    expect(rows).toEqual([
      { staged: 21, read: { user: 21 }, complete: { user: { complete: false, reason: expect.any(String) } } },
    ]);
    expect(scripted.calls()[1]).toEqual({ mode: 'full', resumeAfter: 'a' });
    expect((await app.pool.query(`select 1 from users where status = 'disabled'`)).rowCount).toBe(0);
  });

  it.each([
    ['the source has no cursors', [page(0), page(1), page(2)], async () => undefined],
    ['the staging was lost', THREE, (id: number) => app.pool.query(`truncate staging_${id}`)],
    [
      'the source was set up differently meanwhile',
      THREE,
      () => app.admin.patch(`/api/sources/${sourceId}`, { options: { file: scripted.file } }),
    ],
  ] as [string, Page[], (id: number) => Promise<unknown>][])('begins anew when %s', async (_name, pages, meanwhile) => {
    const id = await start({ pages, complete: COMPLETE, interruption: { page: 2 } });
    await untilStaged(id, 20);
    await meanwhile(id);
    scripted.play({ pages, complete: COMPLETE });
    await app.pool.query(`update tasks set lease_owner = 'thief', lease_until = now() where id = $1`, [id]);
    const ended = await untilEnded(app.admin, id);
    expect(ended.body).toMatchObject({ status: 'succeeded', counts: { users: { created: 30 } } });
    expect(scripted.calls()).toEqual([{ mode: 'full' }]);
  });

  it('begins anew when the source forgot its cursor', async () => {
    const id = await start({ pages: THREE, complete: COMPLETE, interruption: { page: 1 } });
    await untilStaged(id, 10);
    scripted.play({ pages: [page(0, 'x'), page(1, 'y')], complete: COMPLETE });
    await app.pool.query(`update tasks set lease_owner = 'thief', lease_until = now() where id = $1`, [id]);
    const ended = await untilEnded(app.admin, id);
    expect(ended.body).toMatchObject({ status: 'succeeded', counts: { users: { created: 20 } } });
    expect(scripted.calls()).toEqual([{ mode: 'full', resumeAfter: 'a' }, { mode: 'full' }]);
  });

  it('notices at the end of a read that Postgres lost what came before, and reads again', async () => {
    const id = await start({ pages: THREE, complete: COMPLETE, pauseMs: 800 });
    await untilStaged(id, 10);
    await app.pool.query(`truncate staging_${id}`);
    const ended = await untilRetried(id);
    expect(ended.body).toMatchObject({ status: 'succeeded', attempts: 2, counts: { users: { created: 30 } } });
    expect(scripted.calls()).toEqual([{ mode: 'full' }, { mode: 'full' }]);
  });

  it('does not read again when only the plan was interrupted', async () => {
    await app.pool.query(`
      create function fail_once() returns trigger language plpgsql as $$
      begin
        if new.planned_at is distinct from old.planned_at and new.claims = 1 then perform pg_sleep(60); end if;
        return new;
      end $$;
      create trigger fail_once before update on tasks for each row execute function fail_once()`);
    try {
      const id = await start({ pages: THREE, complete: COMPLETE });
      await until(
        () => app.pool.query(`select pid from pg_stat_activity where wait_event = 'PgSleep'`),
        ({ rows }) => rows.length === 1,
      );
      await app.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'`);
      const ended = await untilRetried(id);
      expect(ended.body).toMatchObject({ status: 'succeeded', counts: { users: { created: 30 } } });
      expect(scripted.calls()).toHaveLength(1);
    } finally {
      await app.pool.query('drop trigger fail_once on tasks; drop function fail_once()');
    }
  });
});

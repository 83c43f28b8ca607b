import { installScriptedSource, type Script } from '../../testing/scripted-source';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer } from '../../testing/test-client';
import { until, untilEnded } from '../../testing/until';
import { Scheduler } from '../../schedules/scheduler';

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
  const schedule = { cron: '0 3 1 * *', timeZone: 'UTC' };
  const body = { name: `s-${Date.now()}`, type: 'scripted', options: { file: scripted.file }, schedule };
  sourceId = (await app.admin.post('/api/sources', body)).body.id;
});

async function start(script: Script): Promise<number> {
  scripted.play(script);
  return (await app.admin.post(`/api/sources/${sourceId}/sync`, {})).body.id;
}

const view = async (): Promise<TestAnswer['body']> => (await app.admin.get(`/api/sources/${sourceId}`)).body;
const untilPaused = (id: number, attempts: number): Promise<TestAnswer> =>
  until(
    () => app.admin.get(`/api/tasks/${id}`),
    ({ body }) => body.status === 'queued' && body.attempts === attempts,
  );

/** Seconds between the end of the try and the next one, as the task says. */
const pause = ({ body }: TestAnswer): number => (new Date(body.nextAttemptAt).getTime() - Date.now()) / 1000;

describe('rule 25: retries of a task', () => {
  it('makes three attempts, 2 s and 10 s apart, then the task has failed', async () => {
    const id = await start({ pages: [], error: { code: 'network', message: 'Nobody answers' } });
    const first = await untilPaused(id, 1);
    expect(pause(first)).toBeLessThanOrEqual(2);
    expect(first.body).toMatchObject({ code: 'network', message: 'Nobody answers.' });
    const second = await untilPaused(id, 2);
    expect(pause(second)).toBeGreaterThan(7);
    expect(pause(second)).toBeLessThanOrEqual(10);
    await app.pool.query('update tasks set next_attempt_at = now() where id = $1', [id]);
    const ended = await untilEnded(app.admin, id);
    expect(ended.body).toMatchObject({ status: 'failed', attempts: 3, code: 'network' });
    expect(ended.body.message).toBe(
      'Nobody answers. That was try 3 of 3: retry the task when the other side is well again.',
    );
  });

  it('is not made of a source that was disabled meanwhile, also not by hand', async () => {
    const id = await start({ pages: [], error: { code: 'network', message: 'Nobody answers' } });
    await untilPaused(id, 1);
    const people = { dataType: 'user' as const, records: [{ uid: 'late', username: 'late' }] };
    scripted.play({ pages: [people], complete: { user: true } });
    await app.admin.patch(`/api/sources/${sourceId}`, { enabled: false });
    const ended = await untilEnded(app.admin, id);
    expect(ended.body).toMatchObject({
      status: 'cancelled',
      message: 'Cancelled before it was read: the source was disabled.',
      notes: [{ code: 'source_disabled' }],
    });
    const refused = await app.admin.post(`/api/tasks/${id}/retry`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'source_disabled' } });
    expect((await app.pool.query(`select from users where username = 'late'`)).rowCount).toBe(0);
    await app.admin.patch(`/api/sources/${sourceId}`, { enabled: true });
    await app.admin.post(`/api/tasks/${id}/retry`);
    expect((await untilEnded(app.admin, id)).body).toMatchObject({ status: 'succeeded' });
  });

  it('of a plan that was read is applied, although its source was disabled meanwhile', async () => {
    const people = { dataType: 'user' as const, records: [{ uid: 'seen', username: 'seen' }] };
    scripted.play({ pages: [people], complete: { user: true } });
    const preview = await app.admin.post(`/api/sources/${sourceId}/sync`, { dryRun: true });
    expect((await untilEnded(app.admin, preview.body.id)).body.status).toBe('held');
    await app.admin.patch(`/api/sources/${sourceId}`, { enabled: false });
    await app.admin.post(`/api/tasks/${preview.body.id}/approve`);
    expect((await untilEnded(app.admin, preview.body.id)).body).toMatchObject({
      status: 'succeeded',
      counts: { users: { created: 1 } },
    });
  });

  it.each([
    [60, 50, 60],
    [86_400, 290, 300],
  ])('waits as long as the vendor asks, within reason: %i s', async (retryAfter, least, most) => {
    const id = await start({ pages: [], error: { code: 'vendor_busy', message: 'Busy.', retryAfter } });
    const paused = await untilPaused(id, 1);
    expect(pause(paused)).toBeGreaterThan(least);
    expect(pause(paused)).toBeLessThanOrEqual(most);
    await app.admin.post(`/api/tasks/${id}/cancel`);
  });

  it.each([
    ['credentials', 'Enter the credentials anew, then try again.'],
    ['configuration', 'Correct the settings, then try again.'],
    ['permission', 'Grant the permission at the other side, then try again.'],
  ])('stops at once when an admin has to act (%s), and says on what', async (code, remedy) => {
    const ended = await untilEnded(
      app.admin,
      await start({ pages: [], error: { code, message: 'The vendor refuses.', field: 'file' } }),
    );
    expect(ended.body).toMatchObject({ status: 'failed', attempts: 1, code });
    expect(ended.body.message).toBe(`The vendor refuses. The option concerned is "file". ${remedy}`);
  });

  it('slows the schedule down after five failed tasks in a row, says so, and ends that with a success', async () => {
    const usual = (await view()).nextRunAt as string;
    const refused: Script = { pages: [], error: { code: 'credentials', message: 'No.' } };
    for (let n = 1; n <= 5; n++) {
      expect(await view()).toMatchObject({ failures: n - 1, slowedDown: false, nextRunAt: usual });
      expect((await untilEnded(app.admin, await start(refused))).body.status).toBe('failed');
    }
    expect(await view()).toMatchObject({ failures: 5, slowedDown: true });
    const manual = await untilEnded(app.admin, await start({ pages: [], complete: {} }));
    expect(manual.body.status).toBe('succeeded');
    expect(await view()).toMatchObject({ failures: 0, slowedDown: false, nextRunAt: usual });
  });

  it('does not use the time of the schedule that a slow source skips', async () => {
    const schedule = { cron: '*/30 * * * *', timeZone: 'UTC' };
    await app.admin.patch(`/api/sources/${sourceId}`, { schedule });
    await app.pool.query('update sources set failures = 4 where id = $1', [sourceId]);
    const failing = await start({ pages: [], error: { code: 'credentials', message: 'No.' } });
    await untilEnded(app.admin, failing);
    const next = new Date((await view()).nextRunAt as string).getTime();
    expect(next - Date.now()).toBeGreaterThan(30 * 60_000);
    await app.app.get(Scheduler).tick(new Date(next - 1));
    const { body } = await app.admin.get(`/api/tasks?sourceId=${sourceId}`);
    expect(body.items.map(({ id }: { id: number }) => id)).toEqual([failing]);
  });
});

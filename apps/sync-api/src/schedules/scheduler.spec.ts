import type { Page } from '@rollcall/core';
import { installScriptedSource } from '../testing/scripted-source';
import { startTestApp, type TestApp } from '../testing/start-test-app';
import { until } from '../testing/until';
import { Scheduler } from './scheduler';

const scripted = installScriptedSource();
let app: TestApp;
let scheduler: Scheduler;
let sourceId: number;

beforeAll(async () => {
  app = await startTestApp(scripted.env);
  scheduler = app.app.get(Scheduler);
});

afterAll(async () => {
  await app.close();
  scripted.remove();
});

/** Far from now, so that the service's own clock never comes in between. */
const YEARLY = { cron: '0 3 1 1 *', timeZone: 'Asia/Shanghai' };

beforeEach(async () => {
  await app.pool.query('update sources set enabled = false');
  scripted.play({ pages: [], complete: {} });
  const body = { name: `s-${Date.now()}`, type: 'scripted', options: { file: scripted.file }, schedule: YEARLY };
  sourceId = (await app.admin.post('/api/sources', body)).body.id;
});

async function nextRun(): Promise<Date> {
  return new Date((await app.admin.get(`/api/sources/${sourceId}`)).body.nextRunAt as string);
}

interface FiredTask {
  id: number;
  kind: string;
  mode: string;
  status: string;
}

async function tasks(): Promise<FiredTask[]> {
  const answer = await app.admin.get(`/api/tasks?sourceId=${sourceId}&sort=id`);
  return answer.body.items;
}

const untilIdle = (): Promise<FiredTask[]> =>
  until(tasks, (all) => all.every(({ status }) => status !== 'queued' && status !== 'running'));

const later = (date: Date, milliseconds: number): Date => new Date(date.getTime() + milliseconds);
const DAY = 86_400_000;

it('makes a task when the time has come, not before, and shows the next time', async () => {
  const due = await nextRun();
  expect(due.toISOString()).toMatch(/-12-31T19:00:00/);
  await scheduler.tick(later(due, -1));
  expect(await tasks()).toEqual([]);
  await scheduler.tick(due);
  expect(await untilIdle()).toMatchObject([{ kind: 'pull', mode: 'full', status: 'succeeded' }]);
  expect((await nextRun()).getUTCFullYear()).toBe(due.getUTCFullYear() + 1);
});

it('makes up for times that were missed with one task', async () => {
  const due = await nextRun();
  await scheduler.tick(later(due, 3 * 366 * DAY));
  await scheduler.tick(later(due, 3 * 366 * DAY));
  expect(await untilIdle()).toHaveLength(1);
  expect((await nextRun()).getUTCFullYear()).toBe(due.getUTCFullYear() + 4);
});

it('fires once in the cluster, whoever looks at the same moment', async () => {
  const due = await nextRun();
  await Promise.all(Array.from({ length: 8 }, () => scheduler.tick(due)));
  expect(await untilIdle()).toHaveLength(1);
});

it('never makes a second task while one waits or runs', async () => {
  const hanging: Page = { dataType: 'user', records: [] };
  scripted.play({ pages: [hanging], hangs: true });
  const due = await nextRun();
  await scheduler.tick(due);
  await until(tasks, ([task]) => task?.status === 'running');
  await scheduler.tick(await nextRun());
  const [task, second] = await tasks();
  expect(second).toBeUndefined();
  await app.admin.post(`/api/tasks/${task?.id}/cancel`);
  await untilIdle();
  scripted.play({ pages: [], complete: {} });
  await scheduler.tick(await nextRun());
  expect(await untilIdle()).toHaveLength(2);
});

it('leaves disabled sources alone, and does not make up for the time in which they were', async () => {
  const due = await nextRun();
  await app.admin.patch(`/api/sources/${sourceId}`, { enabled: false });
  await scheduler.tick(due);
  expect(await tasks()).toEqual([]);
  await app.pool.query('update sources set next_run_at = $2 where id = $1', [sourceId, new Date('2020-01-01')]);
  await app.admin.patch(`/api/sources/${sourceId}`, { enabled: true });
  await scheduler.tick(new Date());
  expect(await tasks()).toEqual([]);
  expect(await nextRun()).toEqual(due);
});

it('computes the next time of a schedule that was set before there were any, without firing', async () => {
  const due = await nextRun();
  await app.pool.query('update sources set next_run_at = null where id = $1', [sourceId]);
  await scheduler.tick(new Date());
  expect(await tasks()).toEqual([]);
  const { rows } = await app.pool.query('select next_run_at from sources where id = $1', [sourceId]);
  expect(rows).toEqual([{ next_run_at: due }]);
});

it('reads incrementally between the full reads', async () => {
  scripted.play({ pages: [], complete: { user: true }, nextCursor: 'c1' });
  await scheduler.tick(await nextRun());
  await untilIdle();
  const schedule = { ...YEARLY, incrementalCron: '0 3 1 * *' };
  const patched = await app.admin.patch(`/api/sources/${sourceId}`, { schedule });
  expect(patched.body.schedule).toEqual(schedule);
  const full = new Date(Date.UTC(new Date().getUTCFullYear() + 1, 10, 30, 19));
  await app.pool.query('update sources set next_run_at = $2 where id = $1', [sourceId, later(full, 31 * DAY)]);
  await scheduler.tick(full);
  expect((await untilIdle()).map(({ mode }) => mode)).toEqual(['full', 'incremental']);
  expect(scripted.calls()[1]).toEqual({ mode: 'incremental', since: 'c1' });
  await scheduler.tick(later(full, 31 * DAY));
  expect((await untilIdle()).map(({ mode }) => mode)).toEqual(['full', 'incremental', 'full']);
});

import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Scheduler } from '../schedules/scheduler';
import { installScriptedSource, type Script } from '../testing/scripted-source';
import { startTestApp, type TestApp } from '../testing/start-test-app';
import type { TestAnswer } from '../testing/test-client';
import { until, untilEnded } from '../testing/until';
import type { AlertBody } from './alert-body';

interface Received {
  headers: IncomingHttpHeaders;
  text: string;
  body: AlertBody;
}

const scripted = installScriptedSource();
let app: TestApp;
let server: Server;
let received: Received[] = [];
let status = 204;
let sourceId: number;
let name: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((sent) => {
      received.push({ headers: request.headers, text: sent, body: JSON.parse(sent) as AlertBody });
      response.writeHead(status).end();
    });
  });
  await listenWhereBrowsersDoNotGo(server);
  app = await startTestApp({
    ...scripted.env,
    ROLLCALL_ALERT_WEBHOOK: `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts?token=x`,
    ROLLCALL_ALERT_SECRET: 'shared with the receiver',
    ROLLCALL_PUBLIC_URL: 'https://rollcall.example/',
  });
});

/** On one of the ports that `fetch` refuses. */
async function listenWhereBrowsersDoNotGo(on: Server): Promise<void> {
  for (const port of [4190, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080]) {
    const listening = await new Promise<boolean>((resolve) => {
      on.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (listening) return;
  }
  throw new Error('All ports that fetch refuses are taken.');
}

afterAll(async () => {
  await app.close();
  server.closeAllConnections();
  server.close();
  scripted.remove();
});

beforeEach(async () => {
  received = [];
  status = 204;
  name = `s-${Date.now()}`;
  const schedule = { cron: '0 3 1 1 *', timeZone: 'UTC' };
  const body = { name, type: 'scripted', options: { file: scripted.file }, schedule };
  sourceId = (await app.admin.post('/api/sources', body)).body.id;
});

async function sync(script: Script, body: object = {}): Promise<number> {
  scripted.play(script);
  const started = await app.admin.post(`/api/sources/${sourceId}/sync`, body);
  await untilEnded(app.admin, started.body.id);
  return started.body.id;
}

const untilTold = (n: number): Promise<Received[]> =>
  until(
    () => Promise.resolve(received),
    (all) => all.length >= n,
  );

/** Nothing more is on its way. */
const untilNothingIsLeft = (): Promise<unknown> =>
  until(
    () => app.pool.query('select 1 from alerts'),
    ({ rowCount }) => rowCount === 0,
  );

const REFUSED: Script = { pages: [], error: { code: 'credentials', message: 'Li Lei may not read.' } };

it('tells of a held plan, signed, with a link and without naming anybody', async () => {
  const records = Array.from({ length: 20 }, (_, n) => ({ uid: `u${n}`, username: `secret-name-${n}` }));
  await sync({ pages: [{ dataType: 'user', records }], complete: { user: true } });
  const id = await sync({ pages: [], complete: { user: true } });
  const [alert] = await untilTold(1);
  expect(alert?.body).toMatchObject({
    kind: 'held',
    source: { id: sourceId, name },
    task: { id, kind: 'pull', status: 'held', heldReason: 'empty' },
    held: 1,
    url: `https://rollcall.example/tasks/${id}`,
  });
  expect(alert?.text).not.toContain('secret-name');
  const timestamp = String(alert?.headers['x-rollcall-timestamp']);
  expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(30);
  const expected = createHmac('sha256', 'shared with the receiver').update(`${timestamp}.${alert?.text}`).digest('hex');
  expect(alert?.headers['x-rollcall-signature']).toBe(`sha256=${expected}`);
  await untilNothingIsLeft();
});

it('tells of held plans once for each source and reason, until none waits or a day has gone by', async () => {
  const pushes = `held-${Date.now()}`;
  await app.admin.post('/api/sources', { name: pushes, type: 'push' });
  const push = (records: object[]): Promise<TestAnswer> =>
    app.admin.post('/api/userData:push', { dataType: 'user', sourceName: pushes, records });
  await push(Array.from({ length: 40 }, (_, n) => ({ uid: `h${n}`, nickname: `H ${n}` })));
  let next = 0;
  /** Deletes one after the other, until `wanted` more are held. */
  const hold = async (wanted: number): Promise<number[]> => {
    const held: number[] = [];
    while (held.length < wanted) {
      const { status, body } = await push([{ uid: `h${next++}`, isDeleted: true }]);
      if (status === 202) held.push(body.id);
    }
    return held;
  };
  const first = await hold(4);
  expect((await untilTold(1)).map(({ body }) => [body.kind, body.task?.id])).toEqual([['held', first[0]]]);
  await untilNothingIsLeft();
  for (const id of first) await app.admin.post(`/api/tasks/${id}/reject`);
  const second = await hold(3);
  await untilTold(2);
  await untilNothingIsLeft();
  expect(received.map(({ body }) => body.task?.id)).toEqual([first[0], second[0]]);
  await app.pool.query(`update told set told_at = told_at - interval '25 hours' where kind = 'held'`);
  const [last] = await hold(1);
  const [, , alert] = await untilTold(3);
  expect(alert?.body).toMatchObject({ kind: 'held', task: { id: last }, held: 4 });
  expect(alert?.body.message).toContain(`4 plans of "${pushes}" wait for that reason.`);
  await untilNothingIsLeft();
  expect(received).toHaveLength(3);
});

it('tells of a held read once, however often a newer one that is held for the same reason replaces it', async () => {
  const records = Array.from({ length: 20 }, (_, n) => ({ uid: `r${n}`, username: `${name}-${n}` }));
  await sync({ pages: [{ dataType: 'user', records }], complete: { user: true } });
  const first = await sync({ pages: [], complete: { user: true } });
  await sync({ pages: [], complete: { user: true } });
  await sync({ pages: [], complete: { user: true } });
  await untilTold(1);
  await untilNothingIsLeft();
  expect(received.map(({ body }) => body.task?.id)).toEqual([first]);
});

it('tells of a failing source once for each reason, and again when it had done better or a day has gone by', async () => {
  const first = await sync(REFUSED);
  await sync(REFUSED);
  const second = await sync({ pages: [], error: { code: 'permission', message: 'Not for you.' } });
  await sync({ pages: [], complete: {} });
  const third = await sync(REFUSED);
  await sync(REFUSED);
  await app.pool.query(`update told set told_at = told_at - interval '25 hours' where source_id = $1`, [sourceId]);
  const last = await sync(REFUSED);
  await untilTold(4);
  await untilNothingIsLeft();
  expect(received.map(({ body }) => [body.kind, body.task?.id])).toEqual(
    [first, second, third, last].map((id) => ['failed', id]),
  );
});

it('tells of a failed task once, without what the vendor wrote, and of no preview', async () => {
  await sync({ pages: [{ dataType: 'user', records: [{ uid: 'p' }] }] }, { dryRun: true });
  const id = await sync(REFUSED);
  const [alert] = await untilTold(1);
  expect(alert?.body).toMatchObject({ kind: 'failed', task: { id, code: 'credentials' } });
  expect(alert?.text).not.toContain('Li Lei');
  await untilNothingIsLeft();
  expect(received).toHaveLength(1);
});

it('tells of pushes of which every record failed, once within an hour', async () => {
  const pushes = `pushes-${Date.now()}`;
  await app.admin.post('/api/sources', { name: pushes, type: 'push' });
  const push = (records: object[]): Promise<TestAnswer> =>
    app.admin.post('/api/userData:push', { dataType: 'user', sourceName: pushes, records });
  await push([{ uid: 'good' }, { uid: 'p', email: 'li.lei' }]);
  const first = await push([{ uid: 'p', email: 'li.lei' }]);
  await push([{ uid: 'p', email: 'li.lei' }]);
  const [alert] = await untilTold(1);
  expect(alert?.body).toMatchObject({ kind: 'failed', task: { id: first.body.data.taskId, kind: 'push' } });
  expect(alert?.text).not.toContain('li.lei');
  await untilNothingIsLeft();
  expect(received).toHaveLength(1);
});

it('tells when a schedule slows down', async () => {
  await app.pool.query('update sources set failures = 4 where id = $1', [sourceId]);
  await sync(REFUSED);
  await sync(REFUSED);
  await untilTold(2);
  await untilNothingIsLeft();
  expect(received.map(({ body }) => body.kind).sort()).toEqual(['failed', 'slowed_down']);
});

it('tells once a day that a source is overdue, shows it, and starts over with a success', async () => {
  const scheduler = app.app.get(Scheduler);
  const shown = async (): Promise<unknown> => (await app.admin.get(`/api/sources/${sourceId}`)).body.overdueSince;
  await sync({ pages: [], complete: {} });
  expect(await shown()).toBeNull();
  const past = new Date(Date.now() - 60_000);
  await app.pool.query('update sources set overdue_at = $2 where id = $1', [sourceId, past]);
  // What was begun a moment ago, after a time in which nobody was there, may be the success.
  await app.pool.query(
    `insert into tasks (source_id, kind, mode, status, lease_owner, lease_until)
     values ($1, 'pull', 'full', 'running', 'another worker', now() + interval '1 hour')`,
    [sourceId],
  );
  await scheduler.tick(new Date());
  expect((await app.pool.query('select from alerts')).rowCount).toBe(0);
  await app.pool.query(`delete from tasks where lease_owner = 'another worker'`);
  await Promise.all([scheduler.tick(new Date()), scheduler.tick(new Date()), scheduler.tick(new Date())]);
  expect((await untilTold(1)).map(({ body }) => [body.kind, body.source?.id])).toEqual([['overdue', sourceId]]);
  expect(await shown()).toBe(past.toISOString());
  await untilNothingIsLeft();
  expect(received).toHaveLength(1);
  await scheduler.tick(new Date(Date.now() + 86_400_000));
  expect((await untilTold(2)).map(({ body }) => body.kind)).toEqual(['overdue', 'overdue']);
  await sync({ pages: [], complete: {} });
  expect(await shown()).toBeNull();
  const { rows } = await app.pool.query(
    `select overdue_told_at, overdue_at > now() + interval '1 year' as later from sources where id = $1`,
    [sourceId],
  );
  expect(rows).toEqual([{ overdue_told_at: null, later: true }]);
});

it('comes again with the same id until it is taken, and is given up after three days', async () => {
  status = 503;
  await sync(REFUSED);
  const [first] = await untilTold(1);
  const due = await until(
    () =>
      app.pool.query<{ wait: number }>(
        'select extract(epoch from next_attempt_at - now())::float8 as wait from alerts',
      ),
    ({ rows }) => rows.length === 1,
  );
  expect(due.rows[0]?.wait).toBeGreaterThan(5);
  status = 204;
  await app.pool.query('update alerts set next_attempt_at = now()');
  const [, second] = await untilTold(2);
  expect(second?.body.id).toBe(first?.body.id);
  await untilNothingIsLeft();
  status = 503;
  await sync({ pages: [], complete: {} });
  await sync(REFUSED);
  await untilTold(3);
  await app.pool.query(`update alerts set next_attempt_at = now(), created_at = now() - interval '4 days'`);
  await untilNothingIsLeft();
});

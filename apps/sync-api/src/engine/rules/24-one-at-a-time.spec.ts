import pg from 'pg';
import { installScriptedSource } from '../../testing/scripted-source';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { until, untilEnded } from '../../testing/until';

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

beforeEach(async () => {
  await app.emptyDirectory();
  // Each plan that waits costs a statement more.
  await app.pool.query(`delete from tasks where status = 'held'`);
});
afterEach(() => jest.restoreAllMocks());

type Fields = Record<string, unknown>;

const push = (records: Fields[], dataType = 'user', headers?: Record<string, string>): Promise<TestAnswer> =>
  client.post('/api/userData:push', { dataType, records }, headers);

/** The statements of every transaction that `work` makes, by their first words. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[][]> {
  const transactions = new Map<pg.Client, string[]>();
  const ended: string[][] = [];
  const original = pg.Client.prototype.query;
  jest.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    const [query] = args as [string | { text: string }];
    const text = (typeof query === 'string' ? query : query.text).trim();
    if (text === 'begin') transactions.set(this, []);
    else if (text === 'commit') ended.push(transactions.get(this) ?? []);
    else transactions.get(this)?.push(text.slice(0, 60));
    return Reflect.apply(original, this, args) as undefined;
  });
  await work();
  jest.restoreAllMocks();
  return ended;
}

const person = (uid: string): Fields => ({ uid, username: uid, departments: ['d'], managerUid: 'u0' });
const people = (n: number, prefix = 'u'): Fields[] =>
  Array.from({ length: n }, (_, index) => person(`${prefix}${index}`));

describe('rule 24: one running task per source', () => {
  it.each([
    ['creates people with departments and managers', () => push(people(100, 'new'))],
    ['changes them', () => push(people(100).map((user) => ({ ...user, nickname: 'N', departments: [] })))],
    [
      'brings departments that people wait for',
      () => push([{ uid: 'd', title: 'D', ownerUids: ['u0'] }], 'department'),
    ],
    ['takes a few away', () => push(people(5).map(({ uid }) => ({ uid, isDeleted: true })))],
  ])('takes a small push that %s in one transaction of at most 16 statements, none of them DDL', async (_, work) => {
    await push(people(100));
    const transactions = await statementsOf(work);
    const [transaction = []] = transactions.filter((statements) => statements.some((text) => /into tasks/.test(text)));
    expect(transaction.length).toBeGreaterThan(5);
    expect(transaction.length).toBeLessThanOrEqual(16);
    expect(transaction.filter((text) => /^(create|drop|alter|truncate|analyze)/i.test(text))).toEqual([]);
  });

  it('lets a small push that comes while a large task runs wait its turn, and loses nothing', async () => {
    const { body: source } = await app.admin.post('/api/sources', {
      name: 'busy',
      type: 'scripted',
      options: { file: scripted.file },
    });
    scripted.play({
      pages: [{ dataType: 'user', records: [{ uid: 'x', username: 'x' }] }],
      pauseMs: 1_500,
      complete: { user: true },
    });
    const pull = await app.admin.post(`/api/sources/${source.id}/sync`, {});
    await until(
      () => app.admin.get(`/api/tasks/${pull.body.id}`),
      ({ body }) => body.status === 'running',
    );
    const second = await app.admin.post(`/api/sources/${source.id}/sync`, {});
    // Another source is not held up.
    expect((await push([{ uid: 'a', username: 'a' }])).status).toBe(200);
    expect((await app.admin.get(`/api/tasks/${second.body.id}`)).body.status).toBe('queued');
    const [first, last] = [await untilEnded(app.admin, pull.body.id), await untilEnded(app.admin, second.body.id)];
    expect([first.body.status, last.body.status]).toEqual(['succeeded', 'succeeded']);
    expect(Date.parse(last.body.startedAt)).toBeGreaterThanOrEqual(Date.parse(first.body.finishedAt));
  });

  it('takes tasks in order of arrival, small pushes behind a queued one too', async () => {
    const queued = await push([{ uid: 'a', username: 'first' }], 'user', { Prefer: 'respond-async' });
    expect(queued.status).toBe(202);
    const small = await push([{ uid: 'a', username: 'second' }]);
    expect(small.status).toBe(200);
    const rows = await app.pool.query<{ username: string }>('select username from users');
    expect(rows.rows).toEqual([{ username: 'second' }]);
    expect(small.body.data.taskId).toBeGreaterThan(queued.body.id);
  });
});

import { PurgeSchedule } from '../../retention/purge-schedule';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { until, untilEnded } from '../../testing/until';

type Fields = Record<string, unknown>;

let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.key(['push', 'read']);
});

afterAll(() => app.close());

beforeEach(() => app.emptyDirectory(['tasks']));

const push = (dataType: string, records: Fields[], more: Fields = {}): Promise<TestAnswer> =>
  client.post('/api/userData:push', { dataType, records, ...more });
const pushUsers = (records: Fields[], more: Fields = {}): Promise<TestAnswer> => push('user', records, more);

/** As if everything that is deleted now had been deleted so many days ago. */
async function age(days: number): Promise<void> {
  for (const table of ['users', 'departments']) {
    await app.pool.query(
      `update ${table} set deleted_at = now() - make_interval(days => $1) where deleted_at is not null`,
      [days],
    );
  }
}

/** Purges what is due, and returns the counts of the task; undefined: nothing was due. */
async function purge(): Promise<Fields | undefined> {
  await app.pool.query(`delete from tasks where kind = 'purge'`);
  if ((await app.app.get(PurgeSchedule).begin()) === 0) return undefined;
  const { body } = await app.admin.get('/api/tasks?kind=purge');
  const ended = await untilEnded(app.admin, body.items[0].id);
  expect(ended.body).toMatchObject({ kind: 'purge', status: 'succeeded', source: null });
  return ended.body.counts;
}

async function rows(text: string): Promise<unknown[]> {
  return (await app.pool.query<Fields>(text)).rows;
}

const users = (): Promise<unknown[]> => rows('select id, username, manager_id from users order by id');

async function source(name: string, policies: Fields): Promise<{ name: string; id: number }> {
  const answer = await app.admin.post('/api/sources', { name, type: 'push', matchKey: ['username'], policies });
  expect(answer.status).toBe(201);
  return answer.body;
}

describe('rule 12: the purge', () => {
  it('removes a user with all that hung on it, and whoever is stated again is new and found again by others', async () => {
    await push('department', [{ uid: 'd', title: 'D', ownerUids: ['boss'] }]);
    await pushUsers([
      { uid: 'boss', username: 'boss', departments: ['d'], managerUid: 'nobody' },
      { uid: 'a', username: 'a', managerUid: 'boss' },
    ]);
    await pushUsers([{ uid: 'boss', isDeleted: true }]);
    await app.pool.query('insert into memberships (user_id, department_id) values (1, 1)');
    for (const [table, more] of [
      ['rejected_removals (source_id, record_id, field, task_id)', `source_id, id, '', 0`],
      ['field_changes (record_id, field, task_id)', `id, 'username', 0`],
    ]) {
      await app.pool.query(`insert into ${table} select ${more} from records where uid = 'boss'`);
    }
    await age(31);
    expect(await purge()).toMatchObject({ users: { deleted: 1, failed: 0 } });
    expect(await users()).toEqual([{ id: 2, username: 'a', manager_id: null }]);
    expect(await rows('select from memberships union all select from department_owners')).toEqual([]);
    expect(await rows(`select uid from records where data_type = 'user'`)).toEqual([{ uid: 'a' }]);
    expect(await rows('select uid from waiting_references order by uid')).toEqual([{ uid: 'boss' }, { uid: 'boss' }]);
    for (const table of ['links', 'rejected_removals', 'field_changes']) {
      expect(await rows(`select from ${table} where record_id not in (select id from records)`)).toEqual([]);
    }
    await pushUsers([{ uid: 'boss', username: 'boss' }]);
    expect(await users()).toEqual([
      { id: 2, username: 'a', manager_id: 3 },
      { id: 3, username: 'boss', manager_id: null },
    ]);
    expect(await rows('select user_id from department_owners')).toEqual([{ user_id: 3 }]);
    expect(await rows('select from waiting_references')).toEqual([]);
  });

  it('cannot be undone, and an undo of what came before it says so', async () => {
    await push('department', [{ uid: 'd', title: 'D' }]);
    const made = (await pushUsers([{ uid: 'a', username: 'a', departments: ['d'] }])).body.data.taskId;
    const { taskId } = (await pushUsers([{ uid: 'a', isDeleted: true }])).body.data;
    await age(31);
    await purge();
    for (const id of [made, taskId]) {
      const undo = await app.admin.post(`/api/tasks/${id}/undo`);
      expect(undo.status).toBe(202);
      await untilEnded(app.admin, undo.body.id);
      const { items } = (await app.admin.get(`/api/tasks/${undo.body.id}/changes?target=users`)).body;
      expect(items).toMatchObject([
        { outcome: 'stale', code: 'stale', message: expect.stringContaining('It is gone for good') },
      ]);
      expect(items[0].texts).toMatchObject({ fr: expect.stringContaining('purgé') });
    }
    expect(await users()).toEqual([]);
  });

  it('loses nobody who is stated again in the very moment of the purge', async () => {
    await pushUsers([{ uid: 'a', username: 'a' }]);
    await pushUsers([{ uid: 'a', isDeleted: true }]);
    const purging = await app.pool.connect();
    await purging.query('begin');
    for (const table of ['links', 'records', 'users']) await purging.query(`delete from ${table}`);
    const pushed = pushUsers([{ uid: 'a', username: 'a', nickname: 'Back' }]);
    await until(
      () => rows(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`),
      (waiting) => waiting.length > 0,
    );
    await purging.query('commit');
    purging.release();
    expect((await pushed).body.data).toMatchObject({
      status: 'succeeded',
      summary: expect.stringContaining('1 created'),
    });
    expect(await rows('select username, nickname from users')).toEqual([{ username: 'a', nickname: 'Back' }]);
  });

  it('removes a department; its children are roots, and all find their way back when it is stated again', async () => {
    await push('department', [
      { uid: 'd', title: 'D' },
      { uid: 'child', title: 'Child', parentUid: 'd' },
    ]);
    await pushUsers([{ uid: 'a', username: 'a', departments: ['child', 'd'] }]);
    await push('department', [{ uid: 'd', isDeleted: true }]);
    await age(31);
    expect(await purge()).toMatchObject({ departments: { deleted: 1 } });
    expect(await rows('select id, parent_id from departments')).toEqual([{ id: 2, parent_id: null }]);
    expect(await rows('select department_id from memberships')).toEqual([{ department_id: 2 }]);
    await push('department', [{ uid: 'd', title: 'D again' }]);
    expect(await rows('select id, parent_id from departments order by id')).toEqual([
      { id: 2, parent_id: 3 },
      { id: 3, parent_id: null },
    ]);
    expect(await rows('select department_id, is_main from memberships order by 1')).toEqual([
      { department_id: 2, is_main: true },
      { department_id: 3, is_main: false },
    ]);
  });

  it('waits for the grace period of the source, of several the longest, and without any 30 days', async () => {
    const [short, long] = [await source('short', { graceDays: 1 }), await source('long', { graceDays: 60 })];
    await pushUsers([{ uid: 'x', username: 'x' }], { sourceName: short.name });
    for (const { name } of [short, long]) {
      await pushUsers([{ uid: 'y', username: 'y' }], { sourceName: name, matchKey: 'username' });
    }
    for (const { name } of [short, long]) {
      await pushUsers(
        [
          { uid: 'x', isDeleted: true },
          { uid: 'y', isDeleted: true },
        ],
        { sourceName: name },
      );
    }
    await app.pool.query(`insert into users (username, deleted_at) values ('by hand', now())`);
    const left = async (): Promise<unknown[]> => rows('select username from users order by id');
    expect(await purge()).toBeUndefined();
    await age(2);
    await purge();
    expect(await left()).toEqual([{ username: 'y' }, { username: 'by hand' }]);
    await age(31);
    await purge();
    expect(await left()).toEqual([{ username: 'y' }]);
    await pushUsers([{ uid: 'y', username: 'y' }], { sourceName: long.name });
    expect(await rows('select id, deleted_at from users')).toEqual([{ id: 2, deleted_at: null }]);
    await pushUsers([{ uid: 'y', isDeleted: true }], { sourceName: long.name });
    await age(61);
    await purge();
    expect(await left()).toEqual([]);
    expect(await rows('select from records')).toEqual([]);
  });

  it('spares whoever is stated again and only could not be brought back yet, and who is protected', async () => {
    await pushUsers([{ uid: 'a', username: 'wang' }]);
    await pushUsers([{ uid: 'a', isDeleted: true }]);
    await pushUsers([{ uid: 'b', username: 'wang' }]);
    const refused = await pushUsers([{ uid: 'a', username: 'wang' }]);
    expect(refused.body.data.status).toBe('failed');
    await app.pool.query(`insert into users (username, protected, deleted_at) values ('safe', true, now())`);
    await age(100);
    expect(await purge()).toBeUndefined();
    await pushUsers([{ uid: 'b', username: 'li' }]);
    await pushUsers([{ uid: 'a', username: 'wang' }]);
    expect(await rows('select id, username from users where deleted_at is null order by id')).toEqual([
      { id: 1, username: 'wang' },
      { id: 2, username: 'li' },
    ]);
  });

  it('leaves a record whose user was taken away without its word alone, until it says something new (rule 21)', async () => {
    await pushUsers([{ uid: 'a', username: 'wang' }]);
    await app.pool.query(`update users set deleted_at = now()`);
    await app.pool.query(`update links set state = 'deleted'`);
    await age(31);
    expect(await purge()).toMatchObject({ users: { deleted: 1 } });
    await pushUsers([{ uid: 'a', username: 'wang' }]);
    expect(await users()).toEqual([]);
    await pushUsers([{ uid: 'a', nickname: 'Wang' }]);
    expect(await users()).toEqual([{ id: 2, username: 'wang', manager_id: null }]);
  });

  it('is begun once a day, by one process, and sooner when it failed', async () => {
    await pushUsers([{ uid: 'a', username: 'a' }]);
    await pushUsers([{ uid: 'a', isDeleted: true }]);
    const schedule = app.app.get(PurgeSchedule);
    expect(await schedule.begin()).toBe(0);
    await age(31);
    await app.pool.query(`insert into tasks (kind, status) values ('purge', 'succeeded')`);
    expect(await schedule.begin()).toBe(0);
    await app.pool.query(`update tasks set created_at = now() - interval '25 hours' where kind = 'purge'`);
    expect(await schedule.begin()).toBe(1);
    const { body } = await app.admin.get('/api/tasks?kind=purge');
    await untilEnded(app.admin, body.items[0].id);
    await app.pool.query(`update tasks set status = 'failed' where kind = 'purge'`);
    await pushUsers([{ uid: 'b', username: 'b' }]);
    await pushUsers([{ uid: 'b', isDeleted: true }]);
    await age(31);
    expect(await schedule.begin()).toBe(1);
  });
});

import { PushService } from '../../push/push.service';
import { ForgetDeletedService } from '../../sources/forget-deleted.service';
import { SourcesService } from '../../sources/sources.service';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { until, untilEnded } from '../../testing/until';
import { Report } from '../report';
import { inTransaction } from '../sql-session';

type Fields = Record<string, unknown>;

let app: TestApp;
let client: TestClient;
let hr: { id: number; name: string };
let number = 0;

beforeAll(async () => {
  app = await startTestApp();
  client = await app.key(['push', 'read']);
});

afterAll(() => app.close());

beforeEach(async () => {
  await app.emptyDirectory();
  hr = await makeSource(`hr-${++number}`);
});

async function makeSource(name: string, policies: Fields = {}): Promise<{ id: number; name: string }> {
  const answer = await app.admin.post('/api/sources', { name, type: 'push', matchKey: ['username'], policies });
  expect(answer.status).toBe(201);
  return answer.body;
}

const push = (dataType: string, records: Fields[], more: Fields = {}): Promise<TestAnswer> =>
  client.post('/api/userData:push', { dataType, records, ...more });

/** Department `d` with users `u0`, `u1`, … in it, as `hr` states them. */
async function fill(n: number): Promise<void> {
  await push('department', [{ uid: 'd', title: 'D' }], { sourceName: hr.name });
  await push('user', people(n), { sourceName: hr.name });
}

const people = (n: number): Fields[] =>
  Array.from({ length: n }, (_, index) => ({ uid: `u${index}`, username: `u${index}`, departments: ['d'] }));

const remove = (): Promise<TestAnswer> => app.admin.delete(`/api/sources/${hr.id}?people=remove`);

async function live(table = 'users'): Promise<number[]> {
  const { rows } = await app.pool.query<{ id: number }>(`select id from ${table} where deleted_at is null order by id`);
  return rows.map(({ id }) => id);
}

const sourceStatus = async (): Promise<number> => (await app.admin.get(`/api/sources/${hr.id}`)).status;

describe('rule 16: deleting a source with people=remove', () => {
  it('removes whom only it states, with its memberships, and then the source', async () => {
    await fill(3);
    await push('user', [{ uid: 'x', username: 'u1' }], { matchKey: 'username' });
    const started = await remove();
    expect(started).toMatchObject({ status: 202, body: { kind: 'purge', source: { id: hr.id, name: hr.name } } });
    const ended = await untilEnded(app.admin, started.body.id);
    expect(ended.body).toMatchObject({
      status: 'succeeded',
      counts: { users: { deleted: 2, unchanged: 1, failed: 0 }, departments: { deleted: 1, updated: 3 } },
    });
    expect([await live(), await live('departments')]).toEqual([[2], []]);
    expect((await app.pool.query('select from memberships')).rowCount).toBe(0);
    expect(await sourceStatus()).toBe(404);
    expect((await makeSource(`other-${number}`)).id).not.toBe(hr.id);
  });

  it.each(['undo', 'hand'])('removes also whom an %s brought back', async (by) => {
    await fill(2);
    const left = await push('user', [{ uid: 'u0', isDeleted: true }], { sourceName: hr.name });
    if (by === 'hand') await app.admin.post('/api/users/1/restore');
    else {
      const undo = await app.admin.post(`/api/tasks/${left.body.data.taskId}/undo`);
      await untilEnded(app.admin, undo.body.id);
    }
    expect(await live()).toEqual([1, 2]);
    const ended = await untilEnded(app.admin, (await remove()).body.id);
    expect(ended.body).toMatchObject({ status: 'succeeded', counts: { users: { deleted: 2 } } });
    expect([await live(), await sourceStatus()]).toEqual([[], 404]);
  });

  it('is held by the limits, and applies exactly what was shown when it is approved', async () => {
    await fill(20);
    const { body } = await remove();
    const held = await untilEnded(app.admin, body.id);
    expect(held.body).toMatchObject({ status: 'held', heldReason: 'limits', counts: { users: { deleted: 20 } } });
    expect([(await live()).length, await sourceStatus()]).toEqual([20, 200]);
    expect(await push('user', people(1), { sourceName: hr.name })).toMatchObject({ status: 409 });
    await app.admin.post(`/api/tasks/${body.id}/approve`);
    expect((await untilEnded(app.admin, body.id)).body).toMatchObject({ status: 'succeeded' });
    expect([await live(), await sourceStatus()]).toEqual([[], 404]);
  });

  it('leaves the source, disabled, and everybody in place when it is rejected', async () => {
    await fill(20);
    const { body } = await remove();
    await untilEnded(app.admin, body.id);
    expect((await app.admin.post(`/api/tasks/${body.id}/reject`)).body.status).toBe('cancelled');
    expect((await app.admin.get(`/api/sources/${hr.id}`)).body).toMatchObject({ enabled: false });
    expect((await live()).length).toBe(20);
    await app.admin.patch(`/api/sources/${hr.id}`, { enabled: true });
    const same = await push('user', people(20), { sourceName: hr.name });
    expect(same.body.data.result[0].detail.count).toMatchObject({ all: 20, success: 20 });
    const { rowCount } = await app.pool.query('select from changes where task_id = $1', [same.body.data.taskId]);
    expect(rowCount).toBe(0);
  });

  it('is not tried again once the source is enabled: its people are in use', async () => {
    await fill(20);
    const { body } = await remove();
    await untilEnded(app.admin, body.id);
    await app.admin.post(`/api/tasks/${body.id}/reject`);
    await app.admin.patch(`/api/sources/${hr.id}`, { enabled: true });
    const refused = await app.admin.post(`/api/tasks/${body.id}/retry`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(refused.body.detail).toContain(`"${hr.name}" is enabled again`);
    await app.admin.patch(`/api/sources/${hr.id}`, { enabled: false });
    await app.admin.post(`/api/tasks/${body.id}/retry`);
    expect((await untilEnded(app.admin, body.id)).body.status).toBe('held');
  });

  it('lets nothing be tried again of what its source said, until it is decided on', async () => {
    await fill(20);
    const leavers = people(6).map(({ uid }) => ({ uid, isDeleted: true }));
    const held = (await push('user', leavers, { sourceName: hr.name })).body.id;
    const { body } = await remove();
    await untilEnded(app.admin, body.id);
    expect((await app.admin.get(`/api/tasks/${held}`)).body.status).toBe('cancelled');
    const retry = `/api/tasks/${held}/retry`;
    expect(await app.admin.post(retry)).toMatchObject({
      status: 409,
      body: { reason: { code: 'source_being_deleted', values: { taskId: body.id } } },
    });
    await app.admin.post(`/api/tasks/${body.id}/reject`);
    expect((await app.admin.post(retry)).status).toBe(202);
    await untilEnded(app.admin, held);
  });

  it('cannot be enabled while its removal waits: whoever it states meanwhile would go, too', async () => {
    await fill(20);
    const { body } = await remove();
    await untilEnded(app.admin, body.id);
    const url = `/api/sources/${hr.id}`;
    const refused = await app.admin.patch(url, { enabled: true });
    expect(refused).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(refused.body.detail).toContain(`Task ${body.id} removes the source "${hr.name}" with its people`);
    expect(refused.body.reason).toEqual({
      code: 'source_removal_waits',
      values: { source: hr.name, displayName: expect.any(String), taskId: body.id, status: 'held' },
    });
    expect((await app.admin.patch(url, { displayName: 'Leaving' })).status).toBe(200);
    await app.admin.post(`/api/tasks/${body.id}/reject`);
    expect((await app.admin.patch(url, { enabled: true })).body).toMatchObject({ enabled: true });
  });

  it('follows the policy of the source: disable disables, and keep has nobody to remove', async () => {
    await fill(2);
    const url = `/api/sources/${hr.id}`;
    await app.admin.patch(url, { policies: { user: { onDeleted: 'keep' }, department: { onDeleted: 'keep' } } });
    expect(await remove()).toMatchObject({ status: 409, body: { code: 'conflict' } });
    await app.admin.patch(url, { policies: { user: { onDeleted: 'disable' } } });
    await untilEnded(app.admin, (await remove()).body.id);
    const { rows } = await app.pool.query('select status, deleted_at from users');
    expect(rows).toEqual(Array(2).fill({ status: 'disabled', deleted_at: null }));
    expect(await sourceStatus()).toBe(404);
  });

  it('never touches a protected user', async () => {
    await fill(2);
    await app.admin.patch('/api/users/1', { protected: true });
    await untilEnded(app.admin, (await remove()).body.id);
    expect(await live()).toEqual([1]);
  });

  it('takes back who was removed, with the same ids, when the source is made again', async () => {
    await fill(2);
    await untilEnded(app.admin, (await remove()).body.id);
    expect((await makeSource(hr.name)).id).toBe(hr.id);
    await fill(2);
    expect([await live(), await live('departments')]).toEqual([[1, 2], [1]]);
    expect((await app.pool.query('select from memberships')).rowCount).toBe(2);
  });

  it('waits for a task of the source, and makes plans that wait for a decision obsolete', async () => {
    await fill(2);
    const preview = await push('user', people(1), { sourceName: hr.name, dryRun: true });
    expect(preview.status).toBe(202);
    await app.pool.query(`insert into tasks (source_id, kind, status) values ($1, 'push', 'queued')`, [hr.id]);
    expect(await remove()).toMatchObject({ status: 409, body: { code: 'conflict' } });
    await app.pool.query(`delete from tasks where source_id = $1 and status = 'queued'`, [hr.id]);
    const { body } = await remove();
    await untilEnded(app.admin, body.id);
    expect((await app.admin.get(`/api/tasks/${preview.body.id}`)).body).toMatchObject({
      status: 'cancelled',
      message: `Cancelled: task ${body.id} was to remove the source with its people.`,
    });
  });

  it('takes nothing more while it waits for a decision, no preview either, and says which task removes it', async () => {
    await fill(200);
    const { body } = await remove();
    await untilEnded(app.admin, body.id);
    const refused = { status: 409, body: { code: 'source_disabled', reason: { code: 'source_being_deleted' } } };
    expect(await push('user', people(1), { sourceName: hr.name, dryRun: true })).toMatchObject(refused);
    expect(await app.admin.post('/api/users/1/sync')).toMatchObject(refused);
    await app.admin.post(`/api/tasks/${body.id}/reject`);
    expect(await push('user', people(1), { sourceName: hr.name, dryRun: true })).toMatchObject({ status: 202 });
  });

  it('stays, disabled, when somebody moved on since the plan was made, and goes when it is asked for again', async () => {
    await fill(200);
    const { body } = await remove();
    await untilEnded(app.admin, body.id);
    await app.admin.patch('/api/users/1', { nickname: 'By hand' });
    await app.admin.post(`/api/tasks/${body.id}/approve`);
    expect((await untilEnded(app.admin, body.id)).body).toMatchObject({
      status: 'succeeded',
      counts: { users: { deleted: 199, stale: 1 } },
      message: expect.stringMatching(/^The source stays, disabled: 2 of what was to be removed stays: it had changed/),
    });
    expect(await live()).toEqual([1]);
    expect((await app.admin.get(`/api/sources/${hr.id}`)).body).toMatchObject({ enabled: false });
    await untilEnded(app.admin, (await remove()).body.id);
    expect([await live(), await sourceStatus()]).toEqual([[], 404]);
  });

  it('is asked for again: the older plan names the newer one, and the source stands until that is approved', async () => {
    await fill(200);
    const older = await remove();
    expect(await untilEnded(app.admin, older.body.id)).toMatchObject({ body: { status: 'held' } });
    const newer = await remove();
    expect(await untilEnded(app.admin, newer.body.id)).toMatchObject({ body: { status: 'held' } });
    expect((await app.admin.get(`/api/tasks/${older.body.id}`)).body).toMatchObject({
      status: 'cancelled',
      message: `Cancelled: task ${newer.body.id} was to remove the source with its people.`,
    });
    await app.admin.post(`/api/tasks/${newer.body.id}/reject`);
    expect(await sourceStatus()).toBe(200);
  });
});

describe('rule 16: what comes while a source is being deleted with people=remove', () => {
  /** Holds up the removal before it takes anybody out of the users. */
  async function whileItRuns(work: (removal: number) => Promise<void>): Promise<void> {
    const lock = await app.pool.connect();
    try {
      await lock.query('begin; lock table users in share mode');
      const { body } = await remove();
      await until(
        () => app.admin.get(`/api/tasks/${body.id}`),
        (task) => task.body.status === 'running',
      );
      await work(body.id);
    } finally {
      await lock.query('rollback');
      lock.release();
    }
  }

  it('is refused at once, and told which task deletes it', async () => {
    await fill(2);
    const onItsWay = await app.app.get(SourcesService).byId(hr.id);
    await whileItRuns(async (removal) => {
      const told = `The source "${hr.name}" is being deleted with its people, by task ${removal}.`;
      const late = await push('user', people(1), { sourceName: hr.name });
      expect(late).toMatchObject({ status: 409, body: { code: 'source_disabled' } });
      expect(late.body.detail).toContain(told);
      const preview = await push('user', people(1), { sourceName: hr.name, dryRun: true });
      expect(preview).toMatchObject({ status: 409, body: { code: 'source_disabled' } });
      // One that had looked at the source before, and took its turn after.
      const request = { dataType: 'user' as const, records: people(1), matchKey: undefined, sourceName: hr.name };
      const options = { async: false, requestId: 'on-its-way', apiKeyId: undefined };
      await expect(
        app.app.get(PushService).push(onItsWay, { ...request, dryRun: false }, options),
      ).rejects.toMatchObject({ code: 'source_disabled', message: expect.stringContaining(told) });
    });
    await until(sourceStatus, (status) => status === 404);
    expect(await push('user', people(1), { sourceName: hr.name })).toMatchObject({
      status: 404,
      body: { code: 'source_unknown' },
    });
    await expectNoneLeft();
  });

  it('is refused while the removal is held, too, by whoever had looked at the source before', async () => {
    await fill(20);
    const onItsWay = await app.app.get(SourcesService).byId(hr.id);
    const { body } = await remove();
    await untilEnded(app.admin, body.id);
    const request = { dataType: 'user' as const, records: [{ uid: 'late', username: 'late' }], matchKey: undefined };
    const options = { async: false, requestId: 'on-its-way', apiKeyId: undefined };
    await expect(
      app.app.get(PushService).push(onItsWay, { ...request, sourceName: hr.name, dryRun: false }, options),
    ).rejects.toMatchObject({ code: 'source_disabled' });
    await app.admin.post(`/api/tasks/${body.id}/approve`);
    await untilEnded(app.admin, body.id);
    expect(await live()).toEqual([]);
  });

  it('ends as cancelled when it waits all the same, and says why', async () => {
    await fill(2);
    await whileItRuns(async () => {
      await app.pool.query(
        `insert into tasks (source_id, kind, status, attempts) values ($1, 'push', 'queued', 1), ($1, 'event', 'queued', 0)`,
        [hr.id],
      );
    });
    await until(sourceStatus, (status) => status === 404);
    await expectNoneLeft();
    const { rows } = await app.pool.query(
      `select kind, status, message from tasks where source_id = $1 and attempts in (0, 1) order by id desc limit 2`,
      [hr.id],
    );
    const ended = { status: 'cancelled', message: 'Cancelled: the source was deleted.' };
    expect(rows).toEqual([
      { kind: 'event', ...ended },
      { kind: 'push', ...ended },
    ]);
  });

  it('is told so when it had waited: the push answers that its source was deleted', async () => {
    await app.pool.query(
      `insert into tasks (source_id, kind, status, lease_until) values ($1, 'push', 'running', now() + interval '1 hour')`,
      [hr.id],
    );
    const waiting = push('user', people(1_001), { sourceName: hr.name });
    await until(
      () => app.pool.query(`select from tasks where source_id = $1 and status = 'queued'`, [hr.id]),
      ({ rowCount }) => rowCount === 1,
    );
    await inTransaction(app.pool, { prepared: false }, (sql) => app.app.get(Report).cancelWaiting(sql, hr.id));
    const answer = await waiting;
    expect(answer).toMatchObject({ status: 404, body: { code: 'source_unknown' } });
    expect(answer.body.detail).toContain(`the source "${hr.name}" was deleted. Push to another one`);
    const again = push('user', people(1_001), { sourceName: hr.name });
    const { rows } = await until(
      () => app.pool.query<{ id: number }>(`select id from tasks where source_id = $1 and status = 'queued'`, [hr.id]),
      ({ rowCount }) => rowCount === 1,
    );
    await app.admin.post(`/api/tasks/${rows[0]?.id}/cancel`);
    expect(await again).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect((await again).body.detail).toContain('Cancelled before anything was applied. Push again');
    await app.pool.query(`delete from tasks where source_id = $1 and status = 'running'`, [hr.id]);
  });

  async function expectNoneLeft(): Promise<void> {
    const { rows } = await app.pool.query(
      `select id, status from tasks where source_id = $1 and status in ('queued', 'running', 'held', 'failed')`,
      [hr.id],
    );
    expect(rows).toEqual([]);
  }
});

describe('rule 16: deleting a source with people=keep', () => {
  const keep = (): Promise<TestAnswer> => app.admin.delete(`/api/sources/${hr.id}?people=keep`);

  it('lets a new source of the same name and type go on where it was', async () => {
    await fill(3);
    expect((await keep()).status).toBe(204);
    expect((await live()).length).toBe(3);
    expect((await makeSource(hr.name)).id).toBe(hr.id);
    const same = await push('user', people(3), { sourceName: hr.name });
    const task = await until(
      () => app.admin.get(`/api/tasks/${same.body.data.taskId}`),
      ({ status }) => status === 200,
    );
    expect(task.body.counts).toMatchObject({ users: { unchanged: 3 }, departments: { unchanged: 3 } });
    await push('user', [{ uid: 'u0', isDeleted: true }], { sourceName: hr.name });
    expect(await live()).toEqual([2, 3]);
  });

  it('keeps its people for as long as it may come back, whatever other sources say', async () => {
    await fill(1);
    await push('user', [{ uid: 'x', username: 'u0' }], { matchKey: 'username' });
    await keep();
    await push('user', [{ uid: 'x', isDeleted: true }]);
    expect(await live()).toEqual([1]);
  });

  it('lets the others have their say once what it said is forgotten', async () => {
    await app.admin.patch(`/api/sources/${hr.id}`, { priority: 200 });
    const says = { uid: 'u', username: 'u' };
    await push('user', [{ ...says, isDisabled: false }], { sourceName: hr.name });
    const other = await makeSource(`ad-${number}`);
    const say = (): Promise<TestAnswer> =>
      push('user', [{ ...says, isDisabled: true }], { sourceName: other.name, matchKey: 'username' });
    await say();
    const status = async (): Promise<unknown> => (await app.admin.get('/api/users?q=u')).body.items[0].status;
    await keep();
    await app.pool.query(`update sources set deleted_at = now() - interval '31 days' where id = $1`, [hr.id]);
    await say();
    expect(await status()).toBe('active');
    await app.app.get(ForgetDeletedService).forget();
    await say();
    expect(await status()).toBe('disabled');
  });

  it('counts by the settings with which it is taken back', async () => {
    await app.admin.patch(`/api/sources/${hr.id}`, { priority: 200 });
    const says = { uid: 'u', username: 'u' };
    await push('user', [{ ...says, nickname: 'HR' }], { sourceName: hr.name });
    const other = await makeSource(`ad-${number}`);
    const say = (): Promise<TestAnswer> =>
      push('user', [{ ...says, nickname: 'AD' }], { sourceName: other.name, matchKey: 'username' });
    await say();
    await keep();
    await app.admin.post('/api/sources', { name: hr.name, type: 'push', matchKey: ['username'], priority: 50 });
    await say();
    expect((await app.admin.get('/api/users?q=u')).body.items[0].nickname).toBe('AD');
  });

  it('forgets what it said after 30 days; its people stay, and are matched again by a later source', async () => {
    await fill(2);
    await keep();
    await app.pool.query(
      `insert into rejected_removals (source_id, record_id, field, task_id)
       select source_id, id, '', 0 from records where source_id = $1`,
      [hr.id],
    );
    await app.pool.query(
      `insert into target_reviews (target_id, source_id, task_id) select min(id), $1, 0 from targets`,
      [hr.id],
    );
    await app.pool.query(
      `insert into handed_out (target_id, record_id, task_id, action, version)
       select 0, id, 0, 'create', 1 from records where source_id = $1`,
      [hr.id],
    );
    await app.pool.query(`update sources set deleted_at = now() - interval '31 days' where id = $1`, [hr.id]);
    expect(await app.app.get(ForgetDeletedService).forget()).toContain(hr.id);
    expect(await live()).toEqual([1, 2]);
    expect(
      (await app.pool.query('select from links union all select from handed_out union all select from records'))
        .rowCount,
    ).toBe(0);
    for (const table of ['rejected_removals', 'target_reviews']) {
      expect((await app.pool.query(`select from ${table} where source_id = $1`, [hr.id])).rowCount).toBe(0);
    }
    await makeSource(hr.name);
    await push('department', [{ uid: 'd', title: 'D' }], { sourceName: hr.name });
    await push('user', people(2), { sourceName: hr.name, matchKey: 'username' });
    expect(await live()).toEqual([1, 2]);
  });
});

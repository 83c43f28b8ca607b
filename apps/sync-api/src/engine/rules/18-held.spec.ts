import type { Page, PullResult } from '@rollcall/core';
import { installScriptedSource, type Script } from '../../testing/scripted-source';
import { SnapshotClient } from '../../testing/snapshot-client';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { untilEnded } from '../../testing/until';
import { PreviewExpiryService } from '../../tasks/preview-expiry.service';

type Fields = Record<string, unknown>;
type Person = Fields & { uid: string };

const COMPLETE: PullResult['complete'] = { user: true };

jest.setTimeout(60_000);

const scripted = installScriptedSource();
let app: TestApp;
let client: TestClient;
let sourceId: number;
let number = 0;

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
  await app.pool.query('truncate rejected_removals; update tasks set removes = false');
  const name = `scripted-${++number}`;
  const options = { file: scripted.file };
  sourceId = (await app.admin.post('/api/sources', { name, type: 'scripted', options })).body.id;
});

const people = (from: number, to: number): Person[] =>
  Array.from({ length: to - from }, (_, n) => ({ uid: `u${from + n}`, username: `u${from + n}` }));
const users = (from: number, to: number): Page => ({ dataType: 'user', records: people(from, to) });

async function sync(script: Script, body: Fields = {}): Promise<TestAnswer> {
  scripted.play(script);
  const started = await app.admin.post(`/api/sources/${sourceId}/sync`, body);
  return untilEnded(app.admin, started.body.id);
}

const read = (from: number, to: number, body?: Fields): Promise<TestAnswer> =>
  sync({ pages: [users(from, to)], complete: COMPLETE }, body);

const push = (records: Fields[]): Promise<TestAnswer> =>
  client.post('/api/userData:push', { dataType: 'user', records });

const task = async (id: number): Promise<TestAnswer> => app.admin.get(`/api/tasks/${id}`);
const decide = (id: number, what: 'approve' | 'reject'): Promise<TestAnswer> =>
  app.admin.post(`/api/tasks/${id}/${what}`);

async function active(): Promise<number> {
  return (await app.pool.query(`select 1 from users where status = 'active' and deleted_at is null`)).rowCount ?? 0;
}

const records = async (): Promise<unknown[]> =>
  (await app.pool.query('select xmin, r.* from records r order by id')).rows;

describe('rule 18: a held plan', () => {
  it('is replaced by a newer read that is planned, not by one that fails, and blocks no push', async () => {
    await read(0, 60);
    const first = await read(0, 30);
    await sync({ pages: [], error: { code: 'credentials', message: 'The secret is wrong.' } });
    expect((await push([{ uid: 'x', username: 'x', nickname: 'pushed' }])).status).toBe(200);
    expect((await task(first.body.id)).body.status).toBe('held');
    const second = await read(0, 20);
    expect((await task(first.body.id)).body).toMatchObject({
      status: 'cancelled',
      message: `Replaced by task ${second.body.id}, which looked later.`,
    });
    const third = await read(0, 60);
    expect(third.body.status).toBe('succeeded');
    expect((await task(second.body.id)).body.status).toBe('cancelled');
    expect((await app.pool.query(`select 1 from pg_tables where tablename like 'staging\\_%'`)).rowCount).toBe(0);
    expect((await app.pool.query(`select 1 from users where nickname = 'pushed'`)).rowCount).toBe(1);
  });

  it('is not replaced by a read that saw less: an incremental, an incomplete or a cut one', async () => {
    await read(0, 60);
    const held = await read(0, 30);
    const incremental = await sync({ pages: [], complete: {} }, { mode: 'incremental' });
    expect(incremental.body.status).toBe('succeeded');
    const incomplete = await sync({
      pages: [users(0, 20)],
      complete: { user: { complete: false, reason: 'No rights on unit 7.' } },
    });
    expect(incomplete.body).toMatchObject({
      status: 'succeeded',
      message: 'Not all users were seen, so none was taken for missing: No rights on unit 7.',
    });
    await sync({ pages: [users(0, 10)], error: { code: 'permission', message: 'No more.' } });
    expect((await task(held.body.id)).body.status).toBe('held');
    await decide(held.body.id, 'approve');
    expect((await untilEnded(app.admin, held.body.id)).body).toMatchObject({
      status: 'succeeded',
      counts: { users: { disabled: 30 } },
    });
  });

  it('is applied exactly when it is approved; who was stated again meanwhile stays', async () => {
    const everybody = people(0, 60);
    await push(everybody);
    const held = await push(everybody.slice(30).map(({ uid }) => ({ uid, isDeleted: true })));
    expect(held.body.status).toBe('held');
    await push([
      { uid: 'u40', nickname: 'moved on' },
      { uid: 'u50', username: 'u50' },
    ]);
    await decide(held.body.id, 'approve');
    const ended = await untilEnded(app.admin, held.body.id);
    expect(ended.body).toMatchObject({ counts: { users: { deleted: 28, stale: 2 } } });
    expect(await active()).toBe(32);
  });

  it('says what had been rejected, and what the read did not see', async () => {
    const units = (parentUid: string | null): Page => ({
      dataType: 'department',
      records: Array.from({ length: 20 }, (_, n) => ({
        ...{ uid: `d${n}`, title: `D${n}` },
        ...(n > 0 && { parentUid }),
      })),
    });
    await sync({ pages: [units('d0')] });
    const held = await sync({ pages: [units(null)] });
    expect(held.body).toMatchObject({ status: 'held' });
    await decide(held.body.id, 'reject');
    const [first, second] = units(null).records as Person[];
    const reason = 'No rights on unit 7.';
    const again = await sync({
      pages: [{ dataType: 'department', records: [first!, second!] }],
      complete: { department: { complete: false, reason } },
    });
    expect(again.body.message).toBe(
      `A cleared value (parentUid) in this plan had been rejected with task ${held.body.id}. Approve only if that decision no longer stands. ` +
        `Not all departments were seen, so none was taken for missing: ${reason}`,
    );
    expect(again.body.notes).toMatchObject([
      { code: 'doubt', values: { doubt: { kind: 'rejected', taskId: held.body.id } } },
      { code: 'not_complete', values: { dataType: 'department' }, said: reason },
    ]);
  });

  it('leaves nothing behind when it is rejected, and holds the same removal again, however small', async () => {
    await read(0, 60);
    const before = await records();
    const held = await read(0, 30);
    await decide(held.body.id, 'reject');
    expect(await records()).toEqual(before);
    const { body } = await app.admin.get(`/api/tasks/${held.body.id}/changes?action=disable&pageSize=1`);
    expect(body.items).toMatchObject([{ outcome: 'stale', code: 'rejected' }]);
    const again = await read(0, 59);
    expect(again.body).toMatchObject({ status: 'held', heldReason: 'limits' });
    expect(again.body.message).toContain(`A removal in this plan had been rejected with task ${held.body.id}.`);
    await decide(again.body.id, 'approve');
    expect((await untilEnded(app.admin, again.body.id)).body.counts.users).toMatchObject({ disabled: 1 });
    await read(0, 60);
    expect((await read(0, 59)).body).toMatchObject({ status: 'succeeded', counts: { users: { disabled: 1 } } });
  });

  it('forgets that somebody was to leave, with all that goes with them, when they are stated again', async () => {
    await push([
      { uid: 'stays', username: 'stays', departments: ['d'] },
      { uid: 'other', username: 'other' },
    ]);
    await app.admin.post('/api/userData:push', { dataType: 'department', records: [{ uid: 'd', title: 'D' }] });
    const preview = await client.post('/api/userData:push', {
      dataType: 'user',
      dryRun: true,
      records: [{ uid: 'stays', isDeleted: true }],
    });
    await decide(preview.body.id, 'reject');
    await push([{ uid: 'stays', nickname: 'Again' }]);
    const again = await push([{ uid: 'stays', isDeleted: true }]);
    expect(again.body.data).toMatchObject({ status: 'succeeded' });
  });

  it('names no task that is not kept any more', async () => {
    await read(0, 60);
    const held = await read(0, 30);
    await decide(held.body.id, 'reject');
    await app.pool.query('delete from changes where task_id = $1', [held.body.id]);
    await app.pool.query('delete from tasks where id = $1', [held.body.id]);
    const again = await read(0, 59);
    expect(again.body).toMatchObject({ status: 'held', doubts: [{ kind: 'rejected', taskId: null, n: 1 }] });
    expect(again.body.message).toContain('A removal in this plan had been rejected before. Approve only');
  });

  it('is decided once', async () => {
    await read(0, 60);
    const held = await read(0, 30);
    const both = await Promise.all([decide(held.body.id, 'approve'), decide(held.body.id, 'reject')]);
    expect(both.map(({ status }) => status).filter((status) => status === 409)).toHaveLength(1);
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('task_not_held');
    await untilEnded(app.admin, held.body.id);
  });

  it('is not decided on when its source was deleted', async () => {
    await read(0, 60);
    const held = await read(0, 30);
    await app.pool.query('update sources set deleted_at = now() where id = $1', [sourceId]);
    const refused = await decide(held.body.id, 'approve');
    expect([refused.status, refused.body.code]).toEqual([409, 'conflict']);
    expect(refused.body.detail).toContain('was deleted');
  });

  it('expires after 7 days when it is a preview', async () => {
    const preview = await read(0, 3, { dryRun: true });
    const age = (days: number): Promise<unknown> =>
      app.pool.query(`update tasks set finished_at = now() - make_interval(hours => $2) where id = $1`, [
        preview.body.id,
        days * 24 + 1,
      ]);
    const expiry = app.app.get(PreviewExpiryService);
    await age(6);
    await expiry.expire();
    expect((await task(preview.body.id)).body.status).toBe('held');
    await age(7);
    await expiry.expire();
    expect((await task(preview.body.id)).body).toMatchObject({
      status: 'cancelled',
      message: expect.stringContaining('expired'),
    });
    expect(
      (await app.pool.query(`select 1 from pg_tables where tablename = 'staging_${preview.body.id}'`)).rowCount,
    ).toBe(0);
  });
});

describe('rule 01: records stay as they were', () => {
  it('after a preview, a held, a rejected and a failed task; an unrelated push then changes exactly one record', async () => {
    await read(0, 60);
    const before = await records();
    await read(20, 70, { dryRun: true });
    const held = await read(0, 10);
    await decide(held.body.id, 'reject');
    await sync({ pages: [], error: { code: 'permission', message: 'Not allowed.' } });
    expect(await records()).toEqual(before);
    await push([{ uid: 'x', username: 'x' }]);
    const after = await records();
    expect(after.filter((row, index) => JSON.stringify(row) !== JSON.stringify(before[index]))).toHaveLength(1);
    expect(await active()).toBe(61);
  });
});

describe('rule 18: what a source states again while a plan waits is newer than the plan, also where nothing changed by it', () => {
  const gone = async (): Promise<unknown[]> =>
    (await app.pool.query('select uid from records where gone is not null order by uid')).rows.map(({ uid }) => uid);
  const nickname = async (uid: string): Promise<unknown> =>
    (await app.pool.query('select nickname from users where username = $1', [uid])).rows[0]?.nickname;
  const approved = async (id: number): Promise<TestAnswer> => {
    expect((await decide(id, 'approve')).status).toBe(202);
    return untilEnded(app.admin, id);
  };

  it('of a push: nobody leaves, also not in what is known of the source, and no older value is written', async () => {
    const two = [
      { uid: 'u1', username: 'u1', nickname: 'Old' },
      { uid: 'u2', username: 'u2', nickname: 'Old' },
    ];
    await push(two);
    const preview = await client.post('/api/userData:push', {
      dataType: 'user',
      dryRun: true,
      records: [
        { uid: 'u1', isDeleted: true },
        { uid: 'u2', nickname: 'New' },
      ],
    });
    expect(preview.body).toMatchObject({ status: 'held', counts: { users: { deleted: 1, updated: 1 } } });
    await push(two);
    // Who decides sees that there is nothing left to decide.
    const waiting = await client.get(`/api/tasks/${preview.body.id}`);
    expect(waiting.body).toMatchObject({ status: 'held', counts: { users: { deleted: 0, updated: 0, stale: 2 } } });
    const { body } = await approved(preview.body.id);
    expect(body.counts.users).toMatchObject({ deleted: 0, disabled: 0, updated: 0, stale: 2 });
    expect(await gone()).toEqual([]);
    expect(await nickname('u2')).toBe('Old');
  });

  it('of who comes back all that differs from what stands there, also what failed or waited before they left', async () => {
    await push([
      { uid: 'h', username: 'h', phone: '1' },
      { uid: 'f', username: 'f', nickname: 'F0', phone: '2', managerUid: 'm' },
    ]);
    const failed = await push([{ uid: 'f', nickname: 'F1', phone: '1' }]);
    expect(failed.body.data.result[0].detail.count.failed).toBe(1);
    await push([{ uid: 'f', isDeleted: true }]);
    await push([
      { uid: 'h', phone: null },
      { uid: 'm', username: 'm' },
    ]);
    const preview = await client.post('/api/userData:push', {
      dataType: 'user',
      dryRun: true,
      records: [{ uid: 'f', username: 'f' }],
    });
    const { body } = await app.admin.get(`/api/tasks/${preview.body.id as number}/changes?target=users`);
    expect(body.items[0].diff).toEqual([
      { field: 'status', before: 'deleted', after: 'active' },
      { field: 'managerUid', before: null, after: 'm' },
      { field: 'nickname', before: 'F0', after: 'F1' },
      { field: 'phone', before: '2', after: '1' },
    ]);
    expect((await approved(preview.body.id)).body.counts.users).toMatchObject({ restored: 1, failed: 0 });
    const { rows } = await app.pool.query(
      `select u.nickname, u.phone, m.username as manager from users u join users m on m.id = u.manager_id where u.username = 'f'`,
    );
    expect(rows).toEqual([{ nickname: 'F1', phone: '1', manager: 'm' }]);
  });

  it.each(['approve', 'reject'] as const)(
    'of two that wait: the later one is decided on first, and holds when that is to %s it',
    async (decision) => {
      await push(people(0, 70));
      const gone = (from: number, to: number): Fields[] =>
        people(from, to).map(({ uid }) => ({ uid, isDeleted: true }));
      const said = ['u7', 'u9', 'u20'].map((uid) => ({ uid, nickname: 'A' }));
      const older = await push([...gone(60, 68), ...said]);
      const later = await push([...gone(0, 8), { uid: 'u9', nickname: 'B' }]);
      expect([older.body.status, later.body.status]).toEqual(['held', 'held']);
      const early = await decide(older.body.id, 'approve');
      expect(early).toMatchObject({
        status: 409,
        body: { reason: { code: 'later_plan_waits', values: { laterId: later.body.id } } },
      });
      // Nor is it tried again before that, once it was given up.
      await app.admin.post(`/api/tasks/${older.body.id}/cancel`);
      expect(await app.admin.post(`/api/tasks/${older.body.id}/retry`)).toMatchObject({ status: 409 });
      await decide(later.body.id, decision);
      await untilEnded(app.admin, later.body.id);
      await app.admin.post(`/api/tasks/${older.body.id}/retry`);
      expect((await untilEnded(app.admin, older.body.id)).body.status).toBe('held');
      await decide(older.body.id, 'approve');
      expect((await untilEnded(app.admin, older.body.id)).body.status).toBe('succeeded');
      const { rows } = await app.pool.query(
        `select username, nickname, deleted_at is not null as deleted from users where username in ('u7', 'u9', 'u20', 'u60') order by 1`,
      );
      const taken = decision === 'approve';
      expect(rows).toEqual([
        { username: 'u20', nickname: 'A', deleted: false },
        { username: 'u60', nickname: null, deleted: true },
        { username: 'u7', nickname: taken ? null : 'A', deleted: taken },
        { username: 'u9', nickname: taken ? 'B' : 'A', deleted: false },
      ]);
    },
  );

  it('of two that wait: one that begins to wait after the older was approved keeps its records', async () => {
    await push(people(0, 70));
    const gone = (from: number, to: number): Fields[] => people(from, to).map(({ uid }) => ({ uid, isDeleted: true }));
    const older = await push([...gone(60, 68), { uid: 'u7', nickname: 'A' }]);
    const later = await push(gone(0, 8));
    const become = (status: string): Promise<unknown> =>
      app.pool.query('update tasks set status = $2 where id = $1', [later.body.id, status]);
    // Something of the source runs meanwhile.
    const { rows } = await app.pool.query<{ id: number }>(
      `insert into tasks (source_id, kind, status, lease_until) select source_id, 'push', 'running', now() + interval '1 hour'
       from tasks where id = $1 returning id`,
      [older.body.id],
    );
    await become('cancelled');
    expect((await decide(older.body.id, 'approve')).status).toBe(202);
    await become('held');
    await app.pool.query('delete from tasks where id = $1', [rows[0]?.id]);
    const ended = (await untilEnded(app.admin, older.body.id, 60)).body;
    expect(ended.counts.users).toMatchObject({ deleted: 8, updated: 0, stale: 1 });
    await decide(later.body.id, 'approve');
    expect((await untilEnded(app.admin, later.body.id)).body.counts.users).toMatchObject({ deleted: 8, stale: 0 });
  });

  it('of two that wait one is always the later one: a pull that reads after a push was sent, made before it or not', async () => {
    const api = (await app.admin.get('/api/sources?q=api')).body.items[0].id as number;
    await push(people(0, 70));
    const gone = (from: number, to: number): Fields[] => people(from, to).map(({ uid }) => ({ uid, isDeleted: true }));
    const [one, other] = [await push([...gone(60, 68)]), await push([...gone(0, 8), { uid: 'u61', nickname: 'B' }])];
    expect([one.body.status, other.body.status]).toEqual(['held', 'held']);
    // As if the first had read after the second was sent.
    await app.pool.query(`update tasks set kind = 'pull', read_began_at = now() where id = $1 and source_id = $2`, [
      one.body.id,
      api,
    ]);
    expect((await decide(other.body.id, 'approve')).status).toBe(409);
    expect((await decide(one.body.id, 'approve')).status).toBe(202);
    await untilEnded(app.admin, one.body.id);
    expect((await decide(other.body.id, 'approve')).status).toBe(202);
    await untilEnded(app.admin, other.body.id);
  });

  it('of a push: who is said to be gone is neither made nor brought back', async () => {
    const there = (uid: string): Fields => ({ uid, username: uid });
    await push([there('back')]);
    await push([{ uid: 'back', isDeleted: true }]);
    const preview = await client.post('/api/userData:push', {
      dataType: 'user',
      dryRun: true,
      records: [there('new'), there('back'), there('other')],
    });
    expect(preview.body).toMatchObject({ status: 'held', counts: { users: { created: 2, restored: 1 } } });
    await push(['new', 'back'].map((uid) => ({ uid, isDeleted: true })));
    const { body } = await approved(preview.body.id);
    expect(body.counts.users).toMatchObject({ created: 1, restored: 0, stale: 2 });
    const { rows } = await app.pool.query('select username from users where deleted_at is null');
    expect(rows).toEqual([{ username: 'other' }]);
    expect(await gone()).toEqual(['back']);
  });

  it('of a snapshot: whom it does not contain no older push brings', async () => {
    const sourceName = `snapshots-${++number}`;
    await app.admin.post('/api/sources', { name: sourceName, type: 'push' });
    const preview = await app.admin.post('/api/userData:push', {
      dataType: 'user',
      sourceName,
      dryRun: true,
      records: people(0, 3),
    });
    expect(preview.body).toMatchObject({ status: 'held', counts: { users: { created: 3 } } });
    const snapshots = new SnapshotClient(app.admin);
    const id = await snapshots.open({ dataTypes: ['user'], sourceName });
    await snapshots.add(id, people(2, 5));
    const committed = await snapshots.commit(id, { user: 3 });
    await untilEnded(app.admin, committed.body.id);
    const { body } = await approved(preview.body.id);
    expect(body.counts.users).toMatchObject({ created: 0, stale: 3 });
    expect(await active()).toBe(3);
  });

  it('of a read: whom an incremental one brought is not missing', async () => {
    await read(0, 20);
    const held = await read(0, 10);
    expect(held.body.status).toBe('held');
    await sync({ pages: [users(10, 15)], complete: {} }, { mode: 'incremental' });
    await approved(held.body.id);
    expect(await gone()).toEqual(['u15', 'u16', 'u17', 'u18', 'u19']);
    expect(await active()).toBe(15);
  });
});

describe('rule 18: a plan that looks at somebody again shows what it came to, and nothing else is written', () => {
  const push = (sourceName: string, more: Fields, request: Fields = {}): Promise<TestAnswer> =>
    app.admin.post('/api/userData:push', {
      dataType: 'user',
      sourceName,
      matchKey: 'username',
      records: [{ uid: 'ada', username: 'ada', ...more }],
      ...request,
    });
  const changes = async (id: number): Promise<Fields[]> =>
    (await app.admin.get(`/api/tasks/${id}/changes?target=users`)).body.items;
  const ada = async (): Promise<Fields> => (await app.pool.query('select nickname, phone from users')).rows[0];
  const dirty = async (): Promise<number> =>
    (await app.pool.query('select from links where dirty and record_id is not null')).rowCount ?? 0;
  const names: string[] = [];

  beforeEach(async () => {
    for (const [index, priority] of [300, 100].entries()) {
      names[index] = `of-${++number}`;
      const source = { name: names[index], type: 'push', matchKey: ['username'], priority };
      expect((await app.admin.post('/api/sources', source)).status).toBe(201);
    }
    await push(names[0]!, { nickname: 'Ada', phone: '1' });
    await push(names[1]!, { nickname: 'A. Lovelace', phone: '2' });
    const { rows } = await app.pool.query<{ id: number }>('select id from sources where name = $1', [names[0]]);
    await app.admin.patch(`/api/sources/${rows[0]!.id}`, { priority: 310 });
    expect(await dirty()).toBeGreaterThan(0);
  });

  it('before and after, field by field', async () => {
    const { body } = await push(names[0]!, { nickname: 'Countess' }, { dryRun: true });
    const shown = [{ field: 'nickname', before: 'Ada', after: 'Countess' }];
    expect(await changes(body.id)).toMatchObject([{ action: 'update', outcome: 'held', diff: shown }]);
    expect(body.counts.users).toMatchObject({ updated: 1 });
    await decide(body.id, 'approve');
    await untilEnded(app.admin, body.id);
    expect(await changes(body.id)).toMatchObject([{ action: 'update', outcome: 'applied', diff: shown }]);
    expect(await ada()).toEqual({ nickname: 'Countess', phone: '1' });
  });

  it('of who is linked to somebody whom nobody states any more: what stands there, and that they are enabled', async () => {
    for (const name of [names[1]!, names[0]!]) await push(name, { isDeleted: true });
    await app.pool.query(`update users set deleted_at = null, status = 'disabled'`);
    await app.pool.query(`update links set state = 'disabled' where state = 'deleted'`);
    const name = `third-${++number}`;
    await app.admin.post('/api/sources', { name, type: 'push', matchKey: ['username'] });
    const { body } = await push(name, { nickname: 'A. K.' }, { dryRun: true });
    const shown = [
      { field: 'status', before: 'disabled', after: 'active' },
      { field: 'nickname', before: 'Ada', after: 'A. K.' },
    ];
    expect(await changes(body.id)).toMatchObject([{ action: 'link', diff: shown }]);
    await decide(body.id, 'approve');
    await untilEnded(app.admin, body.id);
    expect(await changes(body.id)).toMatchObject([{ action: 'link', outcome: 'applied', diff: shown }]);
    expect(await ada()).toEqual({ nickname: 'A. K.', phone: '1' });
    expect(await active()).toBe(1);
  });

  it('of who could not be made before: what the plan makes, not what was said then', async () => {
    const desk = (record: Fields, more: Fields = {}): Promise<TestAnswer> =>
      app.admin.post('/api/userData:push', { dataType: 'user', records: [{ uid: 'bo', ...record }], ...more });
    const failed = await desk({ nickname: 'one', username: 'ada', desk: '1' });
    expect(failed.body.data.status).toBe('failed');
    const { body } = await desk({ nickname: 'two', username: 'bo' }, { dryRun: true });
    const shown = [
      { field: 'desk', after: '1' },
      { field: 'nickname', after: 'two' },
      { field: 'username', after: 'bo' },
    ];
    const diff = async (): Promise<Fields[]> =>
      ((await changes(body.id))[0]?.['diff'] as Fields[]).toSorted((a, b) =>
        String(a['field']) < String(b['field']) ? -1 : 1,
      );
    expect(await diff()).toEqual(shown);
    await decide(body.id, 'approve');
    await untilEnded(app.admin, body.id);
    expect(await diff()).toEqual(shown);
  });

  it('also of who comes back, when another source wins what the plan does not name by then', async () => {
    await push(names[0]!, { isDisabled: true });
    const { body } = await push(names[0]!, { isDisabled: false }, { dryRun: true });
    expect(await changes(body.id)).toMatchObject([{ action: 'restore', outcome: 'held' }]);
    const { rows } = await app.pool.query<{ id: number }>('select id from sources where name = $1', [names[1]]);
    await app.admin.patch(`/api/sources/${rows[0]!.id}`, { priority: 400 });
    await decide(body.id, 'approve');
    await untilEnded(app.admin, body.id);
    expect(await ada()).toEqual({ nickname: 'Ada', phone: '1' });
    expect(await active()).toBe(1);
    // Who wins by now is settled with the next statement.
    await push(names[0]!, {});
    expect(await ada()).toEqual({ nickname: 'A. Lovelace', phone: '2' });
  });

  it('nothing, where everything stands there: that is no change, and the next push is done with it', async () => {
    const { body } = await push(names[0]!, {}, { dryRun: true });
    expect(body.counts.users).toMatchObject({ updated: 0, unchanged: 1 });
    expect(await changes(body.id)).toEqual([]);
    await push(names[0]!, {});
    await push(names[1]!, {});
    expect(await dirty()).toBe(0);
  });
});

it('rule 19: an approved plan that creates somebody takes nobody over who has the name by then', async () => {
  const { body: source } = await app.admin.post('/api/sources', {
    name: `matching-${number}`,
    type: 'push',
    matchKey: ['username'],
  });
  const preview = await app.admin.post('/api/userData:push', {
    dataType: 'user',
    sourceName: source.name,
    matchKey: 'username',
    dryRun: true,
    records: [{ uid: 'jane', username: 'smith', nickname: 'Jane' }],
  });
  const { body: john } = await app.admin.post('/api/users', { username: 'smith', nickname: 'John' });
  await decide(preview.body.id, 'approve');
  const { body: ended } = await untilEnded(app.admin, preview.body.id);
  expect(ended.counts.users).toMatchObject({ created: 0, linked: 0, failed: 1 });
  expect((await app.admin.get(`/api/users/${john.id}`)).body).toMatchObject({ nickname: 'John', links: [] });
});

it('rule 19: what hung on a record that was unlinked by hand after the plan has moved on with it', async () => {
  await app.admin.post('/api/userData:push', { dataType: 'department', records: [{ uid: 'd', title: 'D' }] });
  await push([{ uid: 'u1', username: 'u1', departments: ['d'] }]);
  const preview = await client.post('/api/userData:push', {
    dataType: 'user',
    dryRun: true,
    records: [{ uid: 'u1', isDeleted: true }],
  });
  const { body: found } = await app.admin.get('/api/users?q=u1');
  const { body: user } = await app.admin.get(`/api/users/${found.items[0].id}`);
  expect((await app.admin.request('DELETE', `/api/links/${user.links[0].id}`)).status).toBeLessThan(300);
  await decide(preview.body.id, 'approve');
  const { body: ended } = await untilEnded(app.admin, preview.body.id);
  expect(ended).toMatchObject({ status: 'succeeded' });
  expect(await active()).toBe(1);
});

it('a plan is made under the policies that hold when everything is read', async () => {
  await read(0, 20);
  scripted.play({ pages: [users(0, 19)], complete: COMPLETE, pauseMs: 1_500 });
  const started = await app.admin.post(`/api/sources/${sourceId}/sync`);
  await app.admin.patch(`/api/sources/${sourceId}`, { policies: { user: { onMissing: 'keep' } } });
  await untilEnded(app.admin, started.body.id);
  expect(await active()).toBe(20);
});

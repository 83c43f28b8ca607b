import type { Page } from '@rollcall/core';
import { installScriptedSource, type Script } from '../../testing/scripted-source';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer } from '../../testing/test-client';
import { untilEnded } from '../../testing/until';

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

const users = (n: number, more: Record<string, unknown> = {}): Page => ({
  dataType: 'user',
  records: Array.from({ length: n }, (_, index) => ({ uid: `u${index}`, username: `u${index}`, ...more })),
});

async function sync(script: Script, body: Record<string, unknown> = { mode: 'incremental' }): Promise<TestAnswer> {
  scripted.play(script);
  const started = await app.admin.post(`/api/sources/${sourceId}/sync`, body);
  return untilEnded(app.admin, started.body.id);
}

const COMPLETE = { user: true } as const;
const FULL = { mode: 'full' };

describe('rule 23: the cursor of the source advances only when the task was applied', () => {
  it('reads in full until there is a cursor, then what changed since; also since a full read', async () => {
    const first = await sync({ pages: [users(20)], complete: COMPLETE, nextCursor: 'c1' });
    expect(first.body).toMatchObject({ status: 'succeeded', mode: 'full' });
    expect(scripted.calls()).toEqual([{ mode: 'full' }]);
    const second = await sync({ pages: [users(1, { nickname: 'New' })], nextCursor: 'c2' });
    expect(second.body).toMatchObject({ mode: 'incremental', counts: { users: { updated: 1 } } });
    expect(scripted.calls()).toEqual([{ mode: 'incremental', since: 'c1' }]);
    await sync({ pages: [users(20)], complete: COMPLETE, nextCursor: 'c3' }, FULL);
    await sync({ pages: [] });
    expect(scripted.calls()).toEqual([{ mode: 'incremental', since: 'c3' }]);
  });

  it('concludes nothing about who is missing, whatever the adapter says, and takes who left', async () => {
    await sync({ pages: [users(20)], complete: COMPLETE, nextCursor: 'c1' });
    const gone: Page = { dataType: 'user', records: [{ uid: 'u7', isDeleted: true }] };
    const ended = await sync({ pages: [gone], complete: COMPLETE, nextCursor: 'c2' });
    expect(ended.body).toMatchObject({ status: 'succeeded', counts: { users: { deleted: 1, disabled: 0 } } });
    expect((await sync({ pages: [], complete: COMPLETE })).body.status).toBe('succeeded');
    const { rows } = await app.pool.query(
      `select count(*)::int as n from users where status = 'active' and deleted_at is null`,
    );
    expect(rows).toEqual([{ n: 19 }]);
  });

  it('stays where it was when the task fails, is held or rejected, and moves when the plan is approved', async () => {
    await sync({ pages: [users(20)], complete: COMPLETE, nextCursor: 'c1' });
    await sync({ pages: [users(1)], error: { code: 'credentials', message: 'No.' }, nextCursor: 'failed' });
    const rejected = await sync({ pages: [users(2)], complete: COMPLETE, nextCursor: 'rejected' }, FULL);
    expect(rejected.body.status).toBe('held');
    await app.admin.post(`/api/tasks/${rejected.body.id}/reject`);
    const held = await sync({ pages: [users(2, { nickname: 'X' })], nextCursor: 'c2' }, { ...FULL, dryRun: true });
    expect(held.body.status).toBe('held');
    const cursor = async (): Promise<string> =>
      (await app.pool.query<{ cursor: string }>('select cursor from sources where id = $1', [sourceId])).rows[0]!
        .cursor;
    expect(await cursor()).toBe('c1');
    await app.admin.post(`/api/tasks/${held.body.id}/approve`);
    expect((await untilEnded(app.admin, held.body.id)).body.status).toBe('succeeded');
    expect(await cursor()).toBe('c2');
  });

  it('moves when the task was applied in part, and never back by a retry of an older task', async () => {
    const invalid: Page = { dataType: 'user', records: [{ uid: 'x', email: 'no address' }] };
    const older = await sync({ pages: [users(3), invalid], nextCursor: 'c1' });
    expect(older.body.status).toBe('partially_succeeded');
    await sync({ pages: [users(1)], nextCursor: 'c2' });
    expect(scripted.calls()).toEqual([{ mode: 'incremental', since: 'c1' }]);
    scripted.play({ pages: [users(3)], nextCursor: 'c1' });
    await app.admin.post(`/api/tasks/${older.body.id}/retry`);
    expect((await untilEnded(app.admin, older.body.id)).body.status).toBe('succeeded');
    await sync({ pages: [] });
    expect(scripted.calls()).toEqual([{ mode: 'incremental', since: 'c2' }]);
  });

  it('is where the adapter says, also when a read has not seen all, which the task tells', async () => {
    await sync({ pages: [users(20)], complete: COMPLETE, nextCursor: 'c1' });
    const user = { complete: false, reason: 'Pages moved.' } as const;
    const moved = await sync({ pages: [users(1)], complete: { user } });
    expect(moved.body).toMatchObject({ status: 'succeeded', mode: 'incremental', incomplete: true });
    expect(moved.body.message).toContain('Pages moved.');
    await sync({ pages: [] });
    expect(scripted.calls()).toEqual([{ mode: 'incremental', since: 'c1' }]);
  });

  it('is forgotten when the options change: the next read is a full one', async () => {
    await sync({ pages: [users(2)], complete: COMPLETE, nextCursor: 'c1' });
    await app.admin.patch(`/api/sources/${sourceId}`, { displayName: 'Other name' });
    await sync({ pages: [] });
    expect(scripted.calls()).toEqual([{ mode: 'incremental', since: 'c1' }]);
    await app.admin.patch(`/api/sources/${sourceId}`, { options: {} });
    await app.admin.patch(`/api/sources/${sourceId}`, { options: { file: scripted.file } });
    await sync({ pages: [users(2)] });
    expect(scripted.calls()).toEqual([{ mode: 'full' }]);
  });

  it('is given up when the vendor forgot it: everything is read', async () => {
    await sync({ pages: [users(2)], complete: COMPLETE, nextCursor: 'c1' });
    const ended = await sync({ pages: [users(3)], complete: COMPLETE, forgetsSince: true });
    expect(ended.body).toMatchObject({ status: 'succeeded', mode: 'full', counts: { users: { created: 1 } } });
    expect(scripted.calls()).toEqual([{ mode: 'incremental', since: 'c1' }, { mode: 'full' }]);
  });
});

import { type ScriptedSyncs, startScriptedSyncs } from '../testing/scripted-syncs';
import type { Script } from '../testing/scripted-source';
import type { TestAnswer } from '../testing/test-client';
import { untilEnded } from '../testing/until';

const REVOKED = { code: 'credentials', message: 'The secret is revoked.' };
const people = (...uids: string[]): Script => ({
  pages: [{ dataType: 'user', records: uids.map((uid) => ({ uid, username: uid })) }],
  complete: { user: true },
});
const FAILING: Script = { pages: [], error: REVOKED };
const INCREMENTAL = { mode: 'incremental' };

let syncs: ScriptedSyncs;
let source: number;

beforeAll(async () => {
  syncs = await startScriptedSyncs();
});

afterAll(() => syncs.close());

beforeEach(async () => {
  await syncs.app.emptyDirectory();
  await syncs.app.pool.query('delete from tasks');
  source = await syncs.addSource();
});

const sync = async (script: Script, body = {}): Promise<TestAnswer['body']> =>
  (await syncs.sync(source, script, body)).body;
const attention = async (): Promise<number[]> =>
  (await syncs.app.admin.get('/api/tasks?attention=1')).body.items.map(({ id }: { id: number }) => id);
const shown = async (): Promise<TestAnswer['body']> => (await syncs.app.admin.get(`/api/sources/${source}`)).body;

/** When the source last succeeded, as Prometheus hears it. */
async function metric(name: string): Promise<number> {
  const { body } = await syncs.app.anonymous.get('/metrics');
  return Number(new RegExp(`last_success_timestamp_seconds\\{source="${name}"\\} (.*)`).exec(String(body))?.[1]);
}

/** Sync now of the only user. */
async function syncUser(): Promise<TestAnswer['body']> {
  const [user] = (await syncs.app.admin.get('/api/users')).body.items;
  const started = await syncs.app.admin.post(`/api/users/${user.id}/sync`);
  expect(started.status).toBe(202);
  return (await untilEnded(syncs.app.admin, started.body.id)).body;
}

describe('a read that failed', () => {
  it('needs attention, and makes the last success older, until a read succeeds', async () => {
    const first = await sync(people('a'));
    expect(first.status).toBe('succeeded');
    const failed = await sync(FAILING);
    expect(failed.status).toBe('failed');
    expect(await attention()).toEqual([failed.id]);

    expect(await syncUser()).toMatchObject({ kind: 'event', status: 'succeeded' });
    expect(await attention()).toEqual([failed.id]);
    const { name, lastSucceededAt, lastTask, failedReadId } = await shown();
    expect(failedReadId).toBe(failed.id);
    expect(lastSucceededAt).toBe(first.finishedAt);
    expect(lastTask.kind).toBe('event');
    expect(await metric(name)).toBeCloseTo(Date.parse(first.finishedAt) / 1000, 2);

    const again = await sync(people('a'));
    expect(await attention()).toEqual([]);
    expect(await shown()).toMatchObject({ lastSucceededAt: again.finishedAt, failedReadId: null });
  });

  it('needs attention when it was cut short, until one comes to its end', async () => {
    await sync(people('a'));
    const cut = await sync({ ...people('a', 'b'), error: REVOKED });
    expect(cut.status).toBe('partially_succeeded');
    expect((await syncUser()).status).toBe('succeeded');
    expect(await attention()).toEqual([cut.id]);
    // Single records that were refused are told by their task; everybody was read.
    const refused = await sync({
      pages: [{ dataType: 'user', records: [{ uid: 'a' }, { uid: 'b', email: 'none' }] }],
      complete: { user: true },
    });
    expect(refused.status).toBe('partially_succeeded');
    expect(await attention()).toEqual([]);
    expect((await shown()).lastSucceededAt).toBe(refused.finishedAt);
  });

  it('is not made up for by an incremental one when it was full, but the other way round', async () => {
    await sync({ ...people('a'), nextCursor: '1' });
    const full = await sync(FAILING);
    const changes = await sync({ ...people(), nextCursor: '2' }, INCREMENTAL);
    expect(changes).toMatchObject({ mode: 'incremental', status: 'succeeded' });
    expect(await attention()).toEqual([full.id]);
    expect((await shown()).lastSucceededAt).toBe(changes.finishedAt);
    const incremental = await sync(FAILING, INCREMENTAL);
    expect(await attention()).toEqual([incremental.id, full.id]);
    await sync(people('a'));
    expect(await attention()).toEqual([]);
  });
});

test('a backfill of a target is not the last task of its source', async () => {
  const { id } = await sync(people('a'));
  await syncs.app.pool.query(
    `insert into tasks (source_id, kind, status, target_id) values ($1, 'backfill', 'succeeded', 1)`,
    [source],
  );
  expect((await shown()).lastTask.id).toBe(id);
});

test('a read that did not see everything says so wherever it is shown', async () => {
  expect(await sync(people('a'))).not.toHaveProperty('incomplete');
  const reason = 'No rights on unit 7.';
  const read = await sync({ ...people('a'), complete: { user: { complete: false, reason } } });
  expect(read).toMatchObject({
    status: 'succeeded',
    incomplete: true,
    notes: [{ code: 'not_complete', said: reason }],
  });
  expect((await shown()).lastTask).toMatchObject({ id: read.id, incomplete: true });
  await sync(people('a'));
  expect((await shown()).lastTask).not.toHaveProperty('incomplete');
});

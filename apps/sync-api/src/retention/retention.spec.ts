import { startTestApp, type TestApp } from '../testing/start-test-app';
import { untilEnded } from '../testing/until';
import { RetentionService } from './retention.service';
import { Trimmer } from './trimmer';

let app: TestApp;
let trimmer: Trimmer;
let sourceId: number;

beforeAll(async () => {
  app = await startTestApp({ ROLLCALL_RETENTION_DAYS: '90', ROLLCALL_AUDIT_RETENTION_DAYS: '400' });
  trimmer = app.app.get(Trimmer);
});

afterAll(() => app.close());

let number = 0;
beforeEach(async () => {
  await app.pool.query('truncate tasks, changes, staging, open_hints, former_main_departments');
  sourceId = (await app.admin.post('/api/sources', { name: `source-${++number}`, type: 'push' })).body.id;
});

/** A task that ended so many days ago, with a change and a staged record; returns its id. */
async function task(status: string, days: number, kind = 'push'): Promise<number> {
  const { rows } = await app.pool.query<{ id: number }>(
    `insert into tasks (source_id, kind, status, finished_at) values ($1, $2, $3, now() - make_interval(days => $4)) returning id`,
    [sourceId, kind, status, days],
  );
  const id = rows[0]?.id ?? 0;
  await app.pool.query(
    `insert into changes (task_id, target_id, data_type, record_id, action) values ($1, 1, 'user', 1, 'update')`,
    [id],
  );
  await app.pool.query(
    `insert into staging (task_id, data_type, uid, payload, seen_hash) values ($1, 'user', 'a', '{}', gen_random_uuid())`,
    [id],
  );
  return id;
}

async function ids(table: string, column = 'task_id'): Promise<number[]> {
  const { rows } = await app.pool.query<{ id: number }>(`select ${column} as id from ${table} order by 1`);
  return rows.map(({ id }) => id);
}

async function relations(): Promise<string[]> {
  const { rows } = await app.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where tablename ~ '^(staging|snapshot)_' and tablename <> 'snapshot_pushes' order by 1`,
  );
  return rows.map(({ name }) => name);
}

describe('tasks', () => {
  it('go with their changes and what they had staged, when they ended before the retention', async () => {
    const old = [await task('succeeded', 91), await task('failed', 91), await task('cancelled', 200)];
    const kept = [await task('succeeded', 89), await task('failed', 1)];
    expect(await trimmer.tasks()).toBe(old.length);
    expect([await ids('tasks', 'id'), await ids('changes'), await ids('staging')]).toEqual([kept, kept, kept]);
  });

  it('stay while they are not over, however old', async () => {
    const open = [await task('queued', 100), await task('running', 100), await task('held', 100)];
    await task('succeeded', 1);
    expect(await trimmer.tasks()).toBe(0);
    expect((await ids('changes')).slice(0, 3)).toEqual(open);
  });

  it('stay when they say how a source is doing: its newest, and the last that succeeded', async () => {
    await task('succeeded', 500);
    const succeeded = await task('succeeded', 400);
    await task('failed', 300);
    const newest = await task('failed', 200);
    expect(await trimmer.tasks()).toBe(2);
    expect(await ids('tasks', 'id')).toEqual([succeeded, newest]);
    expect((await app.admin.get(`/api/sources/${sourceId}`)).body).toMatchObject({
      lastTask: { id: newest },
      lastSucceededAt: expect.any(String),
    });
  });

  it('stay when they are the newest read, whatever was done for single people since', async () => {
    const read = await task('failed', 300, 'pull');
    await task('succeeded', 250, 'event');
    const newest = await task('succeeded', 200, 'event');
    expect(await trimmer.tasks()).toBe(1);
    expect(await ids('tasks', 'id')).toEqual([read, newest]);
  });

  it('may be gone although a user still names them', async () => {
    const client = await app.key(['push']);
    await client.post('/api/userData:push', { dataType: 'user', records: [{ uid: 'a', username: 'a' }] });
    await client.post('/api/userData:push', { dataType: 'user', records: [{ uid: 'b', username: 'b' }] });
    await app.pool.query(`update tasks set finished_at = now() - interval '1 year'`);
    expect(await trimmer.tasks()).toBe(1);
    const { body } = await app.admin.get('/api/users?q=a');
    expect(body.items[0].links).toMatchObject([{ uid: 'a', taskId: null, updatedAt: null }]);
  });
});

describe('tasks of undos', () => {
  it('stay as long as something stands as they put it back, which the source goes on to say otherwise', async () => {
    const client = await app.key(['push']);
    const push = (record: object): Promise<{ body: { data: { taskId: number } } }> =>
      client.post('/api/userData:push', { dataType: 'user', records: [record] });
    const bob = { uid: 'bob', username: 'bob', nickname: 'Bob' };
    await push(bob);
    const disabled = (await push({ uid: 'bob', nickname: 'Wrong', isDisabled: true })).body.data.taskId;
    const undo = (await app.admin.post(`/api/tasks/${disabled}/undo`)).body.id;
    await untilEnded(app.admin, undo);
    await push({ uid: 'other', username: 'other' });
    await app.pool.query(`update tasks set finished_at = now() - interval '1 year'`);
    await trimmer.tasks();
    expect(await ids('tasks', 'id')).toContain(undo);
    const [{ id }] = (await app.admin.get('/api/users?q=bob')).body.items;
    // Whatever has it looked at again is no new word.
    await app.admin.patch(`/api/users/${id}`, { lock: ['phone'] });
    await app.admin.patch(`/api/users/${id}`, { unlock: ['phone'] });
    await push({ uid: 'bob', isDisabled: true });
    expect((await app.admin.get(`/api/users/${id}`)).body).toMatchObject({ nickname: 'Bob', status: 'active' });
    // Once the source says the same it is over.
    await push({ ...bob, isDisabled: false });
    await trimmer.takenBack();
    await trimmer.tasks();
    expect(await ids('tasks', 'id')).not.toContain(undo);
  });

  it('stay, those of first plans of targets that nobody has released', async () => {
    const review = await task('cancelled', 200, 'backfill');
    await task('succeeded', 1);
    const { rows } = await app.pool.query<{ id: number }>(
      `insert into targets (name, type, enabled) values ('elsewhere-' || $1::text, 'nowhere', true) returning id`,
      [review],
    );
    await app.pool.query('insert into target_reviews (target_id, source_id, task_id) values ($1, $2, $3)', [
      rows[0]?.id,
      sourceId,
      review,
    ]);
    await trimmer.tasks();
    expect(await ids('tasks', 'id')).toContain(review);
    await app.pool.query('delete from target_reviews');
    await trimmer.tasks();
    expect(await ids('tasks', 'id')).not.toContain(review);
  });
});

describe('staging', () => {
  it('of a task that failed stays for a retry; of one that applied everything, or is not there, it goes', async () => {
    const [, failed, cancelled] = [await task('succeeded', 1), await task('failed', 1), await task('cancelled', 1)];
    await app.pool.query(
      `insert into staging (task_id, data_type, payload, seen_hash) values (0, 'user', '{}', gen_random_uuid())`,
    );
    expect(await trimmer.staging()).toBe(2);
    expect(await ids('staging')).toEqual([failed, cancelled]);
  });

  it('of a single task is dropped when a crash left it behind, and never that of an open task or a snapshot', async () => {
    const [over, held] = [await task('failed', 1, 'pull'), await task('held', 1, 'pull')];
    const gone = 999_999_999;
    for (const name of [`staging_${over}`, `staging_${held}`, `staging_${gone}`, 'snapshot_7', 'staging_old']) {
      await app.pool.query(`create table ${name} (like staging)`);
    }
    expect(await trimmer.staging()).toBe(2);
    expect(await relations()).toEqual(['snapshot_7', `staging_${held}`, 'staging_old']);
    await app.pool.query(`drop table snapshot_7, staging_${held}, staging_old`);
  });
});

it('looks at previews and at answers under idempotency keys as well, soon after a start like at the rest', async () => {
  const old = await task('held', 8, 'pull');
  const recent = await task('held', 6, 'pull');
  await app.pool.query(`update tasks set held_reason = 'preview', dry_run = true where id in ($1, $2)`, [old, recent]);
  await app.pool.query(
    `insert into idempotency_keys (owner, key, body_hash, created_at)
     values ('o', 'old', '', now() - interval '25 hours'), ('o', 'recent', '', now() - interval '23 hours')`,
  );
  await app.app.get(RetentionService).tidy();
  const { rows } = await app.pool.query('select id, status from tasks where id in ($1, $2) order by id', [old, recent]);
  expect(rows).toEqual([
    { id: old, status: 'cancelled' },
    { id: recent, status: 'held' },
  ]);
  expect((await app.pool.query('select key from idempotency_keys')).rows).toEqual([{ key: 'recent' }]);
});

it('removes audit entries that are older than their retention', async () => {
  const old = `update audit set at = now() - interval '401 days' where id in (select id from audit order by id limit 1)`;
  await app.pool.query(old);
  expect(await trimmer.audit()).toBe(1);
  expect(await trimmer.audit()).toBe(0);
});

it('removes the values that hands changed with those that tasks changed, and keeps that somebody did', async () => {
  const { id } = (await app.admin.post('/api/users', { nickname: 'Ann' })).body;
  for (const nickname of ['Anna', 'Annabel']) await app.admin.patch(`/api/users/${id}`, { nickname });
  await app.pool.query(
    `update hand_edits set at = now() - interval '91 days' where audit_id = (select min(audit_id) from hand_edits)`,
  );
  expect(await trimmer.handEdits()).toBe(1);
  const { items } = (await app.admin.get(`/api/users/${id}/changes`)).body;
  expect(items).toMatchObject([
    { action: 'user.update', diff: [{ field: 'nickname', before: 'Anna', after: 'Annabel' }] },
    { action: 'user.update', fields: ['nickname'], diff: [] },
    { action: 'user.create' },
  ]);
});

it('removes what vendors said long ago of sources that are disabled, and of no other one', async () => {
  const other = (await app.admin.post('/api/sources', { name: `source-${++number}`, type: 'push' })).body.id;
  await app.admin.patch(`/api/sources/${sourceId}`, { enabled: false });
  const told = `insert into hints (source_id, key, data, received_at) values ($1, $2, '{}', now() - make_interval(days => $3))`;
  for (const id of [sourceId, other]) {
    await app.pool.query(told, [id, 'old', 91]);
    await app.pool.query(told, [id, 'new', 89]);
  }
  expect(await trimmer.hints()).toBe(1);
  const { rows } = await app.pool.query('select source_id, key from hints order by id');
  expect(rows).toEqual([
    { source_id: sourceId, key: 'new' },
    { source_id: other, key: 'old' },
    { source_id: other, key: 'new' },
  ]);
});

it('is done by one process at a time', async () => {
  await task('succeeded', 200);
  await task('succeeded', 1);
  const other = await app.pool.connect();
  await other.query('select pg_advisory_lock(7301003)');
  await app.app.get(RetentionService).tidy();
  expect(await ids('tasks', 'id')).toHaveLength(2);
  await other.query('select pg_advisory_unlock(7301003)');
  other.release();
  await app.app.get(RetentionService).tidy();
  expect(await ids('tasks', 'id')).toHaveLength(1);
});

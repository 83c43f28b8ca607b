import { installScriptedSource } from '../../testing/scripted-source';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { untilEnded } from '../../testing/until';

type Fields = Record<string, unknown>;
type Person = Fields & { uid: string };

const scripted = installScriptedSource();
let app: TestApp;
let client: TestClient;
let sourceId: number;
let serial = 0;

beforeAll(async () => {
  app = await startTestApp(scripted.env);
  client = await app.key(['push', 'read']);
  await app.pool.query(`
    create function refuse() returns trigger language plpgsql as $$
    begin
      if new.nickname = 'refused' then raise exception 'no % here', new.username; end if;
      return new;
    end $$;
    create trigger refuse before insert or update on users for each row execute function refuse()`);
});

afterAll(async () => {
  await app.close();
  scripted.remove();
});

beforeEach(async () => {
  await app.emptyDirectory();
  const name = `hr-${++serial}`;
  const body = { name, type: 'scripted', options: { file: scripted.file }, matchKey: ['email'] };
  sourceId = (await app.admin.post('/api/sources', body)).body.id;
});

async function read(people: Person[]): Promise<TestAnswer> {
  scripted.play({ pages: [{ dataType: 'user', records: people }] });
  const started = await app.admin.post(`/api/sources/${sourceId}/sync`, {});
  return untilEnded(app.admin, started.body.id, 60);
}

const push = (records: Fields[], more: Fields = {}): Promise<TestAnswer> =>
  client.post('/api/userData:push', { dataType: 'user', records, ...more });

async function failures(taskId: number): Promise<Fields[]> {
  return (await app.admin.get(`/api/tasks/${taskId}/changes?outcome=failed&target=users`)).body.items;
}

async function countUsers(): Promise<number> {
  return (await app.pool.query<{ n: number }>('select count(*)::int as n from users')).rows[0]?.n ?? 0;
}

const MESSAGE =
  'The database of "users" refused it: a trigger refused it (P0001). Change the record in its source, or the rule in the database.';

describe('rule 15: what nobody could foresee', () => {
  test('fails only the records that the database refuses, of many thousands, in words without anything of the record', async () => {
    const guilty = [17, 9_000, 19_999];
    const people = Array.from({ length: 20_000 }, (_, index) => ({
      uid: `u${index}`,
      username: `user-${index}`,
      nickname: guilty.includes(index) ? 'refused' : 'fine',
    }));
    const ended = await read(people);
    expect(ended.body).toMatchObject({
      status: 'partially_succeeded',
      counts: { users: { created: 19_997, failed: 3 } },
    });
    expect(await countUsers()).toBe(19_997);
    expect((await failures(ended.body.id)).map(({ uid, code, message }) => [uid, code, message])).toEqual(
      guilty.map((index) => [`u${index}`, 'rejected_by_target', MESSAGE]),
    );
    const retried = await app.admin.post(`/api/tasks/${ended.body.id}/retry`);
    expect((await untilEnded(app.admin, retried.body.id, 60)).body.counts.users).toMatchObject({ failed: 3 });
  }, 120_000);

  test('fails one of a small push, and the others are there with its answer', async () => {
    await push([{ uid: 'a', username: 'a' }]);
    const answer = await push([
      { uid: 'a', username: 'a', nickname: 'refused' },
      { uid: 'b', username: 'b', departments: [] },
      { uid: 'c', username: 'c', nickname: 'refused' },
    ]);
    expect(answer.body.data).toMatchObject({ status: 'partially_succeeded' });
    expect(answer.body.data.result[0].detail.count).toMatchObject({ all: 3, success: 1, failed: 2 });
    expect((await failures(answer.body.data.taskId)).map(({ uid, code }) => [uid, code])).toEqual([
      ['a', 'rejected_by_target'],
      ['c', 'rejected_by_target'],
    ]);
    expect(await countUsers()).toBe(2);
  });

  test('says what helps when the value is that of another record of the source, and of somebody else', async () => {
    const taken = async (records: Fields[], more: Fields = {}): Promise<unknown> => {
      const { body } = await push(records, more);
      return (await failures(body.data.taskId))[0]?.['message'];
    };
    await push([{ uid: 'a', email: 'a@x.org' }]);
    const same =
      'The email is used by user 1, who belongs to another record of this source, perhaps one that left. Change it in one of the two, or, if both are the same person, unlink that one there first.';
    expect(await taken([{ uid: 'b', email: 'A@x.org' }])).toBe(same);
    await push([{ uid: 'c', email: 'c@x.org' }]);
    expect(await taken([{ uid: 'c', email: 'a@x.org' }])).toBe(same);
    await app.admin.post('/api/sources', { name: `second-${serial}`, type: 'push' });
    expect(await taken([{ uid: 'd', email: 'a@x.org' }], { sourceName: `second-${serial}` })).toMatch(
      /^The email is already used by user 1\. If both are one person, link the record/,
    );
  });

  test('gives people of a small push the manager who comes with them, although it is applied in parts', async () => {
    await push([
      { uid: 'a', username: 'a', managerUid: 'c' },
      { uid: 'b', username: 'b', nickname: 'refused' },
      { uid: 'c', username: 'c' },
    ]);
    const { rows } = await app.pool.query(
      'select u.username, m.username as manager from users u left join users m on m.id = u.manager_id order by 1',
    );
    expect(rows).toEqual([
      { username: 'a', manager: 'c' },
      { username: 'c', manager: null },
    ]);
  });

  test.each([
    ['a disable', { isDisabled: true }, 'disabled'],
    ['a restore', {}, 'active'],
  ])('applies with %s that was refused all that came with it, once it is tried again', async (_, more, status) => {
    await push([{ uid: 'a', username: 'a', phone: '1' }]);
    if (status === 'active') await push([{ uid: 'a', isDeleted: true }]);
    const refused = await push([{ uid: 'a', nickname: 'refused', phone: null, ...more }]);
    expect(refused.body.data.status).toBe('failed');
    await app.pool.query('alter table users disable trigger refuse');
    try {
      // What the record says had been stored with the first attempt, so there seemed to be no difference left.
      const retried = await app.admin.post(`/api/tasks/${refused.body.data.taskId}/retry`);
      expect((await untilEnded(app.admin, retried.body.id)).body.status).toBe('succeeded');
    } finally {
      await app.pool.query('alter table users enable trigger refuse');
    }
    const { rows } = await app.pool.query('select nickname, phone, status, deleted_at from users');
    expect(rows).toEqual([{ nickname: 'refused', phone: null, status, deleted_at: null }]);
  });

  describe('and yet disables whoever is to be disabled', () => {
    let task: Fields & { id: number };
    let part: Fields & { id: number };
    const users = async (): Promise<unknown> =>
      (await app.pool.query('select username, phone, nickname, status from users order by 1')).rows;
    const A = { username: 'a', phone: '1', nickname: null, status: 'active' };
    const B = { username: 'b', phone: '2', nickname: null, status: 'disabled' };

    beforeEach(async () => {
      await push([
        { uid: 'a', username: 'a', phone: '1' },
        { uid: 'b', username: 'b', phone: '2' },
      ]);
      await push([{ uid: 'b', phone: '1', nickname: 'B' }]);
      const answer = await push([{ uid: 'b', isDisabled: true }]);
      expect(answer.body.data).toMatchObject({ status: 'failed' });
      const tasks = (await app.admin.get('/api/tasks?pageSize=2')).body.items;
      [part, task] = tasks;
      expect(task.id).toBe(answer.body.data.taskId);
    });

    test('in a task of its own that the failure names, and tells the feed', async () => {
      expect(await users()).toEqual([A, B]);
      expect((await failures(task.id))[0]).toMatchObject({
        action: 'disable',
        code: 'phone_taken',
        message: expect.stringMatching(
          new RegExp(`^The phone is used by user 1,.* The user was disabled all the same, by task ${part.id}\\.$`),
        ),
        texts: {
          fr: expect.stringMatching(` L’utilisateur a été désactivé malgré tout, par la tâche ${part.id}.`),
          'zh-CN': expect.stringMatching(`该用户当时仍由任务 ${part.id} 停用。`),
        },
      });
      expect(part).toMatchObject({
        kind: 'event',
        status: 'succeeded',
        counts: { users: { disabled: 1, failed: 0 } },
        notes: [{ code: 'disables_of', values: { taskId: task.id } }],
      });
      const told = await app.pool.query('select action, n, task_id from feed where task_id >= $1', [task.id]);
      expect(told.rows).toEqual([{ action: 'disabled', n: 1, task_id: part.id }]);
      const attention = (await app.admin.get('/api/tasks?attention=1')).body.items as { id: number }[];
      expect(attention.map(({ id }) => id)).toContain(task.id);
      const source = (await app.admin.get('/api/sources?q=api')).body.items[0];
      expect(source.lastTask).toMatchObject({ id: task.id, status: 'failed' });
      await push([{ uid: 'z', username: 'z' }]);
      const later = (await app.admin.get('/api/tasks?attention=1')).body.items as { id: number }[];
      expect(later.map(({ id }) => id)).toContain(task.id);
    });

    test('once: what is refused goes on failing until it is put right', async () => {
      const again = await push([{ uid: 'b', isDisabled: true }]);
      const [failure] = await failures(again.body.data.taskId);
      expect(failure).toMatchObject({
        action: 'update',
        message: expect.stringMatching(/unlink that one there first\.$/),
      });
      await push([{ uid: 'b', phone: '3' }]);
      expect(await users()).toEqual([A, { ...B, phone: '3', nickname: 'B' }]);
      await push([{ uid: 'b', isDisabled: false }]);
      expect(await users()).toEqual([A, { ...B, phone: '3', nickname: 'B', status: 'active' }]);
    });

    test('which stands in the history, also after a retry', async () => {
      await app.admin.patch('/api/users/1', { phone: '9' });
      const retried = await app.admin.post(`/api/tasks/${task.id}/retry`, {});
      expect((await untilEnded(app.admin, retried.body.id)).body.status).toBe('succeeded');
      const { items } = (await app.admin.get('/api/users/2/changes')).body;
      expect(items).toMatchObject([
        { action: 'update', task: { id: task.id } },
        { action: 'disable', task: { id: part.id }, diff: [{ field: 'status', before: 'active', after: 'disabled' }] },
        { action: 'update', outcome: 'failed' },
        { action: 'create' },
      ]);
      expect(await users()).toMatchObject([{ phone: '9' }, { phone: '1', status: 'disabled' }]);
    });

    test('which can be undone, and stays so until the source says something new', async () => {
      const undo = await app.admin.post(`/api/tasks/${part.id}/undo`);
      expect((await untilEnded(app.admin, undo.body.id)).body).toMatchObject({
        status: 'succeeded',
        counts: { users: { restored: 1 } },
      });
      expect(await users()).toEqual([A, { ...B, status: 'active' }]);
      // What was refused fails as before.
      const same = await push([{ uid: 'b', username: 'b', phone: '1', nickname: 'B', isDisabled: true }]);
      expect((await failures(same.body.data.taskId))[0]).toMatchObject({ action: 'update', code: 'phone_taken' });
      expect(await users()).toEqual([A, { ...B, status: 'active' }]);
      await push([{ uid: 'b', phone: '3' }]);
      expect(await users()).toEqual([A, { ...B, phone: '3', nickname: 'B' }]);
    });

    test('which is not said to be done by the retry of what was refused, when it was undone', async () => {
      const undo = await app.admin.post(`/api/tasks/${part.id}/undo`);
      await untilEnded(app.admin, undo.body.id);
      await app.admin.patch('/api/users/1', { phone: '9' });
      const retried = await app.admin.post(`/api/tasks/${task.id}/retry`, {});
      expect((await untilEnded(app.admin, retried.body.id)).body.status).toBe('succeeded');
      expect(await users()).toMatchObject([{ phone: '9' }, { phone: '1', status: 'active' }]);
      const { items } = (await app.admin.get('/api/users/2/changes')).body;
      const [applied] = items.filter((item: { task: { id: number } }) => item.task.id === task.id);
      expect(applied).toMatchObject({ action: 'update', outcome: 'applied' });
      expect(applied.diff.map(({ field }: { field: string }) => field)).toEqual(['nickname', 'phone']);
    });
  });

  test('counts those whom it disables so against the limits of what is pushed later', async () => {
    const uids = Array.from({ length: 60 }, (_, n) => `p${n}`);
    await push([{ uid: 'holder', phone: '1' }, ...uids.map((uid) => ({ uid, username: uid }))]);
    const answers: TestAnswer[] = [];
    for (const uid of uids.slice(0, 9)) answers.push(await push([{ uid, phone: '1', isDisabled: true }]));
    expect(answers.map(({ body }) => body.data?.status ?? body.status)).toEqual([
      ...Array.from({ length: 6 }, () => 'failed'),
      ...Array.from({ length: 3 }, () => 'held'),
    ]);
    const { rows } = await app.pool.query(`select count(*)::int as n from users where status = 'disabled'`);
    expect(rows).toEqual([{ n: 6 }]);
  });

  test('disables them of a whole read, but nobody whom an admin protects, and nobody for whom a hand decided', async () => {
    const people = ['a', 'b', 'c', 'd', 'e'].map((uid) => ({ uid, username: uid, nickname: uid.toUpperCase() }));
    await read(people);
    const byName = Object.fromEntries(
      (await app.pool.query<{ id: number; username: string }>('select id, username from users')).rows.map(
        ({ id, username }) => [username, id],
      ),
    );
    await app.admin.patch(`/api/users/${byName['c']}`, { protected: true });
    await app.admin.patch(`/api/users/${byName['d']}`, { lockedFields: ['status'] });
    const ended = await read(
      people.map((one) =>
        one.uid === 'a'
          ? one
          : { ...one, username: one.uid === 'e' ? 'e' : 'a', isDisabled: true, nickname: 'refused' },
      ),
    );
    expect(ended.body).toMatchObject({ counts: { users: { failed: 3, unchanged: 2, disabled: 0 } } });
    const { rows } = await app.pool.query('select username, nickname, status from users order by 1');
    expect(rows).toEqual([
      { username: 'a', nickname: 'A', status: 'active' },
      { username: 'b', nickname: 'B', status: 'disabled' },
      { username: 'c', nickname: 'C', status: 'active' },
      { username: 'd', nickname: 'D', status: 'active' },
      { username: 'e', nickname: 'E', status: 'disabled' },
    ]);
    expect((await app.admin.get('/api/tasks?kind=event')).body.items[0]).toMatchObject({
      counts: { users: { disabled: 2 } },
    });
    expect((await failures(ended.body.id)).map(({ uid, code }) => [uid, code])).toEqual([
      ['b', 'username_taken'],
      ['d', 'username_taken'],
      ['e', 'rejected_by_target'],
    ]);
  });

  test.each([
    ['links a person', {}, { status: 'succeeded', counts: { users: { linked: 1, failed: 0 } } }, 'Ann'],
    // No limit has counted it: the next read plans it, and does.
    ['disables nobody', { isDisabled: true }, { status: 'failed', counts: { users: { linked: 0, failed: 1 } } }, null],
  ])('%s whom another source made while the task ran', async (_, says, outcome, nickname) => {
    await app.pool.query(`
      create or replace function overtake() returns trigger language plpgsql as $$
      begin
        insert into users (username, email) values ('made meanwhile', 'ann@x') on conflict do nothing;
        return null;
      end $$;
      create trigger overtake after insert on records execute function overtake()`);
    try {
      const ended = await read([{ uid: 'a', email: 'ann@x', nickname: 'Ann', ...says }]);
      expect(ended.body).toMatchObject(outcome);
    } finally {
      await app.pool.query('drop trigger overtake on records');
    }
    const { rows } = await app.pool.query('select username, nickname, status from users');
    expect(rows).toEqual([{ username: 'made meanwhile', nickname, status: 'active' }]);
  });

  test('lets two sources write the same people at once', async () => {
    const made = await app.admin.post('/api/sources', { name: `b-${serial}`, type: 'push', matchKey: ['email'] });
    const people = Array.from({ length: 50 }, (_, index) => ({ uid: `u${index}`, email: `u${index}@x` }));
    const other = { sourceName: made.body.name, matchKey: 'email' };
    await push(people, { matchKey: 'email' });
    await push(people, other);
    const rounds = Array.from({ length: 4 }, (_, round) => round);
    const said = (round: number, records: Fields[]): Fields[] =>
      records.map((record) => ({ ...record, nickname: `n${round}` }));
    const answers = await Promise.all(
      rounds.flatMap((round) => [push(said(round, people)), push(said(-round, people.toReversed()), other)]),
    );
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
    expect(answers.map((answer) => answer.body.data.status)).toEqual(answers.map(() => 'succeeded'));
  }, 60_000);
});

import type { Page, PullResult } from '@rollcall/core';
import { installScriptedSource } from '../../testing/scripted-source';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import { itThorough } from '../../testing/thorough';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { untilEnded } from '../../testing/until';

type Fields = Record<string, unknown>;
type Person = Fields & { uid: string };

const COMPLETE: PullResult['complete'] = { user: true, department: true };

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
  const { body } = await app.admin.post('/api/sources', { name, type: 'scripted', options: { file: scripted.file } });
  sourceId = body.id;
});

const person = (n: number, more: Fields = {}): Person => ({
  uid: `u${n}`,
  username: `u${n}`,
  email: `u${n}@example.com`,
  departments: ['d', 'e'],
  ...more,
});
const people = (n: number, more?: (n: number) => Fields): Person[] =>
  Array.from({ length: n }, (_, index) => person(index, more?.(index)));
const departments: Page = { dataType: 'department', records: ['d', 'e', 'f'].map((uid) => ({ uid, title: uid })) };

async function read(records: Person[], more: Page = departments, complete = COMPLETE): Promise<TestAnswer> {
  scripted.play({ pages: [more, { dataType: 'user', records }], complete });
  const started = await app.admin.post(`/api/sources/${sourceId}/sync`);
  return untilEnded(app.admin, started.body.id, 60);
}

const push = (records: Fields[], dataType = 'user'): Promise<TestAnswer> =>
  client.post('/api/userData:push', { dataType, records });

const count = async (where: string): Promise<number> =>
  (await app.pool.query<{ n: number }>(`select count(*)::int as n from ${where}`)).rows[0]?.n ?? 0;
const active = (): Promise<number> => count(`users where deleted_at is null and status = 'active'`);

describe('rule 17: limits', () => {
  it('holds, of 10,000, an empty answer, half of them and a filter that leaves 3, and takes an invalid one for no loss', async () => {
    await read(people(10_000));
    const empty = await read([]);
    expect(empty.body).toMatchObject({ status: 'held', heldReason: 'empty' });
    expect(empty.body.message).toContain('10000 users would be disabled, of 10000');
    for (const left of [5_000, 3]) {
      const held = await read(people(left));
      expect(held.body).toMatchObject({ status: 'held', heldReason: 'limits' });
      expect(held.body.message).toContain(
        `${10_000 - left} users would be disabled, of 10000: more than the limit of 10 % or 500.`,
      );
    }
    expect(await active()).toBe(10_000);
    const invalid = await read(people(10_000, (n) => (n === 7 ? { email: 'none' } : {})));
    expect(invalid.body).toMatchObject({
      status: 'partially_succeeded',
      counts: { users: { failed: 1, disabled: 0 } },
    });
    expect(await active()).toBe(10_000);
  }, 300_000);

  it('lets 5 go however few there are, and holds the sixth of ten, users measured by users', async () => {
    await push(people(10));
    await push(
      Array.from({ length: 90 }, (_, n) => ({ uid: `x${n}`, title: 'x' })),
      'department',
    );
    expect((await push([0, 1, 2, 3, 4].map((n) => ({ uid: `u${n}`, isDeleted: true })))).status).toBe(200);
    const held = await push([{ uid: 'u5', isDeleted: true }]);
    expect(held.body).toMatchObject({ status: 'held', heldReason: 'limits' });
    expect(held.body.message).toBe(
      '1 user would be deleted, which with the 5 of the last 60 minutes makes 6 of 10: more than the limit of 10 % or 500.',
    );
    expect((await push([{ uid: 'u6', nickname: 'still pushed' }])).status).toBe(200);
  });

  it('measures by whom the source has here, not by records that failed', async () => {
    await push(people(20).map(({ uid, email }) => ({ uid, email })));
    const failing = await push(Array.from({ length: 90 }, (_, n) => ({ uid: `x${n}`, email: 'u0@example.com' })));
    expect(failing.body.data.status).toBe('failed');
    const held = await push(people(6).map(({ uid }) => ({ uid, isDeleted: true })));
    const { body } = await app.admin.get(`/api/tasks/${held.body.data.taskId}`);
    expect(body).toMatchObject({ status: 'held', message: expect.stringContaining('6 users would be deleted, of 20') });
  });

  it('holds values that a source suddenly empties, and names the field', async () => {
    await read(people(50));
    const held = await read(people(50, () => ({ email: '' })));
    expect(held.body).toMatchObject({ status: 'held', heldReason: 'limits' });
    expect(held.body.message).toBe(
      '50 values of users would be cleared (email), of 50: more than the limit of 10 % or 500.',
    );
    expect((await read(people(50, (n) => (n < 5 ? { email: '' } : {})))).body.status).toBe('succeeded');
    expect(await count('users where email is null')).toBe(5);
  });

  it('holds values that few people have, and all lose, among others that go anyway; and lists that are emptied', async () => {
    await read(people(200, (n) => ({ title: 'T', phone: n < 20 ? `+${n}` : null, groups: ['staff'] })));
    const lost = await read(people(200, (n) => ({ title: n === 0 ? null : 'T', groups: ['staff'], phone: null })));
    expect(lost.body).toMatchObject({ status: 'held', heldReason: 'limits' });
    expect(lost.body.message).toBe(
      '20 values of users would be cleared (phone), of 20: more than the limit of 10 % or 500.',
    );
    const emptied = await read(people(200, (n) => ({ title: 'T', phone: n < 20 ? `+${n}` : null, groups: [] })));
    expect(emptied.body.message).toContain('200 values of users would be cleared (groups), of 200');
  });

  describe.each(['a field was unlocked', 'an earlier change failed'])(
    'when everything is looked at again because %s',
    (why) => {
      beforeEach(async () => {
        await read(people(20));
        if (why === 'a field was unlocked') {
          const { rows } = await app.pool.query<{ id: number }>('select id from users');
          for (const { id } of rows) {
            await app.admin.patch(`/api/users/${id}`, { custom: { desk: '1' } });
            await app.admin.patch(`/api/users/${id}`, { lockedFields: [] });
          }
          return;
        }
        await app.pool.query(`
        create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$;
        create trigger refuse before update on users for each row execute function refuse();
        create trigger refuse before insert or update on memberships for each row execute function refuse()`);
        const failed = await read(people(20, () => ({ desk: '2', departments: ['d', 'e', 'f'] })));
        expect(failed.body.counts).toMatchObject({ users: { failed: 20 }, departments: { failed: 20 } });
        await app.pool.query('drop function refuse cascade');
      });

      it.each([
        ['values', { email: '', desk: '2' }, '20 values of users would be cleared (email)'],
        ['memberships', { desk: '2', departments: ['d'] }, '20 memberships would be lost'],
      ])('holds %s that a source suddenly drops', async (_, fields, message) => {
        const held = await read(people(20, () => fields));
        expect(held.body).toMatchObject({ status: 'held', heldReason: 'limits' });
        expect(held.body.message).toContain(message);
      });
    },
  );

  it('counts values that pushes clear one by one', async () => {
    await push(people(20));
    for (let n = 0; n < 5; n++) expect((await push([{ uid: `u${n}`, email: null }])).status).toBe(200);
    const held = await push([{ uid: 'u5', email: null }]);
    expect(held.body.message).toContain(
      '1 value of users would be cleared (email), which with the 5 of the last 60 minutes makes 6',
    );
  });

  it('holds memberships that user records drop, and counts nobody twice', async () => {
    await read(people(50));
    const dropped = await read(people(50, (n) => (n < 20 ? { departments: ['e'] } : {})));
    expect(dropped.body).toMatchObject({ status: 'held', heldReason: 'limits' });
    expect(dropped.body.message).toBe('20 memberships would be lost, of 100: more than the limit of 10 % or 500.');
    const gone: Page = { dataType: 'department', records: [{ uid: 'e', title: 'e' }] };
    const both = await read(
      people(50, () => ({ departments: ['e'] })),
      gone,
    );
    expect(both.body.message).toBe('50 memberships would be lost, of 100: more than the limit of 10 % or 500.');
    expect(await count('memberships')).toBe(100);
    const leavers = people(50, (n) => (n < 5 ? { isDeleted: true } : {}));
    expect((await read(leavers)).body).toMatchObject({ status: 'succeeded', counts: { users: { deleted: 5 } } });
  });

  it('holds memberships of people who are missing, and whom another source keeps', async () => {
    await push(Array.from({ length: 50 }, (_, n) => ({ uid: `k${n}`, username: `u${n}` })));
    await app.admin.patch(`/api/sources/${sourceId}`, { matchKey: ['username'] });
    await read(people(50));
    const held = await read(people(30));
    expect(held.body).toMatchObject({ status: 'held', heldReason: 'limits' });
    expect(held.body.message).toBe('40 memberships would be lost, of 100: more than the limit of 10 % or 500.');
    await app.admin.post(`/api/tasks/${held.body.id}/approve`);
    await untilEnded(app.admin, held.body.id);
    expect([await active(), await count('memberships')]).toEqual([50, 60]);
  });

  it('measures memberships by those that there are, whatever departments a record lists', async () => {
    await push(
      ['d', 'e', 'f'].map((uid) => ({ uid, title: uid })),
      'department',
    );
    await push(people(40));
    const unknown = Array.from({ length: 3_000 }, (_, n) => `unknown ${n}`);
    expect((await push([person(40, { departments: unknown })])).status).toBe(200);
    const held = await push(people(20, () => ({ departments: [] })));
    expect(held).toMatchObject({ status: 202, body: { status: 'held' } });
    expect(held.body.message).toContain('40 memberships would be lost, of 80');
    expect((await push([{ uid: 'd', isDeleted: true }], 'department')).body.status).toBe('held');
    expect(await count('memberships')).toBe(80);
  });

  it('takes what was never there for no loss: departments and managers that the source has never told of', async () => {
    const waiting = people(30, () => ({ departments: ['unknown'], managerUid: 'nobody' }));
    await read(waiting);
    const moved = await read(people(30, (n) => ({ departments: n < 20 ? [] : ['unknown'], managerUid: null })));
    expect(moved.body).toMatchObject({ status: 'succeeded' });
    for (let n = 20; n < 30; n++) {
      expect((await push([person(n, { departments: ['other'] })])).status).toBe(200);
    }
  });

  it('measures them by those that there were, however many single pushes put others in their place', async () => {
    const { body } = await app.admin.post('/api/sources', {
      name: `pushed-${number}`,
      type: 'push',
      policies: { limits: { memberships: { percent: 50 } } },
    });
    const say = async (dataType: string, records: Fields[]): Promise<Fields> =>
      (await client.post('/api/userData:push', { dataType, sourceName: body.name, records })).body.data;
    await say('department', [...departments.records] as Fields[]);
    await say(
      'user',
      people(20, () => ({ departments: ['d'] })),
    );
    for (let n = 0; n < 10; n++) {
      const departmentsNow = n % 2 === 0 ? ['e'] : [];
      expect(await say('user', [person(n, { departments: departmentsNow })])).toMatchObject({ status: 'succeeded' });
    }
    const held = await say('user', [person(10, { departments: ['e'] })]);
    expect(held['message']).toContain(
      '1 membership would be lost, which with the 10 of the last 60 minutes makes 11 of 20:',
    );
  });

  it('names every limit that is exceeded', async () => {
    await read(people(60));
    const held = await read(people(40, () => ({ email: null })));
    expect(held.body.message).toBe(
      '20 users would be disabled, of 60: more than the limit of 10 % or 500. ' +
        '40 values of users would be cleared (email), of 60: more than the limit of 10 % or 500.',
    );
    const preview = await app.admin.post(`/api/sources/${sourceId}/sync`, { dryRun: true });
    const shown = await untilEnded(app.admin, preview.body.id);
    expect(shown.body).toMatchObject({ status: 'held', heldReason: 'preview' });
    expect(shown.body.message).toContain('approve it to apply exactly this plan. Otherwise it would be held: 20 users');
  });

  it('counts whom a source disables as it takes them over, of all that it takes over', async () => {
    await push(people(40));
    await app.admin.patch(`/api/sources/${sourceId}`, { matchKey: ['email'] });
    const disabling = (n: number) => (index: number) => ({ uid: `x${index}`, isDisabled: index < n, departments: [] });
    const held = await read(people(40, disabling(6)));
    expect(held.body).toMatchObject({ status: 'held', heldReason: 'limits', counts: { users: { linked: 40 } } });
    expect(held.body.message).toContain('6 users would be disabled, of 40: more than the limit of 10 % or 500.');
    expect(await active()).toBe(40);
    const few = await read(people(40, disabling(5)));
    expect(few.body).toMatchObject({ status: 'succeeded', counts: { users: { linked: 40 } } });
    expect(await active()).toBe(35);
  });

  it('counts whom single pushes disable as they take them over', async () => {
    await read(people(30));
    const matched = (n: number): Promise<TestAnswer> =>
      client.post('/api/userData:push', {
        dataType: 'user',
        matchKey: 'email',
        records: [{ uid: `x${n}`, email: `u${n}@example.com`, isDisabled: true }],
      });
    for (let n = 0; n < 5; n++) expect((await matched(n)).status).toBe(200);
    const sixth = await matched(5);
    expect(sixth.body).toMatchObject({ status: 'held' });
    expect(sixth.body.message).toContain(
      '1 user would be disabled, which with the 5 of the last 60 minutes makes 6 of 6',
    );
    expect(await active()).toBe(25);
  });

  it('counts whoever goes and comes back again and again once', async () => {
    await push(people(20));
    for (let n = 0; n < 8; n++) {
      expect((await push([{ uid: 'u0', isDeleted: true }])).status).toBe(200);
      expect((await push([{ uid: 'u0' }])).status).toBe(200);
    }
    for (let n = 1; n < 5; n++) expect((await push([{ uid: `u${n}`, isDeleted: true }])).status).toBe(200);
    expect((await push([{ uid: 'u5', isDeleted: true }])).body.message).toContain('makes 6 of 20');
  });

  itThorough(
    'holds 600 single deletes in a row at the limit; what failed does not count',
    async () => {
      await push(people(1_000));
      await app.admin.patch('/api/sources/1', { policies: { limits: { deletes: { count: 550, percent: 60 } } } });
      await app.pool.query(`update users set protected = true where username = 'u0'`);
      const statuses: number[] = [];
      for (let n = 0; n < 600; n++) statuses.push((await push([{ uid: `u${n}`, isDeleted: true }])).status);
      expect(statuses.findIndex((status) => status === 202)).toBe(551);
      expect(statuses.filter((status) => status === 202)).toHaveLength(49);
      expect(await active()).toBe(450);
      await app.admin.patch('/api/sources/1', { policies: { limits: { deletes: { count: 500, percent: 10 } } } });
    },
    300_000,
  );
});

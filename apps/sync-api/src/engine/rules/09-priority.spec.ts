import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer, TestClient } from '../../testing/test-client';
import { until, untilEnded } from '../../testing/until';

type Fields = Record<string, unknown>;

let app: TestApp;
let client: TestClient;
let serial = 0;
/** High priority, and two of the usual one. */
let hr: string;
let ldap: string;
let mail: string;
const ids: Record<string, number> = {};

beforeAll(async () => {
  app = await startTestApp();
  client = await app.key(['push', 'read']);
});

afterAll(() => app.close());

beforeEach(async () => {
  await app.emptyDirectory();
  serial++;
  hr = await makeSource(`hr-${serial}`, 200);
  ldap = await makeSource(`ldap-${serial}`, 100);
  mail = await makeSource(`mail-${serial}`, 100);
});

async function makeSource(name: string, priority: number): Promise<string> {
  const made = await app.admin.post('/api/sources', { name, type: 'push', matchKey: ['username'], priority });
  expect(made.status).toBe(201);
  ids[name] = made.body.id;
  return name;
}

/** Pushes what a source says about ann; every source calls her by another uid. */
async function say(sourceName: string, fields: Fields, more: Fields = {}): Promise<TestAnswer> {
  const records = [{ uid: `ann@${sourceName}`, ...fields }];
  const answer = await client.post('/api/userData:push', { dataType: 'user', sourceName, records, ...more });
  expect([answer.status, answer.body.data.status]).toEqual([200, 'succeeded']);
  return answer;
}

/** The same, and the username by which she is matched. */
const first = (sourceName: string, fields: Fields): Promise<TestAnswer> =>
  say(sourceName, { username: 'ann', ...fields }, { matchKey: 'username' });

/** Somebody of each source whom both call by the same uid. */
async function bosses(): Promise<void> {
  for (const sourceName of [hr, ldap]) {
    const records = [{ uid: 'boss', username: `boss-${sourceName}` }];
    await client.post('/api/userData:push', { dataType: 'user', sourceName, records });
  }
}

async function ann(): Promise<Fields> {
  const { rows } = await app.pool.query<Fields>('select * from users order by id');
  expect(rows).toHaveLength(1);
  return rows[0] ?? {};
}

async function countsOf(answer: TestAnswer): Promise<Fields> {
  const task = await client.get(`/api/tasks/${answer.body.data.taskId}`);
  return task.body.counts.users;
}

async function diffOf(answer: TestAnswer): Promise<unknown> {
  const changes = await app.admin.get(`/api/tasks/${answer.body.data.taskId}/changes?target=users`);
  return changes.body.items.map(({ action, diff }: { action: string; diff: unknown }) => [action, diff]);
}

it('rule 9: what one source says that is refused does not keep another one from enabling them', async () => {
  const bob = { uid: 'bob', username: 'bob', phone: '7' };
  await client.post('/api/userData:push', { dataType: 'user', sourceName: hr, records: [bob] });
  await first(ldap, { phone: '1' });
  await first(hr, { desk: 'A' });
  const refused = [{ uid: `ann@${ldap}`, phone: '7' }];
  const { body } = await client.post('/api/userData:push', { dataType: 'user', sourceName: ldap, records: refused });
  expect(body.data.status).toBe('failed');
  const anns = async (): Promise<unknown> =>
    (await app.pool.query(`select phone, status, custom from users where username = 'ann'`)).rows[0];
  await say(hr, { isDisabled: true });
  expect(await anns()).toMatchObject({ phone: '1', status: 'disabled' });
  await say(hr, { isDisabled: false });
  expect(await anns()).toMatchObject({ phone: '1', status: 'active' });
  await say(hr, { desk: 'B' });
  expect(await anns()).toMatchObject({ phone: '1', status: 'active', custom: { desk: 'B' } });
});

describe('rule 09: of several sources', () => {
  test('the one with the higher priority wins a field, and what it clears falls to the next', async () => {
    await first(hr, { nickname: 'Ann' });
    const linked = await first(ldap, { nickname: 'Anna', phone: '1' });
    expect(await ann()).toMatchObject({ nickname: 'Ann', phone: '1' });
    expect(await diffOf(linked)).toEqual([['link', [{ field: 'phone', before: null, after: '1' }]]]);

    const fallen = await say(hr, { nickname: null });
    expect(await ann()).toMatchObject({ nickname: 'Anna' });
    expect(await diffOf(fallen)).toEqual([['update', [{ field: 'nickname', before: 'Ann', after: 'Anna' }]]]);

    await say(hr, { nickname: 'Ann again' });
    expect(await ann()).toMatchObject({ nickname: 'Ann again' });
  });

  test('the one that wins less changes nothing and settles, whatever it sends', async () => {
    await first(hr, { nickname: 'Ann' });
    await first(ldap, { nickname: 'Anna' });
    expect(await countsOf(await say(ldap, { nickname: 'Annie' }))).toMatchObject({ updated: 0, unchanged: 1 });
    expect(await countsOf(await say(ldap, { nickname: 'Annie' }))).toMatchObject({ updated: 0, unchanged: 1 });
    expect(await ann()).toMatchObject({ nickname: 'Ann' });
    const { rows } = await app.pool.query(
      `select from links l join records r on r.id = l.record_id where l.version <> r.version or l.dirty`,
    );
    expect(rows).toEqual([]);
    await say(hr, { nickname: '' });
    expect(await ann()).toMatchObject({ nickname: 'Annie' });
  });

  test('between equals the one that changed the field last wins, not the one that spoke last', async () => {
    await first(ldap, { nickname: 'Anna', email: 'anna@x' });
    await first(mail, { nickname: 'ann', email: 'ann@x' });
    expect(await ann()).toMatchObject({ nickname: 'ann', email: 'ann@x' });
    await say(ldap, { nickname: 'Anna 2', email: 'anna@x' });
    expect(await ann()).toMatchObject({ nickname: 'Anna 2', email: 'ann@x' });
    await say(mail, { nickname: 'ann', email: 'ann@x', phone: '1' });
    expect(await ann()).toMatchObject({ nickname: 'Anna 2', email: 'ann@x', phone: '1' });
  });

  test('custom fields follow the same rule, one by one', async () => {
    await first(hr, { desk: 'A', costCentre: '1' });
    await first(ldap, { desk: 'B', badge: '7' });
    expect(await ann()).toMatchObject({ custom: { desk: 'A', costCentre: '1', badge: '7' } });
    await say(hr, { desk: null, costCentre: null });
    expect(await ann()).toMatchObject({ custom: { desk: 'B', badge: '7' } });
    await say(ldap, { badge: null });
    expect((await ann()).custom).toEqual({ desk: 'B' });
  });

  test('what a record stated falls to the others when it leaves, and what nobody else states stays', async () => {
    await first(hr, { nickname: 'Ann', phone: '1' });
    await first(ldap, { nickname: 'Anna' });
    const left = await say(hr, { isDeleted: true });
    expect(await ann()).toMatchObject({ nickname: 'Anna', phone: '1', deleted_at: null, status: 'active' });
    expect(await diffOf(left)).toEqual([['update', [{ field: 'nickname', before: 'Ann', after: 'Anna' }]]]);
    expect(await countsOf(await say(hr, { isDeleted: true }))).toMatchObject({ updated: 0, unchanged: 1 });
    await say(hr, {});
    expect(await ann()).toMatchObject({ nickname: 'Ann', phone: '1' });
  });

  test('who comes back and clears what had stayed for want of another statement is believed', async () => {
    await app.admin.patch(`/api/sources/${ids[hr]}`, { policies: { user: { onDeleted: 'keep' } } });
    await first(hr, { phone: '1' });
    await first(ldap, { nickname: 'Anna' });
    await say(hr, { isDeleted: true });
    expect(await ann()).toMatchObject({ phone: '1' });
    // Those who were there stated no phone before and none after, so nothing was written.
    const back = await say(hr, { phone: null });
    expect(await ann()).toMatchObject({ nickname: 'Anna', phone: null });
    expect(await diffOf(back)).toEqual([['update', [{ field: 'phone', before: '1', after: null }]]]);
    await say(hr, { isDeleted: true });
    expect(await countsOf(await say(hr, {}))).toMatchObject({ updated: 0, unchanged: 1 });
  });

  test.each([
    ['it is tried again', { isDeleted: true }],
    ['who stated it leaves', { nickname: null }],
  ])('what falls to others and was refused falls when %s', async (_when, fields) => {
    await first(hr, { nickname: 'Ann' });
    await first(ldap, { nickname: 'Anna' });
    await app.pool.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$;
      create trigger refuse before update on users for each row execute function refuse()`);
    const refused = { dataType: 'user', sourceName: hr, records: [{ uid: `ann@${hr}`, ...fields }] };
    try {
      expect((await client.post('/api/userData:push', refused)).body.data.status).toBe('failed');
    } finally {
      await app.pool.query('drop function refuse cascade');
    }
    expect(await ann()).toMatchObject({ nickname: 'Ann' });
    await say(hr, { isDeleted: true });
    expect(await ann()).toMatchObject({ nickname: 'Anna' });
    expect(await countsOf(await say(hr, { isDeleted: true }))).toMatchObject({ updated: 0, unchanged: 1 });
  });

  test('the winner says whether she is disabled', async () => {
    await first(hr, { isDisabled: false });
    await first(ldap, { isDisabled: true });
    expect(await ann()).toMatchObject({ status: 'active' });
    expect(await countsOf(await say(ldap, { isDisabled: true, phone: '1' }))).toMatchObject({
      disabled: 0,
      updated: 1,
    });
    await say(hr, { isDisabled: null });
    expect(await ann()).toMatchObject({ status: 'disabled' });
    await say(hr, { isDisabled: false });
    expect(await ann()).toMatchObject({ status: 'active' });
    await say(hr, { isDeleted: true });
    expect(await ann()).toMatchObject({ status: 'disabled', deleted_at: null });
  });

  test('a deletion that had to wait for others is done when they left, also if it enabled her first', async () => {
    await app.admin.patch(`/api/sources/${ids[ldap]}`, { policies: { user: { onDeleted: 'disable' } } });
    await first(hr, { isDisabled: true });
    await first(ldap, {});
    await say(hr, { isDeleted: true });
    expect(await ann()).toMatchObject({ status: 'active', deleted_at: null });
    await say(ldap, { isDeleted: true });
    expect(await ann()).toMatchObject({ status: 'disabled', deleted_at: null });
    await say(hr, { isDeleted: true });
    expect((await ann())['deleted_at']).not.toBeNull();
  });

  test('a disabled source still states its values', async () => {
    await first(hr, { nickname: 'Ann' });
    await first(ldap, { nickname: 'Anna' });
    await app.admin.patch(`/api/sources/${ids[hr]}`, { enabled: false });
    await say(ldap, { nickname: 'Annie' });
    expect(await ann()).toMatchObject({ nickname: 'Ann' });
  });

  test('a field that was edited by hand stays', async () => {
    await first(hr, { nickname: 'Ann' });
    await first(ldap, { nickname: 'Anna' });
    const { id } = await ann();
    await app.admin.patch(`/api/users/${id as number}`, { nickname: 'By hand' });
    await say(hr, { nickname: null });
    await say(ldap, { nickname: 'Annie' });
    expect(await ann()).toMatchObject({ nickname: 'By hand' });
  });

  test('a manager is set by the source that wins, also if the other one calls somebody else the same', async () => {
    for (const source of [hr, ldap]) {
      const records = [{ uid: 'boss', username: `boss-${source}` }];
      await client.post('/api/userData:push', { dataType: 'user', sourceName: source, records });
    }
    await first(ldap, { managerUid: 'boss' });
    await first(hr, { managerUid: 'boss' });
    const { rows } = await app.pool.query(
      `select m.username from users u join users m on m.id = u.manager_id where u.username = 'ann'`,
    );
    expect(rows).toEqual([{ username: `boss-${hr}` }]);
  });

  test('a manager that falls to another source is set by the next task of that one', async () => {
    await bosses();
    const both = await app.pool.query<{ id: number }>('select id from users order by id');
    const managerOf = async (): Promise<unknown> =>
      (await app.pool.query<{ manager_id: number }>(`select manager_id from users where username = 'ann'`)).rows[0]
        ?.manager_id;
    await first(hr, { managerUid: 'boss' });
    await first(ldap, { managerUid: 'boss' });
    expect(await managerOf()).toBe(both.rows[0]?.id);
    await say(hr, { managerUid: null });
    await say(ldap, {});
    expect(await managerOf()).toBe(both.rows[1]?.id);
  });

  test('a new priority settles what they say when it is stated next', async () => {
    await first(hr, { nickname: 'Ann' });
    await first(ldap, { nickname: 'Anna' });
    await app.admin.patch(`/api/sources/${ids[ldap]}`, { priority: 300 });
    await say(ldap, {});
    expect(await ann()).toMatchObject({ nickname: 'Anna' });
  });

  test('the user tells which source and task set what', async () => {
    const at = expect.stringMatching(/^20.*Z$/);
    const by = (source: string, { body }: TestAnswer): object => ({ source, taskId: body.data.taskId, updatedAt: at });
    const created = await first(hr, { nickname: 'An', desk: '1' });
    const changed = await say(hr, { nickname: 'Ann' });
    const { id } = await ann();
    expect((await app.admin.get(`/api/users/${id as number}`)).body.provenance).toEqual({
      username: by(hr, created),
      nickname: by(hr, changed),
      desk: by(hr, created),
    });
    const second = await first(ldap, { nickname: 'Anna', phone: '1' });
    await app.admin.patch(`/api/users/${id as number}`, { custom: { desk: '2' } });
    expect((await app.admin.get(`/api/users/${id as number}`)).body.provenance).toEqual({
      username: by(hr, created),
      nickname: by(hr, changed),
      phone: by(ldap, second),
    });
    // What a hand wrote is nobody's, also when the hand lets go, until a source's value takes its place.
    await app.admin.patch(`/api/users/${id as number}`, { lockedFields: [] });
    const { provenance } = (await app.admin.get(`/api/users/${id as number}`)).body;
    expect(Object.keys(provenance).sort()).toEqual(['nickname', 'phone', 'username']);
  });

  test("a manager who is not there is nobody's doing", async () => {
    await first(hr, { managerUid: 'nobody yet' });
    const { id } = await ann();
    const of = async (): Promise<string[]> =>
      Object.keys((await app.admin.get(`/api/users/${id as number}`)).body.provenance).sort();
    expect(await of()).toEqual(['username']);
  });

  test('a manager whom the record taken away by hand had set is not the doing of a source that says another one', async () => {
    await bosses();
    await first(ldap, { managerUid: 'boss' });
    await first(hr, { managerUid: 'boss' });
    const [{ id }] = (await app.admin.get('/api/users?q=ann')).body.items;
    const shown = async (): Promise<TestAnswer['body']> => (await app.admin.get(`/api/users/${id}`)).body;
    const { links, provenance } = await shown();
    expect(provenance.managerUid).toMatchObject({ source: hr });
    await app.admin.delete(`/api/links/${links.find(({ source }: { source: string }) => source === hr).id}`);
    expect((await shown()).provenance).not.toHaveProperty('managerUid');
    await say(ldap, { managerUid: 'boss', phone: '1' });
    expect((await shown()).provenance.managerUid).toMatchObject({ source: ldap });
  });

  test('the status is the doing of the last task that disabled or restored, also when no record names it', async () => {
    const created = await first(hr, { nickname: 'Ann', isDisabled: false });
    const { id } = await ann();
    const status = async (): Promise<unknown> =>
      (await app.admin.get(`/api/users/${id as number}`)).body.provenance.isDisabled;
    const by = ({ body }: TestAnswer): object => expect.objectContaining({ source: hr, taskId: body.data.taskId });
    expect(await status()).toEqual(by(created));
    await app.admin.patch(`/api/sources/${ids[hr]}`, { policies: { user: { onDeleted: 'disable' } } });
    const left = await say(hr, { isDeleted: true });
    expect(await ann()).toMatchObject({ status: 'disabled' });
    expect(await status()).toEqual(by(left));
    const back = await say(hr, {});
    expect(await ann()).toMatchObject({ status: 'active' });
    expect(await status()).toEqual(by(back));
    await say(hr, { isDisabled: null, nickname: 'Anne' });
    const again = await say(hr, { isDeleted: true });
    expect(await status()).toEqual(by(again));
    await app.admin.patch(`/api/sources/${ids[hr]}`, { policies: {} });
  });

  test('a task that is not kept any more is named by nobody', async () => {
    await first(hr, { nickname: 'Ann' });
    const second = await first(ldap, { nickname: 'Anna', phone: '1' });
    const { id } = await ann();
    await app.pool.query('delete from changes where task_id = $1', [second.body.data.taskId]);
    await app.pool.query('delete from tasks where id = $1', [second.body.data.taskId]);
    expect((await app.admin.get(`/api/users/${id as number}`)).body.provenance.phone).toEqual({
      source: ldap,
      taskId: null,
      updatedAt: expect.stringMatching(/^20.*Z$/),
    });
  });

  test('people whom one source states cost nothing of this', async () => {
    await first(hr, { nickname: 'Ann' });
    await say(hr, { nickname: 'Ann 2' });
    expect((await app.pool.query('select from field_changes')).rowCount).toBe(0);
    expect((await app.pool.query('select from links where shared')).rowCount).toBe(0);
  });
});

describe('rule 09: a plan that was looked at, and a priority that was changed before it was approved:', () => {
  const uid = (source: string): string => `ann@${source}`;

  async function preview(sourceName: string, fields: Fields): Promise<number> {
    const records = [{ uid: uid(sourceName), ...fields }];
    const answer = await client.post('/api/userData:push', { dataType: 'user', sourceName, records, dryRun: true });
    expect((await untilEnded(app.admin, answer.body.data.taskId)).body.status).toBe('held');
    return answer.body.data.taskId;
  }

  async function approve(id: number): Promise<Fields> {
    await app.admin.post(`/api/tasks/${id}/approve`);
    const ended = await untilEnded(app.admin, id);
    expect(ended.body.status).toBe('succeeded');
    return ended.body.counts.users;
  }

  beforeEach(async () => {
    await first(hr, { nickname: 'Ann' });
    await first(ldap, { nickname: 'Anna', phone: '1' });
  });

  test('a value that another source would win now is not written in place of the one that was shown', async () => {
    const held = await preview(hr, { nickname: 'Ann shown' });
    await app.admin.patch(`/api/sources/${ids[hr]}`, { priority: 50 });
    expect(await approve(held)).toMatchObject({ updated: 0, stale: 1 });
    expect(await ann()).toMatchObject({ nickname: 'Ann' });
    await say(hr, { nickname: 'Ann shown' });
    expect(await ann()).toMatchObject({ nickname: 'Anna' });
  });

  test('what was shown and still stands is written, and what else the priority decides is settled afterwards', async () => {
    await first(hr, { nickname: 'Ann', email: 'ann@x' });
    const held = await preview(hr, { email: 'shown@x' });
    await app.admin.patch(`/api/sources/${ids[hr]}`, { priority: 50 });
    expect(await approve(held)).toMatchObject({ updated: 1, stale: 0 });
    expect(await ann()).toMatchObject({ nickname: 'Ann', email: 'shown@x' });
    await say(hr, { nickname: 'Ann', email: 'shown@x' });
    expect(await ann()).toMatchObject({ nickname: 'Anna', email: 'shown@x' });
  });
});

describe('rule 09: sources that speak of one person at the same moment', () => {
  /** Lets the pushes begin one after the other, each as far as it gets while somebody holds ann's row, and then go on. */
  async function atOnce(...pushes: (() => Promise<unknown>)[]): Promise<void> {
    const blocker = await app.pool.connect();
    const running: Promise<unknown>[] = [];
    let ended = 0;
    try {
      await blocker.query('begin; select from users for update');
      for (const push of pushes) {
        running.push(push().finally(() => ended++));
        await until(
          () =>
            app.pool.query(
              `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ~ 'users'`,
            ),
          ({ rowCount }) => rowCount === running.length - ended,
        );
      }
    } finally {
      await blocker.query('commit');
      blocker.release();
    }
    await Promise.all(running);
  }

  it.each(['first', 'last'])('the higher priority wins when it comes %s', async (order) => {
    await first(hr, { nickname: 'Ann' });
    await first(ldap, { phone: '1' });
    const both = [() => say(hr, { nickname: 'Ann 2' }), () => say(ldap, { nickname: 'Anna' })];
    await atOnce(...(order === 'first' ? both : both.reverse()));
    expect(await ann()).toMatchObject({ nickname: 'Ann 2' });
  });

  it.each(['first', 'last'])('what one clears falls to the other who states it, when that comes %s', async (order) => {
    await first(hr, { nickname: 'Ann', phone: '9' });
    await first(ldap, { nickname: 'Anna' });
    const both = [() => say(ldap, { phone: '1' }), () => say(hr, { phone: null })];
    await atOnce(...(order === 'first' ? both : both.reverse()));
    expect(await ann()).toMatchObject({ phone: '1' });
  });

  it('two who link the same person at once settle it by priority, too', async () => {
    await app.admin.post('/api/users', { username: 'ann', nickname: 'By hand' });
    await atOnce(
      () => first(hr, { nickname: 'Ann' }),
      () => first(ldap, { nickname: 'Anna', phone: '1' }),
    );
    expect(await ann()).toMatchObject({ nickname: 'Ann', phone: '1' });
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { SnapshotClient } from '../../testing/snapshot-client';
import { startTestApp, type TestApp } from '../../testing/start-test-app';
import type { TestAnswer } from '../../testing/test-client';
import { until } from '../../testing/until';

type Fields = Record<string, unknown>;

/** So many people of two sources, and so often: what goes wrong when both write at once does not do so each time. */
const PEOPLE = 200;
const ROUNDS = 8;

/** Sources that state the same people. */
const BOTH = ['deleting', 'also'];

const FREE = { count: 100_000, percent: 100 };

let app: TestApp;
let snapshots: SnapshotClient;

beforeAll(async () => {
  app = await startTestApp();
  snapshots = new SnapshotClient(app.admin);
  const limits = { deletes: FREE, disables: FREE, memberships: FREE, cleared: FREE };
  // Whoever leaves `keeping` is not touched by that.
  const policies = {
    keeping: { user: { onDeleted: 'keep' } },
    deleting: {},
    also: {},
    disabling: { user: { onDeleted: 'disable' } },
  };
  for (const [name, more] of Object.entries(policies)) {
    await app.admin.post('/api/sources', { name, type: 'push', matchKey: ['username'], policies: { limits, ...more } });
  }
});

afterAll(() => app.close());

beforeEach(() => app.emptyDirectory());

function push(sourceName: string, round: number, more: Fields, queued = false): Promise<TestAnswer> {
  const records = Array.from({ length: PEOPLE }, (_, n) => ({ uid: `${round}-${n}`, ...more }));
  return app.admin.post(
    '/api/userData:push',
    {
      dataType: 'user',
      sourceName,
      matchKey: 'username',
      records: records.map((record) => ('isDeleted' in more ? record : { username: record.uid, ...record })),
    },
    queued ? { Prefer: 'respond-async' } : {},
  );
}

async function idle(): Promise<void> {
  await until(
    async () => (await app.admin.get('/api/tasks?pageSize=50')).body.items,
    (tasks: { status: string }[]) => tasks.every(({ status }) => status !== 'queued' && status !== 'running'),
  );
}

/** How many people are there, by status, each once. */
async function statuses(): Promise<Fields> {
  const { rows } = await app.pool.query<{ status: string; n: number }>(
    `select status, count(distinct lower(username))::int as n from users where deleted_at is null group by 1`,
  );
  return Object.fromEntries(rows.map(({ status, n }) => [status, n]));
}

/** How the person is stated who is let go at the same moment. `from`: the source that lets go of them. */
interface Case {
  known: boolean;
  queued: boolean;
  says: Fields;
  status: string;
  from?: string;
}

describe('rule 10: whom one source states while another one deletes them is there', () => {
  it.each<[string, Case]>([
    ['and is linked for the first time by a push', { known: false, queued: false, says: {}, status: 'active' }],
    ['and is linked for the first time in the queue', { known: false, queued: true, says: {}, status: 'active' }],
    ['and comes back by a push', { known: true, queued: false, says: {}, status: 'active' }],
    ['and comes back in the queue', { known: true, queued: true, says: {}, status: 'active' }],
    [
      'and comes back in the queue, disabled',
      { known: true, queued: true, says: { isDisabled: true }, status: 'disabled' },
    ],
    [
      'who is only disabled, and comes back in the queue',
      { known: true, queued: true, says: {}, status: 'active', from: 'disabling' },
    ],
  ])('%s', async (_, { known, queued, says, status, from = 'deleting' }) => {
    for (let round = 0; round < ROUNDS; round++) {
      await push(from, round, {});
      if (known) {
        await push('keeping', round, {});
        await push('keeping', round, { isDeleted: true });
      }
      // What is queued begins a little later.
      const stated = push('keeping', round, says, queued);
      await sleep(queued ? round * 8 : 0);
      const deleted = push(from, round, { isDeleted: true }, from === 'disabling');
      for (const answer of await Promise.all([deleted, stated])) expect(answer.status).toBeLessThan(300);
      await idle();
    }
    expect(await statuses()).toEqual({ [status]: PEOPLE * ROUNDS });
  });
});

describe('rule 10: whom two sources let go of at the same moment goes', () => {
  it('by pushes in the queue', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of BOTH) await push(name, round, {});
      await Promise.all(BOTH.map((name) => push(name, round, { isDeleted: true }, true)));
      await idle();
      expect(await statuses()).toEqual({});
    }
  });

  it('by complete reads', async () => {
    const stays = { uid: 'stays', username: 'stays' };
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of BOTH) await push(name, round, {});
      const opened = await Promise.all(
        BOTH.map(async (sourceName) => {
          const id = await snapshots.open({ dataTypes: ['user'], sourceName, matchKey: 'username' });
          await snapshots.add(id, [stays]);
          return id;
        }),
      );
      await Promise.all(opened.map((id) => snapshots.commit(id, { user: 1 })));
      await idle();
      expect(await statuses()).toEqual({ active: 1, disabled: PEOPLE * (round + 1) });
    }
  });

  it('and is disabled when a third one, that still states them, says so', async () => {
    const priorities = [300, 200];
    const { items } = (await app.admin.get('/api/sources')).body;
    const set = async (name: string, priority: number): Promise<void> => {
      const { id } = items.find((source: { name: string }) => source.name === name);
      expect((await app.admin.patch(`/api/sources/${id}`, { priority })).status).toBe(200);
    };
    await Promise.all(BOTH.map((name, n) => set(name, priorities[n] ?? 0)));
    try {
      for (let round = 0; round < ROUNDS; round++) {
        for (const name of BOTH) await push(name, round, { isDisabled: false });
        await push('keeping', round, { isDisabled: true });
        expect(await statuses()).toMatchObject({ active: PEOPLE });
        await Promise.all(BOTH.map((name) => push(name, round, { isDeleted: true }, true)));
        await idle();
        expect(await statuses()).toEqual({ disabled: PEOPLE * (round + 1) });
      }
    } finally {
      await Promise.all(BOTH.map((name) => set(name, 100)));
    }
  });

  it.each([
    ['deleting', 'disabled'],
    ['also', 'disabled'],
    ['deleting', 'active'],
    ['also', 'active'],
  ])('and is, when %s lets go while the other says so, %s', async (from, status) => {
    const other = BOTH.find((name) => name !== from) ?? '';
    const { items } = (await app.admin.get('/api/sources')).body;
    const { id } = items.find((source: { name: string }) => source.name === from);
    await app.admin.patch(`/api/sources/${id}`, { priority: 200 });
    try {
      for (let round = 0; round < ROUNDS; round++) {
        for (const name of BOTH) await push(name, round, { isDisabled: status === 'active' });
        await Promise.all([
          push(from, round, { isDeleted: true }, true),
          push(other, round, { isDisabled: status === 'disabled' }, true),
        ]);
        await idle();
        expect(await statuses()).toEqual({ [status]: PEOPLE * (round + 1) });
      }
    } finally {
      await app.admin.patch(`/api/sources/${id}`, { priority: 100 });
    }
  });

  it('is counted by the limits', async () => {
    const { items } = (await app.admin.get('/api/sources')).body;
    const limit = (count: number, percent: number): Promise<unknown[]> =>
      Promise.all(
        items
          .filter(({ name }: { name: string }) => BOTH.includes(name))
          .map(({ id, policies }: { id: number; policies: { limits: Fields } }) =>
            app.admin.patch(`/api/sources/${id}`, {
              policies: { ...policies, limits: { ...policies.limits, deletes: { count, percent } } },
            }),
          ),
      );
    for (const name of BOTH) await push(name, 0, {});
    await limit(10, 10);
    await Promise.all(BOTH.map((name) => push(name, 0, { isDeleted: true }, true)));
    await idle();
    const held = (await app.admin.get('/api/tasks?status=held')).body.items;
    expect(held).toMatchObject([{ heldReason: 'limits' }]);
    expect(await statuses()).toEqual({ active: PEOPLE });
    await limit(FREE.count, FREE.percent);
    expect((await app.admin.post(`/api/tasks/${held[0].id}/approve`)).status).toBe(202);
    await idle();
    expect(await statuses()).toEqual({});
  });
});

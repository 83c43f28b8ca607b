// Rollcall under measurement: an API process, a worker process for each phase, and the company as an installed adapter.
import { cpSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { apiCaller, signIn } from '../service-process.mjs';
import { department, departmentCount, PARTNER, user } from './company/records.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCE = { name: 'rollcall-bench-company', folder: 'company', kind: 'source', id: 'bench-company' };
const TARGET = { name: 'rollcall-bench-mirror', folder: 'mirror', kind: 'target', id: 'bench-mirror' };
const POLL_MS = 50;

/** Installs the adapter, boots the API and adds the source. `database`: of Rollcall, for what only tables tell. */
export async function openProduct(servers, database, users) {
  for (const adapter of [SOURCE, TARGET]) installAdapter(servers.home, adapter);
  const env = { DATABASE_URL: servers.databaseUrl('rollcall'), ROLLCALL_ADAPTERS: SOURCE.name, LOG_LEVEL: 'error' };
  const api = await servers.start({ ...env, ROLLCALL_ROLE: 'api' }, join(HERE, 'select-one.mjs'));
  const call = checked(await signIn(api.url));
  const addSource = (name, options, settings = {}) =>
    call('POST', '/api/sources', {
      name,
      type: 'bench-company',
      options,
      policies: { limits: { disables: { count: users }, memberships: { count: users } } },
      ...settings,
    });
  /** One full sync of a source in this state by a new worker process. Returns its milliseconds and peak memory. */
  const sync = async (source, options) => {
    await call('PATCH', `/api/sources/${source.id}`, { options });
    const worker = await servers.start({ ...env, ROLLCALL_ROLE: 'worker' });
    try {
      const { id } = await call('POST', `/api/sources/${source.id}/sync`, {});
      const died = worker.ended.then((code) => Promise.reject(new Error(`The worker ended with ${code}.`)));
      return { ms: await Promise.race([untilSucceeded(database, id), died]), rssMiB: worker.peakMiB() };
    } finally {
      await worker.stop();
    }
  };
  const source = await addSource('company', { users, state: 'base' });
  let partner;
  return {
    api,
    call,
    /** Of the company's own list. */
    sync: (state) => sync(source, { users, state }),
    /** Of a partner's list of the same people, who are found by their e-mail. */
    syncPartner: async (state) => {
      const options = { users, state, prefix: PARTNER };
      partner ??= await addSource('partner', options, { matchKey: ['email'] });
      return sync(partner, options);
    },
    /**
     * What a target that is switched on now gets: its plan up to the review, and what the approval applies. Only here its
     * adapter is loaded: other phases run as they would without it. Returns milliseconds and peak memory of the worker.
     */
    fillTarget: async () => {
      const both = { ...env, ROLLCALL_ADAPTERS: `${SOURCE.name},${TARGET.name}` };
      const secondApi = await servers.start({ ...both, ROLLCALL_ROLE: 'api' });
      const worker = await servers.start({ ...both, ROLLCALL_ROLE: 'worker' });
      try {
        const admin = checked(await signIn(secondApi.url));
        const sources = [source.id];
        const target = await admin('POST', '/api/targets', { name: 'mirror', type: TARGET.id, options: {}, sources });
        const died = worker.ended.then((code) => Promise.reject(new Error(`The worker ended with ${code}.`)));
        const review = await Promise.race([untilHeld(database, target.id), died]);
        const approvedAt = performance.now();
        await admin('POST', `/api/tasks/${review.id}/approve`);
        await Promise.race([untilSucceeded(database, review.id), died]);
        const ms = review.ms + performance.now() - approvedAt;
        await admin('DELETE', `/api/targets/${target.id}`);
        return { ms, rssMiB: worker.peakMiB() };
      } finally {
        await worker.stop();
        await secondApi.stop();
      }
    },
    /**
     * A department of many people goes to another parent and back, `count` times, each time by a push of one record. Throws
     * when more than its own row, record and links are written.
     */
    moveDepartment: async (count) => {
      const key = await call('POST', '/api/api-keys', { name: 'move', scopes: ['push'] });
      const script = checked(apiCaller(api.url, { Authorization: `Bearer ${key.key}` }));
      const pushed = (dataType, records) => script('POST', '/api/userData:push', { dataType, records });
      const moved = (n) => ({ uid: 'moved', title: 'Moved', parentUid: n % 2 === 0 ? 'one' : 'other' });
      await pushed('department', [{ uid: 'one', title: 'One' }, { uid: 'other', title: 'Other' }, moved(0)]);
      // So few at a time are applied before the answer, without a worker.
      for (let first = 0; first < MOVED_PEOPLE; first += 1_000) {
        const portion = Array.from({ length: 1_000 }, (_, n) => ({
          uid: `moved-${first + n}`,
          departments: ['moved'],
        }));
        const { data } = await pushed('user', portion);
        if (data.status !== 'succeeded') throw new Error(`A push did not succeed: ${data.summary}`);
      }
      const move = async (n) => {
        const { data } = await pushed('department', [moved(n + 1)]);
        if (data.status !== 'succeeded') throw new Error(`The move did not succeed: ${data.summary}`);
      };
      const selectOne = (n) => script('POST', '/api/bench/select-one', { dataType: 'department', records: [moved(n)] });
      const floor = await timesOf(count, selectOne);
      const before = await rowsSince(database, '0');
      const { rows } = await database.query('select pg_current_xact_id()::text as now');
      const moves = await timesOf(count, move);
      const written = await rowsSince(database, rows[0].now);
      const own = { users: 0, memberships: 0, departments: 1, links: 1, records: 1 };
      if (!isDeepStrictEqual(written, own) || !isDeepStrictEqual(await rowsSince(database, '0'), before)) {
        throw new Error(`The move of a department wrote something else than itself: ${JSON.stringify(written)}`);
      }
      return { floorMs: at(floor, 0.5), p50Ms: at(moves, 0.5), p99Ms: at(moves, 0.99), rssMiB: api.peakMiB() };
    },
    /** `count` pushes of so many records each, one after the other, half of the people new; and as many SELECT 1 with their bodies. */
    push: async (records, count) => {
      const key = await call('POST', '/api/api-keys', { name: `push-${records}`, scopes: ['push'] });
      const script = checked(apiCaller(api.url, { Authorization: `Bearer ${key.key}` }));
      await script('POST', '/api/userData:push', {
        dataType: 'department',
        records: Array.from({ length: departmentCount(1_000) }, (_, n) => department(n)),
      });
      const body = (n) => ({ dataType: 'user', records: people(`push-${records}`, n, records) });
      const push = async (n) => {
        const { data } = await script('POST', '/api/userData:push', body(n));
        if (data.status !== 'succeeded') throw new Error(`A push did not succeed: ${data.summary}`);
      };
      const selectOne = (n) => script('POST', '/api/bench/select-one', body(n));
      await timesOf(count / 10, selectOne);
      await timesOf(count / 10, (n) => push(n + count));
      await database.query('vacuum analyze');
      await database.query('checkpoint');
      api.resetPeak();
      const floor = await timesOf(count, selectOne);
      const pushes = await timesOf(count, push);
      return { floorMs: at(floor, 0.5), p50Ms: at(pushes, 0.5), p99Ms: at(pushes, 0.99), rssMiB: api.peakMiB() };
    },
  };
}

/** Who works in the department that is moved. */
const MOVED_PEOPLE = 5_000;

/** How many rows of each table were written last after this transaction. */
async function rowsSince(database, transaction) {
  const tables = ['users', 'memberships', 'departments', 'links', 'records'];
  const counts = tables.map(
    (table) => `(select count(*)::int from ${table} where xmin::text::bigint > $1) as ${table}`,
  );
  const { rows } = await database.query(`select ${counts.join(', ')}`, [transaction]);
  return { ...rows[0] };
}

/** As npm would. */
function installAdapter(home, { name, folder, kind, id }) {
  const installed = join(home, 'adapters', 'node_modules', name);
  cpSync(join(HERE, folder), installed, { recursive: true });
  const rollcall = { contract: 1, adapters: [{ kind, id }] };
  const manifest = { name, version: '1.0.0', exports: './index.mjs', rollcall };
  writeFileSync(join(installed, 'package.json'), JSON.stringify(manifest));
}

/** People for push number `n`: an even one is the first to state them, the odd one after it states them changed. */
function people(prefix, n, count) {
  return Array.from({ length: count }, (_, index) => {
    const who = `${prefix}-${Math.floor(n / 2) * count + index}`;
    return {
      ...user(index, departmentCount(1_000)),
      uid: who,
      username: who,
      email: `${who}@company.example`,
      phone: who,
      office: `Building ${n}`,
    };
  });
}

/** Sorted milliseconds of `count` calls, one after the other. */
async function timesOf(count, work) {
  const times = [];
  for (let n = 0; n < count; n++) {
    const started = performance.now();
    await work(n);
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b);
}

const at = (sorted, share) => sorted[Math.floor(sorted.length * share)];

/** From the moment that the worker took the task until it ended. */
async function untilSucceeded(database, id) {
  for (;;) {
    const { rows } = await database.query(
      `select status, message, counts, extract(epoch from finished_at - started_at) * 1000 as ms from tasks where id = $1`,
      [id],
    );
    const [task] = rows;
    if (task.status === 'succeeded') return Number(task.ms);
    if (task.status !== 'queued' && task.status !== 'running') {
      throw new Error(`The task ended ${task.status}: ${task.message} ${JSON.stringify(task.counts)}`);
    }
    await sleep(POLL_MS);
  }
}

/** The backfill of a new target once it waits for its review, and how long it took to get there. */
async function untilHeld(database, target) {
  for (;;) {
    const { rows } = await database.query(
      `select id, status, message, extract(epoch from clock_timestamp() - started_at) * 1000 as ms from tasks where target_id = $1`,
      [target],
    );
    const [task] = rows;
    if (task?.status === 'held') return { id: task.id, ms: Number(task.ms) };
    if (task && task.status !== 'queued' && task.status !== 'running') {
      throw new Error(`The backfill ended ${task.status}: ${task.message}`);
    }
    await sleep(POLL_MS);
  }
}

/** Calls that must be answered with 2xx; gives back the body. */
function checked(call) {
  return async (method, path, body) => {
    const answer = await call(method, path, body);
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  };
}

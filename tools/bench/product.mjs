// Rollcall under measurement: an API process, a worker process for each phase, and the company as an installed adapter.
import { cpSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { apiCaller, signIn } from '../service-process.mjs';
import { department, departmentCount, user } from './company/records.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ADAPTER = 'rollcall-bench-company';
const POLL_MS = 50;

/** Installs the adapter, boots the API and adds the source. `database`: of Rollcall, for what only tables tell. */
export async function openProduct(servers, database, users) {
  installAdapter(join(servers.home, 'adapters', 'node_modules', ADAPTER));
  const env = { DATABASE_URL: servers.databaseUrl('rollcall'), ROLLCALL_ADAPTERS: ADAPTER, LOG_LEVEL: 'error' };
  const api = await servers.start({ ...env, ROLLCALL_ROLE: 'api' }, join(HERE, 'select-one.mjs'));
  const call = checked(await signIn(api.url));
  const source = await call('POST', '/api/sources', {
    name: 'company',
    type: 'bench-company',
    options: { users, state: 'base' },
    policies: { limits: { disables: { count: users } } },
  });
  return {
    api,
    call,
    /** One full sync of the company in this state by a new worker process. Returns its milliseconds and peak memory. */
    sync: async (state) => {
      await call('PATCH', `/api/sources/${source.id}`, { options: { users, state } });
      const worker = await servers.start({ ...env, ROLLCALL_ROLE: 'worker' });
      try {
        const { id } = await call('POST', `/api/sources/${source.id}/sync`, {});
        const died = worker.ended.then((code) => Promise.reject(new Error(`The worker ended with ${code}.`)));
        return { ms: await Promise.race([untilSucceeded(database, id), died]), rssMiB: worker.peakMiB() };
      } finally {
        await worker.stop();
      }
    },
    /** `count` pushes of so many records each, one after the other, half of the people new; and as many SELECT 1. */
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
      const selectOne = () => script('GET', '/api/bench/select-one');
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

/** As npm would. */
function installAdapter(folder) {
  cpSync(join(HERE, 'company'), folder, { recursive: true });
  const rollcall = { contract: 1, adapters: [{ kind: 'source', id: 'bench-company' }] };
  const manifest = { name: ADAPTER, version: '1.0.0', exports: './index.mjs', rollcall };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
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

/** Calls that must be answered with 2xx; gives back the body. */
function checked(call) {
  return async (method, path, body) => {
    const answer = await call(method, path, body);
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  };
}

// The built service in a process of its own, against a Postgres and a Redis that are started for it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres, startEmbeddedRedis } from '@rollcall/embedded';
import { REPOSITORY } from './bootstrap.mjs';

const PASSWORD = 'only for this run';

/** Servers and a folder of their own; `stop` ends everything that was started here. `settings`: of Postgres. */
export async function startServers(settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-tool-'));
  const cacheDirectory = join(REPOSITORY, 'node_modules', '.cache', 'rollcall');
  const startPostgres = () => startEmbeddedPostgres({ directory: join(folder, 'postgres'), settings });
  const startRedis = () => startEmbeddedRedis({ directory: join(folder, 'redis'), cacheDirectory });
  let postgres = await startPostgres();
  let redis = await startRedis();
  const services = new Set();
  const stopServices = async (role) => {
    const chosen = [...services].filter((service) => role === undefined || service.role === role);
    await Promise.all(chosen.map((service) => service.stop()));
    for (const service of chosen) services.delete(service);
  };
  return {
    folder,
    databaseUrl: (name = 'postgres') => postgres.url(name),
    redisUrl: redis.url,
    /** Ends the server with this signal and starts it again, at the same address. */
    restartPostgres: async (signal) => {
      await end(postgres.pid, signal);
      postgres = await startPostgres();
    },
    restartRedis: async (signal) => {
      await end(redis.pid, signal);
      redis = await startRedis();
    },
    start: async (env = {}) => {
      const service = await startService({
        DATABASE_URL: postgres.url('postgres'),
        REDIS_URL: redis.url,
        ROLLCALL_HOME: join(folder, 'home'),
        ...env,
      });
      services.add(service);
      return service;
    },
    /** Stops every service that is left, or those of one role. */
    stopServices,
    stop: async () => {
      await stopServices();
      await Promise.all([postgres.stop(), redis.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function end(pid, signal) {
  process.kill(pid, signal);
  while (existsSync(`/proc/${pid}`)) await sleep(20);
}

/** Starts the built service, on a free loopback port, and waits until it answers or, as a worker, waits for tasks. */
async function startService(env) {
  const child = spawn(process.execPath, [join(REPOSITORY, 'apps/sync-api/dist/main.js')], {
    env: {
      ...process.env,
      PORT: '0',
      ROLLCALL_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
      ROLLCALL_ADMIN_PASSWORD: PASSWORD,
      LOG_LEVEL: 'info',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    let text = '';
    child.stderr.on('data', (chunk) => (text += chunk));
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const found = /Listening at (http:\/\/[\w.:[\]]+)|Waiting for tasks/.exec(text);
      if (found) resolve(found[1]);
    });
    ended.then((code) => reject(new Error(`The service ended with ${code}:\n${text}`)));
  });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const signal = (name) => {
    if (isRunning()) child.kill(name);
    return ended;
  };
  return {
    url,
    role: env.ROLLCALL_ROLE ?? 'all',
    /** Sends a signal; resolves when the process has ended. */
    signal,
    /** Largest memory so far that the process held, as the kernel counts it. */
    peakMiB: () =>
      Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024),
    stop: () => signal('SIGTERM'),
    kill: () => signal('SIGKILL'),
  };
}

/** Signs in as the admin; returns a function that calls the API and gives back status and body. */
export async function signIn(url) {
  const send = (method, path, body, headers = {}) =>
    fetch(url + path, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const answer = await send('POST', '/api/auth/sign-in', { username: 'admin', password: PASSWORD });
  if (answer.status !== 200) throw new Error(`Signing in failed: ${await answer.text()}`);
  const Cookie = answer.headers.getSetCookie()[0].split(';')[0];
  return async (method, path, body) => {
    const result = await send(method, path, body, { Cookie });
    return { status: result.status, body: await result.json() };
  };
}

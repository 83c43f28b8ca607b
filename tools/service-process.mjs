// The built service in a process of its own, against a Postgres and a Redis that are started for it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres, startEmbeddedRedis } from '@rollcall/embedded';
import { REPOSITORY } from './bootstrap.mjs';

const SERVICE = join(REPOSITORY, 'apps/sync-api/dist/main.js');
export const PASSWORD = 'rollcall-demo-password';

/** Servers that run, from everywhere in this process. */
const running = new Set();

/** From here on, Ctrl-C and SIGTERM stop everything that was started here before they end this process. */
export function stopOnSignal() {
  for (const [name, exitCode] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
    process.once(name, async () => {
      console.error('Stopping …');
      await Promise.allSettled([...running].map((servers) => servers.stop()));
      process.exit(exitCode);
    });
  }
}

/** Servers and a folder of their own; `stop` ends everything that was started here. `settings`: of Postgres. */
export async function startServers(settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-tool-'));
  const home = join(folder, 'home');
  const cacheDirectory = join(REPOSITORY, 'node_modules', '.cache', 'rollcall');
  let ended;
  /** Whoever goes on while everything is being stopped starts nothing any more. */
  const unlessEnded = () => {
    if (ended) throw new Error('The servers were stopped.');
  };
  const startPostgres = () => {
    unlessEnded();
    return startEmbeddedPostgres({ directory: join(folder, 'postgres'), settings });
  };
  const startRedis = () => {
    unlessEnded();
    return startEmbeddedRedis({ directory: join(folder, 'redis'), cacheDirectory });
  };
  let postgres = await startPostgres();
  let redis = await startRedis();
  const services = new Set();
  const stopServices = async (role) => {
    const chosen = [...services].filter((service) => role === undefined || service.role === role);
    await Promise.all(chosen.map((service) => service.stop()));
    for (const service of chosen) services.delete(service);
  };
  const end = async () => {
    await stopServices();
    await Promise.all([postgres.stop(), redis.stop()]);
    rmSync(folder, { recursive: true, force: true });
    running.delete(servers);
  };
  const servers = {
    folder,
    /** ROLLCALL_HOME of every service. */
    home,
    databaseUrl: (name = 'postgres') => postgres.url(name),
    redisUrl: redis.url,
    /** Ends the server with this signal and starts it again, at the same address. */
    restartPostgres: async (signal) => {
      await endServer(postgres.pid, signal);
      postgres = await startPostgres();
    },
    restartRedis: async (signal) => {
      await endServer(redis.pid, signal);
      redis = await startRedis();
    },
    start: async (env = {}, entry = SERVICE) => {
      unlessEnded();
      const service = await startService(entry, {
        DATABASE_URL: postgres.url('postgres'),
        REDIS_URL: redis.url,
        ROLLCALL_HOME: home,
        ...env,
      });
      services.add(service);
      return service;
    },
    /** Stops every service that is left, or those of one role. */
    stopServices,
    /** Twice does it once. */
    stop: () => (ended ??= end()),
  };
  running.add(servers);
  return servers;
}

async function endServer(pid, signal) {
  process.kill(pid, signal);
  while (existsSync(`/proc/${pid}`)) await sleep(20);
}

/** Starts the built service, on a free loopback port, and waits until it answers or, as a worker, waits for tasks. */
async function startService(entry, env) {
  const child = spawn(process.execPath, [entry], {
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
    /** Resolves when the process has ended. */
    ended,
    /** Sends a signal; resolves when the process has ended. */
    signal,
    /** Largest memory so far that the process held, as the kernel counts it. */
    peakMiB: () =>
      Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024),
    /** Lets the kernel count the largest memory from here on. */
    resetPeak: () => writeFileSync(`/proc/${child.pid}/clear_refs`, '5'),
    stop: () => signal('SIGTERM'),
    kill: () => signal('SIGKILL'),
  };
}

/** Returns a function that calls the API with these headers and gives back status and body. */
export function apiCaller(url, headers) {
  return async (method, path, body) => {
    const answer = await send(url, method, path, body, headers);
    return { status: answer.status, body: answer.status === 204 ? undefined : await answer.json() };
  };
}

/** Signs in as the admin; returns a function that calls the API and gives back status and body. */
export async function signIn(url) {
  return apiCaller(url, { Cookie: await sessionCookie(url) });
}

/** Signs in as the admin; returns the cookie: `name=value`. */
export async function sessionCookie(url) {
  const answer = await send(url, 'POST', '/api/auth/sign-in', { username: 'admin', password: PASSWORD });
  if (answer.status !== 200) throw new Error(`Signing in failed: ${await answer.text()}`);
  return answer.headers.getSetCookie()[0].split(';')[0];
}

function send(url, method, path, body, headers = {}) {
  return fetch(url + path, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

// The built service in a process of its own, against a Postgres and a Redis that are started for it.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, startEmbeddedRedis } from '@rollcall/embedded';
import { REPOSITORY } from './bootstrap.mjs';

const PASSWORD = 'only for this run';

/** Servers and a folder of their own; `stop` ends everything that was started here. `settings`: of Postgres. */
export async function startServers(settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-tool-'));
  const postgres = await startEmbeddedPostgres({ directory: join(folder, 'postgres'), settings });
  const cacheDirectory = join(REPOSITORY, 'node_modules', '.cache', 'rollcall');
  const redis = await startEmbeddedRedis({ directory: join(folder, 'redis'), cacheDirectory });
  const services = new Set();
  return {
    databaseUrl: (name = 'postgres') => postgres.url(name),
    redisUrl: redis.url,
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
    stop: async () => {
      await Promise.all([...services].map((service) => service.stop()));
      await Promise.all([postgres.stop(), redis.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts the built service on a free loopback port and waits until it answers. */
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
      const found = /Listening at (http:\/\/[\w.:[\]]+)/.exec(text);
      if (found) resolve(found[1]);
    });
    ended.then((code) => reject(new Error(`The service ended with ${code}:\n${text}`)));
  });
  const signal = (name) => {
    child.kill(name);
    return ended;
  };
  return {
    url,
    /** Largest memory so far that the process held, as the kernel counts it. */
    peakMiB: () =>
      Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024),
    stop: () => (child.exitCode === null && child.signalCode === null ? signal('SIGTERM') : ended),
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

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from './testing/test-database';
import { TestClient } from './testing/test-client';

// The built process against a Postgres and a Redis that run elsewhere, as in a container.

const MAIN = resolve(__dirname, '../dist/main.js');

let database: TestDatabase;
let home: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is not there. Run "npm run build".`);
  database = await createTestDatabase();
  home = mkdtempSync(join(tmpdir(), 'rollcall-main-'));
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await database.drop();
  rmSync(home, { recursive: true, force: true });
});

interface Running {
  child: ChildProcess;
  output(): string;
  ended: Promise<number | null>;
}

function start(env: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      REDIS_URL: process.env['ROLLCALL_TEST_REDIS_URL'],
      ROLLCALL_HOME: home,
      ROLLCALL_SECRET_KEY: 'dGVzdHMgb25seSwgdGVzdHMgb25seSwgdGVzdHMgISE=',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return { child, output: () => output, ended };
}

async function until(running: Running, pattern: RegExp): Promise<RegExpExecArray> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const match = pattern.exec(running.output());
    if (match) return match;
    await sleep(100);
  }
  throw new Error(`${String(pattern)} did not come: ${running.output()}`);
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return String(port);
}

test('a process shows its first password once, works, and stops when it is asked to', async () => {
  const PORT = await freePort();
  const first = start({ PORT, ROLLCALL_ROLE: 'api' });
  const [, password] = await until(first, /password (\S+), shown once/);
  const [, key] = await until(first, /shown once: (rck_\S+)/);
  await until(first, /Listening at/);
  const client = new TestClient(`http://127.0.0.1:${PORT}`);
  const admin = await client.signIn('admin', password!);
  const bearer = client.with({ Authorization: `Bearer ${key!}` });
  expect((await bearer.get('/api/auth/me')).body).toMatchObject({ name: 'first steps', may: ['push'] });

  // What was shown is nowhere else.
  const [logFile] = readdirSync(join(home, 'logs')).filter((name) => name.endsWith('.ndjson'));
  expect(logFile).toBeDefined();
  const logged = first
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .join('\n');
  expect(logged).not.toContain(password);
  expect(logged).not.toContain(key);

  const taken = start({ PORT, ROLLCALL_ROLE: 'api' });
  expect(await taken.ended).toBe(1);
  expect(taken.output()).toContain(`Port ${PORT} of 127.0.0.1 is taken`);

  const worker = start({ ROLLCALL_ROLE: 'worker' });
  await until(worker, /successfully started/);
  worker.child.kill('SIGTERM');
  expect(await worker.ended).toBe(0);

  expect((await admin.get('/api/auth/me')).status).toBe(200);
  first.child.kill('SIGTERM');
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);

  const again = start({ PORT, ROLLCALL_ROLE: 'api' });
  await until(again, /Listening at/);
  expect(again.output()).not.toContain('First start');
  again.child.kill('SIGINT');
  expect(await again.ended).toBe(0);
}, 90_000);

test('a process that is stopped while it starts does not start', async () => {
  const running = start({ PORT: '0' });
  await until(running, /Starting Nest application/);
  running.child.kill('SIGTERM');
  expect(await running.ended).toBe(0);
}, 60_000);

test('a setting that is wrong is named', async () => {
  const running = start({ PORT: 'many' });
  expect(await running.ended).toBe(1);
  expect(running.output()).toContain('PORT=many is not a whole number');
});

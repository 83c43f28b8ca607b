import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RunningCommand } from './test-support/running-command.ts';

jest.setTimeout(300_000);

const REPOSITORY = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'rollcall-start-'));
const home = join(folder, 'a home');
const running: Rollcall[] = [];
let port: number;

/** The built product as `npm start` runs it. */
class Rollcall extends RunningCommand {
  constructor(env: NodeJS.ProcessEnv = {}, command = [process.execPath, 'tools/start.mjs']) {
    super(command, REPOSITORY, { ROLLCALL_HOME: home, PORT: String(port), ...env });
    running.push(this);
  }

  static async started(env?: NodeJS.ProcessEnv, command?: string[]): Promise<Rollcall> {
    const rollcall = new Rollcall(env, command);
    await rollcall.says('Ctrl-C stops it.');
    return rollcall;
  }
}

beforeAll(async () => {
  port = await new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address() as { port: number };
      server.close(() => resolve(address.port));
    });
  });
});

afterEach(() => {
  for (const rollcall of running.splice(0)) rollcall.kill();
});

afterAll(async () => {
  killBelow(folder);
  await sleep(200);
  rmSync(folder, { recursive: true, force: true });
});

function processesBelow(path: string): { pid: number; command: string }[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      const inside = Number(name) > 0 && readlinkSync(`/proc/${name}/cwd`).startsWith(path);
      if (!inside || /^State:\s+Z/m.test(readFileSync(`/proc/${name}/status`, 'utf8'))) return [];
      return [{ pid: Number(name), command: readFileSync(`/proc/${name}/comm`, 'utf8').trim() }];
    } catch {
      return []; // ended while we looked, or of another user
    }
  });
}

function killBelow(path: string): void {
  for (const { pid } of processesBelow(path)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      // Servers end by themselves once what they belong to is gone.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

function pidOf(command: string): number {
  // The postmaster and the first of its children share a name; the parent has the smaller number.
  const found = processesBelow(home).filter((one) => one.command === command);
  return Math.min(...found.map(({ pid }) => pid));
}

function shell(line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('sh', ['-c', line], (error, stdout, stderr) => (error ? reject(new Error(stderr)) : resolve(stdout)));
  });
}

async function signIn(password: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer.headers.get('set-cookie')!.split(';')[0]!;
}

async function nicknames(cookie: string): Promise<string[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/users`, { headers: { Cookie: cookie } });
  const { items } = (await answer.json()) as { items: { nickname: string }[] };
  return items.map(({ nickname }) => nickname);
}

async function isReady(): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/health/ready`);
  return answer.ok;
}

let password: string;

test('the first start prints where it is, a password that signs in, and a curl line that pushes a user as pasted', async () => {
  const rollcall = await Rollcall.started();
  expect(rollcall.find(/Open +(\S+)/)).toBe(`http://127.0.0.1:${port}`);
  expect(rollcall.output).toContain(home);
  password = rollcall.find(/Password +(\S+)/);
  const answer = await shell(`${rollcall.find(/^ *(curl .*)$/m)} --silent --show-error`);
  expect(JSON.parse(answer)).toMatchObject({ data: { code: 0, message: 'success', status: 'succeeded' } });
  expect(await nicknames(await signIn(password))).toEqual(['Ada Lovelace']);

  const page = await fetch(`http://127.0.0.1:${port}/`);
  expect(page.headers.get('content-type')).toContain('text/html');

  const second = new Rollcall({ PORT: '0' });
  expect(await second.ended).toBe(1);
  expect(second.output).toMatch(/a home is in use by a running Rollcall \(process \d+\), and two cannot share it/);

  const elsewhere = join(folder, 'elsewhere');
  const samePort = new Rollcall({ ROLLCALL_HOME: elsewhere });
  expect(await samePort.ended).toBe(1);
  expect(samePort.output).toContain(`Port ${port} of 127.0.0.1 is taken`);
  expect(samePort.output).toContain(`PORT=${port + 1} npm start`);
  expect(readdirSync(elsewhere)).toEqual([]);

  const began = Date.now();
  expect(await rollcall.stop()).toBe(0);
  expect(Date.now() - began).toBeLessThan(10_000);
  expect(processesBelow(folder)).toEqual([]);
});

test('a second start finds the data again and keeps the password to itself', async () => {
  const rollcall = await Rollcall.started();
  expect(rollcall.output).toContain('npx rollcall admin-reset');
  expect(rollcall.output).not.toContain(password);
  expect(await nicknames(await signIn(password))).toEqual(['Ada Lovelace']);
  // One Ctrl-C arrives from the terminal and once more through npm.
  rollcall.signal('SIGINT');
  rollcall.signal('SIGINT');
  expect(await rollcall.ended).toBe(0);
  expect(rollcall.output).toContain('Stopped.\n');
  expect(processesBelow(folder)).toEqual([]);
});

test('ends in good order when only npm is asked to', async () => {
  const rollcall = await Rollcall.started({}, ['npm', 'start']);
  rollcall.signalOnlyTheFirst('SIGTERM');
  expect(await rollcall.ended).toBe(0);
  expect(rollcall.output).toContain('Stopped.\n');
  expect(processesBelow(folder)).toEqual([]);
});

test('after kill -9 the next start takes over the servers that still run, and stops them too', async () => {
  const killed = await Rollcall.started();
  killed.signal('SIGKILL');
  await killed.ended;
  expect(pidOf('postgres')).toBeGreaterThan(0);
  const rollcall = await Rollcall.started();
  expect(rollcall.output).toContain('Postgres still ran');
  expect(await nicknames(await signIn(password))).toEqual(['Ada Lovelace']);
  expect(await rollcall.stop()).toBe(0);
  expect(processesBelow(folder)).toEqual([]);
});

test('after kill -9 of everything the data is there again', async () => {
  const killed = await Rollcall.started();
  killed.signal('SIGKILL');
  killBelow(home);
  await killed.ended;
  const rollcall = await Rollcall.started();
  expect(await nicknames(await signIn(password))).toEqual(['Ada Lovelace']);
  expect(await rollcall.stop()).toBe(0);
});

test('a database that is killed under the service is started again', async () => {
  const rollcall = await Rollcall.started();
  process.kill(pidOf('postgres'), 'SIGKILL');
  await rollcall.says('Postgres has ended; it is started again.');
  while (!(await isReady())) await sleep(100);
  expect(await nicknames(await signIn(password))).toEqual(['Ada Lovelace']);
  expect(await rollcall.stop()).toBe(0);
  expect(processesBelow(folder)).toEqual([]);
});

test.each([300, 1_200, 2_500])('asked to stop %i ms into its first start it leaves nothing running', async (after) => {
  const young = join(folder, `young ${after}`);
  const env = { ROLLCALL_HOME: young, ROLLCALL_EMBEDDED_REDIS: 'javascript' };
  const rollcall = new Rollcall(env);
  await sleep(after);
  const began = Date.now();
  await rollcall.stop();
  expect(Date.now() - began).toBeLessThan(10_000);
  expect(processesBelow(young)).toEqual([]);
  const again = await Rollcall.started(env);
  expect(await again.stop()).toBe(0);
});

test('a new password for the admin can be had while Rollcall runs and while it is stopped', async () => {
  const reset = [process.execPath, 'packages/rollcall/bin/rollcall.mjs', 'admin-reset'];
  const stopped = new Rollcall({}, reset);
  expect(await stopped.ended).toBe(0);
  expect(processesBelow(home)).toEqual([]);

  const rollcall = await Rollcall.started();
  const cookie = await signIn(stopped.find(/Password +(\S+)/));
  await expect(signIn(password)).rejects.toThrow('401');

  const whileRunning = new Rollcall({}, reset);
  expect(await whileRunning.ended).toBe(0);
  await signIn(whileRunning.find(/Password +(\S+)/));
  const me = await fetch(`http://127.0.0.1:${port}/api/auth/me`, { headers: { Cookie: cookie } });
  expect(me.status).toBe(401);
  expect(await rollcall.stop()).toBe(0);
});

test('keeps its secrets to its owner', () => {
  const modes = ['.', 'secret.key', 'postgres', 'postgres/password', 'redis', 'logs'].map(
    (name) => statSync(join(home, name)).mode & 0o077,
  );
  expect(modes).toEqual([0, 0, 0, 0, 0, 0]);
});

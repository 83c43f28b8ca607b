import { execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export { sleep };

const LARGEST_LOG = 10 * 1024 * 1024;

/** True while a process runs. A zombie that nobody has reaped yet counts as gone. */
export function isRunning(pid: number): boolean {
  return hasNumber(pid) && processState(pid) !== 'Z';
}

/** True while the system has a process of this number, a zombie included. */
export function hasNumber(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** `comm` of a running process, to tell a server from a process that got its number later. */
export function commandName(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    return basename(execFileSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' }).trim());
  } catch {
    return undefined; // it ended, or it belongs to somebody whose processes are hidden
  }
}

/** Processes of one name whose working directory is `directory`; empty where there is no /proc. */
export function processesIn(directory: string, command: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && workingDirectory(pid) === directory && commandName(pid) === command && isRunning(pid));
}

export interface Server {
  pid: number;
  /** What it wrote to its log so far. */
  output(): string;
}

/**
 * Starts a server that outlives us: in a session of its own, so that Ctrl-C in the terminal does not reach it and we can
 * drain first, with its output in `logFile`.
 */
export async function spawnServer(
  command: string,
  args: readonly string[],
  options: { logFile: string; cwd: string; env?: NodeJS.ProcessEnv },
): Promise<Server> {
  keepLogSmall(options.logFile);
  const log = openSync(options.logFile, 'a', 0o600);
  const from = statSync(options.logFile).size;
  try {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      detached: true,
      stdio: ['ignore', log, log],
    });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    const { pid } = child;
    if (pid === undefined) throw new Error(`${command} was spawned without a process id`);
    child.unref();
    return { pid, output: () => readFileSync(options.logFile).subarray(from).toString('utf8').trim() };
  } finally {
    closeSync(log);
  }
}

/** Asks a process to end, and asks harder when its patience (ms) is over. */
export async function endProcess(pid: number, steps: readonly (readonly [NodeJS.Signals, number])[]): Promise<void> {
  for (const [signal, patience] of steps) {
    if (!isRunning(pid)) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (codeOf(error) === 'ESRCH') return;
      throw error;
    }
    await until(() => !isRunning(pid), patience);
  }
}

/** Waits until `condition` holds; false when it did not within `patience` ms, or before `signal`. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  patience: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const deadline = Date.now() + patience;
  for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
    if (await condition()) return true;
    if (Date.now() >= deadline || signal?.aborted) return false;
    await sleep(pause);
  }
}

/** A TCP port of 127.0.0.1 that nobody listens on: the one kept in `file` if possible, so that addresses last. */
export async function keepPort(file: string): Promise<number> {
  const before = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const port = await freePort(before).catch(() => freePort(0));
  writeFileSync(file, String(port));
  return port;
}

function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** The code of a system or Postgres error. No `instanceof`: jest runs tests in a realm of their own. */
export function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function processState(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  } catch {
    return undefined;
  }
}

/** Undefined where there is no /proc, and for processes of others. */
export function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined; // ended, or of another user
  }
}

function keepLogSmall(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_LOG) renameSync(file, `${file}.1`);
}

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Launcher, launched } from './postgres-account';
import { USER } from './postgres-address';
import type { PostgresBinaries } from './postgres-binaries';
import { endProcess, processesIn } from './processes';
import { StartError, startError } from './start-error';

const VERSION = '18';

/** Only the English messages are known to us, and none of the caller's PG… variables shall have an effect. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C' };
}

/** initdb beside the final name, then one rename: a folder named `data` is always whole. */
export async function createCluster(
  directory: string,
  data: string,
  { initdb }: PostgresBinaries,
  prefix: Launcher,
  options: { durable: boolean; signal?: AbortSignal },
): Promise<void> {
  const draft = `${data}.new`;
  await removeDraft(directory, draft);
  const { command, args } = launched(prefix, initdb, [
    ...['-D', draft, '-U', USER, '-A', 'scram-sha-256', '--pwfile', join(directory, 'password')],
    // With the operating system's "C", lower('É') is 'É' and trigrams of Chinese text are empty.
    ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ...['--lc-collate=C', '--lc-ctype=C.UTF-8', '--lc-messages=C'],
    ...(options.durable ? [] : ['--no-sync']),
  ]);
  const { code, output } = await run(command, args, directory, options.signal);
  options.signal?.throwIfAborted();
  if (code !== 0) throw startError('The database could not be created', directory, output);
  renameSync(draft, data);
}

export function assertVersion(data: string): void {
  const file = join(data, 'PG_VERSION');
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  if (found === VERSION) return;
  const maker = found ? `was made by Postgres ${found}` : 'is not a Postgres data folder';
  throw new StartError(
    `${data} ${maker}, and this version of Rollcall brings Postgres ${VERSION}. ` +
      'Use the version of Rollcall that made it, or move the folder away to begin anew.',
  );
}

/** What an initdb left that was cut off, or that still runs because only its parent was killed. */
async function removeDraft(directory: string, draft: string): Promise<void> {
  if (!existsSync(draft)) return;
  const running = [...processesIn(realpathSync(directory), 'initdb'), ...processesIn(realpathSync(draft), 'postgres')];
  for (const pid of running) await endProcess(pid, [['SIGKILL', 2_000]]);
  rmSync(draft, { recursive: true, force: true });
}

/** In a session of its own, so that Ctrl-C in the terminal does not cut it. */
function run(
  command: string,
  args: string[],
  cwd: string,
  signal?: AbortSignal,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    }
    const abort = (): void => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL'); // it and its own children
    };
    signal?.addEventListener('abort', abort, { once: true });
    child.once('close', () => signal?.removeEventListener('abort', abort));
    child.once('error', reject).once('close', (code) => resolve({ code, output }));
  });
}

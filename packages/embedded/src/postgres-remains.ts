import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type PostgresAddress, takesConnections } from './postgres-address';
import { commandName, endProcess, hasNumber, isRunning, processesIn, until } from './processes';
import { StartError } from './start-error';

/** Nothing is lost: Postgres recovers from its log at the next start. */
const ENDING = [
  ['SIGQUIT', 2_000],
  ['SIGKILL', 2_000],
] as const;

/** The live server of a data folder, left by a process that was killed; known by the password that only it and we have. */
export async function findRunning(
  data: string,
  password: string,
  patience: number,
  signal?: AbortSignal,
): Promise<{ address: PostgresAddress; pid: number } | undefined> {
  const lock = readLock(data);
  if (!lock || !isPostgres(lock.pid)) return undefined;
  const ready = await until(
    async () => !isRunning(lock.pid) || (await takesConnections(lock.address, password)),
    patience,
    signal,
  );
  if (!isRunning(lock.pid)) return undefined;
  if (signal?.aborted) {
    await endProcess(lock.pid, ENDING);
    signal.throwIfAborted();
  }
  if (!ready) throw new StartError(`Postgres (process ${lock.pid}) runs on ${data} but does not answer. End it first.`);
  return lock;
}

/**
 * What a killed server leaves behind: backends that have not noticed yet and hold its memory, and a lock file whose
 * process number is somebody else's by now. Postgres takes any process of that number for itself, a zombie included.
 */
export async function clearRemains(data: string): Promise<void> {
  for (const pid of processesIn(realpathSync(data), 'postgres')) {
    await endProcess(pid, ENDING);
  }
  const lock = readLock(data);
  if (lock && hasNumber(lock.pid) && !isPostgres(lock.pid)) rmSync(join(data, 'postmaster.pid'));
}

function isPostgres(pid: number): boolean {
  return isRunning(pid) && commandName(pid) === 'postgres';
}

/** postmaster.pid: process, data folder, start time, port, socket folder, listen address, … one a line. */
function readLock(data: string): { address: PostgresAddress; pid: number } | undefined {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!(pid > 0)) return undefined;
  return { pid, address: { host: lines[4] || '127.0.0.1', port: Number(lines[3]) } };
}

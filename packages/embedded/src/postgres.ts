import { existsSync, mkdirSync, statfsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { launched, launcher } from './postgres-account';
import {
  type PostgresAddress,
  addressSettings,
  choosePostgresAddress,
  postgresUrl,
  takesConnections,
} from './postgres-address';
import { postgresBinaries } from './postgres-binaries';
import { assertVersion, createCluster, serverEnvironment } from './postgres-cluster';
import { clearRemains, findRunning } from './postgres-remains';
import { endProcess, isRunning, sleep, spawnServer, until } from './processes';
import { keepSecret, readSecret } from './secret-file';
import { StartError, startError } from './start-error';

const MEGABYTE = 1024 * 1024;
/** Crash recovery of a large database may take this long (ms). */
const START_PATIENCE = 300_000;

export interface PostgresOptions {
  /** Everything lives below: the data, the password, the socket and, unless named otherwise, the log. */
  directory: string;
  logFile?: string;
  /** Postgres settings over ours, e.g. `{ fsync: 'off' }` in tests. */
  settings?: Readonly<Record<string, string>>;
  /** Breaks the start off; nothing keeps running. */
  signal?: AbortSignal;
}

export interface EmbeddedPostgres {
  /** A superuser's connection URL. `postgres` is the database that always exists. */
  url(database: string): string;
  pid: number;
  /** True when it was running already, left by a process that was killed. */
  adopted: boolean;
  /** Ends it within `patience` ms (10,000): cleanly if it can, and never so that committed data is lost. */
  stop(patience?: number): Promise<void>;
}

/** The Postgres that runs in a folder, started by somebody else; undefined when none does. */
export async function findEmbeddedPostgres(options: { directory: string }): Promise<EmbeddedPostgres | undefined> {
  const directory = resolve(options.directory);
  const password = readSecret(join(directory, 'password'));
  if (!password) return undefined;
  const running = await findRunning(join(directory, 'data'), password, START_PATIENCE);
  return running && handle(running.address, password, running.pid, true);
}

/**
 * Starts the Postgres of a folder, or takes over the one that still runs there. It runs in a session of its own and
 * outlives this process unless stopped. One process at a time may call this for one folder (`npm start` locks its home for that).
 */
export async function startEmbeddedPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const directory = resolve(options.directory);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const password = keepSecret(join(directory, 'password'));
    const data = join(directory, 'data');
    if (existsSync(data)) {
      assertVersion(data);
      const running = await findRunning(data, password, START_PATIENCE, options.signal);
      if (running) return handle(running.address, password, running.pid, true);
    }
    return await start({ ...options, directory }, data, password);
  } catch (error) {
    if (error instanceof StartError || options.signal?.aborted) throw error;
    throw startError('Postgres did not start', directory, '', error);
  }
}

async function start(options: PostgresOptions, data: string, password: string): Promise<EmbeddedPostgres> {
  const { directory, logFile = join(directory, 'postgres.log') } = options;
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  const binaries = postgresBinaries();
  const prefix = launcher(directory, binaries.postgres);
  const settings = { ...defaultSettings(), ...options.settings };
  if (!existsSync(data)) {
    const durable = settings['fsync'] !== 'off';
    await createCluster(directory, data, binaries, prefix, { durable, signal: options.signal });
  }

  for (let attempt = 1; ; attempt++) {
    await clearRemains(data);
    const address = await choosePostgresAddress(directory);
    const parameters = Object.entries({ ...settings, ...addressSettings(address) });
    const flags = parameters.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const { command, args } = launched(prefix, binaries.postgres, ['-D', data, ...flags]);
    const server = await spawnServer(command, args, { logFile, cwd: directory, env: serverEnvironment() });
    const settled = async (): Promise<boolean> => !isRunning(server.pid) || (await takesConnections(address, password));
    await until(settled, START_PATIENCE, options.signal);
    if (!options.signal?.aborted && isRunning(server.pid) && (await takesConnections(address, password))) {
      return handle(address, password, server.pid, false);
    }
    await endProcess(server.pid, [
      ['SIGQUIT', 5_000],
      ['SIGKILL', 2_000],
    ]);
    const output = server.output();
    options.signal?.throwIfAborted();
    // Backends of a killed server may need a moment to notice; somebody may have taken the port in between.
    const passing = /shared memory block.*still in use|lock file.*already exists|Address already in use/.test(output);
    if (!passing || attempt === 5) throw startError('Postgres did not start', directory, output);
    await sleep(1_000);
  }
}

function handle(address: PostgresAddress, password: string, pid: number, adopted: boolean): EmbeddedPostgres {
  return {
    url: (database) => postgresUrl(address, password, database),
    pid,
    adopted,
    stop: (patience = 10_000) =>
      // A fast shutdown rolls open transactions back; an immediate one leaves recovery to the next start.
      endProcess(pid, [
        ['SIGINT', patience * 0.7],
        ['SIGQUIT', patience * 0.2],
        ['SIGKILL', patience * 0.1],
      ]),
  };
}

function defaultSettings(): Record<string, string> {
  return {
    shared_buffers: `${Math.round(Math.min(512, totalmem() / MEGABYTE / 4))}MB`,
    work_mem: '64MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Statements and details carry people's data, which has no place in a log.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...(smallSharedMemory() ? { dynamic_shared_memory_type: 'mmap' } : {}),
  };
}

/** Containers give /dev/shm 64 MB, in which a parallel query fails. */
function smallSharedMemory(): boolean {
  if (process.platform !== 'linux') return false;
  if (!existsSync('/dev/shm')) return true;
  const { bsize, blocks } = statfsSync('/dev/shm');
  return bsize * blocks < 512 * MEGABYTE;
}

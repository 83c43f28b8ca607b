import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { type Launcher, launcher } from './postgres-account';
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries';
import { commandName, endProcess, freePort, hasNumber, isRunning, processesIn, sleep, spawnServer, until } from './processes';
import { keepSecret } from './secret-file';
import { StartError, startError } from './start-error';

const USER = 'rollcall';
const VERSION = '18';
const MEGABYTE = 1024 * 1024;
/** Crash recovery of a large database may take this long (ms). */
const START_PATIENCE = 300_000;

export interface PostgresOptions {
  /** Everything lives below: the data, the password, the socket and, unless named otherwise, the log. */
  directory: string;
  logFile?: string;
  /** Postgres settings over ours, e.g. `{ fsync: 'off' }` in tests. */
  settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** A superuser's connection URL. `postgres` is the database that always exists. */
  url(database: string): string;
  pid: number;
  /** True when it was running already, left by a process that was killed. */
  adopted: boolean;
  /** Ends it cleanly; after `patience` ms (7,000) less so, but never so that data is lost. */
  stop(patience?: number): Promise<void>;
}

interface Address {
  host: string;
  port: number;
}

/**
 * Starts the Postgres of a folder, or takes over the one that still runs there. It runs in a session of its own and
 * outlives this process unless stopped. One process at a time may call this for one folder (see `lockFolder`).
 */
export async function startEmbeddedPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const directory = resolve(options.directory);
  const logFile = options.logFile ? resolve(options.logFile) : join(directory, 'postgres.log');
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const password = keepSecret(join(directory, 'password'));
    const data = join(directory, 'data');
    if (existsSync(data)) assertVersion(data);
    const running = await adopt(data, password);
    if (running) return handle(running.address, password, running.pid, true);

    const binaries = postgresBinaries();
    const prefix = launcher(directory, binaries.postgres);
    if (!existsSync(data)) await createCluster(directory, data, binaries, prefix);
    return await start(directory, data, password, binaries, prefix, logFile, options.settings ?? {});
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw startError('Postgres did not start', directory, '', error);
  }
}

async function start(
  directory: string,
  data: string,
  password: string,
  binaries: PostgresBinaries,
  prefix: Launcher,
  logFile: string,
  settings: Readonly<Record<string, string>>,
): Promise<EmbeddedPostgres> {
  for (let attempt = 1; ; attempt++) {
    await clearRemains(data);
    const address = await chooseAddress(directory);
    const [command, ...args] = [...prefix, binaries.postgres, '-D', data];
    const settled = { ...defaultSettings(), ...addressSettings(address), ...settings };
    for (const [name, value] of Object.entries(settled)) args.push('-c', `${name}=${value}`);
    const server = await spawnServer(command!, args, { logFile, cwd: directory, env: serverEnvironment() });
    const ready = await until(async () => server.hasEnded() || (await answers(address, password)), START_PATIENCE);
    if (!server.hasEnded() && ready) return handle(address, password, server.pid, false);
    if (!server.hasEnded()) await endProcess(server.pid, [['SIGQUIT', 5_000], ['SIGKILL', 2_000]]);
    const output = await server.ended;
    // Backends of a killed server may need a moment to notice; somebody may have taken the port in between.
    const passing = /shared memory block.*still in use|lock file.*already exists|Address already in use/.test(output);
    if (!passing || attempt === 5) throw startError('Postgres did not start', directory, output);
    await sleep(1_000);
  }
}

function handle(address: Address, password: string, pid: number, adopted: boolean): EmbeddedPostgres {
  return {
    url: (database) => url(address, password, database),
    pid,
    adopted,
    stop: (patience = 7_000) =>
      // Fast shutdown rolls open transactions back; an immediate one leaves recovery to the next start.
      endProcess(pid, [['SIGINT', patience], ['SIGQUIT', 2_000], ['SIGKILL', 2_000]]),
  };
}

/** initdb beside the final name, then one rename: a folder named `data` is always whole. */
async function createCluster(directory: string, data: string, binaries: PostgresBinaries, prefix: Launcher): Promise<void> {
  const draft = `${data}.new`;
  rmSync(draft, { recursive: true, force: true });
  const [command, ...args] = [
    ...prefix,
    binaries.initdb,
    ...['-D', draft, '-U', USER, '-A', 'scram-sha-256', '--pwfile', join(directory, 'password')],
    ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ...['--lc-collate=C', '--lc-ctype=C.UTF-8', '--lc-messages=C'],
  ];
  const { code, output } = await run(command!, args, directory);
  if (code !== 0) throw startError('The database could not be created', directory, output);
  renameSync(draft, data);
}

/** A session of its own here too, so that Ctrl-C does not cut it; what it leaves when killed is removed next time. */
function run(command: string, args: string[], cwd: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolvePromise, reject) => {
    const child = spawn(command, args, { cwd, env: serverEnvironment(), detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject).once('close', (code) => resolvePromise({ code, output }));
  });
}

function assertVersion(data: string): void {
  const found = readdirSync(data).includes('PG_VERSION') ? readFileSync(join(data, 'PG_VERSION'), 'utf8').trim() : 'none';
  if (found === VERSION) return;
  throw new StartError(
    `${data} was made by Postgres ${found}, and this version of Rollcall brings Postgres ${VERSION}. ` +
      'Use the version of Rollcall that made it, or move the folder away to begin anew.',
  );
}

/** The live server of this data folder, recognised by the password that only it and we know. */
async function adopt(data: string, password: string): Promise<{ address: Address; pid: number } | undefined> {
  const lock = readLock(data);
  if (!lock || !isRunning(lock.pid) || commandName(lock.pid) !== 'postgres') return undefined;
  const ready = await until(async () => !isRunning(lock.pid) || (await answers(lock, password)), START_PATIENCE);
  if (!isRunning(lock.pid)) return undefined;
  if (!ready) throw new StartError(`Postgres (process ${lock.pid}) runs on ${data} but does not answer. End it first.`);
  return { address: lock, pid: lock.pid };
}

/** What a killed server leaves behind: backends that have not noticed yet, and a lock whose number is somebody else's now. */
async function clearRemains(data: string): Promise<void> {
  for (const pid of processesIn(realpathSync(data), 'postgres')) {
    await endProcess(pid, [['SIGQUIT', 2_000], ['SIGKILL', 2_000]]);
  }
  const lock = readLock(data);
  // Postgres takes any process of that number for a live server, a zombie included.
  if (lock && hasNumber(lock.pid) && !(isRunning(lock.pid) && commandName(lock.pid) === 'postgres')) {
    rmSync(join(data, 'postmaster.pid'));
  }
}

/** postmaster.pid: process, data folder, start time, port, socket folder, listen address, … one a line. */
function readLock(data: string): (Address & { pid: number }) | undefined {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!(pid > 0)) return undefined;
  return { pid, port: Number(lines[3]), host: lines[4] || '127.0.0.1' };
}

/** A unix socket where its name fits (the kernel allows 107 characters), else a free port of the loopback interface. */
async function chooseAddress(directory: string): Promise<Address> {
  const fits = Buffer.byteLength(join(directory, '.s.PGSQL.5432')) <= 100 && !/[,"\n]/.test(directory);
  return fits ? { host: directory, port: 5432 } : { host: '127.0.0.1', port: await freePort() };
}

function addressSettings({ host, port }: Address): Record<string, string> {
  const socket = host.startsWith('/');
  return {
    port: String(port),
    listen_addresses: socket ? '' : host,
    unix_socket_directories: socket ? `"${host}"` : '',
    unix_socket_permissions: '0700',
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

/** English messages whatever the machine speaks, and none of the caller's PG… variables. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C' };
}

async function answers(address: Address, password: string): Promise<boolean> {
  const client = new Client({ connectionString: url(address, password, 'postgres'), connectionTimeoutMillis: 5_000, ssl: false });
  client.on('error', () => undefined); // the connection may break while the server starts; the next try tells
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '28P01') {
      throw new StartError(
        'Postgres refuses the password in the file "password" beside its data. Restore that file from a backup.',
        { cause: error },
      );
    }
    return false;
  } finally {
    await client.end().catch(() => undefined); // never connected, or closed by the other side
  }
}

function url({ host, port }: Address, password: string, database: string): string {
  const name = encodeURIComponent(database);
  if (!host.startsWith('/')) return `postgres://${USER}:${password}@${host}:${port}/${name}`;
  return `postgres://${USER}:${password}@/${name}?host=${encodeURIComponent(host)}&port=${port}`;
}

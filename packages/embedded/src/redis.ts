import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Server, endProcess, isRunning, spawnServer, until, workingDirectory } from './processes';
import { type RedisAddress, type RedisKind, answersPing, chooseAddress, readAddress, redisUrl } from './redis-address';
import { type RedisChoice, chooseRedis, wantedKind } from './redis-programs';
import { StartError, startError } from './start-error';

/** Reading a large append-only file may take this long (ms). */
const START_PATIENCE = 60_000;

export interface RedisOptions {
  /** The socket, the password, the append-only file and the log live below. */
  directory: string;
  /** Where a downloaded server is kept; folders may share it. */
  cacheDirectory: string;
  /** Breaks the start off; nothing keeps running. */
  signal?: AbortSignal;
}

export interface EmbeddedRedis {
  /** For `new Redis(url)` of ioredis: the path of a unix socket, or a redis: URL. */
  url: string;
  kind: RedisKind;
  pid: number;
  /** True when it was running already, left by a process that was killed. */
  adopted: boolean;
  /** Ends it within `patience` ms (5,000). */
  stop(patience?: number): Promise<void>;
}

/**
 * Starts a Redis in a folder, or takes over the one that still runs there. It runs in a session of its own and outlives
 * this process unless stopped. One process at a time may call this for one folder (`npm start` locks its home for that).
 */
export async function startEmbeddedRedis(options: RedisOptions): Promise<EmbeddedRedis> {
  const directory = resolve(options.directory);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const running = await adopt(directory);
    if (running) return running;
    const choice = await chooseRedis(resolve(options.cacheDirectory), options.signal);
    return await start(directory, choice, options.signal);
  } catch (error) {
    if (error instanceof StartError || options.signal?.aborted) throw error;
    throw startError('Redis did not start', directory, '', error);
  }
}

async function start(directory: string, choice: RedisChoice, signal?: AbortSignal): Promise<EmbeddedRedis> {
  for (let attempt = 1; ; attempt++) {
    rmSync(join(directory, 'redis.pid'), { force: true });
    const address = await chooseAddress(directory, choice.kind);
    const server = await spawnRedis(directory, address, choice);
    await until(async () => !isRunning(server.pid) || (await answersPing(directory, address)), START_PATIENCE, signal);
    if (!signal?.aborted && isRunning(server.pid) && (await answersPing(directory, address)))
      return handle(directory, address, server.pid, false);
    await endProcess(server.pid, [['SIGKILL', 5_000]]);
    const output = server.output();
    signal?.throwIfAborted();
    if (attempt === 2) throw startError('Redis did not start', directory, output);
    // A file of another version, or cut by a full disk. Redis is only the messenger: what was queued is in Postgres.
    for (const name of ['appendonlydir', 'appendonly.aof', 'dump.rdb']) {
      rmSync(join(directory, name), { recursive: true, force: true });
    }
  }
}

function spawnRedis(directory: string, address: RedisAddress, { program }: RedisChoice): Promise<Server> {
  const options = { logFile: join(directory, 'redis.log'), cwd: directory };
  if (!program) {
    // Also from src, where tests run: the server is a process of its own and needs the built file.
    const script = join(__dirname, '../dist/redis-javascript-server.js');
    return spawnServer(process.execPath, [script], { ...options, env: { ...process.env, NODE_OPTIONS: '' } });
  }
  writeFileSync(join(directory, 'redis.conf'), configuration(address), { mode: 0o600 });
  return spawnServer(program.command, ['redis.conf'], { ...options, env: program.env });
}

/** Relative names throughout: the server's working directory is the folder. */
function configuration(address: RedisAddress): string {
  const listen =
    address.kind === 'socket'
      ? ['port 0', 'unixsocket redis.sock', 'unixsocketperm 700']
      : ['bind 127.0.0.1', `port ${address.port}`, `requirepass ${address.password}`];
  const rest = [
    'dir .',
    'pidfile redis.pid',
    'daemonize no',
    'appendonly yes',
    'save ""',
    'maxmemory-policy noeviction',
  ];
  return [...listen, ...rest, ''].join('\n');
}

async function adopt(directory: string): Promise<EmbeddedRedis | undefined> {
  const address = readAddress(directory);
  const pid = readPid(directory);
  if (!address || !pid || !isRunning(pid)) return undefined;
  const ours = workingDirectory(pid) === realpathSync(directory);
  const patience = ours ? 10_000 : 0;
  const answers = await until(async () => !isRunning(pid) || (await answersPing(directory, address)), patience);
  const wanted = wantedKind() ?? address.server;
  if (isRunning(pid) && answers && wanted === address.server) return handle(directory, address, pid, true);
  if (ours || answers)
    await endProcess(pid, [
      ['SIGTERM', 5_000],
      ['SIGKILL', 2_000],
    ]);
  return undefined;
}

function handle(directory: string, address: RedisAddress, pid: number, adopted: boolean): EmbeddedRedis {
  return {
    url: redisUrl(directory, address),
    kind: address.server,
    pid,
    adopted,
    stop: (patience = 5_000) =>
      endProcess(pid, [
        ['SIGTERM', patience * 0.8],
        ['SIGKILL', patience * 0.2],
      ]),
  };
}

function readPid(directory: string): number | undefined {
  try {
    return Number(readFileSync(join(directory, 'redis.pid'), 'utf8')) || undefined;
  } catch {
    return undefined; // none was started yet, or it ended cleanly
  }
}

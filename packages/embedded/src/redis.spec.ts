import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { isRunning } from './processes';
import { type EmbeddedRedis, startEmbeddedRedis } from './redis';

jest.setTimeout(180_000);

const cacheDirectory = join(__dirname, '../../../node_modules/.cache/rollcall');
let folder: string;
const started: EmbeddedRedis[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-redis-'));
});

afterEach(async () => {
  delete process.env['ROLLCALL_EMBEDDED_REDIS'];
  await Promise.all(started.splice(0).map((redis) => redis.stop()));
  rmSync(folder, { recursive: true, force: true });
});

async function start(directory = join(folder, 'redis')): Promise<EmbeddedRedis> {
  const redis = await startEmbeddedRedis({ directory, cacheDirectory });
  started.push(redis);
  return redis;
}

async function count({ url }: EmbeddedRedis): Promise<number> {
  const client = new Redis(url);
  try {
    return await client.incr('count');
  } finally {
    client.disconnect();
  }
}

describe.each(['', 'javascript'])('the server chosen by ROLLCALL_EMBEDDED_REDIS="%s"', (kind) => {
  beforeEach(() => {
    process.env['ROLLCALL_EMBEDDED_REDIS'] = kind;
  });

  test('is taken over by a second start', async () => {
    const first = await start();
    await count(first);
    const second = await start();
    expect(second).toMatchObject({ adopted: true, pid: first.pid, url: first.url });
    expect(await count(second)).toBe(2);
  });

  test('starts again after kill -9, at the same address', async () => {
    const first = await start();
    process.kill(first.pid, 'SIGKILL');
    const second = await start();
    expect(second).toMatchObject({ adopted: false, url: first.url });
    expect(await count(second)).toBe(1);
  });

  test('asks for a password at a port of the loopback interface when the folder has too long a name', async () => {
    const redis = await start(join(folder, 'x'.repeat(100)));
    expect(redis.url).toMatch(/^redis:\/\/:[0-9a-f]{48}@127\.0\.0\.1:\d+$/);
    expect(await count(redis)).toBe(1);
    const stranger = new Redis(redis.url.replace(/\/\/:.*@/, '//'), { lazyConnect: true, retryStrategy: null });
    stranger.on('error', (error) => expect(error.message).toMatch(/NOAUTH|closed/));
    await expect(stranger.connect().then(() => stranger.get('count'))).rejects.toThrow();
    stranger.disconnect();
  });

  test('lives below folders with spaces and letters of any language', async () => {
    expect(await count(await start(join(folder, 'a home é 张三')))).toBe(1);
  });

  test('is gone after stop', async () => {
    const redis = await start();
    await redis.stop();
    expect(isRunning(redis.pid)).toBe(false);
  });
});

test('starts although its files cannot be read: Redis is only the messenger', async () => {
  const directory = join(folder, 'redis');
  const first = await start(directory);
  await first.stop();
  writeFileSync(join(directory, 'appendonlydir', 'appendonly.aof.manifest'), 'nonsense\n', { flag: 'w' });
  expect(await count(await start(directory))).toBe(1);
});

test('another kind of server takes the place of the one that runs', async () => {
  const first = await start();
  process.env['ROLLCALL_EMBEDDED_REDIS'] = first.kind === 'javascript' ? '' : 'javascript';
  const second = await start();
  expect(isRunning(first.pid)).toBe(first.kind === 'javascript');
  expect(second.kind).toBe('javascript');
});

test('refuses a kind that it does not know', async () => {
  process.env['ROLLCALL_EMBEDDED_REDIS'] = 'sqlite';
  await expect(start()).rejects.toThrow('is not one of path, debian, javascript');
});

import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type EmbeddedPostgres, findEmbeddedPostgres, startEmbeddedPostgres } from './postgres';
import { isRunning, sleep, until } from './processes';

jest.setTimeout(120_000);

let folder: string;
let directory: string;
const started: EmbeddedPostgres[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-postgres-'));
  directory = join(folder, 'postgres');
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((postgres) => postgres.stop()));
  rmSync(folder, { recursive: true, force: true });
});

/** Small and quick, but as durable as the real one. */
async function start(where = directory, signal?: AbortSignal): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ directory: where, settings: { shared_buffers: '16MB' }, signal });
  started.push(postgres);
  return postgres;
}

async function query(postgres: EmbeddedPostgres, sql: string): Promise<unknown[][]> {
  const client = new Client(postgres.url('postgres'));
  client.on('error', (error) => expect(error).toMatchObject({ message: expect.any(String) })); // the server is killed under it
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    return rows;
  } finally {
    await client.end();
  }
}

test('starts a Postgres that knows the letters of every language and has the extensions we use', async () => {
  const postgres = await start();
  expect(await query(postgres, `select lower('ÉMILE'), upper('straße ж')`)).toEqual([['émile', 'STRAßE Ж']]);
  for (const name of ['pg_trgm', 'citext', 'ltree', 'pgcrypto', 'unaccent', 'btree_gin', 'pg_stat_statements']) {
    await query(postgres, `create extension ${name}`);
  }
  expect(await query(postgres, `select cardinality(show_trgm('张三丰')) > 2`)).toEqual([[true]]);
});

test('asks for a password that only the owner of the folder can read', async () => {
  const postgres = await start();
  expect(statSync(join(directory, 'password')).mode & 0o777).toBe(0o600);
  const wrong = new Client(postgres.url('postgres').replace(/:[0-9a-f]{48}@/, ':wrong@'));
  await expect(wrong.connect()).rejects.toMatchObject({ code: '28P01' });
});

test('a second start takes over the server that still runs', async () => {
  const first = await start();
  const second = await start();
  expect(first.adopted).toBe(false);
  expect(second).toMatchObject({ adopted: true, pid: first.pid });
  expect(second.url('a')).toBe(first.url('a'));
});

test('keeps every committed row through kill -9, while its backends are still busy', async () => {
  const first = await start();
  await query(first, 'create table kept (id int)');
  await query(first, 'insert into kept select generate_series(1, 1000)');
  const busy = query(first, 'select count(*) from generate_series(1, 1e10)').catch((error: unknown) => error);
  await sleep(200);
  process.kill(first.pid, 'SIGKILL');
  const second = await start();
  expect(second).toMatchObject({ adopted: false });
  expect(await query(second, 'select count(*)::int from kept')).toEqual([[1000]]);
  expect(await busy).toMatchObject({ message: expect.any(String) });
});

test('starts although the lock that a crash left names a process that is somebody else by now', async () => {
  const first = await start();
  const lock = readFileSync(join(directory, 'data', 'postmaster.pid'), 'utf8');
  await first.stop();
  writeFileSync(join(directory, 'data', 'postmaster.pid'), lock.replace(/^\d+/, String(process.pid)));
  expect(await query(await start(), 'select 1')).toEqual([[1]]);
});

test('begins anew when the creation of the database was cut off', async () => {
  mkdirSync(join(directory, 'data.new', 'base'), { recursive: true });
  writeFileSync(join(directory, 'data.new', 'PG_VERSION'), '18\n');
  expect(await query(await start(), 'select 1')).toEqual([[1]]);
  expect(existsSync(join(directory, 'data.new'))).toBe(false);
});

test('lives below folders with spaces, quotes and letters of any language', async () => {
  const postgres = await start(join(folder, `it's a "home" %20 é 张三, really`));
  expect(await query(postgres, 'select 1')).toEqual([[1]]);
});

test('listens on the loopback interface, at the same port every time, when the folder has too long a name', async () => {
  const long = join(folder, 'x'.repeat(100));
  const first = await start(long);
  const url = first.url('postgres');
  expect(url).toMatch(/@127\.0\.0\.1:\d+\/postgres$/);
  await first.stop();
  expect((await start(long)).url('postgres')).toBe(url);
});

test('refuses data of another version of Postgres and says so', async () => {
  mkdirSync(join(directory, 'data'), { recursive: true });
  writeFileSync(join(directory, 'data', 'PG_VERSION'), '15\n');
  await expect(start()).rejects.toThrow(/made by Postgres 15.*brings Postgres 18/);
});

test('says what Postgres said when it cannot start', async () => {
  await (await start()).stop();
  appendFileSync(join(directory, 'data', 'postgresql.conf'), 'no_such_setting = 1\n');
  await expect(start()).rejects.toThrow(/did not start.*\n[^]*no_such_setting/);
});

test.each([0, 150, 500, 900])('a start broken off after %i ms leaves nothing running', async (after) => {
  const abort = new AbortController();
  const starting = start(directory, abort.signal).then(
    () => 'started',
    () => 'broken off',
  );
  setTimeout(() => abort.abort(), after);
  if ((await starting) === 'broken off') expect(await findEmbeddedPostgres({ directory })).toBeUndefined();
  expect(await query(await start(), 'select 1')).toEqual([[1]]);
});

test('stops within the time it is given, though somebody is connected and busy', async () => {
  const postgres = await start();
  const busy = query(postgres, 'select pg_sleep(100)').catch((error: unknown) => error);
  await sleep(200);
  const before = Date.now();
  await postgres.stop(3_000);
  expect(Date.now() - before).toBeLessThan(3_500);
  expect(await until(() => !isRunning(postgres.pid), 0)).toBe(true);
  expect(await busy).toMatchObject({ message: expect.any(String) });
});

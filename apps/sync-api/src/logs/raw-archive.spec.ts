import { createWriteStream, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, utimesSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config';
import { RawArchive } from './raw-archive';
import { RawArchiveWriter } from './raw-archive-writer';

let root: string;
let archive: RawArchive;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rollcall-raw-'));
  archive = new RawArchive({ rawDirectory: root } as Config);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

async function linesOf(taskId: number): Promise<unknown[]> {
  const stream = await archive.read(taskId);
  return (await text(stream!))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

/** The one file of a task. */
function fileOf(taskId: number, number = 1): string {
  return join(root, new Date().toISOString().slice(0, 10), `${taskId}-${number}.ndjson.gz`);
}

test('a push is kept as it was received, one line a record', async () => {
  await archive.writeOnce(7, 'user', [{ uid: '1', nickname: '张三' }, 'not an object']);
  expect(await linesOf(7)).toEqual([
    { dataType: 'user', record: { uid: '1', nickname: '张三' } },
    { dataType: 'user', record: 'not an object' },
  ]);
});

test('the tries of a task follow each other, and other tasks do not mix in', async () => {
  await archive.writeOnce(1, 'user', [{ uid: 'first' }]);
  await archive.writeOnce(1, 'department', [{ uid: 'second' }]);
  await archive.writeOnce(11, 'user', [{ uid: 'other' }]);
  expect(await linesOf(1)).toEqual([
    { dataType: 'user', record: { uid: 'first' } },
    { dataType: 'department', record: { uid: 'second' } },
  ]);
});

test('a task of which nothing is kept reads as nothing', async () => {
  expect(await archive.read(404)).toBeUndefined();
});

test('two tries that begin at the same moment get a file each', async () => {
  await Promise.all(Array.from({ length: 10 }, (_, index) => archive.writeOnce(3, 'user', [{ uid: String(index) }])));
  expect(await linesOf(3)).toHaveLength(10);
});

test('many pages are written with a bounded memory and read back whole', async () => {
  const writer = await archive.open(5);
  const page = Array.from({ length: 1_000 }, (_, index) => ({
    uid: `u${index}`,
    about: Math.random().toString(36).repeat(10),
  }));
  const before = process.memoryUsage().rss;
  for (let number = 0; number < 100; number++) await writer.write('user', page);
  const grown = process.memoryUsage().rss - before;
  await writer.close();
  expect(await linesOf(5)).toHaveLength(100_000);
  expect(grown).toBeLessThan(100 * 1024 * 1024);
});

test('after a crash everything up to the last flush is readable, without half a line', async () => {
  const writer = await archive.open(6);
  const page = Array.from({ length: 5_000 }, (_, index) => ({
    uid: `u${index}`,
    about: Math.random().toString(36).repeat(20),
  }));
  await writer.write('user', page);
  await sleep(50);
  // What a killed process leaves: the file as it is now, never closed.
  const flushed = readFileSync(fileOf(6));
  await writer.close();
  await writeFile(fileOf(6), flushed);
  expect(await linesOf(6)).toHaveLength(5_000);

  truncateSync(fileOf(6), flushed.length - 1_000);
  const cut = await linesOf(6);
  expect(cut.length).toBeGreaterThan(4_000);
  expect(cut.length).toBeLessThan(5_000);

  await archive.writeOnce(6, 'user', [{ uid: 'the next try' }]);
  expect((await linesOf(6)).at(-1)).toEqual({ dataType: 'user', record: { uid: 'the next try' } });
});

test('a file that a crash left empty does not hide the others', async () => {
  const writer = await archive.open(8);
  await writer.close();
  await writeFile(fileOf(8), '');
  await archive.writeOnce(8, 'user', [{ uid: '1' }]);
  expect(await linesOf(8)).toHaveLength(1);
});

test('folders of days past the retention go, others stay', async () => {
  for (const day of ['2020-01-01', 'something-else']) {
    await mkdir(join(root, day));
    utimesSync(join(root, day), 0, 0);
  }
  await archive.writeOnce(1, 'user', [{ uid: '1' }]);
  await archive.removeOlderThan(30);
  expect(readdirSync(root).sort()).toEqual([new Date().toISOString().slice(0, 10), 'something-else']);
});

test('a full disk is an error for the writer, not for the process', async () => {
  const writer = new RawArchiveWriter('/dev/full', createWriteStream('/dev/full'));
  const page = Array.from({ length: 5_000 }, () => ({ about: Math.random().toString(36).repeat(20) }));
  const pages = async (): Promise<void> => {
    for (let number = 0; number < 20; number++) await writer.write('user', page);
  };
  await expect(pages()).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('ENOSPC') });
  await expect(writer.close()).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('ENOSPC'),
  });
});

test('keeping one pushed record costs no more than writing a small file', async () => {
  const record = { uid: 'u1', nickname: 'Zhang San', email: 'zhang@example.com', departments: ['a', 'b'] };
  for (let id = 1; id <= 200; id++) await archive.writeOnce(id, 'user', [record]);
  const start = process.cpuUsage();
  for (let id = 1_001; id <= 1_500; id++) await archive.writeOnce(id, 'user', [record]);
  // Processor time, also of the threads that write. About 0.2 ms on an idle machine; a busy one triples it and more.
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1_000 / 500).toBeLessThan(4);
});

test('what an adapter yields and is not JSON is kept as far as it can be told', async () => {
  const circle: Record<string, unknown> = { uid: 'c' };
  circle['self'] = circle;
  await archive.writeOnce(8, 'user', [{ uid: 10n }, circle, undefined]);
  expect(await linesOf(8)).toEqual([
    { dataType: 'user', record: '{ uid: 10n }' },
    { dataType: 'user', record: expect.stringContaining('Circular') },
    { dataType: 'user', record: null },
  ]);
});

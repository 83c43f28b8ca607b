import { setTimeout as sleep } from 'node:timers/promises';
import type { PullResult } from '@rollcall/core';
import { type Chunk, type Chunks, inChunks, type Pages, readAhead } from './chunks';
import type { ReadPage } from './read';

const RESULT: PullResult = { complete: { user: true } };
let asked = 0;

function page(records: number, cursor?: string): ReadPage {
  const record = { uid: 'u', payload: {}, cleared: [], gone: false, warnings: [] } as never;
  return {
    records: Array.from({ length: records }, (_, position) => ({ position, dataType: 'user', record })),
    renames: false,
    cursor,
  };
}

/** Pages as a source brings them; a number is a pause in milliseconds, an error is thrown. */
async function* pagesOf(script: readonly (ReadPage | number | Error)[]): Pages {
  asked = 0;
  for (const step of script) {
    if (step instanceof Error) throw step;
    if (typeof step === 'number') await sleep(step);
    else {
      asked++;
      yield step;
    }
  }
  return RESULT;
}

/** Everything that comes, and what it ends with. */
async function drain(chunks: Chunks): Promise<{ chunks: Chunk[]; end: unknown }> {
  const all: Chunk[] = [];
  try {
    let next = await chunks.next();
    for (; !next.done; next = await chunks.next()) all.push(next.value);
    return { chunks: all, end: next.value };
  } catch (error) {
    return { chunks: all, end: error };
  }
}

test('small pages come together, with the last cursor and the records up to its page', async () => {
  const { chunks, end } = await drain(inChunks(pagesOf([page(10, 'a'), page(10, 'b'), page(10)]), 1));
  expect(chunks.map(({ size, cursor }) => ({ size, cursor }))).toEqual([
    { size: 30, cursor: { text: 'b', after: 20 } },
  ]);
  expect(end).toEqual(RESULT);
});

test('a chunk is full after some thousand records', async () => {
  const { chunks } = await drain(inChunks(pagesOf([page(3_000), page(3_000), page(3_000)]), 1));
  expect(chunks.map(({ size }) => size)).toEqual([6_000, 3_000]);
});

test('a page of a slow source does not wait for the next one', async () => {
  const chunks = inChunks(pagesOf([page(1), 5_000, page(1)]), 1);
  const begun = Date.now();
  expect((await chunks.next()).value).toMatchObject({ size: 1 });
  expect(Date.now() - begun).toBeLessThan(3_000);
});

test('what came before an error is handed on first, and an empty page with a cursor counts', async () => {
  const failure = new Error('cut');
  const { chunks, end } = await drain(readAhead(inChunks(pagesOf([page(2, 'a'), page(0, 'b'), failure]), 1)));
  expect(chunks.map(({ size, cursor }) => [size, cursor?.text])).toEqual([[2, 'b']]);
  expect(end).toBe(failure);
});

test('nothing comes of a source that says nothing', async () => {
  expect(await drain(readAhead(inChunks(pagesOf([]), 1)))).toEqual({ chunks: [], end: RESULT });
});

test('the source is not asked for more while nobody takes what there is', async () => {
  const chunks = readAhead(inChunks(pagesOf(Array.from({ length: 20 }, () => page(5_000))), 1));
  await chunks.next();
  await sleep(50);
  // One that was taken, two that were read ahead, and the page that comes next.
  expect(asked).toBeLessThanOrEqual(5);
});

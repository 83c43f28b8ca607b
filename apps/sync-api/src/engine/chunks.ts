import type { PullResult } from '@rollcall/core';
import type { ReadPage } from './read';
import { copyRows } from './stage';

/** A chunk is committed when it holds so many records or bytes, or is that old: whatever comes first. */
const CHUNK_RECORDS = 5_000;
const CHUNK_BYTES = 4 * 1024 * 1024;
const CHUNK_MS = 500;

/** Pages that become durable together, as rows for COPY. */
export class Chunk {
  readonly rows: Buffer[] = [];
  /** Records in it. */
  size = 0;
  /** Renames are among them. */
  renames = false;
  /** The last cursor in it, and the records up to the end of its page. */
  cursor: { text: string; after: number } | undefined;
  private bytes = 0;

  constructor(private readonly taskId: number) {}

  get isFull(): boolean {
    return this.size >= CHUNK_RECORDS || this.bytes >= CHUNK_BYTES;
  }

  get isEmpty(): boolean {
    return this.size === 0 && !this.cursor;
  }

  add({ records, renames, cursor }: ReadPage): void {
    for (const rows of copyRows(this.taskId, records)) {
      this.rows.push(rows);
      this.bytes += rows.length;
    }
    this.size += records.length;
    this.renames ||= renames;
    if (cursor !== undefined) this.cursor = { text: cursor, after: this.size };
  }
}

export type Pages = AsyncGenerator<ReadPage, PullResult, undefined>;
export type Chunks = AsyncGenerator<Chunk, PullResult, undefined>;

type Arrival = { page: ReadPage } | { result: PullResult } | { error: unknown };

/**
 * Gathers pages until a transaction is worth it. A page of a slow source does not wait for the next one, and what came
 * before an error is handed on before the error is thrown, so that it is not read again.
 */
export async function* inChunks(pages: Pages, taskId: number): Chunks {
  let arriving = arrival(pages);
  for (;;) {
    const chunk = new Chunk(taskId);
    const due = after(CHUNK_MS);
    let arrived: Arrival | undefined = await arriving;
    while (arrived && 'page' in arrived) {
      chunk.add(arrived.page);
      arriving = arrival(pages);
      if (chunk.isFull) break;
      arrived = await Promise.race([arriving, due.passed]);
    }
    due.forget();
    if (!chunk.isEmpty) yield chunk;
    if (arrived && 'error' in arrived) throw arrived.error;
    if (arrived && 'result' in arrived) return arrived.result;
  }
}

/** So many chunks are read while one is being committed: a commit mostly waits, and reading goes on meanwhile. */
const AHEAD = 2;

/** Asks for a few more than were taken, so that reading and committing overlap. More is never held. */
export async function* readAhead(chunks: Chunks): Chunks {
  // Settled: it may fail while the one before is being committed, and whoever asks for it then is told.
  const ask = (): Promise<[PromiseSettledResult<IteratorResult<Chunk, PullResult>>]> =>
    Promise.allSettled([chunks.next()]);
  const coming = Array.from({ length: AHEAD }, ask);
  for (;;) {
    const [next] = await (coming.shift() ?? ask());
    if (next.status === 'rejected') throw next.reason as unknown;
    if (next.value.done) return next.value.value;
    coming.push(ask());
    yield next.value.value;
  }
}

/** The next page, the end or the error of a read; never rejects. */
async function arrival(pages: Pages): Promise<Arrival> {
  try {
    const next = await pages.next();
    return next.done ? { result: next.value } : { page: next.value };
  } catch (error) {
    return { error };
  }
}

function after(milliseconds: number): { passed: Promise<undefined>; forget: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  return { passed, forget: () => clearTimeout(timer) };
}

import type { WriteStream } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { inspect } from 'node:util';
import { type Gzip, constants, createGzip } from 'node:zlib';
import { type DataType, RollcallError } from '@rollcall/core';
import { errorCode } from '../error-code';

/** What a crash may cost at most: text that was not flushed yet, or was flushed longer ago than this. */
const FLUSH_BYTES = 1024 * 1024;
const FLUSH_MS = 2_000;

/** Level 1 keeps up with what Postgres takes; higher ones save little on directory data. */
export const COMPRESSION = { level: 1 } as const;

/** Why raw records cannot be kept, in words for whoever runs the service. A push changes nothing then; a read may have brought some. */
export function notKept(error: unknown): RollcallError {
  return new RollcallError(
    'unavailable',
    `The raw records cannot be kept (${errorCode(error) ?? 'unknown'}). ` +
      'Make room on the disk of the service, let it write below its folder logs, and try again.',
    { cause: error },
  );
}

/** Writes the raw records of one try of a task, page after page, in a constant amount of memory. */
export class RawArchiveWriter {
  private readonly gzip: Gzip = createGzip(COMPRESSION);
  private readonly done: Promise<void>;
  private failure: Error | undefined;
  private unflushed = 0;
  private flushedAt = Date.now();

  constructor(
    readonly path: string,
    file: WriteStream,
  ) {
    this.done = pipeline(this.gzip, file).catch((error: unknown) => Promise.reject(notKept(error)));
    // `write` and `close` report it; without this a failure between them would end the process.
    this.done.catch((error: unknown) => (this.failure = error as Error));
  }

  /** Adds records as they were received. Comes back when the archive can take more. */
  write(dataType: DataType, records: readonly unknown[]): Promise<void> {
    return this.writeText(linesOf(dataType, records));
  }

  /** Flushes everything to the file and closes it. */
  async close(): Promise<void> {
    this.gzip.end();
    await this.done;
  }

  private async writeText(text: string): Promise<void> {
    if (this.failure) throw this.failure;
    const room = this.gzip.write(text);
    this.unflushed += text.length;
    if (this.unflushed >= FLUSH_BYTES || Date.now() - this.flushedAt >= FLUSH_MS) await this.flush();
    else if (!room) await this.until((done) => this.gzip.once('drain', done));
  }

  /** Hands everything that was written to the file. */
  async flush(): Promise<void> {
    this.unflushed = 0;
    this.flushedAt = Date.now();
    await this.until((done) => this.gzip.flush(constants.Z_SYNC_FLUSH, done));
  }

  /** Waits for what `begin` reports, or for the archive to fail. */
  private async until(begin: (done: () => void) => void): Promise<void> {
    await Promise.race([this.done, new Promise<void>((resolve) => begin(resolve))]);
    if (this.failure) throw this.failure;
  }
}

/** One line a record: `{"dataType":"user","record":{…}}`. */
export function linesOf(dataType: DataType, records: readonly unknown[]): string {
  const start = `{"dataType":"${dataType}","record":`;
  let text = '';
  for (const record of records) text += `${start}${jsonOf(record)}}\n`;
  return text;
}

/** What an adapter yields need not be JSON: such a record fails by itself, and is archived as far as it can be told. */
function jsonOf(record: unknown): string {
  try {
    // A function, say, has none.
    const json: unknown = JSON.stringify(record);
    return typeof json === 'string' ? json : 'null';
  } catch {
    return JSON.stringify(inspect(record, { depth: 4, breakLength: Infinity, maxStringLength: 1_000, getters: false }));
  }
}

/** Whose records they are: a task, or `snapshot-<id>` as long as that has no task. */
export type ArchiveOwner = number | `snapshot-${number}`;

export function archivePath(root: string, day: string, owner: ArchiveOwner, number: number): string {
  return join(root, day, `${owner}-${number}.ndjson.gz`);
}

/** A new file for its owner, open. */
export async function newArchiveFile(root: string, owner: ArchiveOwner): Promise<{ path: string; handle: FileHandle }> {
  const { path, made } = await makeArchiveFile(root, owner, (at) => open(at, 'wx', 0o600));
  return { path, handle: made };
}

/**
 * A new file for its owner in today's folder (UTC): `<task>-<n>.ndjson.gz`, `n` counting the owner's files of that day. `make`
 * makes it, and fails when there is one.
 */
export async function makeArchiveFile<T>(
  root: string,
  owner: ArchiveOwner,
  make: (path: string) => T,
): Promise<{ path: string; made: Awaited<T> }> {
  const day = new Date().toISOString().slice(0, 10);
  for (let number = 1; ;) {
    const path = archivePath(root, day, owner, number);
    try {
      return { path, made: await make(path) };
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EEXIST') number++;
      else if (code !== 'ENOENT') throw notKept(error);
      else await makeFolder(join(root, day));
    }
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw notKept(error);
  }
}

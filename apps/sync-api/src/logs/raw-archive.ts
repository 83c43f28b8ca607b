import { createReadStream, rmSync, writeFileSync } from 'node:fs';
import { access, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform, type TransformCallback, pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { constants, createGunzip, gzip, gzipSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import type { DataType } from '@rollcall/core';
import { Config } from '../config';
import { errorCode } from '../error-code';
import {
  type ArchiveOwner,
  COMPRESSION,
  RawArchiveWriter,
  archivePath,
  linesOf,
  makeArchiveFile,
  newArchiveFile,
  notKept,
} from './raw-archive-writer';

const compress = promisify(gzip);

/** A text this small is compressed and written on the spot: to hand either to another thread takes longer than doing it. */
const SMALL_TEXT = 32 * 1024;
const SMALL_COMPRESSION = { level: 1, memLevel: 4, windowBits: 12 } as const;

const DAY_FOLDER = /^\d{4}-\d\d-\d\d$/;

/**
 * The raw records of every task as they were received, as compressed NDJSON below
 * `logs/user-data-sync/<day>/<task>-<n>.ndjson.gz`. Lines are `{"dataType":"user","record":{…}}`.
 */
@Injectable()
export class RawArchive {
  private readonly root: string;

  constructor(config: Config) {
    this.root = config.rawDirectory;
  }

  /** Begins a file for a task that reads many pages; a later try of the task gets a file of its own. */
  async open(taskId: number): Promise<RawArchiveWriter> {
    const { path, handle } = await newArchiveFile(this.root, taskId);
    return new RawArchiveWriter(path, handle.createWriteStream());
  }

  /**
   * Keeps a push that came in one piece. Takes about a tenth of a millisecond of the event loop for one record. Returns what
   * takes it back.
   */
  async writeOnce(owner: ArchiveOwner, dataType: DataType, records: readonly unknown[]): Promise<() => Promise<void>> {
    const text = linesOf(dataType, records);
    if (text.length <= SMALL_TEXT) {
      const bytes = gzipSync(text, SMALL_COMPRESSION);
      const { path } = await makeArchiveFile(this.root, owner, (at) => writeWhole(at, bytes));
      return () => rm(path, { force: true });
    }
    const bytes = await compress(text, COMPRESSION);
    const { path, handle } = await newArchiveFile(this.root, owner);
    const takeBack = (): Promise<void> => rm(path, { force: true });
    try {
      await writeFile(handle, bytes);
    } catch (error) {
      await takeBack();
      throw notKept(error);
    } finally {
      await handle.close();
    }
    return takeBack;
  }

  /**
   * Everything that is kept of a task, as NDJSON text; undefined when there is nothing. A file that a crash cut off
   * ends with its last whole line.
   */
  async read(taskId: number): Promise<Readable | undefined> {
    const paths = await this.paths(taskId);
    return paths.length === 0 ? undefined : Readable.from(chunksOf(paths), { objectMode: false });
  }

  /** Removes the folders of days that are longer ago. */
  async removeOlderThan(days: number): Promise<void> {
    const oldest = new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
    for (const day of await this.days()) {
      if (day < oldest) await rm(join(this.root, day), { recursive: true, force: true });
    }
  }

  /** A committed snapshot is a task: what was kept of the one becomes the other's. Done again it does what is left. */
  async handOver(from: ArchiveOwner, taskId: number): Promise<void> {
    // The last file first: files are found by counting up. Two that hand over at once share the work: what is missing has
    // been moved by the other.
    for (const { day, number, path } of (await this.files(from)).reverse()) {
      await rename(path, archivePath(this.root, day, taskId, number)).catch(nothingWhenMissing);
    }
  }

  private async paths(taskId: number): Promise<string[]> {
    return (await this.files(taskId)).map(({ path }) => path);
  }

  /** A task writes on the day of each try, so every day is asked; a name is looked for, not listed. */
  private async files(owner: ArchiveOwner): Promise<{ day: string; number: number; path: string }[]> {
    const found: { day: string; number: number; path: string }[] = [];
    for (const day of await this.days()) {
      for (let number = 1; ; number++) {
        const path = archivePath(this.root, day, owner, number);
        if (!(await exists(path))) break;
        found.push({ day, number, path });
      }
    }
    return found;
  }

  private async days(): Promise<string[]> {
    const names = await readdir(this.root).catch(nothingWhenMissing);
    return names.filter((name) => DAY_FOLDER.test(name)).sort();
  }
}

/** A new file, as a whole or not at all. */
function writeWhole(path: string, bytes: Buffer): void {
  try {
    writeFileSync(path, bytes, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'EEXIST' && code !== 'ENOENT') rmSync(path, { force: true });
    throw error;
  }
}

async function* chunksOf(paths: readonly string[]): AsyncGenerator<Buffer> {
  for (const path of paths) {
    // Told to flush at the end, zlib gives what it has when the end is missing.
    const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
    const lines = pipeline(createReadStream(path), gunzip, new WholeLines(), () => {
      // The error, if any, comes out of the stream that is iterated below.
    });
    for await (const chunk of lines) yield chunk as Buffer;
  }
}

const NEWLINE = 0x0a;

/** Lets text through up to its last line end. */
class WholeLines extends Transform {
  private rest: Buffer[] = [];

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      for (const piece of this.rest) this.push(piece);
      this.rest = [];
      this.push(chunk.subarray(0, end));
    }
    if (end < chunk.length) this.rest.push(chunk.subarray(end));
    callback();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    nothingWhenMissing(error);
    return false;
  }
}

function nothingWhenMissing(error: unknown): never[] {
  if (errorCode(error) === 'ENOENT') return [];
  throw error;
}

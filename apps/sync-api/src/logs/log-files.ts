import { mkdirSync, statSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { errorCode } from '../error-code';

const FILE_LIMIT = 20 * 1024 * 1024;
const FILES_LIMIT = 50;
const NAME = /^system-(\d{4}-\d\d-\d\d)\.(\d+)\.ndjson$/;

/**
 * The system log in files: a new one every day (UTC) and whenever one is full. Files are only appended to and never
 * renamed, so several processes may share a directory, which libraries that rotate by renaming do not allow.
 */
export class LogFiles {
  private readonly file: ReturnType<typeof pino.destination>;
  private day: string;
  private number: number;
  private size: number;

  constructor(
    private readonly directory: string,
    private readonly onError: (error: Error) => void,
    private readonly fileLimit = FILE_LIMIT,
  ) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.day = today();
    this.number = 1;
    while ((this.size = sizeOf(this.path())) >= fileLimit) this.number++;
    this.file = pino.destination({ dest: this.path(), append: true, sync: true, mode: 0o600 });
    this.file.on('error', onError);
  }

  write(line: string): void {
    const day = today();
    if (day !== this.day || this.size >= this.fileLimit) this.roll(day);
    this.size += Buffer.byteLength(line);
    this.file.write(line);
  }

  close(): void {
    this.file.end();
  }

  private roll(day: string): void {
    this.number = day === this.day ? this.number + 1 : 1;
    this.day = day;
    this.size = sizeOf(this.path());
    this.file.reopen(this.path());
    removeOldLogFiles(this.directory, Infinity).catch(this.onError);
  }

  private path(): string {
    return join(this.directory, `system-${this.day}.${this.number}.ndjson`);
  }
}

/** Paths of the system log's files, oldest first. */
export async function logFiles(directory: string): Promise<string[]> {
  const names = await readdir(directory);
  return names
    .flatMap((name) => {
      const [, day, number] = NAME.exec(name) ?? [];
      return day && number ? [{ name, order: `${day} ${number.padStart(8, '0')}` }] : [];
    })
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ name }) => join(directory, name));
}

/** The day of a file of the system log, from its name. */
export function logDay(name: string): string | undefined {
  return NAME.exec(name)?.[1];
}

/** Removes what nobody will look at any more: files older than the given days, and the oldest when there are many. */
export async function removeOldLogFiles(directory: string, days: number): Promise<void> {
  const files = await logFiles(directory);
  const oldest = Date.now() - days * 86_400_000;
  for (const [index, path] of files.entries()) {
    const surplus = index < files.length - FILES_LIMIT;
    if (surplus || (await changedAt(path)) < oldest) await rm(path, { force: true });
  }
}

/** Another process that shares the directory may have removed the file in the meantime. */
async function changedAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return Infinity;
    throw error;
  }
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

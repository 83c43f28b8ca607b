import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { basename } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '../config';
import { logDay, logFiles } from './log-files';
import { LOG_LEVELS, type LogLevel, type LogLineView } from './task-files.dto';

/** Nobody reads more; a task that wrote more shows its last ones. */
const MOST_LINES = 10_000;

/** Finds the lines of one task in the files of the system log. */
@Injectable()
export class TaskLog {
  constructor(private readonly config: Config) {}

  /** The task's lines between two moments, oldest first; the last 10,000 when there are more. */
  async read(taskId: number, from: Date, to: Date): Promise<LogLineView[]> {
    const found: LogLineView[] = [];
    // The number ends at a comma or a brace, or 12 would also find 123.
    const mark = new RegExp(`"taskId":${taskId}[,}]`);
    for (const path of await this.filesBetween(from, to)) {
      const input = createReadStream(path, { encoding: 'utf8' });
      for await (const text of createInterface({ input, crlfDelay: Infinity })) {
        const line = mark.test(text) ? parseLine(text, taskId) : undefined;
        if (!line) continue;
        found.push(line);
        if (found.length >= 2 * MOST_LINES) found.splice(0, MOST_LINES);
      }
    }
    // Several processes may have worked on the task, each with its own clock of lines in the same files.
    return found.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)).slice(-MOST_LINES);
  }

  private async filesBetween(from: Date, to: Date): Promise<string[]> {
    const [first, last] = [from, to].map((date) => date.toISOString().slice(0, 10));
    const files = await logFiles(this.config.logDirectory);
    return files.filter((path) => {
      const day = logDay(basename(path)) ?? '';
      return first !== undefined && last !== undefined && day >= first && day <= last;
    });
  }
}

/** Undefined for a line that a crash cut off, and for one that only mentions the task. */
function parseLine(text: string, taskId: number): LogLineView | undefined {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (typeof line !== 'object' || line === null) return undefined;
  const { level, time, msg, context, taskId: task, requestId, ...details } = line as Record<string, unknown>;
  if (task !== taskId) return undefined;
  return {
    time: String(time),
    level: levelOf(level),
    message: typeof msg === 'string' ? msg : '',
    context: typeof context === 'string' ? context : null,
    requestId: typeof requestId === 'string' ? requestId : null,
    details,
  };
}

/** What nobody of ours wrote is shown, too. */
function levelOf(level: unknown): LogLevel {
  return LOG_LEVELS.find((known) => known === level) ?? 'info';
}

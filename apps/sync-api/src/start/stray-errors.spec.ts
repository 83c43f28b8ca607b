import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { closeLog, openLog } from '../logs/logger';
import { NestLogger } from '../logs/nest-logger';
import { stopAfterExceptions } from './stray-errors';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rollcall-stray-'));
  Logger.overrideLogger(new NestLogger());
  openLog(directory, 'info', false);
});

afterEach(() => {
  closeLog();
  rmSync(directory, { recursive: true, force: true });
});

/** Taken off the process again: it is to hear of the test's error, and those who run the test are not. */
function listenerThat(listens: () => void): NodeJS.UncaughtExceptionListener {
  const before = process.listeners('uncaughtException');
  listens();
  const [added] = process.listeners('uncaughtException').filter((listener) => !before.includes(listener));
  process.removeListener('uncaughtException', added!);
  return added!;
}

it('logs in the file what nobody caught, without what it says, tells what to do, and stops', () => {
  const told = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const stop = jest.fn();
  const hear = listenerThat(() => stopAfterExceptions(stop));
  const error = new TypeError('token=s3cret');
  error.stack =
    'TypeError: token=s3cret\n    at Timeout.tick (/home/adapters/node_modules/rollcall-source-odd/index.js:7:9)';
  hear(error, 'uncaughtException');
  expect(stop).toHaveBeenCalledTimes(1);
  const [file] = readdirSync(directory).filter((name) => /^system-.*\.ndjson$/.test(name));
  const logged = readFileSync(join(directory, file ?? ''), 'utf8');
  for (const text of [logged, JSON.stringify(told.mock.calls)]) {
    expect(text).not.toContain('s3cret');
    expect(text).toContain('rollcall-source-odd/index.js:7:9');
    expect(text).toContain('ROLLCALL_ADAPTERS');
  }
});

import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { codeOf } from './processes';

/** Reads a secret that only its owner can read, and makes it when there is none. Never leaves a half-written file. */
export function keepSecret(file: string, make: () => string = () => randomBytes(24).toString('hex')): string {
  const found = readSecret(file);
  if (found) return found;
  const secret = make();
  writeSecret(file, secret);
  return secret;
}

export function readSecret(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

export function writeSecret(file: string, secret: string): void {
  const draft = `${file}.${process.pid}.new`;
  rmSync(draft, { force: true });
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, `${secret}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
}

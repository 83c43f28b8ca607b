import { createHmac, randomBytes, scryptSync } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RollcallError } from '@rollcall/core';
import type { Config } from '../config';

const KEY_BYTES = 32;

/** The key under which secrets are encrypted, and how to recognise it without knowing it. */
export interface SecretKey {
  key: Buffer;
  /** Kept by the database, so that a wrong key is noticed before anything is written with it. */
  fingerprint: string;
}

/**
 * Finds the key: ROLLCALL_SECRET_KEY (32 bytes in base64, or any passphrase), else the file `secret.key` of the home,
 * which is made on the first start. Processes that share a database but not a home must be given the key.
 */
export function loadSecretKey(config: Pick<Config, 'home' | 'role' | 'secretKey'>): SecretKey {
  if (config.secretKey !== undefined && config.secretKey !== '') return secretKey(config.secretKey);
  if (config.role !== 'all') {
    throw new RollcallError(
      'configuration',
      `ROLLCALL_SECRET_KEY is not set, and with ROLLCALL_ROLE=${config.role} every process needs the same one. ` +
        'Set it to what the other processes have, or make one with "openssl rand -base64 32".',
    );
  }
  return secretKey(readOrMake(config.home));
}

/** Makes the key of what an operator wrote. */
export function secretKey(text: string): SecretKey {
  const key = isEncodedKey(text) ? Buffer.from(text, 'base64') : stretch(text);
  return { key, fingerprint: createHmac('sha256', key).update('rollcall secret key').digest('hex').slice(0, 32) };
}

function isEncodedKey(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === KEY_BYTES && bytes.toString('base64') === text;
}

/** The salt is fixed because every process must come to the same key by itself. */
function stretch(passphrase: string): Buffer {
  return scryptSync(passphrase, 'rollcall secret key', KEY_BYTES, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 });
}

function readOrMake(home: string): string {
  const file = join(home, 'secret.key');
  const existing = read(file);
  if (existing !== undefined) return existing;
  mkdirSync(home, { recursive: true });
  // Linked into place, so that of two processes that start at once one wins, and nobody reads half a key.
  const draft = join(home, `secret.key.${randomBytes(6).toString('hex')}`);
  writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flush: true });
  try {
    chmodSync(draft, 0o600);
    linkSync(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
  const made = read(file);
  if (made !== undefined) return made;
  throw new RollcallError('configuration', `${file} cannot be read. Make it readable, or set ROLLCALL_SECRET_KEY.`);
}

function read(file: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  if (text !== '') return text;
  throw new RollcallError(
    'configuration',
    `${file} is empty. Put the key back from a backup; without one, remove the file and enter every secret again.`,
  );
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

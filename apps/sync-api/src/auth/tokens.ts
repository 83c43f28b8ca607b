import { hash, randomBytes } from 'node:crypto';

/** 256 random bits as text, behind a prefix that says what it is. */
export function newToken(prefix: string): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** What is stored of a token. It has too many bits to be guessed, so one round is enough. */
export function tokenHash(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

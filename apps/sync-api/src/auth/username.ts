import { RollcallError } from '@rollcall/core';

/** Letters and digits of any script, and what stands in e-mail addresses. */
const USERNAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@+-]{0,63}$/u;

/** One way of writing for what looks the same. Comparison is without regard to case on top of that. */
export function normalizeUsername(username: string): string {
  return username.normalize('NFKC').trim();
}

/** The username as it is stored. */
export function requireUsername(username: string): string {
  const normalized = normalizeUsername(username);
  if (USERNAME.test(normalized)) return normalized;
  const message =
    'must begin with a letter or digit and go on with letters, digits or . _ @ + -, at most 64 characters';
  throw new RollcallError('invalid_request', `username: ${message}.`, {
    errors: [{ pointer: '/username', code: 'matches', message }],
  });
}

import { randomInt } from 'node:crypto';
import { RollcallError } from '@rollcall/core';

export const PASSWORD_MIN_LENGTH = 8;
export const PASSWORD_MAX_LENGTH = 256;

/** Without letters and digits that look alike: people read it off a screen. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** About 116 random bits. */
export function generatePassword(): string {
  return Array.from({ length: 20 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
}

/** Length is all that is asked of a password. `where` names the field or variable that holds it. */
export function requirePassword(password: string, where: string): void {
  const length = [...password].length;
  if (length >= PASSWORD_MIN_LENGTH && length <= PASSWORD_MAX_LENGTH) return;
  const message = `must have from ${PASSWORD_MIN_LENGTH} to ${PASSWORD_MAX_LENGTH} characters`;
  throw new RollcallError('invalid_request', `${where} ${message}.`, {
    errors: [{ pointer: `/${where}`, code: 'length', message }],
  });
}

import { randomInt } from 'node:crypto';
import { RollcallError } from '@rollcall/core';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

export const PASSWORD_MIN_LENGTH = 8;
export const PASSWORD_MAX_LENGTH = 256;

/** Without letters and digits that look alike: people read it off a screen. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** Of zxcvbn's 0 to 4: from a million guesses on. Sign-in counts wrong ones, so nobody has that many. */
const MIN_SCORE = 2;

/** About 116 random bits. */
export function generatePassword(): string {
  return Array.from({ length: 20 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
}

/** A password is long enough, and none of those that are tried first. `where` names the field or variable that holds it. */
export async function requirePassword(
  password: string,
  { where, username }: { where: string; username: string },
): Promise<void> {
  const length = [...password].length;
  if (length < PASSWORD_MIN_LENGTH || length > PASSWORD_MAX_LENGTH) {
    throw refusal(where, 'length', `must have from ${PASSWORD_MIN_LENGTH} to ${PASSWORD_MAX_LENGTH} characters`);
  }
  const { score } = (await (strength ??= loadStrength())).check(password, [username, 'rollcall']);
  if (score < MIN_SCORE) throw refusal(where, 'guessable', 'is easy to guess; choose a longer one, or several words');
}

/** Its lists of common passwords and names take some megabytes, which a process needs that is asked for a password. */
let strength: Promise<ZxcvbnFactory> | undefined;

async function loadStrength(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
}

function refusal(where: string, code: 'length' | 'guessable', message: string): RollcallError {
  return new RollcallError('invalid_request', `${where} ${message}.`, {
    errors: [{ pointer: `/${where}`, code, message }],
  });
}

import { type Hint, isStorableText, type OpenHints } from '@rollcall/core';
import { isObject } from '../adapters/is-object';
import { breach } from './check-answer';

const KEY_MAX_LENGTH = 255;
const DATA_MAX_BYTES = 4 * 1024;

/** Hints of an adapter. Throws `bad_answer` for what breaks its contract. */
export function checkHints(hints: unknown, adapter: string): Hint[] {
  if (!Array.isArray(hints)) throw breach(adapter, 'the hints must be a list.');
  return hints.map((hint: unknown) => checkHint(hint, adapter));
}

/** What an adapter leaves for the next read of its hints; nothing when it returns nothing. */
export function checkOpenHints(open: unknown, adapter: string): OpenHints {
  if (open === undefined) return { hints: [], again: false };
  if (!isObject(open) || typeof open['again'] !== 'boolean') {
    throw breach(adapter, 'events.read must return nothing, or {hints, again}.');
  }
  return { hints: checkHints(open['hints'], adapter), again: open['again'] };
}

function checkHint(hint: unknown, adapter: string): Hint {
  const { key, data } = isObject(hint) ? hint : {};
  if (typeof key !== 'string' || key === '' || key.length > KEY_MAX_LENGTH || !isStorableText(key)) {
    throw breach(adapter, `the key of a hint must be a text of 1 to ${KEY_MAX_LENGTH} characters.`);
  }
  const text = isObject(data) && !Array.isArray(data) ? JSON.stringify(data) : '';
  if (text === '' || Buffer.byteLength(text) > DATA_MAX_BYTES || text.includes('\\u0000')) {
    throw breach(adapter, `the data of a hint must be an object of at most ${DATA_MAX_BYTES / 1024} kB, without NUL.`);
  }
  return { key, data: JSON.parse(text) as Hint['data'] };
}

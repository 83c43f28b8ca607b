import { type CallbackAnswer, type Hint, isStorableText } from '@rollcall/core';
import { isObject } from '../adapters/check-adapter';
import { breach } from '../engine/check-answer';

const KEY_MAX_LENGTH = 255;
const DATA_MAX_BYTES = 4 * 1024;

/** The answer of an adapter to a vendor's request, complete. */
export interface CheckedAnswer {
  status: number;
  contentType: string;
  body: string;
  hints: Hint[];
}

/** What an adapter returns is foreign data. Throws `bad_answer` for what breaks its contract. */
export function checkCallbackAnswer(answer: unknown, adapter: string): CheckedAnswer {
  if (!isObject(answer)) throw breach(adapter, 'an answer must be {status, contentType, body, hints}.');
  const { status = 200, contentType = 'text/plain; charset=utf-8', body = '', hints = [] } = answer as CallbackAnswer;
  if (!Number.isInteger(status) || status < 200 || status > 599) throw breach(adapter, 'a status must be 200 to 599.');
  if (typeof contentType !== 'string' || !/^[\x20-\x7e]+$/.test(contentType)) {
    throw breach(adapter, 'a contentType must be a media type.');
  }
  if (typeof body !== 'string') throw breach(adapter, 'a body must be a text.');
  if (!Array.isArray(hints)) throw breach(adapter, 'the hints must be a list.');
  return { status, contentType, body, hints: hints.map((hint: unknown) => checkHint(hint, adapter)) };
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

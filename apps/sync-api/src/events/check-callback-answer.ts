import type { CallbackAnswer, Hint } from '@rollcall/core';
import { isObject } from '../adapters/is-object';
import { breach } from '../engine/check-answer';
import { checkHints } from '../engine/check-hints';

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
  return { status, contentType, body, hints: checkHints(hints, adapter) };
}

import type { HttpAnswer } from '@rollcall/core';
import type { SecretOption } from './config';
import { strangeAnswer, WecomError, wecomError } from './errors';

/** A successful answer of WeCom: whatever stands beside `errcode`. */
export type Answer = Readonly<Record<string, unknown>>;

/**
 * What WeCom answered. `errcode` is looked at before anything else is believed: failures carry the lists of the endpoint,
 * empty. Throws a `WecomError`; what did not come from WeCom (a proxy's page, half an answer) is `network` and may be tried
 * again.
 */
export function readAnswer(http: HttpAnswer, path: string, secret: SecretOption): Answer {
  const { status, body } = http;
  if (status === 429 || (status === 503 && http.retryAfter !== undefined)) throw busyGateway(http, path);
  if (status >= 500 || status === 408) {
    throw strangeAnswer('network', `WeCom, or something before it, answered with HTTP status ${status}`, path);
  }
  if (status >= 300 && status < 400) {
    throw wrongAddress(
      'The address of the API answers with a redirect. Enter the one that it leads to, with https',
      path,
    );
  }
  if (status === 404) throw wrongAddress('There is no WeCom interface at this address', path);
  const answer = parse(http.text(), path, body.length);
  const errcode = Number(answer['errcode'] ?? 0);
  if (!Number.isInteger(errcode)) throw strangeAnswer('bad_answer', 'WeCom answered without a usable errcode', path);
  if (errcode !== 0) throw wecomError({ errcode, path, ...particulars(answer['errmsg']) }, secret);
  if (status !== 200) throw strangeAnswer('network', `WeCom answered with HTTP status ${status}`, path);
  return answer;
}

/** A list of an answer; one that is not there is no empty list. */
export function listOf(answer: Answer, key: string, path: string): readonly Answer[] {
  const list = answer[key];
  if (Array.isArray(list) && list.every(isAnswer)) return list;
  throw strangeAnswer('bad_answer', `WeCom answered without the list "${key}"`, path);
}

export const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(text: string, path: string, bytes: number): Answer {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw strangeAnswer(
      'network',
      `What came back is not the JSON of WeCom, or was cut off after ${bytes} bytes`,
      path,
    );
  }
  if (isAnswer(answer)) return answer;
  throw strangeAnswer('network', 'What came back is not an answer of WeCom', path);
}

/** The hint for support and the caller's address; nothing is decided by this text. */
function particulars(errmsg: unknown): { hint?: string; ip?: string } {
  const text = typeof errmsg === 'string' ? errmsg.slice(0, 1000) : '';
  const hint = /hint:\s*\[(\w{1,80})\]/.exec(text)?.[1];
  const ip = /from ip:\s*([0-9a-f.:]{3,45})/i.exec(text)?.[1];
  return { ...(hint !== undefined && { hint }), ...(ip !== undefined && { ip }) };
}

/** WeCom itself says in the body that it was called too often; something before it says so by HTTP. */
function busyGateway({ status, retryAfter }: HttpAnswer, path: string): WecomError {
  const message = `Something before WeCom answered with HTTP status ${status}: it asks to slow down (${path}).`;
  return new WecomError('vendor_busy', message, undefined, { retryAfter });
}

const wrongAddress = (what: string, path: string): WecomError =>
  new WecomError('configuration', `${what} (${path}).`, undefined, { field: 'apiBaseUrl' });

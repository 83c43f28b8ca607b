import { type AdapterContext, type CallbackAnswer, type CallbackRequest, RollcallError } from '@rollcall/core';
import { type CallbackKeys, decryptMessage, type Signed, verifySignature } from './callback-crypto';
import { hintsIn } from './callback-hints';
import { readMessage } from './callback-text';
import type { WecomOptions } from './config';
import { toHint } from './hints';

/** The callbacks of WeCom have a few kB. */
const LARGEST_BODY = 256 * 1024;

/**
 * Answers a callback: the verification of the address (GET), or an event (POST). The signature is checked before anything is
 * decrypted, and what was decrypted is believed only when it is meant for this company. Asks WeCom nothing.
 *
 * The age of a callback is not looked at: WeCom documents no limit, and may send one again as it was. What comes twice is
 * read twice, and changes nothing.
 */
export async function receive(
  request: CallbackRequest,
  { options, logger }: AdapterContext<WecomOptions>,
): Promise<CallbackAnswer> {
  const keys = keysOf(options);
  if (request.method === 'GET') return { body: open(keys, options.corpId, request, echo(request)) };
  const message = readMessage(open(keys, options.corpId, request, envelope(request.body)));
  const hints = hintsIn(message);
  if (!hints)
    logger.warn('A callback of WeCom tells of a change, but not of whom; the next full read will', {
      changeType: message.get('changetype'),
    });
  return { body: 'success', hints: (hints ?? []).map(toHint) };
}

function keysOf({ callbackToken, encodingAesKey }: WecomOptions): CallbackKeys {
  if (callbackToken !== undefined && encodingAesKey !== undefined) return { token: callbackToken, encodingAesKey };
  throw new RollcallError(
    'unauthenticated',
    'This source takes no callbacks: its callbackToken and encodingAesKey are not set.',
  );
}

/** Verifies and decrypts what a request carries. */
function open(keys: CallbackKeys, corpId: string, { query }: CallbackRequest, encrypted: string): string {
  const { msg_signature: signature = '', timestamp = '', nonce = '' } = query;
  const signed: Signed = { signature, timestamp, nonce, encrypted };
  verifySignature(keys, signed);
  return decryptMessage(keys, encrypted, corpId);
}

/** A `+` that was not encoded has become a space. */
function echo({ query }: CallbackRequest): string {
  const { echostr } = query;
  if (echostr === undefined) throw new RollcallError('invalid_request', 'The verification carries no echostr.');
  return echostr.replaceAll(' ', '+');
}

function envelope(body: Uint8Array): string {
  if (body.length === 0) throw new RollcallError('invalid_request', 'The callback is empty.');
  if (body.length > LARGEST_BODY)
    throw new RollcallError('payload_too_large', 'The callback is larger than any of WeCom.');
  const encrypted = readMessage(Buffer.from(body).toString('utf8')).get('encrypt');
  if (encrypted === undefined || encrypted === '') {
    throw new RollcallError('invalid_request', 'The callback carries nothing that is encrypted.');
  }
  return encrypted;
}

import { createDecipheriv, hash, timingSafeEqual } from 'node:crypto';
import { RollcallError } from '@rollcall/core';

/** What signs and encrypts callbacks: `Token` and `EncodingAESKey` of the console. */
export interface CallbackKeys {
  token: string;
  encodingAesKey: string;
}

export interface Signed {
  signature: string;
  timestamp: string;
  nonce: string;
  /** Base64, as it came. */
  encrypted: string;
}

/** PKCS#7 with blocks of 32 bytes, which Node's own unpadding takes for broken. */
const BLOCK = 32;
/** Random bytes in front of the length of the message, which has 4 bytes. */
const RANDOM_BYTES = 16;

/** Throws `unauthenticated` when the signature is not WeCom's. Takes the same time wherever it differs. */
export function verifySignature({ token }: CallbackKeys, { signature, timestamp, nonce, encrypted }: Signed): void {
  const expected = hash('sha1', [token, timestamp, nonce, encrypted].sort().join(''), 'hex');
  // Hashed again, so that both have one length.
  const digest = (text: string): Buffer => hash('sha256', text, 'buffer');
  if (timingSafeEqual(digest(expected), digest(signature.toLowerCase()))) return;
  throw new RollcallError(
    'unauthenticated',
    'The signature of the callback is wrong: its Token is not that of this source.',
  );
}

/**
 * The message of a callback whose signature was verified. Throws `unauthenticated` when it is meant for another company, and
 * `invalid_request` when it cannot be decrypted.
 */
export function decryptMessage({ encodingAesKey }: CallbackKeys, encrypted: string, receiveId: string): string {
  const plain = unpadded(decipher(Buffer.from(`${encodingAesKey}=`, 'base64'), encrypted));
  const start = RANDOM_BYTES + 4;
  if (plain.length < start) throw broken('it is too short');
  const end = start + plain.readUInt32BE(RANDOM_BYTES);
  if (end > plain.length) throw broken('its length is wrong');
  if (!timingSafeEqual(digestOf(plain.subarray(end)), digestOf(receiveId))) {
    throw new RollcallError(
      'unauthenticated',
      'The callback is meant for another company: its Corp ID is not that of this source.',
    );
  }
  return plain.toString('utf8', start, end);
}

const digestOf = (value: Buffer | string): Buffer => hash('sha256', value, 'buffer');

function decipher(key: Buffer, encrypted: string): Buffer {
  if (key.length !== 32) throw broken('the EncodingAESKey of this source has not 43 letters and digits');
  const bytes = Buffer.from(encrypted, 'base64');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encrypted) || bytes.length === 0) throw broken('it is not base64');
  if (bytes.length % BLOCK !== 0) throw broken('it is cut off');
  const decipherer = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([decipherer.update(bytes), decipherer.final()]);
}

function unpadded(padded: Buffer): Buffer {
  const count = padded[padded.length - 1] ?? 0;
  const length = padded.length - count;
  if (count < 1 || count > BLOCK || padded.subarray(length).some((byte) => byte !== count)) {
    throw broken('its padding is wrong; the EncodingAESKey may not be that of this source');
  }
  return padded.subarray(0, length);
}

const broken = (why: string): RollcallError =>
  new RollcallError('invalid_request', `The callback cannot be decrypted: ${why}.`);

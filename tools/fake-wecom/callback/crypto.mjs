// The vendor's encryption, written for the fake alone: the adapter has its own, and the two check each other.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const BLOCK = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;

/** Hex sha1 over the sorted parts: token, timestamp, nonce and the encrypted text. */
export function signatureOf(...parts) {
  return createHash('sha1').update(parts.sort().join('')).digest('hex');
}

/** A callback's text: random, length, message, receiver; as base64. */
export function encrypt(aesKey, message, receiveId, random = randomBytes(RANDOM_BYTES)) {
  const body = Buffer.from(message);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(body.length);
  return encipher(aesKey, Buffer.concat([random, length, body, Buffer.from(receiveId)])).toString('base64');
}

/** The other way round; throws when padding or length are wrong. */
export function decrypt(aesKey, encrypted) {
  const plain = decipher(aesKey, Buffer.from(encrypted, 'base64'));
  const from = RANDOM_BYTES + LENGTH_BYTES;
  const length = plain.readUInt32BE(RANDOM_BYTES);
  if (length > plain.length - from) throw new Error('The length field is larger than what follows it.');
  return {
    message: plain.subarray(from, from + length).toString(),
    receiveId: plain.subarray(from + length).toString(),
  };
}

/** An export file: the bare bytes, without random, length and receiver. */
export function encipher(aesKey, plain) {
  const padding = BLOCK - (plain.length % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', ...keyAndVector(aesKey)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]);
}

export function decipher(aesKey, bytes) {
  const cipher = createDecipheriv('aes-256-cbc', ...keyAndVector(aesKey)).setAutoPadding(false);
  const padded = Buffer.concat([cipher.update(bytes), cipher.final()]);
  const padding = padded.at(-1);
  const isRight = padding >= 1 && padding <= BLOCK && padded.subarray(-padding).every((byte) => byte === padding);
  if (!isRight) throw new Error('The padding is wrong.');
  return padded.subarray(0, -padding);
}

export function isAesKey(aesKey) {
  return typeof aesKey === 'string' && /^[A-Za-z0-9+/]{43}$/.test(aesKey);
}

function keyAndVector(aesKey) {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  return [key, key.subarray(0, 16)];
}

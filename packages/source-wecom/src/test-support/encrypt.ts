import { createCipheriv, createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Vector {
  id: string;
  kind: 'url-verify' | 'message' | 'self-made';
  token: string;
  encodingAesKey: string;
  receiveId: string;
  timestamp: string;
  nonce: string;
  encrypt: string;
  signature: string;
  plaintext?: string;
  contains?: string[];
  messageBytes: number;
}

/** The vendor's official samples (A1, A2), and ones that two implementations agree on. */
export const VECTORS = JSON.parse(readFileSync(join(__dirname, 'crypto-vectors.json'), 'utf8')) as Vector[];

export const KEYS = { token: 'QDG6eK', encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' };
export const CORP_ID = 'wx5823bf96d3bd56c7';

const key = Buffer.from(`${KEYS.encodingAesKey}=`, 'base64');

/** The padded plain text of a message, as the vendor makes it; `length` lies about the size of the message. */
export function padded(message: string, receiveId = CORP_ID, length = Buffer.byteLength(message)): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(length);
  const plain = Buffer.concat([
    Buffer.from('\u0000\u0001fedcba98765432', 'latin1'),
    size,
    Buffer.from(message + receiveId),
  ]);
  const pad = 32 - (plain.length % 32);
  return Buffer.concat([plain, Buffer.alloc(pad, pad)]);
}

export function encryptBytes(plain: Buffer): string {
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

export const encrypt = (message: string, receiveId?: string): string => encryptBytes(padded(message, receiveId));

/** The query of a callback that carries `encrypted`. */
export function signedQuery(encrypted: string, token = KEYS.token): Record<string, string> {
  const [timestamp, nonce] = ['1700000000', 'n0nce'];
  const text = [token, timestamp, nonce, encrypted].sort().join('');
  return { msg_signature: createHash('sha1').update(text).digest('hex'), timestamp, nonce };
}

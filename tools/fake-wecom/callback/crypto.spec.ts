import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../test-support/load.ts';

interface Vector {
  id: string;
  token: string;
  encodingAesKey: string;
  receiveId: string;
  timestamp: string;
  nonce: string;
  random16?: string;
  encrypt: string;
  signature: string;
  plaintext?: string;
  contains?: string[];
  messageBytes: number;
}

interface FileVector {
  encodingAesKey: string;
  plaintext: string;
  ciphertextBase64: string;
  ciphertextBytes: number;
  ciphertextMd5: string;
}

const { callback: vectors, exportFile } = JSON.parse(readFileSync(join(__dirname, 'crypto-vectors.json'), 'utf8')) as {
  callback: Vector[];
  exportFile: FileVector[];
};
const [sample] = vectors;
let crypto: Awaited<ReturnType<typeof load>>;

beforeAll(async () => {
  crypto = await load('callback/crypto.mjs');
});

describe.each(vectors)('vector $id', (vector) => {
  it('has the signature that we make', () => {
    const { token, timestamp, nonce, encrypt, signature } = vector;
    expect(crypto.signatureOf(token, timestamp, nonce, encrypt)).toBe(signature);
  });

  it('is decrypted', () => {
    const { message, receiveId } = crypto.decrypt(vector.encodingAesKey, vector.encrypt);
    expect(receiveId).toBe(vector.receiveId);
    expect(Buffer.byteLength(message)).toBe(vector.messageBytes);
    if (vector.plaintext !== undefined) expect(message).toBe(vector.plaintext);
    for (const part of vector.contains ?? []) expect(message).toContain(part);
  });
});

describe.each(vectors.filter(({ random16 }) => random16))('vector $id, made by us', (vector) => {
  it('is what we encrypt', () => {
    const { encodingAesKey, plaintext, receiveId, random16, encrypt } = vector;
    expect(crypto.encrypt(encodingAesKey, plaintext, receiveId, Buffer.from(random16!))).toBe(encrypt);
  });
});

describe('an export file', () => {
  it.each(exportFile)('is the bare JSON, encrypted', (vector) => {
    const bytes: Buffer = crypto.encipher(vector.encodingAesKey, Buffer.from(vector.plaintext));
    expect(bytes.toString('base64')).toBe(vector.ciphertextBase64);
    expect(bytes.length).toBe(vector.ciphertextBytes);
    expect(createHash('md5').update(bytes).digest('hex')).toBe(vector.ciphertextMd5);
    expect(crypto.decipher(vector.encodingAesKey, bytes).toString()).toBe(vector.plaintext);
  });
});

describe('encryption', () => {
  it('is another text each time, of whole blocks of 32 bytes', () => {
    const texts = Array.from({ length: 40 }, (_, n) => crypto.encrypt(sample!.encodingAesKey, 'm'.repeat(n), 'ww1'));
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(Buffer.from(text, 'base64').length % 32).toBe(0);
    expect(texts.map((text) => crypto.decrypt(sample!.encodingAesKey, text).message.length)).toEqual([...texts.keys()]);
  });

  it('notices another nonce, wrong padding and a length beyond the end', () => {
    const { token, timestamp, nonce, encrypt, signature, encodingAesKey } = sample!;
    expect(crypto.signatureOf(token, timestamp, `${nonce.slice(0, -1)}5`, encrypt)).not.toBe(signature);
    const bytes = Buffer.from(encrypt, 'base64');
    bytes[bytes.length - 20]! ^= 1;
    expect(() => crypto.decrypt(encodingAesKey, bytes.toString('base64'))).toThrow('padding');
    const tooLong = Buffer.concat([Buffer.alloc(16), Buffer.from([0, 0, 1, 0]), Buffer.from('short')]);
    const sealed: Buffer = crypto.encipher(encodingAesKey, tooLong);
    expect(() => crypto.decrypt(encodingAesKey, sealed.toString('base64'))).toThrow('length field');
  });
});

import { decryptMessage, verifySignature } from './callback-crypto';
import { CORP_ID, encrypt, encryptBytes, KEYS, padded, VECTORS, type Vector } from './test-support/encrypt';

const signed = ({ signature, timestamp, nonce, encrypt: encrypted }: Vector) => ({
  ...{ signature, timestamp, nonce, encrypted },
});

const failure = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

const sample = VECTORS[1]!;

test.each(VECTORS.map((vector) => [vector.id, vector] as const))(
  'vector %s is verified and decrypted',
  (_id, vector) => {
    expect(() => verifySignature(vector, signed(vector))).not.toThrow();
    const message = decryptMessage(vector, vector.encrypt, vector.receiveId);
    expect(Buffer.byteLength(message)).toBe(vector.messageBytes);
    if (vector.plaintext !== undefined) expect(message).toBe(vector.plaintext);
    for (const part of vector.contains ?? []) expect(message).toContain(part);
  },
);

test('all eight vectors were there', () => {
  expect(VECTORS.map(({ id }) => id)).toEqual(['A1', 'A2', 'S1', 'S2', 'S3', 'S4', 'S5', 'S6']);
});

test.each([
  ['nonce', { nonce: `${sample.nonce.slice(0, -1)}0` }],
  ['timestamp', { timestamp: '1409659814' }],
  ['content', { encrypt: sample.encrypt.replace('R', 'S') }],
  ['signature', { signature: sample.signature.slice(1) }],
  ['signature, which is empty', { signature: '' }],
  ['token', { token: 'QDG6eL' }],
])('one other character in the %s is noticed', (_what, change) => {
  const vector = { ...sample, ...change };
  expect(failure(() => verifySignature(vector, signed(vector)))).toMatchObject({ code: 'unauthenticated' });
});

test('a message for another company is refused', () => {
  expect(failure(() => decryptMessage(KEYS, encrypt('hello', 'ww0000000000000000'), CORP_ID))).toMatchObject({
    code: 'unauthenticated',
    message: expect.stringContaining('another company'),
  });
});

test.each([
  ['an altered last block', altered(sample.encrypt)],
  ['padding of different bytes', encryptBytes(lastBytes(padded('hello'), [7, 2]))],
  ['padding of 0', encryptBytes(lastBytes(padded('hello'), [0]))],
  ['padding of 33', encryptBytes(Buffer.alloc(64, 33))],
])('%s is wrong padding', (_what, encrypted) => {
  expect(failure(() => decryptMessage(KEYS, encrypted, CORP_ID))).toMatchObject({
    code: 'invalid_request',
    message: expect.stringContaining('padding'),
  });
});

test.each([
  ['a length that is larger than the rest', encryptBytes(padded('hello', CORP_ID, 5_000)), 'length is wrong'],
  ['the largest length', encryptBytes(padded('hello', CORP_ID, 2 ** 32 - 1)), 'length is wrong'],
  ['nothing but padding', encryptBytes(Buffer.alloc(32, 32)), 'too short'],
  ['half a block', Buffer.from(encrypt('hello'), 'base64').subarray(0, 16).toString('base64'), 'cut off'],
  ['what is not base64', '<not base64>', 'not base64'],
  ['nothing', '', 'not base64'],
])('%s is refused', (_what, encrypted, why) => {
  expect(failure(() => decryptMessage(KEYS, encrypted, CORP_ID))).toMatchObject({
    code: 'invalid_request',
    message: expect.stringContaining(why),
  });
});

test('a key of the wrong length is refused', () => {
  expect(failure(() => decryptMessage({ ...KEYS, encodingAesKey: 'short' }, encrypt('hello'), CORP_ID))).toMatchObject({
    code: 'invalid_request',
  });
});

test('every padding from 1 to 32 bytes is understood', () => {
  for (let length = 0; length < 32; length++) {
    expect(decryptMessage(KEYS, encrypt('m'.repeat(length)), CORP_ID)).toBe('m'.repeat(length));
  }
});

/** The last bit of the last block. */
function altered(encrypted: string): string {
  const bytes = Buffer.from(encrypted, 'base64');
  bytes[bytes.length - 1]! ^= 1;
  return bytes.toString('base64');
}

function lastBytes(plain: Buffer, bytes: number[]): Buffer {
  return Buffer.concat([plain.subarray(0, plain.length - bytes.length), Buffer.from(bytes)]);
}

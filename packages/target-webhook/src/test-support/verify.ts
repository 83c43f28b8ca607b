import { createHmac, timingSafeEqual } from 'node:crypto';

/** Throws unless a message is Rollcall's and was sent within five minutes. `body`: the bytes as they came, not parsed. */
export function verify(secret: string, headers: Record<string, string | undefined>, body: Buffer): void {
  const id = headers['webhook-id'] ?? '';
  const timestamp = headers['webhook-timestamp'] ?? '';
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) < 300)) throw new Error('The timestamp is missing or too old.');
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  for (const signature of (headers['webhook-signature'] ?? '').split(' ')) {
    const [version, value = ''] = signature.split(',');
    const given = Buffer.from(value, 'base64');
    if (version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)) return;
  }
  throw new Error('No signature is that of this message.');
}

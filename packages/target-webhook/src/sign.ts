import { createHmac } from 'node:crypto';
import type { WebhookOptions } from './config';

const SECRET_PREFIX = 'whsec_';

export interface Signed {
  id: string;
  /** Unix seconds. */
  timestamp: number;
  body: string;
}

/** One signature of the scheme Standard Webhooks: `v1,<base64>` of the HMAC-SHA256 over id, timestamp and body. */
export function signatureOf(secret: string, { id, timestamp, body }: Signed): string {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** The headers that say what a message is called, when it was sent, and that it is ours. */
export function signedHeaders(
  { secret, previousSecret }: Pick<WebhookOptions, 'secret' | 'previousSecret'>,
  message: Signed,
): Record<string, string> {
  const secrets = previousSecret === undefined ? [secret] : [secret, previousSecret];
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    'webhook-signature': secrets.map((each) => signatureOf(each, message)).join(' '),
  };
}

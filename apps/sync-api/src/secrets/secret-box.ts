import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { RollcallError } from '@rollcall/core';
import type { SecretKey } from './secret-key';

const VERSION = 'v1';
const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts secrets (AES-256-GCM). A sealed text reads `v1.<key>.<data>`: which key sealed it, then iv, tag and
 * ciphertext. It opens only at the place that it was sealed for, so one cannot be put where another belongs.
 */
export class SecretBox {
  private readonly keyId: string;

  constructor(private readonly secret: SecretKey) {
    this.keyId = secret.fingerprint.slice(0, 8);
  }

  /** A key for another purpose, in hex; it tells nothing about the one that encrypts. */
  derive(purpose: string): string {
    return createHmac('sha256', this.secret.key).update(`rollcall ${purpose}`).digest('hex');
  }

  /** `place` says what the secret belongs to, e.g. `source/7/clientSecret`. */
  seal(place: string, text: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.secret.key, iv).setAAD(Buffer.from(place));
    const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const data = Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString('base64url');
    return `${VERSION}.${this.keyId}.${data}`;
  }

  /** Throws `configuration` when it was sealed with another key, for another place, or was changed since. */
  open(place: string, sealed: string): string {
    const [version, keyId, encoded] = sealed.split('.');
    if (version !== VERSION || encoded === undefined) throw unreadable(place, 'it is damaged');
    if (keyId !== this.keyId) throw unreadable(place, 'it was encrypted with another ROLLCALL_SECRET_KEY');
    const data = Buffer.from(encoded, 'base64url');
    if (data.length < IV_BYTES + TAG_BYTES) throw unreadable(place, 'it is damaged');
    try {
      const decipher = createDecipheriv(ALGORITHM, this.secret.key, data.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(place)).setAuthTag(data.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return decipher.update(data.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch (cause) {
      throw unreadable(place, 'it is damaged or belongs to something else', cause);
    }
  }
}

function unreadable(place: string, why: string, cause?: unknown): RollcallError {
  return new RollcallError('configuration', `The secret ${place} cannot be read: ${why}. Enter it again.`, { cause });
}

import { Logger } from '@nestjs/common';
import type { AdapterLogger } from '@rollcall/core';

/** Shorter ones would black out parts of ordinary words. */
const SHORTEST_SECRET = 4;

const EMAIL = /[^\s"'<>(),:;]+(?:@|%40)[^\s"'<>(),:;]+/g;

/** Takes secrets, and e-mail addresses, out of a text that foreign code wrote. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .reduce((cleaned, secret) => cleaned.replaceAll(secret, '[secret]'), text)
    .replace(EMAIL, '[e-mail]');
}

/** The logger that an adapter is handed: its lines go to the system log, never with one of its secrets in them. */
export function adapterLogger(context: string, secrets: readonly string[]): AdapterLogger {
  const logger = new Logger(context);
  const line = (message: string, details?: Record<string, unknown>): unknown[] => {
    const text = withoutSecrets(message, secrets);
    return details ? [{ details: withoutSecrets(JSON.stringify(details), secrets) }, text] : [text];
  };
  return {
    debug: (message, details) => logger.debug(...(line(message, details) as [unknown])),
    info: (message, details) => logger.log(...(line(message, details) as [unknown])),
    warn: (message, details) => logger.warn(...(line(message, details) as [unknown])),
    error: (message, details) => logger.error(...(line(message, details) as [unknown])),
  };
}

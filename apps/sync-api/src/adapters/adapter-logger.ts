import { Logger } from '@nestjs/common';
import type { AdapterLogger } from '@rollcall/core';
import { foreignText } from './foreign-text';

/** The logger that an adapter is handed: its lines go to the system log, never with one of its secrets in them. */
export function adapterLogger(context: string, secrets: readonly string[]): AdapterLogger {
  const logger = new Logger(context);
  const line = (message: string, details?: Record<string, unknown>): unknown[] => {
    const text = foreignText(message, secrets);
    return details ? [{ details: foreignText(JSON.stringify(details), secrets) }, text] : [text];
  };
  return {
    debug: (message, details) => logger.debug(...(line(message, details) as [unknown])),
    info: (message, details) => logger.log(...(line(message, details) as [unknown])),
    warn: (message, details) => logger.warn(...(line(message, details) as [unknown])),
    error: (message, details) => logger.error(...(line(message, details) as [unknown])),
  };
}

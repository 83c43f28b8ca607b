import { errorCode } from '../error-code';

/** Of the operating system: nobody listens, or the connection broke. */
const SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Of Postgres: connection exceptions, shutting down, starting up, too many connections, out of some resource. */
const SQLSTATE = /^(08|53|57P0[123])/;

/** What the pg driver says in words alone. */
const MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/;

/** Whether an error means that Postgres cannot be reached or takes nothing now: trying again later may help. */
export function isDatabaseAway(error: unknown): boolean {
  const code = errorCode(error);
  if (code !== undefined && (SYSTEM_CODES.has(code) || SQLSTATE.test(code))) return true;
  // A socket whose server is gone is a file that is missing.
  if (code === 'ENOENT')
    return typeof error === 'object' && error !== null && 'syscall' in error && error.syscall === 'connect';
  return error instanceof Error && MESSAGES.test(error.message);
}

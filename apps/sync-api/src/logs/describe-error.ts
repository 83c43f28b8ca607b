import { isNativeError } from 'node:util/types';

/** What a log line says about an error. */
export interface DescribedError {
  type: string;
  message: string;
  code?: unknown;
  /** Postgres names what was violated; its `detail` has people's values and is left out. */
  constraint?: unknown;
  table?: unknown;
  stack?: string;
  cause?: DescribedError;
}

const DEEPEST_CAUSE = 5;

/**
 * An error as the log may show it. Only named members: libraries hang queries with their parameters, requests with
 * their headers and rows with their values onto errors.
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!isError(error)) return { type: typeof error, message: String(error) };
  const { code, constraint, table } = error as Error & Partial<DescribedError>;
  return {
    type: error.constructor.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(table === undefined ? {} : { table }),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause === undefined || depth >= DEEPEST_CAUSE ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
}

/** Also those of another realm, such as Node's own under jest. */
function isError(value: unknown): value is Error {
  return value instanceof Error || isNativeError(value);
}

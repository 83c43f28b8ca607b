import { HttpException } from '@nestjs/common';
import { ERROR_POLICY, type ErrorCode, type ErrorDetail, RollcallError, isRollcallError } from '@rollcall/core';
import { isDatabaseAway } from '../database/unavailable';
import { errorCode } from '../error-code';
import { type Reason, Refusal } from './refusals';

/** An error answer: RFC 9457, media type `application/problem+json`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
  /** Why an admin's request is refused, where pages have to say it in other languages. */
  reason?: Reason;
  errors?: ErrorDetail[];
  requestId: string;
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json; charset=utf-8';

/** Says nothing about what happened inside; the log line with the same request id does. */
const INTERNAL = 'Something went wrong inside Rollcall. The log has the details under this request id.';

/** SQLSTATE of a statement that an operator, or a time-out of theirs, broke off. */
const QUERY_CANCELED = '57014';

/** A restart of Postgres takes about this long. */
const RETRY_SECONDS = 5;

/** SQLSTATEs of values that slipped through the checks: a NUL in a text, a number too large for its column. */
const UNSTORABLE = new Set(['22021', '22P05', '22003', '22P02']);

/** What Nest and Express throw on their own, as one of our codes. */
const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'payload_too_large',
  429: 'too_many_requests',
  503: 'unavailable',
};

/** Any thrown thing as one of our errors; what nobody foresaw becomes `internal` with itself as cause. */
export function toRollcallError(error: unknown): RollcallError {
  if (isRollcallError(error)) return error;
  if (error instanceof HttpException) {
    const status = error.getStatus();
    const code = CODE_OF_STATUS[status] ?? (status < 500 ? 'invalid_request' : 'internal');
    return new RollcallError(code, code === 'internal' ? INTERNAL : error.message, { cause: error });
  }
  if (error instanceof URIError) {
    return new RollcallError('invalid_request', 'The address contains a broken %-escape.', { cause: error });
  }
  if (errorCode(error) === QUERY_CANCELED) {
    return new RollcallError('unavailable', 'Postgres took too long, or was told to stop. Try again in a moment.', {
      cause: error,
      retryAfter: RETRY_SECONDS,
    });
  }
  if (isDatabaseAway(error)) {
    return new RollcallError('unavailable', 'Postgres cannot be reached. Try again in a moment.', {
      cause: error,
      retryAfter: RETRY_SECONDS,
    });
  }
  if (UNSTORABLE.has(errorCode(error) ?? '')) {
    return new RollcallError('invalid_request', 'A value is not one that can be stored: too large, or no text.', {
      cause: error,
    });
  }
  return new RollcallError('internal', INTERNAL, { cause: error });
}

/** The answer to an error. */
export function problemOf(error: RollcallError, requestId: string): Problem {
  const { status } = ERROR_POLICY[error.code];
  return {
    type: `urn:rollcall:problem:${error.code}`,
    title: titleOf(error.code),
    status,
    code: error.code,
    detail: error.code === 'internal' ? INTERNAL : error.message,
    ...(error instanceof Refusal ? { reason: error.reason } : {}),
    ...(error.errors && error.errors.length > 0 ? { errors: error.errors } : {}),
    requestId,
  };
}

/** `task_not_held` → "Task not held": the same for every occurrence of a code, as RFC 9457 wants it. */
function titleOf(code: ErrorCode): string {
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

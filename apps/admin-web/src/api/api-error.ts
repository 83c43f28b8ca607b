import type { Problem, Reason } from './types';

/** Codes that the browser's side adds to the service's own. */
export type ClientCode = 'unreachable' | 'timeout' | 'bad_answer';

/** What an answer may say beside its code. */
interface Told {
  requestId?: string | undefined;
  /** Seconds that the service asks to wait. */
  retryAfter?: number | undefined;
  /** What is wrong with which field of the body, by JSON pointer. */
  errors?: Problem['errors'];
  /** Why it is refused, where the code does not say it. */
  reason?: Reason | undefined;
  cause?: unknown;
}

/** A request that did not succeed. `code` is the service's error code, or one of `ClientCode`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;
  readonly errors: NonNullable<Problem['errors']>;
  readonly reason: Reason | undefined;

  constructor(
    readonly code: string,
    /** 0 when no answer came. */
    readonly status: number,
    message: string,
    { requestId, retryAfter, errors = [], reason, cause }: Told = {},
  ) {
    super(message, { cause });
    this.requestId = requestId;
    this.retryAfter = retryAfter;
    this.errors = errors;
    this.reason = reason;
  }

  /** Trying again without changing anything may help. */
  get passing(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

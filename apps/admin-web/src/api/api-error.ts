import type { Problem } from './types';

/** Codes that the browser's side adds to the service's own. */
export type ClientCode = 'unreachable' | 'timeout' | 'bad_answer';

/** A request that did not succeed. `code` is the service's error code, or one of `ClientCode`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly code: string,
    /** 0 when no answer came. */
    readonly status: number,
    message: string,
    readonly requestId?: string,
    /** Seconds that the service asks to wait. */
    readonly retryAfter?: number,
    /** What is wrong with which field of the body, by JSON pointer. */
    readonly errors: NonNullable<Problem['errors']> = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Trying again without changing anything may help. */
  get passing(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

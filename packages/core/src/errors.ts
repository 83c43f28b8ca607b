/** Who can put it right: the admin in the web page, whoever runs the machine, or the caller that sent the data. */
export type Party = 'admin' | 'operator' | 'caller';

export interface ErrorPolicy {
  /** Trying the same thing again later may succeed. */
  retryable: boolean;
  party: Party;
  /** HTTP status when the error leaves through the API. */
  status: number;
}

const caller = (status: number): ErrorPolicy => ({ retryable: false, party: 'caller', status });
const admin = (status: number): ErrorPolicy => ({ retryable: false, party: 'admin', status });
const operator = (status: number, retryable = false): ErrorPolicy => ({ retryable, party: 'operator', status });
const passing = (status: number): ErrorPolicy => ({ retryable: true, party: 'operator', status });

/**
 * The closed list of error codes and what follows from each. A new code is added here or it does not exist.
 * Identity across packages is `error.code`, never `instanceof`: two copies of this package may be loaded.
 */
export const ERROR_POLICY = {
  // The request as a whole
  bad_json: caller(400),
  invalid_request: caller(400),
  unknown_field: caller(400),
  match_key_not_allowed: caller(400),
  payload_too_large: caller(413),
  too_many_records: caller(413),
  unauthenticated: caller(401),
  forbidden: caller(403),
  cross_site: caller(403),
  not_found: caller(404),
  source_unknown: caller(404),
  source_disabled: caller(409),
  conflict: caller(409),
  idempotency_conflict: caller(409),
  snapshot_incomplete: caller(409),
  snapshot_committed: caller(409),
  task_not_retryable: caller(409),
  task_not_cancellable: caller(409),
  task_not_held: caller(409),
  task_not_undoable: caller(409),
  feed_cursor_expired: caller(410),
  too_many_requests: caller(429),

  // One record
  not_an_object: caller(422),
  uid_missing: caller(422),
  uid_invalid: caller(422),
  duplicate_uid: caller(422),
  record_too_large: caller(422),
  invalid_type: caller(422),
  invalid_text: caller(422),
  invalid_email: caller(422),
  unsafe_integer: caller(422),
  title_required: caller(422),
  username_taken: admin(422),
  email_taken: admin(422),
  phone_taken: admin(422),
  uid_taken: admin(422),
  match_ambiguous: admin(422),
  match_taken: admin(422),
  match_protected: admin(422),
  department_cycle: caller(422),
  blocked: admin(422),
  rejected_by_target: admin(422),

  // A source or a target
  configuration: admin(422),
  credentials: admin(422),
  permission: admin(422),
  adapter_missing: operator(503),
  vendor_busy: passing(503),
  network: passing(503),
  read_interrupted: passing(503),
  cursor_expired: passing(503),
  bad_answer: operator(502),

  // The service itself
  adapter_invalid: operator(500),
  lease_lost: passing(503),
  unavailable: passing(503),
  internal: operator(500, true),
} as const satisfies Record<string, ErrorPolicy>;

export type ErrorCode = keyof typeof ERROR_POLICY;

/** Where in the input an error lies, for `errors[]` of a problem answer. */
export interface ErrorDetail {
  /** JSON pointer (RFC 6901) into the request body, e.g. `/records/3/uid`. */
  pointer: string;
  code: string;
  message: string;
  /** Of a rule of a JSON Schema: what it asks for, so that pages can say so in other languages. */
  params?: RuleParams;
  /** Of a value that somebody else has: the id of that user. */
  holder?: number;
}

/** What a rule of a JSON Schema asks for. */
export interface RuleParams {
  /** `minimum`, `maxLength`, `minItems` and the like. */
  limit?: number;
  multipleOf?: number;
  type?: string | string[];
  /** `enum`. */
  allowedValues?: unknown[];
}

export interface RollcallErrorOptions {
  cause?: unknown;
  /** Name of the option or record field concerned. */
  field?: string;
  errors?: ErrorDetail[];
  /** Seconds to wait before the next try, when the other side said so. What is no number of seconds counts as nothing said. */
  retryAfter?: number | undefined;
}

/** An error that says what is wrong, where, and what to do. Never put secrets or personal data into `message`. */
export class RollcallError extends Error {
  override readonly name = 'RollcallError';
  readonly field: string | undefined;
  readonly errors: ErrorDetail[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: RollcallErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.field = options.field;
    this.errors = options.errors;
    this.retryAfter = Number.isFinite(options.retryAfter) ? Math.max(0, options.retryAfter ?? 0) : undefined;
  }

  get policy(): ErrorPolicy {
    return ERROR_POLICY[this.code];
  }
}

/** True for an error that carries one of our codes, whichever copy of this package made it. */
export function isRollcallError(error: unknown): error is RollcallError {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    Object.hasOwn(ERROR_POLICY, error.code) &&
    error.name === 'RollcallError'
  );
}

/** The policy of any thrown thing; what is not ours counts as `internal`. */
export function errorPolicy(error: unknown): ErrorPolicy {
  return isRollcallError(error) ? ERROR_POLICY[error.code] : ERROR_POLICY.internal;
}

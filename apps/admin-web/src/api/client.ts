import { API_BASE } from '../config';
import { ApiError } from './api-error';
import type { Problem } from './types';

type FieldErrors = NonNullable<Problem['errors']>;

/** Longer than the service lets a push run, so that its own answer comes first. */
const TIMEOUT_MS = 45_000;

interface RequestOptions {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal;
}

/** Asks the HTTP API. `path` begins with `/api`. The answer's JSON, or an `ApiError`. */
export async function request<T>(path: string, { method = 'GET', body, signal }: RequestOptions = {}): Promise<T> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  let text: string;
  try {
    response = await fetch(API_BASE + path, {
      method,
      credentials: 'include',
      cache: 'no-store',
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    text = await response.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    if (timeout.aborted) throw new ApiError('timeout', 0, 'No answer in time', { cause: error });
    throw unreachable(error);
  }
  const content = parse(text);
  if (!response.ok) throw problemOf(response, content);
  if (content === NOT_JSON) throw new ApiError('bad_answer', response.status, 'The answer is not JSON');
  return content as T;
}

/** Waits for the network; an `ApiError` when there is none. */
export async function unreachableUnless<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw unreachable(error);
  }
}

const unreachable = (cause: unknown): ApiError => new ApiError('unreachable', 0, 'No connection', { cause });

/** What an answer that is not a success says. */
export async function failure(response: Response): Promise<ApiError> {
  return problemOf(response, parse(await unreachableUnless(response.text())));
}

const NOT_JSON = Symbol('not JSON');

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A proxy's error page, for example: reported by what is returned.
    return NOT_JSON;
  }
}

function problemOf(response: Response, content: unknown): ApiError {
  const problem = (typeof content === 'object' && content !== null ? content : {}) as Partial<Problem>;
  return new ApiError(
    problem.code ?? codeOf(response.status),
    response.status,
    problem.detail ?? problem.title ?? response.statusText,
    {
      requestId: problem.requestId ?? response.headers.get('X-Request-Id') ?? undefined,
      retryAfter: retryAfter(response),
      errors: fieldErrors(problem.errors),
      reason: problem.reason,
    },
  );
}

/** Others call something else so: a gateway, for example. */
const fieldErrors = (errors: unknown): FieldErrors | undefined =>
  Array.isArray(errors)
    ? (errors as Partial<FieldErrors[number]>[]).filter(
        (one): one is FieldErrors[number] => typeof one.pointer === 'string',
      )
    : undefined;

/** For answers that did not come from the service itself but from something before it. */
function codeOf(status: number): string {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 429) return 'too_many_requests';
  return status >= 500 ? 'unavailable' : 'bad_answer';
}

function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

/**
 * What the kit does to an adapter's requests:
 *
 * - `busy`: 429 with `Retry-After: 7`; `server-error`: 500;
 * - `reset`: the connection breaks off; `timeout`: the time limit of the request is over;
 * - `truncated`: half of the answer; `html`: a page for people to sign in, with status 200;
 * - `silence`: no answer until the adapter is told to stop;
 * - `echo`, `echo-refusal`: 500 and 400 whose body quotes the request, its headers included.
 */
export type FaultKind =
  'busy' | 'server-error' | 'reset' | 'timeout' | 'truncated' | 'html' | 'silence' | 'echo' | 'echo-refusal';

/** A fault that is put in from the `at`-th request on (HTTP, from 1), or after `at` bytes of answers (TCP). */
export interface Fault {
  kind: FaultKind;
  at: number;
  /** How many requests it hits; all that follow when absent. */
  times?: number;
}

/** What `busy` asks for, in seconds. */
export const RETRY_AFTER = 7;

import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What may come from outside into log lines and answers. */
const SANE = /^[\w.:-]{1,128}$/;

declare module 'http' {
  interface IncomingMessage {
    /** Set by the first middleware; see `requestId`. */
    rollcallRequestId?: string;
  }
}

/** The id that ties a request to its log lines, its answer and its task: the caller's `X-Request-Id`, else a new one. */
export function requestId(request: IncomingMessage): string {
  return (request.rollcallRequestId ??= chooseId(request.headers['x-request-id']));
}

function chooseId(given: string | string[] | undefined): string {
  return typeof given === 'string' && SANE.test(given) ? given : randomUUID();
}

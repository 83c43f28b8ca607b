import { isUtf8 } from 'node:buffer';
import { RollcallError, isRollcallError } from '@rollcall/core';
import { type NextFunction, type Request, type RequestHandler, type Response, json, raw } from 'express';
import { callerOf } from '../auth/caller';
import { isDeeperThan } from './json-depth';
import { isCallback, takesRecords } from './paths';

/** Largest body of those who may push. */
export const BODY_LIMIT = 20 * 1000 * 1000;
/** Who has not signed in needs no more to do so. */
const ANONYMOUS_LIMIT = 100 * 1000;
/** What a vendor sends says what changed, not what it is now. */
const CALLBACK_LIMIT = 256 * 1000;
/** A record may nest 32 levels; this only keeps hostile text away from everything that walks over a body. */
const DEPTH_LIMIT = 500;

declare module 'http' {
  interface IncomingMessage {
    /** Why there is no body; `AccessGuard` throws it once it has let the caller in. */
    rollcallBodyProblem?: Error;
  }
}

/**
 * Reads JSON bodies. Whoever pushes with a key need not name a Content-Type: old scripts do not. The text itself is
 * not kept, and a body is only read once it is known whose it is.
 */
export function readBody(): RequestHandler {
  const options = { strict: false, verify: checkBytes };
  const anonymous = json({ ...options, limit: ANONYMOUS_LIMIT, type: isJson });
  const known = json({ ...options, limit: BODY_LIMIT, type: isJson });
  const records = json({ ...options, limit: BODY_LIMIT, type: () => true });
  const callback = raw({ limit: CALLBACK_LIMIT, type: () => true });
  return (request: Request, response: Response, next: NextFunction): void => {
    const caller = callerOf(request);
    const read = isCallback(request)
      ? callback
      : !caller
        ? anonymous
        : caller.kind === 'key' && takesRecords(request)
          ? records
          : known;
    read(request, response, (error?: unknown) => {
      // Whoever may not come in at all is told that, not what is wrong with the luggage.
      if (error !== undefined) request.rollcallBodyProblem = explain(error as Error);
      next();
    });
  };
}

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

function isJson(request: { headers: { 'content-type'?: string } }): boolean {
  return JSON_TYPE.test(request.headers['content-type'] ?? '');
}

/** A Latin-1 body would otherwise be stored with replacement characters in people's names. */
function checkBytes(_request: unknown, _response: unknown, body: Buffer, encoding: string): void {
  if (!/^utf-?8$/i.test(encoding) || !isUtf8(body)) {
    throw new RollcallError('bad_json', 'The body is not UTF-8. Encode it as UTF-8 and send it again.');
  }
  if (isDeeperThan(DEPTH_LIMIT, body)) {
    throw new RollcallError('bad_json', `The body nests deeper than ${DEPTH_LIMIT} levels.`);
  }
}

/** What body-parser throws (it marks its errors with `type`), in our words. */
function explain(error: Error): Error {
  const type = 'type' in error ? error.type : undefined;
  switch (type) {
    case 'entity.too.large':
      return new RollcallError(
        'payload_too_large',
        'The body is larger than 20 MB, or than 256 kB at a callback address. Send the records in several requests.',
        {
          cause: error,
        },
      );
    case 'entity.parse.failed':
      return new RollcallError('bad_json', `The body is not JSON: ${parserMessage(error)}`, { cause: error });
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new RollcallError('bad_json', 'Send the body as UTF-8, plain or with gzip, deflate or br.', {
        cause: error,
      });
    case 'request.aborted':
    case 'request.size.invalid':
      return new RollcallError('bad_json', 'The body ended before it was complete.', { cause: error });
    default:
      // Such as bytes that are not what Content-Encoding says.
      return isMistakeOfCaller(error)
        ? new RollcallError('bad_json', 'The body cannot be read.', { cause: error })
        : error;
  }
}

function isMistakeOfCaller(error: unknown): boolean {
  return !isRollcallError(error) && error instanceof Error && 'status' in error && error.status === 400;
}

/** V8 quotes the body around the mistake; keep the kind and place of the mistake, not people's data. */
function parserMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const position = /at position \d+(?: \(line \d+ column \d+\))?/.exec(message)?.[0];
  return position ? `there is a mistake ${position}.` : 'it ends too early or holds a mistake.';
}

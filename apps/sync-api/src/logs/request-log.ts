import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { callerOf } from '../auth/caller';
import { isService } from '../http/paths';
import { requestId } from '../http/request-id';
import { logger } from './logger';
import { withLogContext } from './request-context';

/**
 * One line a request when it is over: who, what, how long. No query, no headers, no address and no body: those name
 * people. Everything that is logged meanwhile carries the same request id.
 */
export function requestLog(): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const id = requestId(request);
    response.setHeader('X-Request-Id', id);
    const start = performance.now();
    if (isWorthALine(request)) {
      response.once('close', () => withLogContext({ requestId: id }, () => write(request, response, start)));
    }
    withLogContext({ requestId: id, ...(request.ip !== undefined && { address: request.ip }) }, next);
  };
}

function write(request: Request, response: Response, start: number): void {
  const status = response.statusCode;
  const line = {
    method: request.method,
    // Whoever looks for a person by e-mail may put the address into the path.
    path: request.originalUrl
      .replace(/\?.*$/s, '')
      .replace(/[^/]*(?:@|%40)[^/]*/gi, '[e-mail]')
      .slice(0, 200),
    status,
    caller: callerName(request),
    ms: Math.round(performance.now() - start),
  };
  // Somebody who went away before the answer was complete, such as a page that was closed during its events.
  if (!response.writableFinished) logger.info(line, 'broken off');
  else if (status >= 500) logger.error(line, 'answered');
  else if (status >= 400) logger.warn(line, 'answered');
  else logger.info(line, 'answered');
}

/** Probes and files of the admin web come many times a minute and say nothing. */
function isWorthALine(request: Request): boolean {
  const { originalUrl } = request;
  return isService(request) && !originalUrl.startsWith('/api/health/') && !originalUrl.startsWith('/metrics');
}

function callerName(request: Request): string | undefined {
  const caller = callerOf(request);
  if (!caller) return undefined;
  return caller.kind === 'admin' ? `admin:${caller.adminId}` : `key:${caller.keyId}`;
}

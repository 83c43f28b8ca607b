import type { Request, RequestHandler, Response } from 'express';
import { pinoHttp } from 'pino-http';
import { callerOf } from '../auth/caller';
import { isService } from '../http/paths';
import { requestId } from '../http/request-id';
import { logger } from './logger';
import { withLogContext } from './request-context';

/** One line a request when it is over: who, what, how long. No query, no headers, no address: those name people. */
export function requestLog(): RequestHandler[] {
  const log = pinoHttp<Request, Response>({
    logger,
    genReqId: requestId,
    quietReqLogger: true,
    quietResLogger: true,
    customAttributeKeys: { responseTime: 'ms', reqId: 'requestId' },
    autoLogging: { ignore: (request) => !isWorthALine(request) },
    customLogLevel: (_request, response, error) =>
      error || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'warn' : 'info',
    serializers: { req: () => undefined, res: () => undefined },
    customProps: (request, response) => ({
      method: request.method,
      path: pathOf(request),
      status: response.statusCode,
      caller: callerName(request),
    }),
    customSuccessMessage: () => 'answered',
    customErrorMessage: () => 'failed',
  });
  return [
    (request, response, next) => {
      response.setHeader('X-Request-Id', requestId(request));
      withLogContext({ requestId: requestId(request) }, next);
    },
    log,
  ];
}

/** Probes and files of the admin web come many times a minute and say nothing. */
function isWorthALine(request: Request): boolean {
  return (
    isService(request) && !request.originalUrl.startsWith('/api/health/') && !request.originalUrl.startsWith('/metrics')
  );
}

function pathOf(request: Request): string {
  return request.originalUrl.replace(/\?.*$/s, '').slice(0, 200);
}

function callerName(request: Request): string | undefined {
  const caller = callerOf(request);
  if (!caller) return undefined;
  return caller.kind === 'admin' ? `admin:${caller.adminId}` : `key:${caller.keyId}`;
}

import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { PROBLEM_MEDIA_TYPE, problemOf, toRollcallError } from './problem';
import { isPush } from './paths';
import { requestId } from './request-id';

/** Every error leaves as a problem answer; what is the service's own fault is logged with its cause. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const error = toRollcallError(thrown);
    const problem = problemOf(error, requestId(request));
    if (problem.status >= 500) this.logger.error({ err: thrown, code: error.code }, `${request.method} failed`);
    if (response.headersSent) {
      // A stream broke half way: the only honest end is a cut connection.
      response.destroy();
      return;
    }
    if (error.retryAfter !== undefined) response.setHeader('Retry-After', String(Math.ceil(error.retryAfter)));
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="rollcall"');
    response.setHeader('Cache-Control', 'no-store');
    response.status(problem.status).setHeader('Content-Type', PROBLEM_MEDIA_TYPE);
    // Scripts written for the push of older products look for `data.code` and `data.message`.
    const compatible = isPush(request) ? { data: { code: problem.status, message: problem.detail } } : {};
    response.end(JSON.stringify({ ...problem, ...compatible }));
  }
}

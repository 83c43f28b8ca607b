import type { NextFunction, Request, Response } from 'express';
import type { Metrics } from './metrics';

/** Measures every request from its first byte to the last of its answer. */
export function requestTimer(metrics: Metrics) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const start = process.hrtime.bigint();
    response.once('close', () => {
      const route = request.route as { path?: unknown } | undefined;
      const pattern = typeof route?.path === 'string' ? route.path : 'none';
      metrics.answered(request.method, pattern, response.statusCode, Number(process.hrtime.bigint() - start) / 1e9);
    });
    next();
  };
}

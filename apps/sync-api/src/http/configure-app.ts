import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { Authenticator } from '../auth/authenticator';
import type { Config } from '../config';
import { Metrics } from '../health/metrics';
import { requestTimer } from '../health/request-timer';
import { requestLog } from '../logs/request-log';
import { adminWeb } from './admin-web';
import { readBody } from './body';
import { serveApiDocument } from './openapi';
import { API_PREFIX, isPush } from './paths';
import { securityHeaders } from './security-headers';

/** Everything that happens to a request before Nest's router sees it, in order. */
export function configureApp(app: NestExpressApplication, config: Config): void {
  const https = config.publicUrl?.startsWith('https:') ?? false;
  // A rule that looks at a path must not be passed by writing it otherwise.
  app.set('case sensitive routing', true);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  if (config.trustProxy !== undefined) app.set('trust proxy', trustProxy(config.trustProxy));
  app.setGlobalPrefix(API_PREFIX, { exclude: ['metrics'] });

  app.use((_request: Request, response: Response, next: NextFunction) => {
    // It was asked to stop: who keeps a connection open gets this answer, and goes elsewhere with the next request.
    if (!app.getHttpServer().listening) response.set('Connection', 'close');
    next();
  });
  app.use(requestLog());
  app.use(requestTimer(app.get(Metrics)));
  app.use(securityHeaders(https));
  if (config.corsOrigins.length > 0) {
    const any = config.corsOrigins.includes('*');
    app.enableCors({
      origin: any ? '*' : [...config.corsOrigins],
      credentials: !any,
      exposedHeaders: ['Retry-After', 'X-Request-Id'],
      maxAge: 600,
    });
  }
  app.use(...adminWeb(config.adminWebDirectory));
  app.use(app.get(Authenticator).middleware());
  app.use(readBody());
  // Some clients escape the colon, which Nest's router then takes for another name.
  app.use((request: Request, _response: Response, next: NextFunction) => {
    if (isPush(request)) request.url = request.url.replace(/%3a/i, ':');
    next();
  });
  serveApiDocument(app);
}

/** `1` hop, `true` (any), or addresses and CIDRs, as Express takes them. */
function trustProxy(text: string): boolean | number | string {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d+$/.test(text) ? Number(text) : text;
}

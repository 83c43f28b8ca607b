import { RollcallError } from '@rollcall/core';
import type { Request } from 'express';
import type { Config } from '../config';

/**
 * A page of another site must not act with an admin's cookie. Browsers say where a request comes from; what says
 * nothing is no browser that carries somebody else's cookie.
 */
export function refuseCrossSite(request: Request, config: Config): void {
  const origin = request.headers.origin;
  const ours = origin === undefined || isOurs(origin, request, config);
  if (ours && request.headers['sec-fetch-site'] !== 'cross-site') return;
  throw new RollcallError(
    'cross_site',
    'The request comes from a page of another address. If that is your own, name it in ROLLCALL_PUBLIC_URL (where ' +
      'people open Rollcall) or ROLLCALL_CORS_ORIGINS (other pages that may use it).',
  );
}

function isOurs(origin: string, request: Request, config: Config): boolean {
  if (config.corsOrigins.includes(origin)) return true;
  const host = hostOf(origin);
  if (host === undefined) return false;
  if (config.publicUrl !== undefined && new URL(config.publicUrl).origin === origin) return true;
  const scheme = origin.slice(0, origin.indexOf(':'));
  return host === hostOf(`${scheme}://${request.host}`);
}

/** Host and port, without the port that the scheme implies. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) && /^https?:/.test(origin) ? new URL(origin).host : undefined;
}

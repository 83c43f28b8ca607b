import type { Request } from 'express';

/** Every route of the API is below this; controllers name theirs without it. */
export const API_PREFIX = 'api';

const PUSH_PATH = '/api/userData:push';

/** The push of records. In a Nest route write `userData\\:push`, or the colon starts a parameter. */
export function isPush(request: Request): boolean {
  return pathOf(request) === PUSH_PATH;
}

/** True for addresses whose body is read as JSON whatever its Content-Type says, when a bearer key comes with it. */
export function takesRecords(request: Request): boolean {
  const path = pathOf(request);
  return path === PUSH_PATH || path === '/api/snapshots' || path.startsWith('/api/snapshots/');
}

/** What vendors send, in forms of their own: its body is left as it is. */
export function isCallback(request: Request): boolean {
  return pathOf(request).startsWith('/api/callbacks/');
}

/** Belongs to the service itself, not to the web pages that it serves. */
export function isService(request: Request): boolean {
  const path = pathOf(request);
  return path === '/metrics' || path === `/${API_PREFIX}` || path.startsWith(`/${API_PREFIX}/`);
}

/** Some clients send the colon as `%3A`; a trailing slash means the same route. */
function pathOf(request: Request): string {
  const path = request.originalUrl.replace(/\?.*$/s, '').replace(/%3a/gi, ':');
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

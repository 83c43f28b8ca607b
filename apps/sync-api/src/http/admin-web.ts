import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type NextFunction, type Request, type RequestHandler, type Response, static as serveStatic } from 'express';
import { isService } from './paths';

const NOT_BUILT = 'Rollcall runs, but its admin web is not built. Run "npm run build", then reload this page.\n';

/** Serves the built admin web: hashed assets for a year, its page always fresh, and that page for every inner address. */
export function adminWeb(directory: string): RequestHandler[] {
  const index = join(directory, 'index.html');
  const files = serveStatic(directory, { index: false, redirect: false, setHeaders: cacheHeaders });
  return [
    (request, response, next) => (isService(request) ? next() : files(request, response, next)),
    (request: Request, response: Response, next: NextFunction): void => {
      if (isService(request) || !isPage(request)) return next();
      response.setHeader('Cache-Control', 'no-cache');
      if (!existsSync(index)) {
        response.status(503).type('text/plain').send(NOT_BUILT);
        return;
      }
      response.sendFile(index, { cacheControl: false, dotfiles: 'allow' }, (error?: Error) => {
        if (error && !response.headersSent) next(error);
      });
    },
  ];
}

/** Vite puts what it names by content under `assets`; everything else may change under its name. */
function cacheHeaders(response: Response, path: string): void {
  const hashed = /[/\\]assets[/\\]/.test(path);
  response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}

/** An address that a person opened, as opposed to a missing file that a page asked for. */
function isPage(request: Request): boolean {
  const readable = request.method === 'GET' || request.method === 'HEAD';
  if (request.path === '/') return readable;
  return readable && (request.headers.accept ?? '').includes('text/html');
}

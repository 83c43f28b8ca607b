import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type NextFunction, type Request, type RequestHandler, type Response, static as serveStatic } from 'express';
import { isService } from './paths';

const NOT_BUILT = 'Rollcall runs, but its admin web is not built. Run "npm run build", then reload this page.\n';

/** Serves the built admin web: hashed assets for a year, its page always fresh, and that page for every inner address. */
export function adminWeb(directory: string): RequestHandler[] {
  const index = join(directory, 'index.html');
  const files = serveStatic(directory, { index: false, redirect: false, setHeaders: assetHeaders });
  return [
    (request, response, next) => {
      if (isService(request)) return next();
      const compressed = compressedTwin(request);
      if (compressed && existsSync(join(directory, compressed))) request.url = compressed;
      files(request, response, next);
    },
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

/** Where the build puts a script or style in compressed form, for browsers that take it. */
function compressedTwin(request: Request): string | undefined {
  if (!/^\/assets\/[\w.-]+\.(?:js|css)$/.test(request.path)) return undefined;
  return request.acceptsEncodings('gzip') === 'gzip' ? `${request.path}.gz` : undefined;
}

/** Vite puts what it names by content under `assets`; everything else may change under its name. */
function assetHeaders(response: Response, path: string): void {
  const hashed = /[/\\]assets[/\\]/.test(path);
  response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (hashed) response.setHeader('Vary', 'Accept-Encoding');
  const compressed = /\.(js|css)\.gz$/.exec(path)?.[1];
  if (compressed) response.type(compressed).setHeader('Content-Encoding', 'gzip');
}

/** An address that a person opened, as opposed to a missing file that a page asked for. */
function isPage(request: Request): boolean {
  const readable = request.method === 'GET' || request.method === 'HEAD';
  if (request.path === '/') return readable;
  return readable && (request.headers.accept ?? '').includes('text/html');
}

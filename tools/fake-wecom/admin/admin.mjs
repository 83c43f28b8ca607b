import { ApiError } from '../api/errors.mjs';
import { readBody, sendText } from '../http.mjs';
import { ROUTES } from './routes.mjs';

const COMPILED = ROUTES.map(([method, path, , run]) => ({
  method,
  pattern: new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
  run,
}));

/** The admin API: JSON in and out, 400 with `{ error, errcode? }` for what cannot be done. */
export async function handleAdmin(fake, url, request, response) {
  const routes = COMPILED.filter(({ pattern }) => pattern.test(url.pathname));
  const route = routes.find(({ method }) => method === request.method);
  if (!route) {
    const error =
      routes.length > 0 ? `This takes ${routes.map(({ method }) => method).join(' or ')}.` : 'No such route.';
    return send(response, routes.length > 0 ? 405 : 404, { error: `${error} GET /admin lists all.` });
  }
  try {
    const { groups = {} } = route.pattern.exec(url.pathname);
    const params = Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)]));
    const text = await readBody(request);
    const body = text === '' ? {} : JSON.parse(text);
    const result = await route.run(fake, { params, body, query: url.searchParams });
    send(response, 200, result ?? {});
  } catch (error) {
    if (!isRefusal(error)) throw error;
    send(response, 400, { error: error.message, errcode: error.errcode });
  }
}

/** What we say no to, and JSON that is none; anything else is a mistake of the fake's. */
function isRefusal(error) {
  return error instanceof ApiError || error instanceof SyntaxError || error.constructor === Error;
}

function send(response, status, value) {
  sendText(response, status, JSON.stringify(value), { 'Content-Type': 'application/json; charset=utf-8' });
}

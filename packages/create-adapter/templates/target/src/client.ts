import { type AdapterContext, type HttpAnswer, RollcallError } from '@rollcall/core';
import type { Options } from './config.js';

export type Context = Pick<AdapterContext<Options>, 'options' | 'http'>;

/** One request. `path` is that below the address. Throws for what concerns every change, and not only the one of the request. */
export async function send(
  { options, http }: Context,
  method: string,
  path: string,
  body?: object,
): Promise<HttpAnswer> {
  // Always by `http`: it keeps the operator's rules for addresses, has a time limit, and stops when the task does.
  const answer = await http(`${options.url.replace(/\/+$/, '')}/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${options.token}`,
      accept: 'application/json',
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const error = errorOf(answer);
  if (error) throw error;
  return answer;
}

/** What a status means. Messages never quote the answer or the address: they may hold secrets and people. */
function errorOf({ status, retryAfter = 60 }: HttpAnswer): RollcallError | undefined {
  switch (status) {
    case 401:
      return new RollcallError('credentials', 'The token is refused. Enter a new one.', { field: 'token' });
    case 403:
      return new RollcallError('permission', 'The token may not do this. Give it the right to manage people.', {
        field: 'token',
      });
    case 429:
      return new RollcallError('vendor_busy', 'It asks to come again later.', { retryAfter });
  }
  return status < 500 ? undefined : new RollcallError('network', `It answered ${status}.`);
}

export const noSuchApi = (): RollcallError =>
  new RollcallError('configuration', 'There is no such API at this address. Correct the address.', { field: 'url' });

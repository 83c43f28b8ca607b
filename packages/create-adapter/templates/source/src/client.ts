import { type AdapterContext, type HttpAnswer, RollcallError } from '@rollcall/core';
import type { Options } from './config.js';

/** One page of a list, as the API answers it. */
export interface ListPage<Item> {
  items: Item[];
  /** Asks for the page behind this one; null on the last. */
  next: string | null;
  /** The time of the server: where the next incremental read begins. */
  now: string;
  /** How many the token may not see. */
  hidden: number;
}

/** Asks for one page. Whatever is not one throws, with a code that says whether trying again helps. */
export async function getPage<Item>(
  { options, http }: Pick<AdapterContext<Options>, 'options' | 'http'>,
  list: 'departments' | 'people',
  query: { after?: string | undefined; changedSince?: string | undefined },
): Promise<ListPage<Item>> {
  const url = new URL(`${options.url.replace(/\/+$/, '')}/${list}`);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
  // Always by `http`: it keeps the operator's rules for addresses, has a time limit, and stops when the task does.
  const answer = await http(url, { headers: { authorization: `Bearer ${options.token}`, accept: 'application/json' } });
  const error = errorOf(answer);
  if (error) throw error;
  // Throws by itself for what is no JSON.
  const body = answer.json();
  if (!isListPage<Item>(body)) throw new RollcallError('bad_answer', 'Its answer is no page of a list.');
  return body;
}

/** What a status means. Messages never quote the answer or the address: they may hold secrets and people. */
function errorOf({ status, retryAfter = 60 }: HttpAnswer): RollcallError | undefined {
  switch (status) {
    case 200:
      return undefined;
    case 401:
      return new RollcallError('credentials', 'The token is refused. Enter a new one.', { field: 'token' });
    case 403:
      return new RollcallError('permission', 'The token may not read this. Give it the right to read everybody.', {
        field: 'token',
      });
    case 404:
      return new RollcallError('configuration', 'There is no such list at this address. Correct the address.', {
        field: 'url',
      });
    case 429:
      return new RollcallError('vendor_busy', 'It asks to come again later.', { retryAfter });
    default:
      return new RollcallError('read_interrupted', `It answered ${status}.`);
  }
}

function isListPage<Item>(body: unknown): body is ListPage<Item> {
  if (typeof body !== 'object' || body === null) return false;
  const { items, next, now, hidden } = body as Partial<ListPage<Item>>;
  const follows = next === null || (typeof next === 'string' && next !== '');
  return Array.isArray(items) && follows && typeof now === 'string' && typeof hidden === 'number';
}

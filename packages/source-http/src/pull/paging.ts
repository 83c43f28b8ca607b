import { type HttpAnswer, RollcallError } from '@rollcall/core';
import LinkHeader from 'http-link-header';
import type { Endpoint, Paging } from './config';
import type { EvaluatedPage } from './evaluator';

/** Where a page is: its number, how many records come before it, or what the page before it said. Null: the first one. */
export type Position = number | string | null;

/** What expressions find in an answer about the pages. */
export const ABOUT = ['next', 'more', 'total'] as const;

export function firstPosition({ type, first }: Paging): Position {
  if (type === 'page') return first;
  return type === 'offset' ? 0 : null;
}

/** The address of a page. `since`: the time that changes are asked from, as the endpoint writes it. */
export function pageUrl({ url, method, paging, sinceParameter }: Endpoint, position: Position, since?: string): URL {
  if (paging.type === 'link' && typeof position === 'string') return new URL(position);
  const page = new URL(url);
  if (since !== undefined && sinceParameter !== undefined) page.searchParams.set(sinceParameter, since);
  if (paging.type === 'none') return page;
  if (paging.sizeParameter !== undefined && paging.size !== undefined) {
    page.searchParams.set(paging.sizeParameter, String(paging.size));
  }
  const usual = method === 'GET' && paging.type !== 'link' ? paging.type : undefined;
  const parameter = paging.parameter ?? usual;
  if (parameter !== undefined && position !== null) page.searchParams.set(parameter, String(position));
  return page;
}

/** What a body may refer to. */
export function bodyVariables({ paging }: Endpoint, position: Position, since?: string): Record<string, unknown> {
  return {
    size: paging.size ?? null,
    since: since ?? null,
    page: paging.type === 'page' ? position : null,
    offset: paging.type === 'offset' ? position : null,
    cursor: paging.type === 'cursor' ? position : null,
  };
}

export interface PageEnd {
  endpoint: Endpoint;
  /** The option that holds the endpoint, for messages. */
  name: string;
  position: Position;
  page: EvaluatedPage;
  answer: HttpAnswer;
}

/**
 * Where the page behind this one is; undefined when this was the last. That a page is shorter than was asked for ends
 * nothing: servers cut page sizes as they like. Nor does a total: it may be old, or only that of the page. Throws for an
 * answer that contradicts itself.
 */
export function nextPosition(end: PageEnd): Position | undefined {
  const { endpoint, page } = end;
  const { paging } = endpoint;
  const more = moreOf(end);
  switch (paging.type) {
    case 'none':
      return undefined;
    case 'page':
    case 'offset':
      return goesOn(end, more) ? Number(end.position) + (paging.type === 'page' ? 1 : page.found) : undefined;
    case 'cursor':
    case 'link': {
      const next = more === false ? undefined : paging.type === 'link' ? nextLink(end) : nextCursor(end);
      if (next === undefined && more === true) {
        throw contradiction(end, 'says that there is more, and not where', 'paging/next');
      }
      return next;
    }
  }
}

function goesOn(end: PageEnd, more: boolean | undefined): boolean {
  if (more === false) return false;
  if (end.page.found > 0) return true;
  if (more === true) throw contradiction(end, 'says that there is more, and sends nothing', 'paging/more');
  return false;
}

function moreOf(end: PageEnd): boolean | undefined {
  if (end.endpoint.paging.more === undefined) return undefined;
  const more = end.page.said['more'];
  if (typeof more === 'boolean') return more;
  throw contradiction(end, 'does not say true or false where it should say whether there is more', 'paging/more');
}

/** How many records there are, as the answer says. */
export function totalOf(end: Omit<PageEnd, 'position'>): number | undefined {
  if (end.endpoint.paging.total === undefined) return undefined;
  const said = end.page.said['total'];
  const total = typeof said === 'string' && /^\d{1,15}$/.test(said) ? Number(said) : said;
  if (typeof total === 'number' && Number.isSafeInteger(total) && total >= 0) return total;
  throw contradiction(end, 'has no number where it should say how many there are', 'paging/total');
}

/** None, null, empty or false: there is no next one. */
const isNone = (said: unknown): boolean => said === undefined || said === null || said === '' || said === false;

function nextCursor(end: PageEnd): string | undefined {
  if (end.endpoint.paging.next === undefined) {
    throw new RollcallError('configuration', 'Say where the mark for the next page is.', {
      field: `${end.name}/paging/next`,
    });
  }
  const next = end.page.said['next'];
  if (isNone(next)) return undefined;
  if (typeof next === 'string' || typeof next === 'number') return String(next);
  throw contradiction(end, 'has no text where the mark for the next page should be', 'paging/next');
}

function nextLink(end: PageEnd): string | undefined {
  const { endpoint, answer, page } = end;
  const next = endpoint.paging.next === undefined ? linkHeader(end) : page.said['next'];
  if (isNone(next)) return undefined;
  if (typeof next !== 'string' || !URL.canParse(next, answer.url)) {
    throw contradiction(end, 'has no address where that of the next page should be', 'paging/next');
  }
  const link = new URL(next, answer.url);
  const first = new URL(endpoint.url);
  // Behind a proxy that speaks TLS for them, servers write addresses without.
  if (first.protocol === 'https:' && link.protocol === 'http:' && link.hostname === first.hostname) {
    link.protocol = 'https:';
    link.port = first.port;
  }
  if (link.origin !== first.origin || link.username !== '' || link.password !== '') {
    // It would get the credentials.
    throw contradiction(end, 'sends to another host for the next page', 'paging/next');
  }
  return link.href;
}

/** The answer itself says that it does not hold everything, whatever the options say of pages. */
export function isPart({ status, headers }: HttpAnswer): boolean {
  if (status === 206) return true;
  try {
    return LinkHeader.parse(headers['link'] ?? '')
      .rel('next')
      .some(({ uri }) => uri !== '');
  } catch {
    // What cannot be read says nothing; where it is needed, that is an error.
    return false;
  }
}

function linkHeader(end: PageEnd): string | undefined {
  const text = end.answer.headers['link'];
  if (text === undefined) return undefined;
  try {
    return LinkHeader.parse(text).rel('next')[0]?.uri;
  } catch {
    throw contradiction(end, 'has a Link header that cannot be read', 'paging/next');
  }
}

function contradiction(end: Omit<PageEnd, 'position'>, what: string, option: string): RollcallError {
  const { host } = new URL(end.answer.url);
  return new RollcallError('bad_answer', `${end.name}: the answer of ${host} ${what}.`, {
    field: `${end.name}/${option}`,
  });
}

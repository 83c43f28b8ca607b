import { DEFAULT_PAGE_SIZE, type ListQuery } from '../api/types';

export const PAGE_SIZES = [20, 50, 100, 200] as const;

/** What every list keeps in the address beside its filters; what is the default does not stand there. */
export type ListSearch = ListQuery;

/** Reads the address; what nobody could have chosen here is left out. */
export function readListSearch(search: Record<string, unknown>): ListSearch {
  const page = Number(search['page']);
  const pageSize = PAGE_SIZES.find((size) => size === Number(search['pageSize']));
  return {
    ...(Number.isSafeInteger(page) && page > 1 && page <= 1_000_000 && { page }),
    ...(pageSize && pageSize !== DEFAULT_PAGE_SIZE && { pageSize }),
  };
}

/** The service takes no longer ones. */
const LONGEST_QUERY = 200;

/** A word to search for as it stands in the address. */
export function readQuery(search: Record<string, unknown>): { q?: string } {
  const q = search['q'];
  // The router reads `?q=123` as a number.
  if (typeof q !== 'string' && typeof q !== 'number') return {};
  // No text of a database holds it: the service would refuse the whole address.
  const text = String(q).replaceAll('\0', '').slice(0, LONGEST_QUERY).trim();
  return text === '' ? {} : { q: text };
}

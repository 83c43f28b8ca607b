import { request } from './client';
import { listParameters } from './list-parameters';
import type { Page } from './types';

const MOST_PER_PAGE = 200;

/** Everything that a list of the API has, however many pages that takes. */
export async function everyItem<T>(path: string, signal: AbortSignal, sort?: string): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; ; page++) {
    const parameters = listParameters({ page, pageSize: MOST_PER_PAGE, sort });
    const { items, total } = await request<Page<T>>(`${path}?${parameters}`, { signal });
    all.push(...items);
    if (items.length === 0 || all.length >= total) return all;
  }
}

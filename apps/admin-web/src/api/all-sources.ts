import { queryOptions } from '@tanstack/react-query';
import { request } from './client';
import { listParameters } from './list-parameters';
import type { Page, Source } from './types';

const MOST_PER_PAGE = 200;

/** Every source, by name: for choosing one, and for looking at all of them at a glance. */
export const allSourcesQuery = queryOptions({
  queryKey: ['sources', 'all'],
  queryFn: async ({ signal }): Promise<Source[]> => {
    const sources: Source[] = [];
    for (let page = 1; ; page++) {
      const parameters = listParameters({ page, pageSize: MOST_PER_PAGE, sort: 'name' });
      const { items, total } = await request<Page<Source>>(`/api/sources?${parameters}`, { signal });
      sources.push(...items);
      if (items.length === 0 || sources.length >= total) return sources;
    }
  },
});

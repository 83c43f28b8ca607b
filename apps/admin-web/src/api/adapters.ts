import { queryOptions } from '@tanstack/react-query';
import { request } from './client';
import { listParameters } from './list-parameters';
import type { Adapter, Page } from './types';

const MOST_PER_PAGE = 200;

/** Every adapter that is installed, and those that could not be loaded. They change only when the service restarts. */
export const adaptersQuery = queryOptions({
  queryKey: ['adapters'],
  queryFn: async ({ signal }): Promise<Adapter[]> => {
    const adapters: Adapter[] = [];
    for (let page = 1; ; page++) {
      const parameters = listParameters({ page, pageSize: MOST_PER_PAGE });
      const { items, total } = await request<Page<Adapter>>(`/api/adapters?${parameters}`, { signal });
      adapters.push(...items);
      if (items.length === 0 || adapters.length >= total) return adapters;
    }
  },
});

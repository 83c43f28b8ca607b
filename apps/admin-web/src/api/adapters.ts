import { queryOptions } from '@tanstack/react-query';
import { request } from './client';
import { everyItem } from './every-item';
import type { Adapter, AdapterDetail } from './types';

/** Every adapter that is installed, and those that could not be loaded. They change only when the service restarts. */
export const adaptersQuery = queryOptions({
  queryKey: ['adapters'],
  queryFn: ({ signal }) => everyItem<Adapter>('/api/adapters', signal),
});

/** One adapter, with the README of its package. */
export function adapterQuery(kind: 'source' | 'target', id: string) {
  return queryOptions({
    queryKey: ['adapters', kind, id],
    queryFn: ({ signal }) => request<AdapterDetail>(`/api/adapters/${kind}/${id}`, { signal }),
    staleTime: 5 * 60_000,
  });
}

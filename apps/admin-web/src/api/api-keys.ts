import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from './client';
import { listParameters } from './list-parameters';
import { LOOK_AGAIN_MS } from './query-client';
import type { ApiKey, ApiKeyBody, ListQuery, NewApiKey, Page } from './types';

/** What the cached lists' keys begin with. */
export const API_KEYS = ['api-keys'] as const;

export interface ApiKeyListQuery extends ListQuery {
  q?: string | undefined;
}

export function apiKeysQuery(query: ApiKeyListQuery) {
  return queryOptions({
    queryKey: [...API_KEYS, query],
    queryFn: ({ signal }) => request<Page<ApiKey>>(`/api/api-keys?${listParameters({ ...query })}`, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
    placeholderData: keepPreviousData,
  });
}

/** The answer is the only place where the key itself ever shows. */
export function makeApiKey(body: ApiKeyBody): Promise<NewApiKey> {
  return request<NewApiKey>('/api/api-keys', { method: 'POST', body });
}

/** A key that may push and nothing else. */
export async function makePushKey(name: string): Promise<string> {
  return (await makeApiKey({ name, scopes: ['push'] })).key;
}

export async function revokeApiKey(id: number): Promise<void> {
  await request(`/api/api-keys/${id}`, { method: 'DELETE' });
}

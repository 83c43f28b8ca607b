import { queryOptions } from '@tanstack/react-query';
import { request } from './client';
import type { System } from './types';

const EVERY_MS = 15_000;

/** How the service is now; the days are those of the reader's time zone. */
export function systemQuery(timeZone: string) {
  return queryOptions({
    queryKey: ['system', timeZone],
    queryFn: ({ signal }) => request<System>(`/api/system?${new URLSearchParams({ timeZone }).toString()}`, { signal }),
    refetchInterval: EVERY_MS,
  });
}

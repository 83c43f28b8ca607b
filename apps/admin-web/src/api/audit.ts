import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from './client';
import { listParameters } from './list-parameters';
import { LOOK_AGAIN_MS } from './query-client';
import type { AuditEntry, ListQuery, Page } from './types';

export interface AuditListQuery extends ListQuery {
  /** How the actor's name begins. */
  q?: string | undefined;
  /** How the action begins. */
  action?: string | undefined;
  subject?: string | undefined;
  /** ISO 8601, the first moment. */
  since?: string | undefined;
  /** ISO 8601, the first moment that is not meant any more. */
  until?: string | undefined;
}

export function auditQuery(query: AuditListQuery) {
  return queryOptions({
    queryKey: ['audit', query],
    queryFn: ({ signal }) => request<Page<AuditEntry>>(`/api/audit?${listParameters({ ...query })}`, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
    placeholderData: keepPreviousData,
  });
}

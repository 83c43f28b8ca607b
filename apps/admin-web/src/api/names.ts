import { queryOptions } from '@tanstack/react-query';
import { request } from './client';
import type { Page } from './types';

/** A source or a target, to choose among them. */
interface Named {
  id: number;
  name: string;
}

const namesOf = (list: 'sources' | 'targets') =>
  queryOptions({
    queryKey: [list, 'names'],
    queryFn: ({ signal }) => request<Page<Named>>(`/api/${list}?pageSize=200&sort=name`, { signal }),
    select: ({ items }) => items,
    staleTime: 60_000,
  });

export const sourceNamesQuery = namesOf('sources');
export const targetNamesQuery = namesOf('targets');

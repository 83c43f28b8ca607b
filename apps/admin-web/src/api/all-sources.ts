import { queryOptions } from '@tanstack/react-query';
import { everyItem } from './every-item';
import type { Source } from './types';

/** Every source, by name: for choosing one, and for looking at all of them at a glance. */
export const allSourcesQuery = queryOptions({
  queryKey: ['sources', 'all'],
  queryFn: ({ signal }) => everyItem<Source>('/api/sources', signal, 'name'),
});

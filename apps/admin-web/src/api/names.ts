import { queryOptions } from '@tanstack/react-query';
import { everyItem } from './every-item';
import type { Named } from './named';
import type { Source, Target } from './types';

const STALE_MS = 60_000;

export const sourceNamesQuery = queryOptions({
  queryKey: ['sources', 'names'],
  queryFn: async ({ signal }): Promise<Named[]> => labelled(await everyItem<Source>('/api/sources', signal, 'name')),
  staleTime: STALE_MS,
});

export const targetNamesQuery = queryOptions({
  queryKey: ['targets', 'names'],
  queryFn: async ({ signal }): Promise<Named[]> => {
    const targets = await everyItem<Target>('/api/targets', signal, 'name');
    return targets.map(({ id, name, type }) => ({ id, name, type, label: name }));
  },
  staleTime: STALE_MS,
});

function labelled(sources: readonly Source[]): Named[] {
  const shared = ({ name, displayName }: Source): boolean =>
    sources.some((other) => other.name !== name && other.displayName === displayName);
  return sources
    .map((source) => {
      const { id, name, type, displayName } = source;
      return { id, name, type, label: shared(source) ? `${displayName} (${name})` : displayName };
    })
    .sort((a, b) => a.label.localeCompare(b.label));
}

import { queryOptions } from '@tanstack/react-query';
import { everyItem } from './every-item';
import type { Source, Target } from './types';

/** A source or a target, to choose among them, and to call it what people call it. */
export interface Named {
  id: number;
  /** Unique; what API and files call it. */
  name: string;
  /** The id of its adapter. */
  type: string;
  /** What people read: of a source its display name, with the name beside it where another source is called the same. */
  label: string;
}

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

/** What people call the source of this name; the name itself as long as that is not known, and of one that is gone. */
export const sourceLabel = (sources: readonly Named[] | undefined, name: string): string =>
  sources?.find((source) => source.name === name)?.label ?? name;

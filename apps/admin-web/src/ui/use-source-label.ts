import { useQuery } from '@tanstack/react-query';
import { sourceLabel } from '../api/named';
import { sourceNamesQuery } from '../api/names';

/** Whether a source, by its id, has been deleted; false as long as nobody knows. */
export function useIsSourceGone(): (id: number) => boolean {
  const { data } = useQuery(sourceNamesQuery);
  return (id) => data !== undefined && !data.some((source) => source.id === id);
}

/** What people call a source, by its name; one request for all rows of all lists. */
export function useSourceLabel(): (name: string) => string {
  const { data } = useQuery(sourceNamesQuery);
  return (name) => sourceLabel(data, name);
}

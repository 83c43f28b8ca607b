import { useQuery } from '@tanstack/react-query';
import { sourceLabel } from '../api/named';
import { sourceNamesQuery } from '../api/names';

/** Whether a source was deleted, by its name. */
export function useIsSourceDeleted(): (name: string) => boolean {
  const { data } = useQuery(sourceNamesQuery);
  return (name) => data !== undefined && !data.some((source) => source.name === name);
}

/** What people call a source, by its name; one request for all rows of all lists. */
export function useSourceLabel(): (name: string) => string {
  const { data } = useQuery(sourceNamesQuery);
  return (name) => sourceLabel(data, name);
}

import { useQuery } from '@tanstack/react-query';
import { sourceLabel } from '../api/named';
import { sourceNamesQuery } from '../api/names';
import type { Task } from '../api/types';

/** Whether the source of a task has been deleted. False as long as nobody knows: names that were read before the task was made say nothing. */
export function useIsSourceGone(): (task: Pick<Task, 'source' | 'createdAt'>) => boolean {
  const { data, dataUpdatedAt } = useQuery(sourceNamesQuery);
  return ({ source, createdAt }) =>
    source !== null && data?.some(({ id }) => id === source.id) === false && Date.parse(createdAt) < dataUpdatedAt;
}

/** What people call a source, by its name; one request for all rows of all lists. */
export function useSourceLabel(): (name: string) => string {
  const { data } = useQuery(sourceNamesQuery);
  return (name) => sourceLabel(data, name);
}

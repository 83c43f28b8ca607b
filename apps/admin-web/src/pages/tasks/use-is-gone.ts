import { useQuery } from '@tanstack/react-query';
import type { Named } from '../../api/named';
import { sourceNamesQuery, targetNamesQuery } from '../../api/names';
import type { Task } from '../../api/types';

interface Names {
  data: readonly Named[] | undefined;
  dataUpdatedAt: number;
}

/** Whether what a task is for has been deleted. False as long as nobody knows: names that were read before the task was made say nothing. */
const isGone = (
  { data, dataUpdatedAt }: Names,
  named: { id: number } | null | undefined,
  { createdAt }: Task,
): boolean =>
  named != null && data?.some(({ id }) => id === named.id) === false && Date.parse(createdAt) < dataUpdatedAt;

export const useIsSourceGone = (task: Task): boolean => isGone(useQuery(sourceNamesQuery), task.source, task);

export const useIsTargetGone = (task: Task): boolean =>
  isGone(useQuery({ ...targetNamesQuery, enabled: task.target !== undefined }), task.target, task);

import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from './client';
import { listParameters } from './list-parameters';
import type { Page, Task, TaskListQuery, TaskStatus } from './types';

/** What the cached task lists' keys begin with. */
export const TASK_LISTS = ['tasks', 'list'] as const;

export function tasksQuery(query: TaskListQuery) {
  return queryOptions({
    queryKey: [...TASK_LISTS, query],
    queryFn: ({ signal }) =>
      request<Page<Task>>(`/api/tasks?${listParameters({ sort: '-createdAt', ...query })}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

const SETTLED = new Set<TaskStatus>(['succeeded', 'partially_succeeded', 'failed', 'cancelled', 'held']);

/** Nothing more happens to the task unless somebody acts. */
export function isSettled(task: Task): boolean {
  return SETTLED.has(task.status);
}

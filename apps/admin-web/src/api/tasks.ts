import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from './client';
import { DEFAULT_PAGE_SIZE, type Page, type Task, type TaskListQuery, type TaskStatus } from './types';

/** What the cached task lists' keys begin with. */
export const TASK_LISTS = ['tasks', 'list'] as const;

export function tasksQuery(query: TaskListQuery) {
  return queryOptions({
    queryKey: [...TASK_LISTS, query],
    queryFn: ({ signal }) => request<Page<Task>>(`/api/tasks?${parameters(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

function parameters({ status, kind, page = 1, pageSize = DEFAULT_PAGE_SIZE }: TaskListQuery): string {
  const parameters = new URLSearchParams({ sort: '-createdAt', page: String(page), pageSize: String(pageSize) });
  if (status) parameters.set('status', status);
  if (kind) parameters.set('kind', kind);
  return parameters.toString();
}

const SETTLED = new Set<TaskStatus>(['succeeded', 'partially_succeeded', 'failed', 'cancelled', 'held']);

/** Nothing more happens to the task unless somebody acts. */
export function isSettled(task: Task): boolean {
  return SETTLED.has(task.status);
}

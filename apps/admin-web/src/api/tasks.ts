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
    meta: FOLLOWS_TASKS,
  });
}

/** `meta` of a query whose answer may change when some task begins or ends: it is read again then. */
export const FOLLOWS_TASKS = { followsTasks: true } as const;

/** Those that somebody should look at, the newest first. */
export const attentionQuery = queryOptions({
  queryKey: ['tasks', 'attention'],
  queryFn: ({ signal }) =>
    request<Page<Task>>(`/api/tasks?${listParameters({ sort: '-createdAt', attention: true })}`, { signal }),
  // The page beside it says that the service does not answer.
  retry: false,
  meta: FOLLOWS_TASKS,
});

/** How many plans wait for a decision, of those that need attention: `total`. */
export const heldQuery = tasksQuery({ attention: true, status: 'held', pageSize: 1 });

/** How many tasks succeeded in part, and left something behind that nothing has made up for: `total`. */
export const leftBehindQuery = tasksQuery({ attention: true, status: 'partially_succeeded', pageSize: 1 });

export const taskKey = (id: number) => ['tasks', 'one', id] as const;

export function taskQuery(id: number) {
  return queryOptions({
    queryKey: taskKey(id),
    queryFn: ({ signal }) => request<Task>(`/api/tasks/${id}`, { signal }),
  });
}

export type TaskAction = 'retry' | 'cancel' | 'approve' | 'reject' | 'undo';

/** Answers with the task; `undo` with the new one. */
export function actOnTask(id: number, action: TaskAction): Promise<Task> {
  return request<Task>(`/api/tasks/${id}/${action}`, { method: 'POST' });
}

const SETTLED = new Set<TaskStatus>(['succeeded', 'partially_succeeded', 'failed', 'cancelled', 'held']);

/** Nothing more happens to the task unless somebody acts. */
export function isSettled(task: Task): boolean {
  return SETTLED.has(task.status);
}

import { DEFAULT_PAGE_SIZE, TASK_KINDS, TASK_STATUSES, type TaskListQuery } from '../../api/types';

export const PAGE_SIZES = [20, 50, 100, 200] as const;

/** Filters and page of the task list as they stand in the address; what is the default does not stand there. */
export type TaskSearch = TaskListQuery;

/** Reads the address; what nobody could have chosen here is left out. */
export function readTaskSearch(search: Record<string, unknown>): TaskSearch {
  const status = TASK_STATUSES.find((known) => known === search['status']);
  const kind = TASK_KINDS.find((known) => known === search['kind']);
  const page = Number(search['page']);
  const pageSize = PAGE_SIZES.find((size) => size === Number(search['pageSize']));
  return {
    ...(status && { status }),
    ...(kind && { kind }),
    ...(Number.isSafeInteger(page) && page > 1 && page <= 1_000_000 && { page }),
    ...(pageSize && pageSize !== DEFAULT_PAGE_SIZE && { pageSize }),
  };
}

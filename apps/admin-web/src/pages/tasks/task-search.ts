import { TASK_KINDS, TASK_STATUSES, type TaskListQuery } from '../../api/types';
import { readListSearch } from '../../ui/list-search';

/** Filters and page of the task list as they stand in the address; what is the default does not stand there. */
export type TaskSearch = TaskListQuery;

/** Reads the address; what nobody could have chosen here is left out. */
export function readTaskSearch(search: Record<string, unknown>): TaskSearch {
  const status = TASK_STATUSES.find((known) => known === search['status']);
  const kind = TASK_KINDS.find((known) => known === search['kind']);
  return { ...(status && { status }), ...(kind && { kind }), ...readListSearch(search) };
}

import { TASK_KINDS, TASK_STATUSES, type TaskListQuery, type TaskStatus } from '../../api/types';
import { readId } from '../../ui/id-parameter';
import { readListSearch } from '../../ui/list-search';

/** Filters and page of the task list as they stand in the address; what is the default does not stand there. */
export type TaskSearch = TaskListQuery;

/** Of what needs attention only these can be chosen. */
const WITH_ATTENTION: ReadonlySet<TaskStatus> = new Set(['held', 'partially_succeeded']);

/** Reads the address; what nobody could have chosen here is left out. */
export function readTaskSearch(search: Record<string, unknown>): TaskSearch {
  const status = TASK_STATUSES.find((known) => known === search['status']);
  const kind = TASK_KINDS.find((known) => known === search['kind']);
  const sourceId = readId(search['sourceId']);
  const targetId = readId(search['targetId']);
  return {
    ...(search['attention'] === true
      ? { attention: true, ...(status !== undefined && WITH_ATTENTION.has(status) && { status }) }
      : status && { status }),
    ...(kind && { kind }),
    ...(sourceId !== undefined && { sourceId }),
    ...(targetId !== undefined && { targetId }),
    ...readListSearch(search),
  };
}

/** Whether something but the page is chosen. */
export function isFiltered({ page: _page, pageSize: _pageSize, ...filters }: TaskSearch): boolean {
  return Object.keys(filters).length > 0;
}

import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from './client';
import { listParameters } from './list-parameters';
import type { Change, ChangeListQuery, FailureGroup, ListQuery, LogLine, LogLevel, Page, Task } from './types';

/** What the keys of everything that belongs to one task begin with, except the task itself. */
export const detailsKey = (id: number) => ['tasks', 'of', id] as const;

/** What is asked of a task. With its status: what was told before that moved on is no answer to what it came to. */
type Asked = Pick<Task, 'id' | 'status'>;

export function changesQuery({ id, status }: Asked, query: ChangeListQuery) {
  return queryOptions({
    queryKey: [...detailsKey(id), 'changes', status, query],
    queryFn: ({ signal }) => request<Page<Change>>(changesPath(id, query), { signal }),
    placeholderData: keepPreviousData,
  });
}

/** Also where all of them are as CSV, for who asks for `text/csv`. */
export function changesPath(id: number, query: ChangeListQuery): string {
  return `/api/tasks/${id}/changes?${listParameters({ ...query })}`;
}

/** More reasons than one page of them nobody has. */
export function failuresQuery({ id, status }: Asked) {
  return queryOptions({
    queryKey: [...detailsKey(id), 'failures', status],
    queryFn: ({ signal }) => request<Page<FailureGroup>>(`/api/tasks/${id}/failures?pageSize=200`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function logLinesQuery({ id, status }: Asked, query: ListQuery & { level?: LogLevel | undefined }) {
  return queryOptions({
    queryKey: [...detailsKey(id), 'log', status, query],
    queryFn: ({ signal }) => request<Page<LogLine>>(`/api/tasks/${id}/log?${listParameters({ ...query })}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** The record of a change as it was received. Each look is audited, so it is asked for by a click only. */
export async function rawRecords(id: number, { dataType, uid, position }: Change): Promise<unknown[]> {
  const parameters = new URLSearchParams({ dataType });
  if (uid !== null) parameters.set('uid', uid);
  else if (position !== null) parameters.set('position', String(position));
  const { records } = await request<{ records: unknown[] }>(`/api/tasks/${id}/raw/records?${parameters.toString()}`);
  return records;
}

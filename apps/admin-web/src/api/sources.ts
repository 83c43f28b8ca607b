import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from './client';
import { listParameters } from './list-parameters';
import { queryClient } from './query-client';
import type { CheckResult, ListQuery, Page, Policies, Schedule, Source, Task } from './types';

/** What the cached answers about sources begin with. */
const SOURCES = ['sources'] as const;

/** Read again whenever a task changed: last task, last success and next run depend on them. */
const FOLLOWS_TASKS = { followsTasks: true };

/** In case nothing tells of changes. */
const POLL_MS = 10_000;

export type Options = Record<string, unknown>;

/** What may be set on a source at any time. */
export interface SourceSettings {
  displayName?: string;
  enabled?: boolean;
  options?: Options;
  /** Null: only by hand. */
  schedule?: Schedule | null;
  matchKey?: Source['matchKey'];
  priority?: number;
  policies?: Policies;
}

export interface SourceListQuery extends ListQuery {
  q?: string | undefined;
}

export function sourcesQuery(query: SourceListQuery) {
  return queryOptions({
    queryKey: [...SOURCES, 'list', query],
    queryFn: ({ signal }) => request<Page<Source>>(`/api/sources?${listParameters({ ...query })}`, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
    meta: FOLLOWS_TASKS,
  });
}

export function sourceQuery(id: number) {
  return queryOptions({
    queryKey: [...SOURCES, 'one', id],
    queryFn: ({ signal }) => request<Source>(`/api/sources/${id}`, { signal }),
    refetchInterval: POLL_MS,
    meta: FOLLOWS_TASKS,
  });
}

export async function createSource(body: SourceSettings & { name: string; type: string }): Promise<Source> {
  const source = await request<Source>('/api/sources', { method: 'POST', body });
  adopt(source);
  return source;
}

export async function updateSource(id: number, body: SourceSettings): Promise<Source> {
  const source = await request<Source>(`/api/sources/${id}`, { method: 'PATCH', body });
  adopt(source);
  return source;
}

/** `remove` answers with the task that takes the people away; `keep` with nothing. */
export async function deleteSource(id: number, people: 'keep' | 'remove'): Promise<Task | undefined> {
  return request<Task | undefined>(`/api/sources/${id}?people=${people}`, { method: 'DELETE' });
}

/** Once no page shows it any more. */
export function forgetSource(id: number): void {
  queryClient.removeQueries({ queryKey: sourceQuery(id).queryKey });
  void queryClient.invalidateQueries({ queryKey: SOURCES });
}

/** `stored`: id of the source whose options these are to replace. */
export function checkSource(type: string, options: Options, stored?: number): Promise<CheckResult> {
  return stored === undefined
    ? request('/api/sources/check', { method: 'POST', body: { type, options } })
    : request(`/api/sources/${stored}/check`, { method: 'POST', body: { options } });
}

export type SyncMode = 'full' | 'incremental' | 'preview';

/** Starts a task, and answers with it. */
export async function syncSource(id: number, mode: SyncMode): Promise<Task> {
  const body = mode === 'preview' ? { dryRun: true } : { mode };
  const task = await request<Task>(`/api/sources/${id}/sync`, { method: 'POST', body });
  void queryClient.invalidateQueries({
    predicate: ({ queryKey }) => ['sources', 'tasks'].includes(String(queryKey[0])),
  });
  return task;
}

/** The answer to a change is what the pages show from now on. */
function adopt(source: Source): void {
  queryClient.setQueryData(sourceQuery(source.id).queryKey, source);
  void queryClient.invalidateQueries({ queryKey: [...SOURCES, 'list'] });
  void queryClient.invalidateQueries({ queryKey: [...SOURCES, 'names'] });
}

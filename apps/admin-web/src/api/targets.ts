import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from './client';
import { listParameters } from './list-parameters';
import { queryClient } from './query-client';
import type { CheckResult, Limit, ListQuery, Page, Target, TargetBacklog } from './types';

/** What the cached answers about targets begin with. */
const TARGETS = ['targets'] as const;

/** Read again whenever a task changed. */
const FOLLOWS_TASKS = { followsTasks: true };

/** Without the event stream: how often a first plan that is still being made is looked for. */
const PLANNING_MS = 2_000;

export type Options = Record<string, unknown>;
export type TargetLimits = NonNullable<Target['limits']>;

/** What may be set on a target at any time. */
export interface TargetSettings {
  enabled?: boolean;
  options?: Options;
  /** Null: all. */
  sources?: number[] | null;
  limits?: Partial<Record<keyof TargetLimits, Limit>>;
}

export function targetsQuery(query: ListQuery) {
  return queryOptions({
    queryKey: [...TARGETS, 'list', query],
    queryFn: ({ signal }) => request<Page<Target>>(`/api/targets?${listParameters({ ...query })}`, { signal }),
    placeholderData: keepPreviousData,
    meta: FOLLOWS_TASKS,
  });
}

/** All of them: more than one page of targets nobody has. */
export const allTargetsQuery = targetsQuery({ pageSize: 200 });

export function targetQuery(id: number) {
  return queryOptions({
    queryKey: [...TARGETS, 'one', id],
    queryFn: ({ signal }) => request<Target>(`/api/targets/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data && isPlanning(state.data) ? PLANNING_MS : false),
    meta: FOLLOWS_TASKS,
  });
}

export function backlogQuery(id: number) {
  return queryOptions({
    queryKey: [...TARGETS, 'backlog', id],
    queryFn: ({ signal }) => request<TargetBacklog>(`/api/targets/${id}/backlog`, { signal }),
    meta: FOLLOWS_TASKS,
  });
}

/** Some first plan is not ready to be approved yet. */
export function isPlanning({ reviews }: Target): boolean {
  return reviews.some(({ status }) => status === 'queued' || status === 'running');
}

/** A first plan came to nothing: it was rejected or cancelled, or its task failed. */
export const isGivenUp = ({ status }: Target['reviews'][number]): boolean =>
  status === 'cancelled' || status === 'failed';

export async function createTarget(body: TargetSettings & { name: string; type: string }): Promise<Target> {
  const target = await request<Target>('/api/targets', { method: 'POST', body });
  await adopt(target);
  return target;
}

export async function updateTarget(id: number, body: TargetSettings): Promise<Target> {
  const target = await request<Target>(`/api/targets/${id}`, { method: 'PATCH', body });
  await adopt(target);
  return target;
}

export async function deleteTarget(id: number): Promise<void> {
  await request(`/api/targets/${id}`, { method: 'DELETE' });
  queryClient.removeQueries({ queryKey: [...TARGETS, 'list'] });
  void queryClient.invalidateQueries({ queryKey: [...TARGETS, 'names'] });
}

/** Once no page shows it any more. */
export function forgetTarget(id: number): void {
  queryClient.removeQueries({ queryKey: targetQuery(id).queryKey });
  queryClient.removeQueries({ queryKey: backlogQuery(id).queryKey });
}

export function checkTarget(type: string, options: Options): Promise<CheckResult> {
  return request('/api/targets/check', { method: 'POST', body: { type, options } });
}

/** As it would be with these options; without: as it is, and when it is well, what waits for that is tried at once. */
export function checkStoredTarget(id: number, options?: Options): Promise<CheckResult> {
  return request(`/api/targets/${id}/check`, { method: 'POST', body: { options } });
}

/** The answer to a change is what the pages show from now on. */
async function adopt(target: Target): Promise<void> {
  queryClient.setQueryData(targetQuery(target.id).queryKey, target);
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: [...TARGETS, 'list'] }),
    queryClient.invalidateQueries({ queryKey: [...TARGETS, 'names'] }),
    queryClient.invalidateQueries({ queryKey: backlogQuery(target.id).queryKey }),
  ]);
}

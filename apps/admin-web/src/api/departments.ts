import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from './client';
import { listParameters } from './list-parameters';
import { LOOK_AGAIN_MS, queryClient } from './query-client';
import type { Department, DepartmentPatch, ListQuery, NewDepartment, Page } from './types';
import { userChanged } from './users';

const DEPARTMENTS = ['departments'] as const;

/** How many children of a department are read at once. */
const LEVEL_SIZE = 100;

/** One level of the tree, as far as it was asked for; `null`: the roots. */
export function levelQuery(parentId: number | null) {
  return infiniteQueryOptions({
    queryKey: [...DEPARTMENTS, 'level', parentId],
    queryFn: ({ signal, pageParam }) => {
      const parameters = listParameters({ page: pageParam, pageSize: LEVEL_SIZE, parentId: String(parentId) });
      return request<Page<Department>>(`/api/departments?${parameters}`, { signal });
    },
    initialPageParam: 1,
    getNextPageParam: ({ page, pageSize, total }) => (page * pageSize < total ? page + 1 : undefined),
  });
}

export function departmentQuery(id: number) {
  return queryOptions({
    queryKey: [...DEPARTMENTS, 'one', id],
    queryFn: ({ signal }) => request<Department>(`/api/departments/${id}`, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** As it is in this moment. */
export const departmentNow = (id: number): Promise<Department> =>
  queryClient.query({ ...departmentQuery(id), staleTime: 0 });

export function departmentsQuery(query: ListQuery & { q?: string | undefined }) {
  return queryOptions({
    queryKey: [...DEPARTMENTS, 'list', query],
    queryFn: ({ signal }) => request<Page<Department>>(`/api/departments?${listParameters({ ...query })}`, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
    placeholderData: keepPreviousData,
  });
}

export function createDepartment(body: NewDepartment): Promise<Department> {
  return request<Department>('/api/departments', { method: 'POST', body });
}

/** Fields whose value really differs are locked by that. */
export function patchDepartment(id: number, body: DepartmentPatch): Promise<Department> {
  return request<Department>(`/api/departments/${id}`, { method: 'PATCH', body });
}

/** Of one that no source states and nothing is in. */
export function deleteDepartment(id: number): Promise<void> {
  return request(`/api/departments/${id}`, { method: 'DELETE' });
}

/** A membership by hand: it survives every sync. */
export function putMember(departmentId: number, userId: number, body: { isMain: boolean; isOwner: boolean }) {
  return request(`/api/departments/${departmentId}/users/${userId}`, { method: 'PUT', body });
}

/** Takes back a membership that was made by hand; what a source says stays. */
export function removeMember(departmentId: number, userId: number): Promise<{ isMember: boolean; sources: string[] }> {
  return request(`/api/departments/${departmentId}/users/${userId}`, { method: 'DELETE' });
}

/** Has the tree, the department and the users in it read again. */
export async function departmentChanged(): Promise<void> {
  await Promise.all([queryClient.invalidateQueries({ queryKey: DEPARTMENTS }), userChanged()]);
}

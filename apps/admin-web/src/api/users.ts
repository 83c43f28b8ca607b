import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from './client';
import { listParameters } from './list-parameters';
import { LOOK_AGAIN_MS, queryClient } from './query-client';
import type { ListQuery, NewUser, Page, Task, User, UserChange, UserListQuery, UserPatch } from './types';

/** What the keys of everything about users begin with. */
const USERS = ['users'] as const;

export function usersQuery(query: UserListQuery) {
  return queryOptions({
    queryKey: [...USERS, 'list', query],
    queryFn: ({ signal }) => request<Page<User>>(`/api/users?${listParameters({ ...query })}`, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
    placeholderData: keepPreviousData,
  });
}

export function userQuery(id: number) {
  return queryOptions({
    queryKey: [...USERS, 'one', id],
    queryFn: ({ signal }) => request<User>(`/api/users/${id}`, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** As it is in this moment. */
export const userNow = (id: number): Promise<User> => queryClient.query({ ...userQuery(id), staleTime: 0 });

/** What happened to a user, the newest first. */
export function userChangesQuery(id: number, query: ListQuery) {
  return queryOptions({
    queryKey: [...USERS, 'changes', id, query],
    queryFn: ({ signal }) =>
      request<Page<UserChange>>(`/api/users/${id}/changes?${listParameters({ ...query })}`, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
    placeholderData: keepPreviousData,
  });
}

/** Members of a department, a page at a time. */
export function membersQuery(departmentId: number, query: ListQuery & { q?: string | undefined }) {
  return queryOptions({
    queryKey: [...USERS, 'members', departmentId, query],
    queryFn: ({ signal }) =>
      request<Page<User>>(`/api/departments/${departmentId}/users?${listParameters({ ...query })}`, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
    placeholderData: keepPreviousData,
  });
}

export function createUser(body: NewUser): Promise<User> {
  return request<User>('/api/users', { method: 'POST', body });
}

/** Fields whose value really differs are locked by that. */
export function patchUser(id: number, body: UserPatch): Promise<User> {
  return request<User>(`/api/users/${id}`, { method: 'PATCH', body });
}

/** Of somebody whom no source states. */
export function deleteUser(id: number): Promise<User> {
  return request<User>(`/api/users/${id}`, { method: 'DELETE' });
}

export function restoreUser(id: number): Promise<User> {
  return request<User>(`/api/users/${id}/restore`, { method: 'POST' });
}

/** Unlocks a field; a username, e-mail or phone is emptied, so that another record can have it. */
export function releaseField(id: number, field: string): Promise<User> {
  return request<User>(`/api/users/${id}/release`, { method: 'POST', body: { field } });
}

/** Applies what the sources say again. One task a source; the first is returned. */
export function syncUser(id: number): Promise<Task> {
  return request<Task>(`/api/users/${id}/sync`, { method: 'POST' });
}

export function linkRecord(body: { sourceId: number; uid: string; userId: number }): Promise<Task> {
  return request<Task>('/api/links', { method: 'POST', body });
}

export function unlinkRecord(linkId: number): Promise<void> {
  return request(`/api/links/${linkId}`, { method: 'DELETE' });
}

/** Shows a user as the service just answered, and has everything else about users read again. */
export function userChanged(user?: User): Promise<void> {
  if (user) queryClient.setQueryData(userQuery(user.id).queryKey, user);
  return queryClient.invalidateQueries({ queryKey: USERS });
}

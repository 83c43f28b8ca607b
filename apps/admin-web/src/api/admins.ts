import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from './client';
import { listParameters } from './list-parameters';
import type { Admin, Invitation, Invited, ListQuery, Me, NewAdmin, Page, Role } from './types';

/** What the cached lists' keys begin with. */
export const ADMINS = ['admins'] as const;

export interface AdminListQuery extends ListQuery {
  q?: string | undefined;
}

export function adminsQuery(query: AdminListQuery) {
  return queryOptions({
    queryKey: [...ADMINS, query],
    queryFn: ({ signal }) => request<Page<Admin>>(`/api/admins?${listParameters({ ...query })}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export interface AdminBody {
  username: string;
  role: Role;
}

/** The answer carries a one-time link. */
export function inviteAdmin(body: AdminBody): Promise<NewAdmin> {
  return request<NewAdmin>('/api/admins', { method: 'POST', body });
}

export function updateAdmin(id: number, body: Partial<AdminBody>): Promise<Admin> {
  return request<Admin>(`/api/admins/${id}`, { method: 'PATCH', body });
}

/** A new one-time link for an account that there is. */
export function renewInvitation(id: number): Promise<Invitation> {
  return request<Invitation>(`/api/admins/${id}/invitation`, { method: 'POST' });
}

/** The link that was made last works no more. */
export async function withdrawInvitation(id: number): Promise<void> {
  await request(`/api/admins/${id}/invitation`, { method: 'DELETE' });
}

export async function removeAdmin(id: number): Promise<void> {
  await request(`/api/admins/${id}`, { method: 'DELETE' });
}

/** Ends every other session of the account. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await request('/api/auth/password', { method: 'POST', body: { currentPassword, newPassword } });
}

/** Whom a link is for. An error of the status 404: it works no more. */
export function invitationQuery(token: string) {
  return queryOptions({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => request<Invited>('/api/auth/invitation', { method: 'POST', body: { token }, signal }),
    staleTime: 'static',
  });
}

/** Sets the password and signs in. */
export function acceptInvitation(token: string, password: string): Promise<Me> {
  return request<Me>('/api/auth/accept-invitation', { method: 'POST', body: { token, password } });
}

import { queryOptions } from '@tanstack/react-query';
import { ApiError } from './api-error';
import { request } from './client';
import { forgetDrafts } from '../ui/use-draft';
import { queryClient } from './query-client';
import type { Me } from './types';

/** Who is signed in; `null` when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await request<Me>('/api/auth/me', { signal });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

/** Whose drafts of forms there may be: they wait for their owner to sign in again, and for nobody else. */
let drafter: string | undefined;

export async function signIn(username: string, password: string): Promise<void> {
  const me = await request<Me>('/api/auth/sign-in', { method: 'POST', body: { username, password } });
  if (me.name !== drafter) forgetDrafts();
  adopt(me);
}

export async function signOut(): Promise<void> {
  try {
    await request('/api/auth/sign-out', { method: 'POST' });
  } catch (error) {
    // No session any more is what was asked for.
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
  }
  forgetDrafts();
  adopt(null);
}

/** Somebody else, or nobody, is signed in from now on: what was read before is not theirs to see. */
export function adopt(me: Me | null): void {
  const before = queryClient.getQueryData<Me | null>(meQuery.queryKey);
  if (before) drafter = before.name;
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meQuery.queryKey[0] });
  queryClient.setQueryData(meQuery.queryKey, me);
}

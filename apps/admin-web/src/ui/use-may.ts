import { getRouteApi } from '@tanstack/react-router';
import type { Me } from '../api/types';

type Role = Me['role'];

/** Each may what those before it may. */
const ROLES: readonly Role[] = ['viewer', 'operator', 'approver', 'admin'];

const route = getRouteApi('/inner');

/** Whether who is signed in may what `role` may. The service decides anyway; this only keeps useless buttons away. */
export function useMay(role: Role): boolean {
  const { me } = route.useRouteContext();
  return ROLES.indexOf(me.role) >= ROLES.indexOf(role);
}

import { getRouteApi } from '@tanstack/react-router';
import { type Role, ROLES } from '../api/types';

const route = getRouteApi('/inner');

/** Whether who is signed in may what `role` may. The service decides anyway; this only keeps useless buttons away. */
export function useMay(role: Role): boolean {
  const { me } = route.useRouteContext();
  return ROLES.indexOf(me.role) >= ROLES.indexOf(role);
}

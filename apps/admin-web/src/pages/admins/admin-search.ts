import type { AdminListQuery } from '../../api/admins';
import { readListSearch, readQuery } from '../../ui/list-search';

export interface AdminSearch extends AdminListQuery {
  /** The form for an invitation is open: so it is again after signing in anew. */
  invite?: true | undefined;
}

export function readAdminSearch(search: Record<string, unknown>): AdminSearch {
  return { ...(search['invite'] === true && { invite: true }), ...readQuery(search), ...readListSearch(search) };
}

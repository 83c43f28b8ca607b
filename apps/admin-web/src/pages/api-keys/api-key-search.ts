import type { ApiKeyListQuery } from '../../api/api-keys';
import { readListSearch, readQuery } from '../../ui/list-search';

export interface ApiKeySearch extends ApiKeyListQuery {
  /** The form for a new key is open: so it is again after signing in anew. */
  make?: true | undefined;
}

export function readApiKeySearch(search: Record<string, unknown>): ApiKeySearch {
  return { ...(search['make'] === true && { make: true }), ...readQuery(search), ...readListSearch(search) };
}

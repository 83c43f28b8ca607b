import { USER_STATUSES, type UserListQuery } from '../../api/types';
import { readId } from '../../ui/id-parameter';
import { readListSearch, readQuery } from '../../ui/list-search';

/** Filters and page of the list of users as they stand in the address; what is the default does not stand there. */
export type UserSearch = UserListQuery;

/** Reads the address; what nobody could have chosen here is left out. */
export function readUserSearch(search: Record<string, unknown>): UserSearch {
  const status = USER_STATUSES.find((known) => known === search['status']);
  const sourceId = readId(search['sourceId']);
  const departmentId = readId(search['departmentId']);
  return {
    ...readQuery(search),
    ...(status && { status }),
    ...(sourceId !== undefined && { sourceId }),
    ...(departmentId !== undefined && { departmentId }),
    ...readListSearch(search),
  };
}

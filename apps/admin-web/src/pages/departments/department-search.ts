import { type ListSearch, readListSearch, readQuery } from '../../ui/list-search';

/** What departments are searched for, as it stands in the address. */
export interface DepartmentSearch {
  q?: string | undefined;
}

/** Of the members of the one that is open: page, and what they are searched for. */
export interface MemberSearch extends ListSearch {
  member?: string | undefined;
}

export function readDepartmentSearch(search: Record<string, unknown>): DepartmentSearch {
  return readQuery(search);
}

export function readMemberSearch(search: Record<string, unknown>): MemberSearch {
  const { q: member } = readQuery({ q: search['member'] });
  return { ...(member !== undefined && { member }), ...readListSearch(search) };
}

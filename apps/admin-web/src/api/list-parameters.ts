import { DEFAULT_PAGE_SIZE, type ListQuery } from './types';

/** The query string of a list's route; what is undefined does not stand in it. */
export function listParameters({
  page = 1,
  pageSize = DEFAULT_PAGE_SIZE,
  ...filters
}: ListQuery & Record<string, string | number | boolean | undefined>): string {
  const parameters = new URLSearchParams({ page: String(page), pageSize: String(pageSize) });
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return parameters.toString();
}

import type { DepartmentRecord, Page, UserRecord } from '@rollcall/core';

/** Records of a page. */
const PAGE_SIZE = 500;

/** Users as they come, in pages: small departments together, large ones cut. */
export async function* userPages(batches: AsyncIterable<readonly UserRecord[]>): AsyncGenerator<Page, void, undefined> {
  let page: UserRecord[] = [];
  for await (const batch of batches) {
    for (const record of batch) {
      page.push(record);
      if (page.length < PAGE_SIZE) continue;
      yield { dataType: 'user', records: page };
      page = [];
    }
  }
  if (page.length > 0) yield { dataType: 'user', records: page };
}

export function* departmentPages(records: readonly DepartmentRecord[]): Generator<Page, void, undefined> {
  for (let start = 0; start < records.length; start += PAGE_SIZE) {
    yield { dataType: 'department', records: records.slice(start, start + PAGE_SIZE) };
  }
}

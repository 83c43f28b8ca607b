import { type Completeness, type Page, type PullContext, type PullResult, RollcallError } from '@rollcall/core';
import { getPage, type ListPage } from './client.js';
import type { Options } from './config.js';
import { type Department, departmentOf, type Person, userOf } from './map-record.js';

/**
 * Yields page by page, departments first because people refer to them, and says at the end what was seen whole. Only
 * `complete: true` lets Rollcall conclude that somebody is gone, so it is never said of a read that was cut or filtered: what fails
 * throws, and what the token does not see is told.
 */
export async function* pull(context: PullContext<Options>): AsyncGenerator<Page, PullResult, undefined> {
  const changedSince = sinceOf(context);
  let nextCursor: string | undefined;
  let hidden = 0;
  for await (const { items, now } of pages<Department>(context, 'departments', changedSince)) {
    // The time of the first answer: who is changed while we read is read again next time.
    nextCursor ??= now;
    yield { dataType: 'department', records: items.map(departmentOf) };
  }
  for await (const page of pages<Person>(context, 'people', changedSince)) {
    hidden = page.hidden;
    yield { dataType: 'user', records: page.items.map(userOf) };
  }
  const user: Completeness =
    hidden === 0
      ? true
      : {
          complete: false,
          reason: `The token does not see ${hidden} people. Give it the right to read everybody.`,
        };
  return { complete: { department: true, user }, ...(nextCursor !== undefined && { nextCursor }) };
}

async function* pages<Item>(
  context: PullContext<Options>,
  list: 'departments' | 'people',
  changedSince: string | undefined,
): AsyncGenerator<ListPage<Item>> {
  let after: string | undefined;
  for (;;) {
    const page = await getPage<Item>(context, list, { after, changedSince });
    yield page;
    if (page.next === null) return;
    if (page.next === after) throw new RollcallError('bad_answer', 'Its answer is no page of a list.');
    after = page.next;
  }
}

/** Where an incremental read begins: what the last one returned as `nextCursor`. Undefined: everything is read. */
function sinceOf({ mode, since }: PullContext<Options>): string | undefined {
  if (mode === 'full' || since === undefined) return undefined;
  if (Number.isNaN(Date.parse(since))) {
    throw new RollcallError('cursor_expired', 'The time of the last read is not known any more.');
  }
  return since;
}

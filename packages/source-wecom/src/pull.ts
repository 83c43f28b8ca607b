import type { Page, PullContext, PullResult } from '@rollcall/core';
import { connect, type Timing } from './client';
import { completeness, type MemberGaps } from './completeness';
import { requireUsable, type WecomOptions } from './config';
import { departmentRecord, unnamedOf } from './map-department';
import { departmentPages, userPages } from './pages';
import { MemberRead } from './read-members';
import { findReaders, viewDepartments } from './view';

/**
 * Reads the company: departments, then members department by department, then whoever only contacts sync knows.
 *
 * Its pages have no cursor. WeCom has none that outlives a read, and members move between departments meanwhile: a read that
 * goes on after a pause could miss somebody and call itself complete.
 */
export async function* pull(
  context: PullContext<WecomOptions>,
  timing: Timing,
): AsyncGenerator<Page, PullResult, undefined> {
  const { logger, options } = context;
  requireUsable(options);
  const readers = await findReaders(connect(context, timing));
  const view = await viewDepartments(readers, options);
  const unnamed = await unnamedOf(context, readers, view.departments);
  const gaps: MemberGaps = { refused: new Map(), undescribed: 0 };
  const members = userPages(new MemberRead(readers, view, options, gaps).batches());
  try {
    // Before anything is told: a read that may list nobody at all fails as a whole.
    const first = await members.next();
    yield* departmentPages(view.departments.map((department) => departmentRecord(department, view.scope, unnamed)));
    if (!first.done) yield first.value;
    yield* members;
  } finally {
    await members.return();
  }
  const complete = completeness(readers, view, gaps);
  for (const [dataType, value] of Object.entries(complete)) {
    if (value !== true) logger.warn('Not everything could be read', { dataType, reason: value.reason });
  }
  return { complete };
}

import type { EventContext, OpenHints, Page } from '@rollcall/core';
import { connect, type Timing } from './client';
import { requireUsable, type WecomOptions } from './config';
import { listDepartmentIds } from './departments';
import { readDepartmentHints } from './event-departments';
import { MemberHints } from './event-members';
import { notesOf, readHints, toHint, type Wanted } from './hints';
import { departmentPages, userPages } from './pages';
import { Scope } from './scope';
import { findReaders, type Readers } from './view';

/**
 * Reads again what hints name: renames at once, then departments, then members. What a callback said is not believed, only
 * what WeCom says now, so that doubled, late and disordered callbacks end in the same state.
 */
export async function* readEvents(
  context: EventContext<WecomOptions>,
  timing: Timing,
): AsyncGenerator<Page, OpenHints, undefined> {
  const { hints, options } = context;
  const wanted = readHints(hints);
  if (wanted.renames.length + wanted.decided.length + wanted.users.size + wanted.departments.size === 0)
    return onlyNotes(context, wanted);
  requireUsable(options);
  const readers = await findReaders(connect(context, timing));
  const scope = await scopeOf(readers, options);
  const members = new MemberHints(context, readers, scope, wanted);
  const renames = await members.identify();
  if (renames.length > 0) yield { dataType: 'user', renames };
  yield* departmentPages(await readDepartmentHints(context, readers, wanted.departments, scope));
  yield* userPages(members.batches());
  return members.open();
}

/** Nothing is to be asked, and what is noted until the next full read stays. */
function onlyNotes({ within }: EventContext, wanted: Wanted): OpenHints {
  return { hints: within === 'pull' ? [] : notesOf(wanted).map(toHint), again: false };
}

async function scopeOf({ contacts, details }: Readers, { departments }: WecomOptions): Promise<Scope> {
  const client = contacts ?? details;
  if (!client || !departments || departments.length === 0) return new Scope(undefined, []);
  return new Scope(departments, await listDepartmentIds(client));
}

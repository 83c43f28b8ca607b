import type { Hint, OpenHints } from '@rollcall/core';
import type { TaskRow } from '../tasks/task-row';
import type { Run } from './run';
import { ALONE_WITH_HINTS, FORGET_HINTS, QUEUE_HINT_TASK, STORE_HINTS, WAITING_HINTS } from './sql/hints';
import type { SqlSession } from './sql-session';

/** What a read made of the hints that waited. */
export interface HintsRead {
  /** The last of them, which are forgotten once their plan is released; null when none were read. */
  to: number | null;
  open: OpenHints;
}

export const NO_HINTS_READ: HintsRead = { to: null, open: { hints: [], again: false } };

/** Hints of a source that wait, oldest first. */
export const waitingHints = (run: Run): Promise<(Hint & { id: number })[]> =>
  run.transact((sql) => sql.query<Hint & { id: number }>(WAITING_HINTS, [run.source.id]));

/** What was left open waits behind all that was read, so that it stays when that is forgotten. */
export async function keepOpen(sql: SqlSession, { source }: Run, { hints }: OpenHints): Promise<void> {
  if (hints.length === 0) return;
  await sql.query(ALONE_WITH_HINTS, [source.id]);
  const byKey = new Map(hints.map((hint) => [hint.key, hint]));
  await sql.query(STORE_HINTS, [source.id, JSON.stringify([...byKey.values()])]);
}

/**
 * The plan of what was read is applied from here on. Until here hints wait, so that whatever becomes of the read or of a
 * held plan, somebody reads them again.
 */
export async function forgetHints(sql: SqlSession, { source_id, hints_to, hints_again }: TaskRow): Promise<void> {
  if (!hints_to) return;
  await sql.query(FORGET_HINTS, [source_id, hints_to]);
  if (!hints_again) return;
  await sql.query(ALONE_WITH_HINTS, [source_id]);
  await sql.query(QUEUE_HINT_TASK, [source_id, 0]);
}

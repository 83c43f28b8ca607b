import type { Hint, OpenHints } from '@rollcall/core';
import type { TaskRow } from '../tasks/task-row';
import type { Run } from './run';
import {
  ALONE_WITH_HINTS,
  DROP_OPEN_HINTS,
  FORGET_HINTS,
  KEEP_OPEN_HINTS,
  QUEUE_HINT_TASK,
  STORE_OPEN_HINTS,
  WAITING_HINTS,
} from './sql/hints';
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

/** What was left open stands beside the task until its plan is released: it says what is true then, and not before. */
export async function keepOpen(sql: SqlSession, { task }: Run, { hints }: OpenHints): Promise<void> {
  await sql.query(DROP_OPEN_HINTS, [task.id]);
  if (hints.length === 0) return;
  const byKey = new Map(hints.map((hint) => [hint.key, hint]));
  await sql.query(KEEP_OPEN_HINTS, [task.id, JSON.stringify([...byKey.values()])]);
}

/**
 * The plan of what was read is applied from here on. Until here hints wait as they came, so that whatever becomes of the read
 * or of a held plan, somebody reads them again. What was left open takes their place; not when another read has taken them up
 * while the plan was held: that one knew more.
 */
export async function forgetHints(sql: SqlSession, task: TaskRow): Promise<void> {
  const { id, source_id, hints_to, hints_again, approved_at } = task;
  if (!hints_to) return;
  await sql.query(ALONE_WITH_HINTS, [source_id]);
  const { n } = await sql.one<{ n: number }>(FORGET_HINTS, [source_id, hints_to]);
  if (n === 0 && approved_at !== null) return;
  await sql.query(STORE_OPEN_HINTS, [source_id, id]);
  if (hints_again) await sql.query(QUEUE_HINT_TASK, [source_id, 0]);
}

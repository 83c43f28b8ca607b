import { RollcallError } from '@rollcall/core';
import type { SqlSession } from '../engine/sql-session';
import { ofSource, refusal } from '../http/refusals';
import type { TaskStatus } from '../tasks/task.entity';
import { removalOf } from './refused-source';
import type { Source } from './source.entity';
import { BUILT_IN_SOURCE, SELECT_SOURCE } from './sources.service';

/** Nothing of its settings remains: they hold credentials. Its row does: tasks name it, and it may be taken back. */
const DELETE = `
  update sources
  set deleted_at = now(), enabled = false, options = '{}', secrets = '{}', schedule = null, cursor = null,
    next_run_at = null, next_incremental_at = null, failures = 0, overdue_at = null, updated_at = now()
  where id = $1`;

/** The row as it is now; nobody else changes it before the transaction ends. */
export async function lockSource(sql: SqlSession, id: number): Promise<Source> {
  const [source] = await sql.query<Source>(`${SELECT_SOURCE} id = $1 for update`, [id]);
  if (source) return source;
  throw new RollcallError('not_found', `There is no source ${id}.`);
}

/** Throws `conflict` while the source cannot be deleted: it is built in, or at work. */
export async function requireDeletable(sql: SqlSession, source: Source): Promise<void> {
  if (source.name === BUILT_IN_SOURCE) throw refusal('source_built_in', ofSource(source));
  const [task] = await sql.query<{ id: number; status: TaskStatus }>(
    `select id, status from tasks where source_id = $1 and status in ('queued', 'running') limit 1`,
    [source.id],
  );
  if (task) throw refusal('source_at_work', { ...ofSource(source), taskId: task.id, status: task.status });
}

/** Throws `conflict` while a removal of its people may still be applied: whoever it states meanwhile would go with them. */
export async function requireKept(sql: SqlSession, source: Source): Promise<void> {
  const [removal] = await sql.query<{ id: number; status: TaskStatus }>(
    `select id, status from tasks where id in (${removalOf('$1', ['queued', 'running', 'held'])}) limit 1`,
    [source.id],
  );
  if (!removal) return;
  throw refusal('source_removal_waits', { ...ofSource(source), taskId: removal.id, status: removal.status });
}

/** Deletes it. Whom it stated stays. Keys that are bound to it go with it: returns how many. */
export async function deleteSource(sql: SqlSession, id: number): Promise<number> {
  await sql.query('delete from hints where source_id = $1', [id]);
  await sql.query('delete from told where source_id = $1', [id]);
  // Taken back, it begins like a new one.
  await sql.query('delete from target_reviews where source_id = $1', [id]);
  const keys = await sql.query('delete from api_keys where source_id = $1 returning id', [id]);
  await sql.query(DELETE, [id]);
  return keys.length;
}

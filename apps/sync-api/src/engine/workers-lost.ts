import type { Pool } from '../database/postgres';
import type { Note } from '../tasks/notes';
import type { TaskRow } from '../tasks/task-row';
import { only } from './sql-session';

/** So many workers may fall silent in one attempt: killed, stopped for longer than their lease, out of memory. */
const MOST_LOST = 5;

/** A task whose workers end one after the other is not given to another one: it may be what ends them. */
export class WorkersLost extends Error {
  constructor(readonly note: Note) {
    super('Its workers ended in the middle of it, one after the other');
  }
}

/** Throws `WorkersLost` for a task that has cost too many workers. */
export async function requireWorkersLeft(pool: Pool, { source_id, target_id, workers_lost }: TaskRow): Promise<void> {
  // What has no source asks no adapter.
  if (workers_lost < MOST_LOST || source_id === null) return;
  const { rows } = await pool.query<{ type: string }>(
    target_id === null ? 'select type from sources where id = $1' : 'select type from targets where id = $1',
    [target_id ?? source_id],
  );
  throw new WorkersLost({ code: 'workers_lost', values: { times: workers_lost, adapter: only(rows).type } });
}

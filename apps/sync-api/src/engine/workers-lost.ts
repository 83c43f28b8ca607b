import type { Note } from '../tasks/notes';
import type { TaskRow } from '../tasks/task-row';
import type { TaskStore } from '../tasks/task-store';

/** So many workers may fall silent in one attempt: killed, stopped for longer than their lease, out of memory. */
const MOST_LOST = 5;

/** A task whose workers end one after the other is not given to another one: it may be what ends them. */
export class WorkersLost extends Error {
  constructor(readonly note: Note) {
    super('Its workers ended in the middle of it, one after the other');
  }
}

/** Throws `WorkersLost` for a task that has cost too many workers. */
export async function requireWorkersLeft(store: TaskStore, task: TaskRow): Promise<void> {
  if (task.workers_lost < MOST_LOST) return;
  const adapter = await store.adapterOf(task);
  // What asks no adapter is nobody's fault but ours.
  if (adapter === undefined) return;
  throw new WorkersLost({ code: 'workers_lost', values: { times: task.workers_lost, adapter } });
}

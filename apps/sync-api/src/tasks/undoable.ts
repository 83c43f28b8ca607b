import { refusal } from '../http/refusals';
import type { TaskRow } from './task-row';

/**
 * SQL: the task that takes `task` back, or is about to, and has not been taken back itself; null: none. One that found everything
 * changed since has taken nothing back.
 */
export const undoneBySql = (task: string): string => `(
      select u.id from tasks u
      where u.undoes = ${task} and u.status in ('queued', 'running', 'held', 'succeeded', 'partially_succeeded')
        and (u.finished_at is null or u.status = 'held' or ${applied('u.id')})
        and not exists (
          select 1 from tasks redone
          where redone.undoes = u.id and redone.status in ('succeeded', 'partially_succeeded')
        )
      order by u.id desc
      limit 1
    )`;

/**
 * SQL: the task has applied changes that are kept, remote targets apart. Without a plan that was released only those of an earlier attempt
 * are: what it holds since is to be decided, or was dropped.
 */
function applied(task: string): string {
  return `exists (
      select 1 from changes c
      where c.task_id = ${task} and c.action is not null and coalesce(c.outcome, 'applied') = 'applied'
        and (c.settled_at is not null or exists (select from tasks own where own.id = ${task} and own.released_at is not null))
        and not exists (
          select 1 from links l
          where l.target_id = c.target_id and l.record_id = c.record_id and l.payload is not null
        )
    )`;
}

/**
 * What decides whether a task can be undone. $1 task, $2 days that changes are kept. Returns
 * `UndoFacts`.
 */
export const UNDO_FACTS = `
  select
    ${applied('$1')} as applied,
    exists (select 1 from tasks where id = $1 and finished_at < now() - make_interval(days => $2)) as expired,
    exists (select 1 from tasks t join sources s on s.id = t.source_id and s.deleted_at is null where t.id = $1) as has_source,
    ${undoneBySql('$1')} as undone_by`;

export interface UndoFacts {
  /** Some of its changes were applied, and are still kept. */
  applied: boolean;
  /** It ended so long ago that its changes are being removed, or will be before they could be undone. */
  expired: boolean;
  /** Its source has not been deleted. */
  has_source: boolean;
  /** The task that takes it back already. */
  undone_by: number | null;
}

/** Throws unless the task is over, not too old, has applied something, and stands. Returns whose records it changed. */
export function requireUndoable(
  task: TaskRow,
  { applied, expired, has_source, undone_by }: UndoFacts,
  retentionDays: number,
): { sourceId: number } {
  const { id: taskId, status } = task;
  if (['queued', 'running', 'held'].includes(status)) throw refusal('undo_before_end', { taskId, status });
  if (undone_by !== null) throw refusal('undone_already', { taskId, undoneBy: undone_by });
  if (task.kind === 'purge' && task.source_id === null) throw refusal('undo_of_purge', { taskId });
  if (task.source_id === null || !has_source) throw refusal('undo_without_source', { taskId });
  if (expired) throw refusal('undo_too_late', { taskId, days: retentionDays });
  if (!applied) throw refusal('nothing_to_undo', { taskId });
  return { sourceId: task.source_id };
}

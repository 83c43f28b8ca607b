import type { TaskAction } from '../../api/tasks';
import { COUNTED_AS, type Counts, type Me, STEPS, type Task } from '../../api/types';

/** From which role on each action is allowed. */
export const ROLE_FOR: Record<TaskAction, Me['role']> = {
  retry: 'operator',
  cancel: 'operator',
  approve: 'approver',
  reject: 'approver',
  undo: 'approver',
};

/** What can be done with a task as it stands; the most likely one first. The service has the last word. */
export function actionsOf(task: Task): TaskAction[] {
  switch (task.status) {
    case 'queued':
    case 'running':
      return task.cancelRequested ? [] : ['cancel'];
    case 'held':
      // Who asked for a preview drops it; to reject a plan is a decision that later plans are held against.
      if (task.heldReason !== 'preview') return ['approve', 'reject'];
      return changesIn(task.counts) > 0 ? ['approve', 'cancel'] : ['cancel'];
    case 'succeeded':
      return isUndoable(task) ? ['undo'] : [];
    case 'partially_succeeded':
    case 'failed':
    case 'cancelled':
      return [...(task.refusedOnly ? [] : ['retry' as const]), ...(isUndoable(task) ? ['undo' as const] : [])];
  }
}

/** Changes, whatever became of them: those that failed are counted apart. */
export function changesIn(counts: Counts): number {
  const names = Object.values(COUNTED_AS);
  return Object.values(counts).reduce((sum, target) => sum + names.reduce((n, name) => n + (target[name] ?? 0), 0), 0);
}

/** Rows among the changes: those that failed or were not applied stand there, too. */
export function rowsIn(counts: Counts): number {
  return Object.values(counts).reduce((sum, { failed = 0, stale = 0 }) => sum + failed + stale, changesIn(counts));
}

/** Whether the plan takes anything away anywhere. */
export const removesAny = (counts: Counts): boolean =>
  Object.values(counts).some(({ disabled = 0, deleted = 0 }) => disabled + deleted > 0);

export function failuresIn(counts: Counts): number {
  return Object.values(counts).reduce((sum, { failed = 0 }) => sum + failed, 0);
}

function isUndoable(task: Task): boolean {
  return (
    // Of a plan that was dropped what an earlier attempt applied stands.
    (task.releasedAt !== undefined || task.attempts > 1) &&
    task.undoneBy === undefined &&
    task.source !== null &&
    task.kind !== 'purge' &&
    task.kind !== 'backfill' &&
    changesIn(task.counts) > 0
  );
}

/** What `Retry` does with this task (rules 7 and 20). */
export type RetryMeaning = 'readAgain' | 'planAgain' | 'failedOnly' | 'refusedOnly' | 'failedOrReadAgain' | 'goOn';

export function meaningOfRetry({ kind, releasedAt, refusedOnly, appliedBefore }: Task): RetryMeaning {
  if (refusedOnly) return 'refusedOnly';
  if (releasedAt === undefined && appliedBefore !== undefined) return 'goOn';
  if (kind === 'undo' || kind === 'purge' || kind === 'backfill') return 'goOn';
  if (releasedAt === undefined) return kind === 'pull' ? 'readAgain' : 'planAgain';
  return kind === 'pull' ? 'failedOrReadAgain' : 'failedOnly';
}

/** What is counted is a plan of which nothing was applied yet. */
export function isPlanned({ status, approvedAt }: Pick<Task, 'status' | 'approvedAt'>): boolean {
  return status === 'held' || (approvedAt !== undefined && (status === 'queued' || status === 'running'));
}

/** It came past planning, whatever became of the plan. */
export const isPlanMade = ({ progress: { step } }: Pick<Task, 'progress'>): boolean =>
  step !== null && STEPS.indexOf(step) > STEPS.indexOf('plan');

/**
 * For how many milliseconds a task that is over has waited: for its turn, another try, a decision. Undefined: for less than
 * a second, or it is not over.
 */
export function waitedMs({ status, createdAt, finishedAt, costMs }: Task): number | undefined {
  if (status === 'held' || finishedAt === null || costMs === null) return undefined;
  const waited = Date.parse(finishedAt) - Date.parse(createdAt) - costMs;
  return waited >= 1_000 ? waited : undefined;
}

/** Whether its read saw everything that it was to see; what stopped at a target is another matter. */
export const sawAll = ({ incomplete, notes }: Pick<Task, 'incomplete' | 'notes'>): boolean =>
  !incomplete && !notes?.some(({ code }) => code === 'read_cut');

import type { TaskRow } from './task-row';

/** A task as the API shows it. */
export interface TaskView {
  id: number;
  batch: string;
  kind: TaskRow['kind'];
  mode: TaskRow['mode'];
  dryRun: boolean;
  status: TaskRow['status'];
  heldReason?: TaskRow['held_reason'];
  source: { id: number; name: string } | null;
  progress: { step: TaskRow['step']; done: number; total: number | null };
  counts: TaskRow['counts'];
  message: string | null;
  code?: string;
  costMs: number | null;
  attempts: number;
  nextAttemptAt?: Date;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** `20261122-17`: the day, and the number of the task. */
export function batchNumber(task: Pick<TaskRow, 'id' | 'created_at'>): string {
  return `${task.created_at.toISOString().slice(0, 10).replaceAll('-', '')}-${task.id}`;
}

export function viewTask(task: TaskRow, sourceName: string | null): TaskView {
  return {
    id: task.id,
    batch: batchNumber(task),
    kind: task.kind,
    mode: task.mode,
    dryRun: task.dry_run,
    status: task.status,
    ...(task.held_reason && { heldReason: task.held_reason }),
    source: task.source_id === null ? null : { id: task.source_id, name: sourceName ?? '' },
    progress: { step: task.step, done: task.done, total: task.total },
    counts: task.counts,
    message: task.message,
    ...(task.error_code && { code: task.error_code }),
    costMs: task.cost_ms,
    attempts: task.attempts,
    ...(task.next_attempt_at && { nextAttemptAt: task.next_attempt_at }),
    createdAt: task.created_at,
    startedAt: task.started_at,
    finishedAt: task.finished_at,
  };
}

import { RollcallError } from '@rollcall/core';
import type { TaskStatus } from './task.entity';

/**
 * The life of a task. Nothing but this folder and the statement that closes a task writes `status`.
 *
 *                    ┌── retryable error, lost lease ──┐
 *                    ▼                                 │
 *   (made) ───▶ queued ──────── claimed ────────▶ running ──▶ succeeded
 *                 │ ▲                                │ │ └───▶ partially_succeeded ─┐
 *                 │ └────── approved ──── held ◀─────┘ ├─────▶ failed ──────────────┤ retried by an admin
 *                 │                        │           │                            │
 *                 └──────── cancelled ◀────┴───────────┘ ◀── cancelled              ▼
 *                               └─────────────────────────────────────────────▶ queued
 */
export const TRANSITIONS: Readonly<Record<TaskStatus, readonly TaskStatus[]>> = {
  queued: ['running', 'cancelled'],
  running: ['queued', 'held', 'succeeded', 'partially_succeeded', 'failed', 'cancelled'],
  held: ['queued', 'cancelled'],
  succeeded: [],
  partially_succeeded: ['queued'],
  failed: ['queued'],
  cancelled: ['queued'],
};

/** The statuses from which a task may get to `to`. */
export function statusesBefore(to: TaskStatus): TaskStatus[] {
  return (Object.keys(TRANSITIONS) as TaskStatus[]).filter((from) => TRANSITIONS[from].includes(to));
}

/** Throws unless a task in this status may be retried. */
export function requireRetryable(status: TaskStatus): void {
  if (TRANSITIONS[status].includes('queued') && status !== 'running' && status !== 'held') return;
  throw new RollcallError(
    'task_not_retryable',
    `A task that is ${status} cannot be retried: only failed, partially succeeded and cancelled ones can.`,
  );
}

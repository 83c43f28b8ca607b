import { STEPS, type Step, type Task } from '../../api/types';
import { sawAll } from './task-rules';

/**
 * How a step of a task stands: `now` while it runs, `again` when it did not work and is tried again by itself, `held` where
 * somebody has to decide, `partly` when it ended with something left undone, `skipped` where there is nothing to do for this
 * kind of task.
 */
export type StepState = 'done' | 'now' | 'waiting' | 'again' | 'held' | 'partly' | 'failed' | 'stopped' | 'skipped';

export interface TimelineStep {
  step: Step;
  state: StepState;
  /** How long it took in milliseconds, where that is known. */
  tookMs?: number;
}

/** Kinds that ask no source and are sent nothing. */
export const READS_NOTHING: ReadonlySet<Task['kind']> = new Set(['undo', 'backfill', 'purge']);

/** The six steps of a task, each with how it stands. */
export function timelineSteps(task: Task): TimelineStep[] {
  const reached = reachedStep(task);
  return STEPS.map((step, index) => {
    const state = index < reached.index ? doneState(task, step) : index === reached.index ? reached.state : 'waiting';
    const tookMs = state === 'done' || state === 'partly' ? took(task, step) : undefined;
    return { step, state, ...(tookMs !== undefined && { tookMs }) };
  });
}

/** Where the task stands now, or where it ended. */
function reachedStep(task: Task): { index: number; state: StepState } {
  const { step } = task.progress;
  const index = step === null ? 0 : STEPS.indexOf(step);
  switch (task.status) {
    case 'queued':
      // An approved plan waits for a worker to apply it.
      if (task.approvedAt) return { index: STEPS.indexOf('apply'), state: 'waiting' };
      return { index, state: task.nextAttemptAt ? 'again' : 'waiting' };
    case 'running':
      return { index, state: 'now' };
    case 'held':
      return { index: STEPS.indexOf('guard'), state: 'held' };
    case 'failed':
      // It came to its end, and nothing of what was read could be applied.
      if (step === 'report') return { index: STEPS.length, state: 'done' };
      return { index, state: 'failed' };
    case 'cancelled':
      return { index, state: 'stopped' };
    case 'succeeded':
    case 'partially_succeeded':
      return { index: STEPS.length, state: 'done' };
  }
}

function doneState(task: Task, step: Step): StepState {
  if ((step === 'read' || step === 'stage') && READS_NOTHING.has(task.kind)) return 'skipped';
  const ended = task.progress.step === 'report';
  if (step === 'read' && ended && !sawAll(task)) return 'partly';
  if (step === 'apply' && ended) {
    if (task.status === 'failed') return 'failed';
    if (Object.values(task.counts).some(({ failed }) => failed > 0)) return 'partly';
  }
  return 'done';
}

function took(task: Task, step: Step): number | undefined {
  if (step === 'read') return between(task.readBeganAt, task.readAt);
  // Between two tries nothing was applied. Planning what was held, and applying it, is one.
  const retried = task.attempts - (task.approvedAt ? 1 : 0) > 1;
  if (step === 'apply' && task.kind !== 'push' && !retried) return between(task.releasedAt, task.finishedAt);
  return undefined;
}

function between(from: string | undefined, to: string | null | undefined): number | undefined {
  if (from === undefined || to === undefined || to === null) return undefined;
  const took = Date.parse(to) - Date.parse(from);
  return took >= 0 ? took : undefined;
}

import type { Task } from '../../api/types';
import { actionsOf, isPlanMade, isPlanned, meaningOfRetry, waitedMs } from './task-rules';

const NOTHING = {
  created: 0,
  updated: 0,
  disabled: 0,
  deleted: 0,
  restored: 0,
  linked: 0,
  unchanged: 9,
  failed: 0,
  stale: 0,
};
const applied: Partial<Task> = {
  releasedAt: '2026-03-01T09:00:00Z',
  counts: { users: { ...NOTHING, created: 1 } },
};

function task(more: Partial<Task>): Task {
  return {
    id: 1,
    batch: '20260301-1',
    kind: 'pull',
    mode: 'full',
    dryRun: false,
    status: 'succeeded',
    source: { id: 1, name: 'wecom' },
    progress: { step: null, done: 0, total: null },
    read: {},
    counts: { users: NOTHING },
    countsByDataType: {},
    message: null,
    costMs: null,
    attempts: 1,
    createdAt: '2026-03-01T09:00:00Z',
    startedAt: null,
    finishedAt: null,
    ...more,
  };
}

test.each<[Partial<Task>, string]>([
  [{ status: 'queued' }, 'cancel'],
  [{ status: 'running' }, 'cancel'],
  [{ status: 'running', cancelRequested: true }, ''],
  [{ status: 'held', heldReason: 'limits' }, 'approve reject'],
  [{ status: 'held', heldReason: 'preview', counts: { users: { ...NOTHING, created: 1 } } }, 'approve cancel'],
  [{ status: 'held', heldReason: 'preview' }, 'cancel'],
  // From then on its target is kept in step.
  [{ status: 'held', heldReason: 'new_target' }, 'approve reject'],
  [{ status: 'succeeded', ...applied }, 'undo'],
  [{ status: 'succeeded', releasedAt: '2026-03-01T09:00:00Z' }, ''],
  [{ status: 'succeeded', ...applied, undoneBy: 2 }, ''],
  [{ status: 'succeeded', ...applied, source: null, kind: 'purge' }, ''],
  [{ status: 'partially_succeeded', ...applied }, 'retry undo'],
  [{ status: 'partially_succeeded', ...applied, refusedOnly: true }, 'undo'],
  [{ status: 'failed' }, 'retry'],
  [{ status: 'cancelled' }, 'retry'],
])('what can be done with %j', (more, actions) => {
  expect(actionsOf(task(more)).join(' ')).toBe(actions);
});

test.each<[Partial<Task>, string]>([
  [{ kind: 'pull' }, 'readAgain'],
  [{ kind: 'push' }, 'planAgain'],
  [{ kind: 'pull', ...applied }, 'failedOrReadAgain'],
  [{ kind: 'snapshot', ...applied }, 'failedOnly'],
  [{ kind: 'snapshot', ...applied, refusedOnly: true }, 'refusedOnly'],
  [{ kind: 'undo', ...applied }, 'goOn'],
  // An earlier attempt came further than the last one.
  [{ kind: 'pull', attempts: 2, appliedBefore: 40 }, 'goOn'],
])('what it means to retry %j', (more, meaning) => {
  expect(meaningOfRetry(task(more))).toBe(meaning);
});

test.each<[Partial<Task>, boolean]>([
  [{ status: 'held' }, true],
  // Approved, and not applied yet.
  [{ status: 'queued', approvedAt: '2026-03-01T10:00:00Z' }, true],
  [{ status: 'running', approvedAt: '2026-03-01T10:00:00Z' }, true],
  [{ status: 'succeeded', approvedAt: '2026-03-01T10:00:00Z' }, false],
  // What it counts is of an attempt before.
  [{ status: 'queued' }, false],
  [{ status: 'cancelled' }, false],
])('of %j it is %s that its counts are a plan', (more, planned) => {
  expect(isPlanned(task(more))).toBe(planned);
});

test.each<[Partial<Task>, number | undefined]>([
  [{ finishedAt: '2026-03-01T11:00:00Z', costMs: 4_000 }, 7_196_000],
  [{ finishedAt: '2026-03-01T09:00:04.500Z', costMs: 4_000 }, undefined],
  [{ status: 'held', finishedAt: '2026-03-01T11:00:00Z', costMs: 4_000 }, undefined],
  [{ status: 'running', costMs: 4_000 }, undefined],
])('%j has waited %s', (more, waited) => {
  expect(waitedMs(task(more))).toBe(waited);
});

test.each([
  [null, false],
  ['read', false],
  ['plan', false],
  ['guard', true],
  ['report', true],
] as const)('a task that ended at the step %s has made a plan: %s', (step, made) => {
  expect(isPlanMade(task({ status: 'cancelled', progress: { step, done: 0, total: null } }))).toBe(made);
});

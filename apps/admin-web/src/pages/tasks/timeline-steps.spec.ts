import type { Task } from '../../api/types';
import { timelineSteps } from './timeline-steps';

const COUNTS = {
  created: 1,
  updated: 0,
  disabled: 0,
  deleted: 0,
  restored: 0,
  linked: 0,
  unchanged: 0,
  failed: 0,
  stale: 0,
};

function task(more: Partial<Task>): Task {
  return {
    id: 1,
    batch: '20260301-1',
    kind: 'pull',
    mode: 'full',
    dryRun: false,
    status: 'queued',
    source: { id: 1, name: 'wecom' },
    progress: { step: null, done: 0, total: null },
    read: {},
    counts: {},
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

const at = (step: Task['progress']['step']): Pick<Task, 'progress'> => ({ progress: { step, done: 0, total: null } });
const failing = { users: { ...COUNTS, failed: 2 } };

test.each<[string, Partial<Task>, string]>([
  ['waits', {}, 'waiting waiting waiting waiting waiting waiting'],
  ['runs', { status: 'running', ...at('apply') }, 'done done done done now waiting'],
  [
    'is tried again later',
    { nextAttemptAt: '2026-03-01T09:01:00Z', ...at('read') },
    'again waiting waiting waiting waiting waiting',
  ],
  ['is held', { status: 'held', ...at('guard') }, 'done done done held waiting waiting'],
  ['is approved', { approvedAt: '2026-03-01T09:01:00Z', ...at('guard') }, 'done done done done waiting waiting'],
  ['failed in the read', { status: 'failed', ...at('read') }, 'failed waiting waiting waiting waiting waiting'],
  ['could apply nothing', { status: 'failed', ...at('report'), counts: failing }, 'done done done done failed done'],
  ['was cancelled', { status: 'cancelled', ...at('apply') }, 'done done done done stopped waiting'],
  ['ended well', { status: 'succeeded', ...at('report') }, 'done done done done done done'],
  [
    'left records behind',
    { status: 'partially_succeeded', ...at('report'), counts: failing },
    'done done done done partly done',
  ],
  [
    'read a part',
    {
      status: 'partially_succeeded',
      ...at('report'),
      code: 'network',
      notes: [{ code: 'read_cut', values: {}, message: 'It was cut short.' }],
    },
    'partly done done done done done',
  ],
  [
    'a target stopped',
    { status: 'partially_succeeded', ...at('report'), code: 'network', counts: failing },
    'done done done done partly done',
  ],
  ['undid', { kind: 'undo', status: 'succeeded', ...at('report') }, 'skipped skipped done done done done'],
])('a task that %s', (_name, more, states) => {
  expect(
    timelineSteps(task(more))
      .map(({ state }) => state)
      .join(' '),
  ).toBe(states);
});

test('a step says how long it took where that is known', () => {
  const ended = task({
    status: 'succeeded',
    ...at('report'),
    readBeganAt: '2026-03-01T09:00:00Z',
    readAt: '2026-03-01T09:00:02Z',
    releasedAt: '2026-03-01T09:00:03Z',
    finishedAt: '2026-03-01T09:00:08Z',
  });
  expect(timelineSteps(ended).map(({ tookMs }) => tookMs)).toEqual([
    2_000,
    undefined,
    undefined,
    undefined,
    5_000,
    undefined,
  ]);
});

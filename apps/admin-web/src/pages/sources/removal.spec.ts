import type { Source } from '../../api/types';
import { isLeaving, removalOf } from './removal';

type LastTask = NonNullable<Source['lastTask']>;

const lastTask = (task: Partial<LastTask>): LastTask => ({
  id: 7,
  kind: 'purge',
  status: 'held',
  message: null,
  createdAt: '2026-11-28T09:00:00Z',
  finishedAt: null,
  ...task,
});

test.each<[string, Partial<LastTask>]>([
  ['waits', { status: 'held' }],
  ['goes', { status: 'queued' }],
  ['goes', { status: 'running' }],
  ['rejected', { status: 'cancelled', rejected: true }],
  ['stayed', { status: 'cancelled' }],
  ['stayed', { status: 'partially_succeeded' }],
])('the removal of a source %s when its task is %j', (removal, task) => {
  expect(removalOf({ enabled: false, lastTask: lastTask(task) })).toBe(removal);
});

test('a source that is on again, or runs other tasks, is not leaving', () => {
  expect(removalOf({ enabled: true, lastTask: lastTask({ status: 'cancelled', rejected: true }) })).toBeUndefined();
  expect(removalOf({ enabled: false, lastTask: lastTask({ kind: 'pull' }) })).toBeUndefined();
  expect(removalOf({ enabled: false, lastTask: null })).toBeUndefined();
  expect(isLeaving(undefined)).toBe(false);
});

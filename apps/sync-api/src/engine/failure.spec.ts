import { RollcallError } from '@rollcall/core';
import type { TaskKind } from '../tasks/task.entity';
import { messageOf } from '../tasks/notes';
import { failureNotes, pauseBeforeNextTry } from './failure';

const AWAY = new RollcallError('network', 'Nobody answers');
const BUSY = new RollcallError('vendor_busy', 'Busy.', { retryAfter: 86_400 });

/** The pauses of a task whose tries all meet the same error. */
function pauses(error: unknown, kind: TaskKind): number[] {
  const all: number[] = [];
  for (let attempts = 1; ; attempts++) {
    const pause = pauseBeforeNextTry(error, { kind, attempts });
    if (pause === undefined) return all;
    all.push(pause);
  }
}

test('a task that somebody waits for has three tries', () => {
  expect(pauses(AWAY, 'pull')).toEqual([2, 10]);
  expect(pauses(BUSY, 'pull')).toEqual([300, 300]);
});

test.each(['Fri, 31 Dec 2027 23:59:59 GMT', '-5', 'soon'])('a wait of "%s" seconds is none', (said) => {
  expect(pauses(new RollcallError('vendor_busy', 'Busy.', { retryAfter: Number(said) }), 'pull')).toEqual([2, 10]);
});

test('a backfill outlasts a day in which its target is away, and comes back within a quarter of an hour', () => {
  const all = pauses(AWAY, 'backfill');
  expect(all.slice(0, 5)).toEqual([2, 10, 60, 300, 900]);
  expect(Math.max(...all)).toBe(900);
  expect(all.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(86_400);
  expect(pauses(BUSY, 'backfill')[0]).toBe(3_600);
});

test('nobody outlasts an error of the program, or one that an admin has to mend', () => {
  expect(pauses(new RollcallError('internal', 'A slip.'), 'backfill')).toEqual([2, 10]);
  expect(pauses(new TypeError('A slip.'), 'backfill')).toEqual([2, 10]);
  expect(pauses(new RollcallError('credentials', 'No.'), 'backfill')).toEqual([]);
});

test('the last try says that it was the last', () => {
  const failureText = (error: unknown, task: Parameters<typeof failureNotes>[1]) =>
    messageOf(failureNotes(error, task));
  expect(failureText(AWAY, { kind: 'pull', attempts: 3 })).toContain('That was try 3 of 3');
  expect(failureText(AWAY, { kind: 'backfill', attempts: 3 })).toBe('Nobody answers.');
  expect(failureText(AWAY, { kind: 'backfill', attempts: 101 })).toContain('That was try 101 of 101');
});

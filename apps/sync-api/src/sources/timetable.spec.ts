import type { Schedule } from './source.entity';
import { overdueAt, timetable } from './timetable';

const MONDAY = new Date('2026-11-23T12:00:00Z');

const next = (schedule: Schedule, failures = 0): string | undefined =>
  timetable({ schedule, enabled: true, failures }, MONDAY).nextRunAt?.toISOString();

const hourly: Schedule = { cron: '0 * * * *', timeZone: 'UTC' };

test('a schedule means the clock of its time zone, summer time included', () => {
  expect(next({ cron: '0 3 * * *', timeZone: 'Asia/Shanghai' })).toBe('2026-11-23T19:00:00.000Z');
  expect(next({ cron: '0 9 1 7 *', timeZone: 'Europe/Berlin' })).toBe('2027-07-01T07:00:00.000Z');
});

test('incremental reads have times of their own, in the same time zone', () => {
  const schedule = { cron: '0 3 * * *', timeZone: 'UTC', incrementalCron: '*/10 * * * *' };
  expect(timetable({ schedule, enabled: true, failures: 0 }, MONDAY)).toEqual({
    nextRunAt: new Date('2026-11-24T03:00:00Z'),
    nextIncrementalAt: new Date('2026-11-23T12:10:00Z'),
  });
});

test('nothing is due for a source without schedule, or a disabled one', () => {
  const nothing = { nextRunAt: null, nextIncrementalAt: null };
  expect(timetable({ schedule: null, enabled: true, failures: 0 }, MONDAY)).toEqual(nothing);
  expect(timetable({ schedule: hourly, enabled: false, failures: 0 }, MONDAY)).toEqual(nothing);
  expect(overdueAt({ schedule: hourly, enabled: false, failures: 0 }, MONDAY)).toBeNull();
});

test.each([
  [4, '2026-11-23T13:00:00.000Z'],
  [5, '2026-11-23T14:00:00.000Z'],
  [6, '2026-11-23T16:00:00.000Z'],
  [10, '2026-11-26T04:00:00.000Z'],
  [50, '2026-11-26T04:00:00.000Z'],
])('after %i failures in a row an hourly schedule comes next at %s', (failures, time) => {
  expect(next(hourly, failures)).toBe(time);
});

test('a slow schedule waits a week at most, and a rarer one is left as it is', () => {
  expect(next({ cron: '0 3 * * *', timeZone: 'UTC' }, 9)).toBe('2026-11-30T03:00:00.000Z');
  expect(next({ cron: '0 3 1 * *', timeZone: 'UTC' }, 9)).toBe('2026-12-01T03:00:00.000Z');
});

test('a source is overdue after two scheduled times without success: a weekend without any does not count', () => {
  const weekdays: Schedule = { cron: '0 3 * * 1-5', timeZone: 'UTC' };
  const friday = new Date('2026-11-20T03:10:00Z');
  const at = overdueAt({ schedule: weekdays, enabled: true, failures: 0 }, friday, 600_000);
  expect(at).toEqual(new Date('2026-11-24T03:10:00Z'));
});

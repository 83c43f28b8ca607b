import { formatsFor, regional } from './format';

const english = formatsFor('en-GB', 'under 1 s');

test.each([
  [0, 'under 1 s'],
  [999, 'under 1 s'],
  [1_000, '1\u202fs'],
  [4_240, '4.2\u202fs'],
  [59_999, '59\u202fs'],
  [75_000, '1\u202fmin\u00a015\u202fs'],
  [3_600_000, '1\u202fh\u00a00\u202fmin'],
  [4_000_000, '1\u202fh\u00a06\u202fmin'],
])('%i ms reads %s', (milliseconds, text) => {
  expect(english.duration(milliseconds)).toBe(text);
});

test('durations are written the way of the language', () => {
  const french = formatsFor('fr', 'moins de 1 s');
  expect(french.duration(1_400)).toBe('1,4\u202fs');
  expect(french.duration(907_000)).toBe('15\u202fmin\u00a07\u202fs');
  const chinese = formatsFor('zh-CN', '不到 1 秒');
  expect(chinese.duration(2_200)).toBe('2.2秒');
  expect(chinese.duration(75_000)).toBe('1分钟15秒');
});

test('dates follow the region that the browser names for the language', () => {
  expect(regional('en', ['fr-CA', 'en-GB', 'en-US'])).toBe('en-GB');
  expect(regional('zh-CN', ['en-US'])).toBe('zh-CN');
  // A browser under a locale of POSIX: every page with a date in it broke.
  expect(regional('en', ['en-US@posix', 'en-AU'])).toBe('en-AU');
});

test('a day of a calendar is the same wherever the reader is', () => {
  expect(english.calendarDay('2026-11-27')).toBe('27 Nov 2026');
  expect(english.shortDay('2026-01-01')).toBe('1 Jan');
});

test.each([
  [0, 'now'],
  [-30, 'now'],
  [59, '59 seconds ago'],
  [60, '1 minute ago'],
  [7_199, '1 hour ago'],
  [86_400, 'yesterday'],
  [40 * 86_400, '40 days ago'],
])('%i seconds are "%s"', (seconds, text) => {
  const now = new Date('2026-03-10T09:30:00Z');
  expect(english.ago(new Date(now.getTime() - seconds * 1000).toISOString(), now)).toBe(text);
});

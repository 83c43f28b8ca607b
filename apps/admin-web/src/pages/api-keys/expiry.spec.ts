import { daysLeft, expiryOf, expiryState } from './expiry';

const now = new Date('2026-03-10T09:30:00Z');

test('a lifetime counts from now', () => {
  expect(expiryOf('90', '', now)).toBe('2026-06-08T09:30:00.000Z');
  expect(expiryOf('365', '', now)).toBe('2027-03-10T09:30:00.000Z');
  expect(expiryOf('never', '', now)).toBeNull();
});

test('a chosen day is meant to its end, where the reader is', () => {
  expect(expiryOf('date', '2026-12-31', now)).toBe(new Date(2026, 11, 31, 23, 59, 59, 999).toISOString());
  expect(expiryOf('date', '2026-03-10', now)).toBe(new Date(2026, 2, 10, 23, 59, 59, 999).toISOString());
});

test.each(['', '2026-03', 'soon', '2026-03-08', '2026-xx-01'])('"%s" is no day on which a key can expire', (day) => {
  expect(expiryOf('date', day, now)).toBeUndefined();
});

test.each([
  [null, 'never'],
  ['2026-03-10T09:30:00Z', 'expired'],
  ['2026-04-09T09:29:59Z', 'soon'],
  ['2026-04-09T09:30:00Z', 'later'],
])('a key that works until %s: %s', (expiresAt, state) => {
  expect(expiryState(expiresAt, now)).toBe(state);
});

test('the rest of a day is a day', () => {
  expect(daysLeft('2026-03-10T10:00:00Z', now)).toBe(1);
  expect(daysLeft('2026-03-20T09:30:00Z', now)).toBe(10);
});

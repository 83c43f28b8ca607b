import { ageText } from './use-age';

const NOW = Date.parse('2026-03-10T12:00:00Z');

test.each([
  ['2026-03-10T11:59:30Z', 'just now'],
  ['2026-03-10T11:58:00Z', '2 minutes ago'],
  ['2026-03-10T10:01:00Z', '1 hour ago'],
  ['2026-03-07T12:00:00Z', '3 days ago'],
  // A clock that is ahead.
  ['2026-03-10T12:01:00Z', 'just now'],
])('%s is %s', (iso, text) => {
  expect(ageText(iso, NOW, 'en-GB', 'just now')).toBe(text);
});

import { formatsFor, regional } from './format';

const english = formatsFor('en-GB', 'under 1 s');

test.each([
  [0, 'under 1 s'],
  [999, 'under 1 s'],
  [1_000, '1s'],
  [4_240, '4.2s'],
  [59_999, '59s'],
  [75_000, '1m 15s'],
  [3_600_000, '1h 0m'],
  [4_000_000, '1h 6m'],
])('%i ms reads %s', (milliseconds, text) => {
  expect(english.duration(milliseconds)).toBe(text);
});

test('durations are written the way of the language', () => {
  expect(formatsFor('fr', 'moins de 1 s').duration(3_100).replace(/\s/g, ' ')).toBe('3,1s');
  expect(formatsFor('zh-CN', '不到 1 秒').duration(75_000)).toBe('1分钟 15秒');
});

test('dates follow the region that the browser names for the language', () => {
  expect(regional('en', ['fr-CA', 'en-GB', 'en-US'])).toBe('en-GB');
  expect(regional('zh-CN', ['en-US'])).toBe('zh-CN');
});

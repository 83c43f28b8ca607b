import { isDeeperThan } from './json-depth';

test.each([
  ['{}', 1, false],
  ['{"a":[1]}', 1, true],
  ['{"a":[1]}', 2, false],
  ['[[],[],[]]', 2, false],
  ['"[[[["', 0, false],
  ['["\\"[[", "\\\\", [1]]', 1, true],
  ['["\\"[[", "\\\\", 1]', 1, false],
  ['["unfinished [[[', 1, false],
  ['', 0, false],
])('%s is deeper than %d: %s', (json, limit, deeper) => {
  expect(isDeeperThan(limit, Buffer.from(json))).toBe(deeper);
});

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

test('it looks at 20 MB in a fraction of the time that parsing them takes', () => {
  const record = { uid: 'u1', nickname: '张三', email: 'zhang@example.com', departments: [{ uid: 'a' }, { uid: 'b' }] };
  const json = Buffer.from(JSON.stringify(Array.from({ length: 190_000 }, () => record)));
  const start = performance.now();
  expect(isDeeperThan(100, json)).toBe(false);
  const looked = performance.now() - start;
  JSON.parse(json.toString());
  expect(looked).toBeLessThan(performance.now() - start - looked);
});

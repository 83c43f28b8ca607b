import { roundMaximum } from './round-maximum';

test.each([
  [0, 0],
  [-1, 0],
  [Number.NaN, 0],
  [1, 2],
  [3, 4],
  [5, 6],
  [10, 10],
  [51, 60],
  [0.3, 0.4],
  [123_456, 200_000],
])('a scale for %p ends at %p', (value, top) => {
  expect(roundMaximum(value)).toBe(top);
});

import { pagesAround } from './pages-around';

const text = (current: number, last: number): string =>
  pagesAround(current, last)
    .map((page) => page ?? '…')
    .join(' ');

test.each([
  [1, 2, '1 2'],
  [1, 7, '1 2 3 … 7'],
  [4, 7, '1 2 3 4 5 6 7'],
  [5, 9, '1 2 3 4 5 6 7 8 9'],
  [6, 50_000, '1 … 4 5 6 7 8 … 50000'],
  [50_000, 50_000, '1 … 49998 49999 50000'],
])('on page %i of %i there are: %s', (current, last, shown) => {
  expect(text(current, last)).toBe(shown);
});

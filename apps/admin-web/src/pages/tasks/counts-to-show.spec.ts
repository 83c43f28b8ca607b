import { countsToShow } from './counts-to-show';

test('a list shows what changed, in the order of the contract, and leaves out the rest', () => {
  const shown = countsToShow([
    { target: 'users', counts: { unchanged: 1_200, failed: 2, created: 12, stale: 0 } },
    { target: 'departments', counts: { unchanged: 14 } },
  ]);
  expect(shown).toEqual([
    {
      target: 'users',
      counts: [
        { name: 'created', count: 12 },
        { name: 'failed', count: 2 },
      ],
    },
  ]);
});

test('when nothing changed it shows how many were left as they were', () => {
  expect(
    countsToShow([
      { target: 'users', counts: { unchanged: 3 } },
      { target: 'departments', counts: {} },
    ]),
  ).toEqual([{ target: 'users', counts: [{ name: 'unchanged', count: 3 }] }]);
});

test('a task that has not counted yet shows nothing', () => {
  expect(countsToShow([])).toEqual([]);
});

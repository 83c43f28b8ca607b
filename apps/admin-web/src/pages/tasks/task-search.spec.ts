import { isFiltered, readTaskSearch } from './task-search';

test('filters and page of the address are read', () => {
  const search = { status: 'failed', kind: 'push', sourceId: 2, targetId: 1, page: 3, pageSize: 50 };
  expect(readTaskSearch(search)).toEqual(search);
  expect(isFiltered(readTaskSearch(search))).toBe(true);
  expect(isFiltered(readTaskSearch({ page: 3, pageSize: 50 }))).toBe(false);
});

test('what needs attention has its own statuses, or waits for a decision', () => {
  expect(readTaskSearch({ attention: true, status: 'held' })).toEqual({ attention: true, status: 'held' });
  expect(readTaskSearch({ attention: true, status: 'succeeded' })).toEqual({ attention: true });
});

test.each([
  { status: 'nonsense' },
  { kind: 7 },
  { sourceId: -1 },
  { sourceId: 'api' },
  { targetId: 1.5 },
  { targetId: true },
  { attention: 'perhaps' },
  { page: -3 },
  { page: 1.5 },
  { page: 'two' },
  { page: 1e99 },
  { page: 1, pageSize: 20 },
  { pageSize: 100_000 },
  { sort: 'drop table' },
])('what nobody could have chosen is left out: %j', (search) => {
  expect(readTaskSearch(search)).toEqual({});
});

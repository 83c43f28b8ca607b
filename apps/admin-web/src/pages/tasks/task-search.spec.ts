import { readTaskSearch } from './task-search';

test('filters and page of the address are read', () => {
  const search = { status: 'failed', kind: 'push', page: 3, pageSize: 50 };
  expect(readTaskSearch(search)).toEqual(search);
});

test.each([
  { status: 'nonsense' },
  { kind: 7 },
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

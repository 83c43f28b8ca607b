import { readTaskPageSearch } from './change-search';

test.each([
  { target: 'departments', dataType: 'user', action: 'update' },
  { target: 'users', action: 'disable', outcome: 'held', q: 'u1', page: 2, pageSize: 50 },
  { tab: 'failures' },
  { tab: 'failures', code: 'username_taken', field: 'username', target: 'users', page: 3 },
  { tab: 'log', level: 'warn', page: 2 },
])('what the address says is read: %j', (search) => {
  expect(readTaskPageSearch(search)).toEqual(search);
});

test.each([
  [{ tab: 'nonsense', action: 'explode', outcome: 'planned', target: 7 }, {}],
  [{ tab: 'failures', field: 'username', page: 3 }, { tab: 'failures' }],
  [{ tab: 'log', level: 'info', action: 'update' }, { tab: 'log' }],
  [{ code: 'username_taken', level: 'warn' }, {}],
])('what nobody could have chosen there is left out: %j', (search, read) => {
  expect(readTaskPageSearch(search)).toEqual(read);
});

import { readUserSearch } from './user-search';

test('what is searched for, filters and page of the address are read', () => {
  const search = { q: 'wang', status: 'disabled', sourceId: 2, departmentId: 7, page: 3, pageSize: 50 };
  expect(readUserSearch(search)).toEqual(search);
  expect(readUserSearch({ q: 4711, sourceId: '2' })).toEqual({ q: '4711', sourceId: 2 });
});

test.each([{ q: '  ' }, { status: 'gone' }, { sourceId: 'hr' }, { sourceId: 0 }, { departmentId: -1 }, { page: 1 }])(
  'what nobody could have chosen is left out: %j',
  (search) => {
    expect(readUserSearch(search)).toEqual({});
  },
);

import { readDepartmentSearch, readMemberSearch } from './department-search';

test('what is searched for and the page of members are read', () => {
  expect(readDepartmentSearch({ q: 'sales', page: 2 })).toEqual({ q: 'sales' });
  expect(readMemberSearch({ member: 42, page: 2, q: 'sales' })).toEqual({ member: '42', page: 2 });
});

test.each([{ member: ' ' }, { page: 0 }, { pageSize: 3 }])(
  'what nobody could have chosen is left out: %j',
  (search) => {
    expect(readMemberSearch(search)).toEqual({});
  },
);

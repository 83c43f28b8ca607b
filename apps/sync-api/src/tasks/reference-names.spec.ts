import { namesFor, referencesOf } from './reference-names';

test('names are those that the fields of departments, people and users use, and no other field', () => {
  const names = { departmentTitles: { it: 'IT' }, peopleNames: { w1: 'Ada', w2: 'Bo' }, userNames: { 26: 'Cy' } };
  expect(namesFor([{ field: 'managerUid', before: { id: 26 }, after: 'w1' }], names)).toEqual({
    peopleNames: { w1: 'Ada' },
    userNames: { 26: 'Cy' },
  });
  expect(namesFor([{ field: 'departments', after: [{ uid: 'it' }] }], names)).toEqual({
    departmentTitles: { it: 'IT' },
  });
  expect(namesFor([{ field: 'nickname', after: 'w1' }], names)).toEqual({});
});

test('a field may be called like what every object has', () => {
  const { peopleNames } = referencesOf([{ field: 'constructor', after: 'w1' }]);
  expect(peopleNames.size).toBe(0);
});

import { valueText } from './value-text';

const WORDS = { yes: 'yes', no: 'no', main: 'main', owner: 'owner', user: (id: number) => `user ${id}` };

test.each([
  ['Ada', 'Ada'],
  [7, '7'],
  [false, 'no'],
  [['a', 'b'], 'a, b'],
  [[{ uid: 'it', isMain: true, isOwner: true }, { uid: 'hq' }], 'it (main, owner), hq'],
  [[{ uid: 'it', since: 2020 }], '[\n  {\n    "uid": "it",\n    "since": 2020\n  }\n]'],
  [[], ''],
  [{ id: 43 }, 'user 43'],
  [{ floor: 3 }, '{\n  "floor": 3\n}'],
])('%j reads %j', (value, text) => {
  expect(valueText(value, WORDS)).toBe(text);
});

it('calls departments by their titles, and those that have none by their uid', () => {
  const departments = [{ uid: 'it', isMain: true }, { uid: 'hq' }];
  expect(valueText(departments, WORDS, { it: 'Information technology' })).toBe('Information technology (main), hq');
});

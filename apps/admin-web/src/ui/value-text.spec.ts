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
  const value = [{ uid: 'it', isMain: true }, { uid: 'hq' }];
  const departments = { it: 'Information technology' };
  expect(valueText(value, WORDS, { departments })).toBe('Information technology (main), hq');
  expect(valueText('it', WORDS, { departments })).toBe('Information technology');
});

it('calls people by their names, and says which of that name', () => {
  const names = { people: { w1: 'Ada' }, users: { 43: 'Bo' } };
  expect(valueText('w1', WORDS, names)).toBe('Ada (w1)');
  expect(valueText(['w1', 'w2'], WORDS, names)).toBe('Ada (w1), w2');
  expect(valueText({ id: 43 }, WORDS, names)).toBe('Bo (user 43)');
  expect(valueText('constructor', WORDS, names)).toBe('constructor');
});

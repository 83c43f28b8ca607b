import { valueText } from './value-text';

test.each([
  ['Ann', 'Ann'],
  [7, '7'],
  [false, 'false'],
  [['a', 'b'], 'a, b'],
  [[{ uid: 'sales', isOwner: true, isMain: false }, { uid: 'hq' }], 'sales (isOwner), hq'],
  [{ desk: 4 }, '{"desk":4}'],
  [[1, null], '1, –'],
])('%j reads %s', (value, text) => {
  expect(valueText(value)).toBe(text);
});

test.each([[undefined], [null], [''], [[]]])('%j is no value', (value) => {
  expect(valueText(value)).toBeUndefined();
});

import { tidied } from './tidied';

test.each([
  [{ pattern: '^\\S+$' }, ' ww1 \n', 'ww1'],
  [{ pattern: '^\\S(.*\\S)?$' }, 'two words ', 'two words'],
  [{ pattern: '^\\S+$' }, ' two words ', ' two words '],
  [{ pattern: '^.{1,3}$' }, ', ', ', '],
  [{}, ' as it is ', ' as it is '],
])('%j: %j becomes %j', (schema, text, expected) => {
  expect(tidied(schema, text)).toBe(expected);
});

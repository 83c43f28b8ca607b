import { isNameless, NAMELESS, namelessPairs } from './nameless';

test('pairs without a name are found wherever they are', () => {
  const options = {
    headers: { [NAMELESS]: 'a', [`${NAMELESS}-1`]: 'b', Accept: 'c' },
    users: { customFields: { [NAMELESS]: '' } },
    list: [1, 'two', { more: { [NAMELESS]: '' } }],
    nothing: null,
  };
  expect(namelessPairs(options, '/options')).toEqual([
    `/options/headers/${NAMELESS}`,
    `/options/headers/${NAMELESS}-1`,
    `/options/users/customFields/${NAMELESS}`,
    `/options/list/2/more/${NAMELESS}`,
  ]);
});

test('every name that somebody types is one', () => {
  for (const name of ['newKey', 'newKey-1', '-', ' ', '0']) expect(isNameless(name)).toBe(false);
});

import { detailRows as rowsInWords, type DetailWords } from './detail-rows';

const AS_IT_IS: DetailWords = { name: (fact) => fact, value: (_, value) => value };
const detailRows = (details: Record<string, unknown>) => rowsInWords(details, AS_IT_IS);

test('of a change only what differs shows', () => {
  const before = { username: 'ada', role: 'viewer', note: null };
  const after = { username: 'ada', role: 'operator', note: null, since: 3 };
  expect(detailRows({ before, after, reason: 'asked' })).toEqual([
    { name: 'role', before: 'viewer', value: 'operator' },
    { name: 'since', before: '–', value: '3' },
    { name: 'reason', value: 'asked' },
  ]);
});

test('facts are written plainly', () => {
  expect(detailRows({ name: 'HR', scopes: ['push', 'read'], sourceId: null, deep: { a: [1] }, none: [] })).toEqual([
    { name: 'name', value: 'HR' },
    { name: 'scopes', value: 'push, read' },
    { name: 'sourceId', value: '–' },
    { name: 'deep', value: '{"a":[1]}' },
    { name: 'none', value: '–' },
  ]);
  expect(detailRows({})).toEqual([]);
});

test('a fact that happens to be called before is not lost', () => {
  expect(detailRows({ before: 'noon' })).toEqual([{ name: 'before', value: 'noon' }]);
});

test('facts and values are told in the words of people, where there are some', () => {
  const words: DetailWords = {
    name: (fact) => `The ${fact}`,
    value: (fact, value) => (fact === 'role' ? 'Reader' : value),
  };
  expect(rowsInWords({ before: { role: 1 }, after: { role: 2 }, note: 'x' }, words)).toEqual([
    { name: 'The note', value: 'x' },
  ]);
  expect(rowsInWords({ role: 'viewer' }, words)).toEqual([{ name: 'The role', value: 'Reader' }]);
});

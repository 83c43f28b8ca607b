import { detailRows } from './detail-rows';

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

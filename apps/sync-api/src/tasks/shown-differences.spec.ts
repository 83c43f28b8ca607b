import { type DifferenceParts, shownDifferences } from './shown-differences';

const parts = (more: Partial<DifferenceParts>): DifferenceParts => ({
  action: 'update',
  outcome: 'applied',
  state: null,
  disabled: null,
  waiting: null,
  detaches: null,
  ...more,
});

test.each([
  ['disable', 'active', null, 'disabled'],
  ['delete', 'disabled', null, 'deleted'],
  ['restore', 'deleted', null, 'active'],
  ['restore', 'deleted', true, 'disabled'],
  // Whose record says disabled and has left: what others say enables them.
  ['restore', 'disabled', true, 'active'],
])('%s of what is %s (said to be disabled: %s) makes it %s', (action, state, disabled, after) => {
  expect(shownDifferences([], parts({ action, state, disabled }))).toEqual([{ field: 'status', before: state, after }]);
});

test('a disable that the record itself says is told once', () => {
  const diff = [{ field: 'isDisabled', before: null, after: true }];
  expect(shownDifferences(diff, parts({ action: 'disable', state: 'active' }))).toEqual(diff);
});

test('a reference that nothing resolves yet waits; others, and other uids, do not', () => {
  const diff = [
    { field: 'managerUid', after: 'm' },
    { field: 'departments', after: [{ uid: 'd', isMain: true }, 'e', 'f'] },
    { field: 'nickname', after: 'm' },
  ];
  const waiting = [
    { field: 'managerUid', uid: 'm' },
    { field: 'departments', uid: 'd' },
    { field: 'departments', uid: 'e' },
    { field: 'departments', uid: 'gone' },
  ];
  expect(shownDifferences(diff, parts({ waiting }))).toEqual([
    { field: 'managerUid', after: 'm', waits: ['m'] },
    { field: 'departments', after: [{ uid: 'd', isMain: true }, 'e', 'f'], waits: ['d', 'e'] },
    { field: 'nickname', after: 'm' },
  ]);
  expect(shownDifferences(diff, parts({ waiting, outcome: 'failed' }))).toEqual(diff);
});

import type { Target } from '../../api/types';
import { draftOf, EMPTY_DRAFT, settingsOf, wrongLimits } from './target-draft';

const LIMITS = { deletes: { count: 3, percent: 12.5 }, disables: { count: 500, percent: 10 } };

test('what a target is comes back as it was', () => {
  const target = { options: { url: 'https://crm.example' }, sources: [3], limits: LIMITS } as unknown as Target;
  const draft = draftOf(target);
  expect(settingsOf(draft, true)).toEqual({ options: { url: 'https://crm.example' }, sources: [3], limits: LIMITS });
});

test('a target here has no limits of its own', () => {
  expect(settingsOf(EMPTY_DRAFT, false)).toEqual({ options: {}, sources: null });
});

test.each([
  ['12,5', '500', []],
  ['0', '0', []],
  ['101', '500', ['/limits/deletes/percent']],
  ['ten', '', ['/limits/deletes/count', '/limits/deletes/percent']],
  ['', '-1', ['/limits/deletes/count', '/limits/deletes/percent']],
  ['-1', '1.5', ['/limits/deletes/count', '/limits/deletes/percent']],
])('%s per cent or %s', (percent, count, wrong) => {
  const draft = { ...EMPTY_DRAFT, limits: { ...EMPTY_DRAFT.limits, deletes: { percent, count } } };
  expect(wrongLimits(draft, true)).toEqual(wrong);
});

import type { TFunction } from 'i18next';
import { countHeading, countText } from './count-text';

/** The key of a text instead of the text. */
const t = ((key: string) => key) as unknown as TFunction;

test('what a plan would do is not told as done', () => {
  expect([countText(t, 'disabled', 8, true), countHeading(t, 'disabled', true)]).toEqual([
    'countsPlanned.disabled',
    'countNamePlanned.disabled',
  ]);
  expect([countText(t, 'disabled', 8, false), countHeading(t, 'disabled', false)]).toEqual([
    'counts.disabled',
    'countName.disabled',
  ]);
});

test('what is so already, or was refused, is no plan', () => {
  expect((['unchanged', 'failed', 'stale'] as const).map((name) => countText(t, name, 1, true))).toEqual([
    'counts.unchanged',
    'counts.failed',
    'counts.stale',
  ]);
});

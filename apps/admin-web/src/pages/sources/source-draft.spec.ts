import type { Source } from '../../api/types';
import { draftOf, EMPTY_DRAFT, settingsOf, wrongNumbers } from './source-draft';

const limit = { count: 500, percent: 10 };

test('what nobody changed goes back as it came', () => {
  const source = {
    displayName: 'HR',
    options: { url: 'https://hr.example' },
    schedule: { cron: '0 3 * * *', timeZone: 'Europe/Paris' },
    matchKey: ['email'],
    priority: 7,
    policies: {
      user: { onDeleted: 'delete', onMissing: 'keep' },
      department: { onDeleted: 'keep', onMissing: 'delete' },
      graceDays: 3,
      limits: { deletes: { count: 1, percent: 2.5 }, disables: limit, memberships: limit, cleared: limit },
    },
  } as unknown as Source;
  const { displayName, options, schedule, matchKey, priority, policies } = source;
  expect(settingsOf(draftOf(source))).toEqual({ displayName, options, schedule, matchKey, priority, policies });
});

test('a new source says nothing of a name to show, and runs by hand', () => {
  const settings = settingsOf(EMPTY_DRAFT);
  expect(settings).toMatchObject({ schedule: null, priority: 100, policies: { graceDays: 30 } });
  expect(settings).not.toHaveProperty('displayName');
  expect(wrongNumbers(EMPTY_DRAFT)).toEqual([]);
});

test('an empty time for changes is no time', () => {
  const schedule = { cron: ' 0 3 * * * ', timeZone: 'UTC', incrementalCron: ' ' };
  expect(settingsOf({ ...EMPTY_DRAFT, schedule }).schedule).toEqual({ cron: '0 3 * * *', timeZone: 'UTC' });
});

test('what is no number is told by its pointer, a decimal comma is one', () => {
  const limits = {
    ...EMPTY_DRAFT.limits,
    deletes: { count: 'many', percent: '2,5' },
    cleared: { count: '1', percent: '101' },
  };
  expect(wrongNumbers({ ...EMPTY_DRAFT, priority: '1.5', graceDays: '9999', limits })).toEqual([
    '/priority',
    '/policies/graceDays',
    '/policies/limits/deletes/count',
    '/policies/limits/cleared/percent',
  ]);
  expect(settingsOf({ ...EMPTY_DRAFT, limits }).policies?.limits.deletes.percent).toBe(2.5);
});

import { cronWords } from './schedule-words';

test('a schedule is said in the language of the reader', () => {
  expect(cronWords('0 3 * * *', 'en')).toBe('At 03:00, every day');
  expect(cronWords('*/15 * * * *', 'fr')).toMatch(/^Toutes les 15 minutes/);
  expect(cronWords('0 3 * * *', 'zh-CN')).toBe('每天 03:00');
  expect(cronWords('0 9-18 * * 1-5', 'zh-CN')).toContain('，');
});

test.each(['', 'soon', '0 3 * *', '0 0 3 * * *', '61 3 * * *'])('"%s" has no words', (cron) => {
  expect(cronWords(cron, 'en')).toBeUndefined();
});

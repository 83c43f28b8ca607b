import { translateMessage } from './messages';

const chinese = {
  'The app sees {n} departments.': '应用可见 {n} 个部门。',
  'The app sees nothing. Widen its range.': '应用看不到任何内容。请扩大范围。',
  'Copy it from {where} ({details}).': '请从{where}复制（{details}）。',
  'the page of the app': '应用页面',
  'It is called "{name}".': '名称为“{name}”。',
  'It sees all: {what}.': '全部可见：{what}。',
};

test.each([
  ['a sentence with its values', 'The app sees 12 departments.', '应用可见 12 个部门。'],
  [
    'several, without a space between them',
    'The app sees 1 departments. It is called "A".',
    '应用可见 1 个部门。名称为“A”。',
  ],
  ['what spans two sentences', 'The app sees nothing. Widen its range.', '应用看不到任何内容。请扩大范围。'],
  ['a value that is a message itself', 'Copy it from the page of the app (40001).', '请从应用页面复制（40001）。'],
  ['a value at the end, and what follows', 'It sees all: two. It is called "A".', '全部可见：two。名称为“A”。'],
  ['a value with a full stop', 'It is called "Acme. Inc".', '名称为“Acme. Inc”。'],
  ['beside one that is not known', 'Wait. The app sees 2 departments.', 'Wait. 应用可见 2 个部门。'],
])('translates %s', (_, english, translated) => {
  expect(translateMessage(chinese, english)).toBe(translated);
});

test.each(['Something else.', 'The app sees  departments', 'It is called "".', ''])('does not know %p', (english) => {
  expect(translateMessage(chinese, english)).toBeUndefined();
});

test('the more exact of two patterns wins, in whatever order they stand', () => {
  expect(translateMessage({ '{what}.': '{what}。', 'All {what}.': '全部{what}。' }, 'All good.')).toBe('全部good。');
});

test('a long text that nearly matches is given up quickly', () => {
  const before = Date.now();
  expect(translateMessage({ 'a{x}a{y}c{z}b': '' }, `${'a'.repeat(100_000)}b`)).toBeUndefined();
  expect(Date.now() - before).toBeLessThan(1_000);
});

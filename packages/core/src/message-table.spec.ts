import { messagesIn } from './message-table';

test('one table makes the messages of every language', () => {
  const said = messagesIn(['fr', 'zh-CN'], {
    'It answered {status}.': ['Il a répondu {status}.', '对方应答 {status}。'],
    'Send {"uid": …}.': ['Envoyez {"uid": …}.', '请发送 {"uid": …}。'],
  });
  expect(said).toEqual({
    fr: { 'It answered {status}.': 'Il a répondu {status}.', 'Send {"uid": …}.': 'Envoyez {"uid": …}.' },
    'zh-CN': { 'It answered {status}.': '对方应答 {status}。', 'Send {"uid": …}.': '请发送 {"uid": …}。' },
  });
});

test('placeholders may stand in another order, and more than once', () => {
  const table = { '{a} of {b}: {a}.': ['{b}: {a}.'] } as const;
  expect(messagesIn(['de'], table)).toEqual({ de: { '{a} of {b}: {a}.': '{b}: {a}.' } });
});

test.each([
  ['loses what varies', ['Il a répondu.', '对方应答 {status}。'], '"It answered {status}." in "fr" lacks {status}.'],
  [
    'misspells a placeholder',
    ['Il a répondu {status}.', '对方应答 {status}，{Status}。'],
    '"It answered {status}." in "zh-CN" has {Status}, which the English does not have.',
  ],
] as const)('a sentence that %s is refused', (_what, others, message) => {
  expect(() => messagesIn(['fr', 'zh-CN'], { 'It answered {status}.': others })).toThrow(new TypeError(message));
});

test('a sentence that a language lacks does not compile, and is refused', () => {
  // @ts-expect-error one text for two languages
  expect(() => messagesIn(['fr', 'zh-CN'], { 'It answers.': ['Il répond.'] })).toThrow(
    new TypeError('"It answers." in "zh-CN" is missing.'),
  );
});

import { foreignText } from './foreign-text';

const SECRET = 'pa ss/wörd+"1"';

test.each([
  ['as it is', SECRET],
  ['in an address', `https://x/?t=${encodeURIComponent(SECRET)}`],
  ['in JSON', JSON.stringify({ token: SECRET })],
  ['in base64', Buffer.from(SECRET).toString('base64')],
  ['in base64url', Buffer.from(SECRET).toString('base64url')],
])('masks a secret %s', (_how, text) => {
  const shown = foreignText(`before ${text} after`, [SECRET]);
  expect(shown).toContain('[secret]');
  for (const part of ['wörd', 'w%C3%B6rd', Buffer.from(SECRET).toString('base64url').slice(0, 12)]) {
    expect(shown).not.toContain(part);
  }
  expect(shown).toMatch(/^before .*after$/);
});

test.each([
  ['ann@company.example', '[e-mail]'],
  ['<ann@company.example>, (bob%40company.example)', '<[e-mail]>, ([e-mail])'],
  ['an @ alone', 'an @ alone'],
])('masks e-mail addresses: %s', (text, shown) => {
  expect(foreignText(text, [])).toBe(shown);
});

test('keeps nothing that Postgres cannot store', () => {
  expect(foreignText('a\0b \ud83d c', [])).toBe('ab \ufffd c');
});

test('is not longer than a screen, and masks what stands at the end of it', () => {
  const shown = foreignText(`${'x'.repeat(1_995)}${SECRET}${'y'.repeat(500_000)}`, [SECRET]);
  expect(shown.length).toBeLessThanOrEqual(2_001);
  expect(shown.endsWith('[secr…') || shown.endsWith('…')).toBe(true);
  expect(shown).not.toContain('pa ss');
});

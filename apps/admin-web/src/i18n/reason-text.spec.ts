import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REMEDIES } from './reason-text';

type Group = Record<string, string>;

/** The closed list of the service, read from where it stands: these pages depend on nothing but its API. */
const policy = readFileSync(join(__dirname, '../../../../packages/core/src/errors.ts'), 'utf8');
const codes = [...policy.matchAll(/^ {2}([a-z_]+): (?:caller|admin|operator|passing)\(/gm)].map(
  ([, code]) => code ?? '',
);

const group = (language: string, area: string, name: string): Group =>
  (JSON.parse(readFileSync(join(__dirname, 'locales', language, `${area}.json`), 'utf8')) as Record<string, Group>)[
    name
  ] ?? {};

test('the list of codes is found', () => {
  expect(codes).toEqual(expect.arrayContaining(['bad_json', 'email_taken', 'vendor_busy', 'internal']));
});

test.each(['en', 'fr', 'zh-CN'])('every error code says in %s what is wrong and what to do', (language) => {
  const reasons = group(language, 'inner', 'reason');
  const remedies = group(language, 'inner', 'remedy');
  const known: Record<string, string> = REMEDIES;
  expect(codes.filter((code) => !reasons[code] || !remedies[known[code] ?? ''])).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_POLICY } from '@rollcall/core';
import type * as Checks from './checks.mjs';

/** The documentation says what is true: its links, samples, names and tables are held against the code. */
let checks: typeof Checks;

beforeAll(async () => {
  checks = await import('./checks.mjs');
});

test('every link leads to a file, and to a heading in it', () => {
  expect(checks.documents().flatMap((file) => checks.linkProblems(file))).toEqual([]);
});

test('a menu of the site leads to every page', () => {
  expect(checks.lostPages()).toEqual([]);
});

test('every code sample is one: TypeScript compiles, JSON is JSON, commands ask for what there is', () => {
  const samples = checks.documents().flatMap((file) => checks.samplesOf(file));
  expect(samples.length).toBeGreaterThan(40);
  // One that is wrong is compiled with them: a second program would take as long as the first.
  const wrong =
    "import type { UserRecord } from '@rollcall/core';\nexport const ann: UserRecord = { nickname: 'Ann' };";
  const problems = checks.sampleProblems([...samples, { file: 'wrong.md', language: 'ts', text: wrong }]);
  expect(problems).toEqual([expect.stringMatching(/^wrong\.md: Property 'uid' is missing/)]);
}, 240_000);

test('variables, scripts and metrics that are named exist', () => {
  expect(checks.documents().flatMap((file) => checks.nameProblems(file))).toEqual([]);
});

test('the table of the environment has every variable that is read, with its default', () => {
  const table = new Map(checks.tableRows('docs/operating/environment.md'));
  const read = checks.settings();
  expect([...table.keys()].sort()).toEqual(read.map(([name]) => name).sort());
  for (const [name, value] of read.filter((setting) => setting[1] !== ''))
    expect([name, table.get(name)]).toEqual([name, value]);
});

test('the page of errors has every code, with its status, and marks those that pass by themselves', () => {
  const rows = checks.tableRows('docs/http-api/errors.md');
  const codes = Object.entries(ERROR_POLICY).map(([code, { status }]) => [code, String(status)]);
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(codes));
  const page = readFileSync(join(__dirname, '../../docs/http-api/errors.md'), 'utf8');
  const passing = [...page.matchAll(/^\| `(\w+)` .*\*passes\*/gm)].map((match) => match[1]);
  const retryable = Object.entries(ERROR_POLICY).flatMap(([code, policy]) => (policy.retryable ? [code] : []));
  expect(passing.sort()).toEqual(retryable.sort());
});

test('French and Chinese have the same pages, and each is there in English', () => {
  expect(checks.translationProblems()).toEqual([]);
});

describe('what is wrong is noticed', () => {
  const samples = (language: string, text: string): string[] =>
    checks.sampleProblems([{ file: 'page.md', language, text }]);

  test.each([
    ['[x](nowhere.md)', 'nowhere.md leads to no file'],
    ['# One\n\n[x](#other)', '#other leads to no heading of README.md'],
    ['[x](CHANGELOG.md#nothing)', 'CHANGELOG.md#nothing leads to no heading of CHANGELOG.md'],
  ])('a link: %s', (text, problem) => {
    expect(checks.linkProblems('README.md', text)).toEqual([`README.md: ${problem}`]);
  });

  test.each([
    ['json', '{"a": …}'],
    ['sh', 'curl "$ROLLCALL/api/userdata:push" -d "{}"'],
    ['sh', 'curl "$ROLLCALL/api/tasks?state=failed"'],
    ['sh', `curl "$ROLLCALL/api/sources" -d '{"name": "hr", "kind": "push", "type": "push"}'`],
    ['sh', `curl "$ROLLCALL/api/sources" -d '{"name": "hr"}'`],
    ['sh', `curl "$ROLLCALL/api/sources" -d '{name: "hr", type: "push"}'`],
    ['sh', 'npm run fly'],
    ['sh', 'ROLLCALL_ROLE=worker node apps/sync-api/dist/nain.js'],
    ['', 'text'],
  ])('a sample in %s: %s', (language, text) => {
    expect(samples(language, text)).not.toEqual([]);
  });

  test.each(['ROLLCALL_COLOUR', '`npm run fly`', 'rollcall_flights_total'])('a name: %s', (text) => {
    expect(checks.nameProblems('page.md', text)).toHaveLength(1);
  });

  test('a page that a language lacks', () => {
    const files = checks.documents().filter((file) => file !== 'docs/zh/push.md');
    expect(checks.translationProblems(files)).toEqual(['docs/zh lacks push.md']);
  });
});

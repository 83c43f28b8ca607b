import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InstalledRollcall, THOROUGH } from './test-support/installed-rollcall.ts';
import { commonJsCode, manifestOf, tarballOf } from './test-support/outside-adapters.ts';

/** `rollcall add`, with packages that are good, newer, and bad in every way. */
jest.setTimeout(300_000);

let installed: InstalledRollcall;
let adapters: string;

beforeAll(async () => {
  installed = await InstalledRollcall.open();
  adapters = join(installed.home, 'adapters');
  await installed.said(['add', await good('1.0.0')]);
});

afterEach(() => installed.killAll());
afterAll(() => installed.close());

const good = (version: string, id = 'good'): Promise<string> =>
  tarballOf(installed.folder, manifestOf('good', id, { version }), { 'index.js': commonJsCode(id) });

const other = (name: string, more: Record<string, unknown>, code = ''): Promise<string> =>
  tarballOf(installed.folder, manifestOf(name, name, more), { 'index.js': code });

const bringing = (id: string, contract = 1): Record<string, unknown> => ({
  rollcall: { contract, adapters: [{ kind: 'source', id }] },
});

describe('what cannot be used is refused, and nothing has changed', () => {
  test.each<[string, () => Promise<string>, RegExp]>([
    [
      'a package for another contract',
      () => other('newer', bringing('newer', 2)),
      /newer was not added. newer was written for contract 2 and this Rollcall speaks contract 1: upgrade Rollcall/,
    ],
    [
      'a package with an id that is taken',
      () => other('copy', bringing('good')),
      /copy and good both bring a source adapter "good"/,
    ],
    [
      'a package that throws at import',
      () => other('throws', {}, 'throw new Error("needs libfoo");'),
      /throws cannot be loaded from .*: needs libfoo \(.*index.js:1:\d+\). Install another version of it/,
    ],
    [
      'a package that ends the process',
      () => other('exits', {}, 'process.exit(3);'),
      /exits ended the process \(exit code 3\) while it was loaded/,
    ],
    [
      'a package that never comes back',
      () => other('hangs', {}, 'for (;;) {}'),
      /hangs did not come back within 22 s while it was loaded/,
    ],
    [
      'a package that throws out of a timer',
      () => other('later', {}, `setTimeout(() => { throw new Error('no libfoo'); }, 50); ${commonJsCode('later')}`),
      /later was not added. later threw where nobody can catch it, .*: no libfoo \(.*index.js:1:\d+\). Install another/,
    ],
    [
      'a package that rejects a promise that nobody waits for',
      () => other('rejects', {}, `Promise.reject(new Error('no libfoo')); ${commonJsCode('rejects')}`),
      /rejects was not added. rejects threw where nobody can catch it, .*: no libfoo/,
    ],
    ['a package that is no adapter', () => other('plain', { rollcall: undefined }), /plain is not an adapter package/],
    ['a file that is not there', async () => './nothing.tgz', /Fetching .\/nothing.tgz: npm failed. Look at the path/],
    [
      'a package that the registry does not give',
      async () => '@rollcall/nothing-of-this-name',
      THOROUGH ? /There is no such package on the registry/ : /The npm registry cannot be reached/,
    ],
  ])('%s', async (_what, pack, message) => {
    const before = readFileSync(join(adapters, 'package.json'), 'utf8');
    const said = await installed.said(['add', await pack()], 1);
    expect(said).toMatch(message);
    expect(said.trim()).toMatch(/Nothing has changed\.$/);
    expect(readFileSync(join(adapters, 'package.json'), 'utf8')).toBe(before);
    expect(readdirSync(installed.home)).toEqual(['adapters']);
    expect(readdirSync(join(adapters, 'packed'))).toEqual(['good-1.0.0.tgz']);
    expect(readdirSync(join(adapters, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      '@rollcall',
      'good',
    ]);
  });
});

test('what is installed and broken is not blamed on what is added', async () => {
  const broken = join(adapters, 'node_modules', 'good', 'index.js');
  const code = readFileSync(broken, 'utf8');
  writeFileSync(broken, `setTimeout(() => Promise.reject(new Error('no libfoo')), 20); ${code}`);
  expect(await installed.said(['adapters'])).toMatch(
    /cannot be used: good threw where nobody can catch it, .*: no libfoo/,
  );
  expect(await installed.said(['add', await other('fine', {}, commonJsCode('fine'))])).toContain(
    'Added the source "fine" of fine',
  );
  await installed.said(['remove', 'fine']);
  writeFileSync(join(adapters, 'node_modules', 'good', 'index.js'), code);
});

test('install scripts run only when they are allowed', async () => {
  const scripts = { postinstall: `node -e "require('fs').copyFileSync('later.js', 'index.js')"` };
  const pack = await tarballOf(installed.folder, manifestOf('scripted', 'scripted', { scripts }), {
    'later.js': commonJsCode('scripted'),
  });
  expect(await installed.said(['add', pack], 1)).toContain('scripted has no entry point');
  expect(await installed.said(['add', '--allow-scripts', pack])).toContain('Added the source "scripted"');
  await installed.said(['remove', 'scripted']);
});

test('the same version packed again is taken again, and a newer one takes its place', async () => {
  expect(await installed.said(['add', await good('1.0.0', 'renamed')])).toContain(
    'Added the source "renamed" of good 1.0.0.',
  );
  expect(await installed.said(['add', await good('1.1.0')])).toContain('Added the source "good" of good 1.1.0.');
  expect(await installed.said(['adapters'])).toMatch(/^source +good +good +1\.1\.0$/m);
  expect(readdirSync(join(adapters, 'packed'))).toEqual(['good-1.1.0.tgz']);
});

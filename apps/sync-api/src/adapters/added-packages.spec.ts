import { lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { addedPackages, shareCore } from './added-packages';
import { AdaptersModule } from './adapters.module';
import { wantedPackages } from './wanted-packages';

const CORE = resolve(__dirname, '../../../../packages/core');
const ADAPTER = {
  kind: 'source',
  id: 'acme',
  title: 'Acme',
  version: '1.0.0',
  configSchema: { type: 'object', additionalProperties: false, properties: {} },
};

let home: string;
let folder: string;
let link: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'rollcall-added-'));
  folder = join(home, 'adapters');
  link = join(folder, 'node_modules/@rollcall/core');
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

/** The folder as `rollcall add` leaves it. */
function add(name: string): void {
  const place = join(folder, 'node_modules', name);
  mkdirSync(place, { recursive: true });
  mkdirSync(join(link, '..'), { recursive: true });
  const dependencies = { [name]: `file:packed/${name}-1.0.0.tgz`, '@rollcall/core': 'file:elsewhere' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies }));
  writeFileSync(
    join(place, 'package.json'),
    JSON.stringify({ rollcall: { contract: 1, adapters: [{ kind: 'source', id: 'acme' }] } }),
  );
  writeFileSync(join(place, 'index.js'), `exports.adapters = [${JSON.stringify(ADAPTER)}];`);
}

it('loads what was added, without its being named', async () => {
  add('acme');
  expect(addedPackages(folder)).toEqual(['acme']);
  const { exports } = await AdaptersModule.forRoot({ home, adapters: [], adaptersOnError: 'refuse' });
  expect(exports).toContain('rollcall:source:acme');
});

it.each<[string, () => void]>([
  ['there is none', () => undefined],
  ['it leads nowhere', () => symlinkSync(join(home, 'gone'), link)],
  ['it leads to that of another Rollcall', () => symlinkSync(home, link)],
])('makes the link to the SDK of this Rollcall when %s', (_when, before) => {
  add('acme');
  before();
  shareCore(folder);
  expect(realpathSync(link)).toBe(realpathSync(CORE));
});

it('leaves an SDK alone that somebody installed there', () => {
  add('acme');
  mkdirSync(link);
  shareCore(folder);
  expect(lstatSync(link).isSymbolicLink()).toBe(false);
});

it('touches nothing where nothing was added', () => {
  expect(addedPackages(folder)).toEqual([]);
  shareCore(folder);
  expect(() => lstatSync(folder)).toThrow('ENOENT');
});

it('says which file is broken, and what to do', () => {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{');
  expect(() => addedPackages(folder)).toThrow(/adapters\/package\.json cannot be read: .* Correct it, or put .* aside/);
});

it('says of each package how to go on without it', () => {
  expect(wantedPackages(['named', 'both'], ['both', 'added'])).toEqual([
    { name: 'named', takeOut: 'take it out of ROLLCALL_ADAPTERS' },
    { name: 'both', takeOut: 'take it out of ROLLCALL_ADAPTERS and run "npx rollcall remove both"' },
    { name: 'added', takeOut: 'run "npx rollcall remove added"' },
  ]);
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import type { PublishedPackage, Tarball } from './published-packages.mjs';

const REPOSITORY = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'rollcall-packed-'));
let packages: PublishedPackage[];
let tarballs: Map<string, string[]>;

beforeAll(async () => {
  const { packTo, publishedPackages } = await import('./published-packages.mjs');
  packages = publishedPackages();
  const packed: Tarball[] = await packTo(folder);
  tarballs = new Map(packed.map(({ name, files }) => [name, files.map(({ path }) => path)]));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesOf = ({ name }: PublishedPackage): string[] =>
  // What a generator copies is looked at where it is generated.
  (tarballs.get(name) ?? []).filter((path) => !path.startsWith('templates/'));
const of = (wrong: (one: PublishedPackage) => string[]): string[] =>
  packages.flatMap((one) => wrong(one).map((problem) => `${one.name}: ${problem}`));

test('what people install and what authors depend on is published', () => {
  expect(packages.map(({ name }) => name).sort()).toEqual([
    '@rollcall/admin-web',
    '@rollcall/core',
    '@rollcall/create-adapter',
    '@rollcall/embedded',
    '@rollcall/source-http',
    '@rollcall/source-wecom',
    '@rollcall/sync-api',
    '@rollcall/target-departments',
    '@rollcall/target-users',
    '@rollcall/target-webhook',
    'rollcall',
  ]);
  expect([...tarballs.keys()].sort()).toEqual(packages.map(({ name }) => name).sort());
});

test('all have one version, and ask for that version of each other', () => {
  expect(new Set(packages.map(({ version }) => version)).size).toBe(1);
  const version = packages[0]?.version;
  expect(
    of(({ dependencies = {} }) =>
      packages
        .filter(({ name }) => name in dependencies && dependencies[name] !== version)
        .map(({ name }) => `asks for ${name} ${dependencies[name] ?? ''}`),
    ),
  ).toEqual([]);
});

test('each says its licence, its Node and that everybody may have it, and brings licence and README', () => {
  const licence = readFileSync(join(REPOSITORY, 'LICENSE'), 'utf8');
  for (const one of packages) {
    expect(one).toMatchObject({
      license: 'Apache-2.0',
      engines: { node: '>=20.19' },
      publishConfig: { access: 'public' },
    });
    expect(filesOf(one)).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']));
    expect(readFileSync(join(one.folder, 'LICENSE'), 'utf8')).toBe(licence);
  }
});

test('no tests, sources, source maps or test servers are in them', () => {
  const unwanted =
    /\.spec\.|\.map$|\.tsx?$|tsconfig|test-support|screenshots|(^|\/)(e2e|node_modules|testing\/broken)\//;
  const wrong = ({ name }: PublishedPackage, path: string): boolean =>
    (unwanted.test(path) && !path.endsWith('.d.ts')) || (path.includes('/testing/') && name !== '@rollcall/core');
  expect(of((one) => filesOf(one).filter((path) => wrong(one, path)))).toEqual([]);
});

test('every file that a package.json names is in them', () => {
  const named = ({ main, types, bin = {}, exports = {}, rollcall }: PublishedPackage): string[] => [
    ...[main, types].filter((path) => path !== undefined),
    ...Object.values(bin),
    ...Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry))),
    ...(rollcall?.adapters ?? []).flatMap(({ icon }) => icon ?? []),
  ];
  expect(
    of((one) =>
      named(one)
        .map((path) => path.replace(/^\.\//, ''))
        .filter((path) => !filesOf(one).includes(path)),
    ),
  ).toEqual([]);
});

test('whatever their code and their types import is a dependency of theirs', () => {
  const undeclared = (one: PublishedPackage): string[] => {
    const declared = [one.name, ...Object.keys({ ...one.dependencies, ...one.optionalDependencies })];
    const code = filesOf(one).filter((path) => /\.([cm]?js|d\.ts)$/.test(path) && one.name !== '@rollcall/admin-web');
    const imported = code.flatMap((path) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(one.folder, path), 'utf8'), true, true);
      return importedFiles.map(({ fileName }) => fileName);
    });
    expect(imported.length).toBeGreaterThan(one.name === '@rollcall/admin-web' ? -1 : 0);
    const names = imported
      .filter((name) => !name.startsWith('.') && !isBuiltin(name))
      .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
    return [...new Set(names)].filter((name) => !declared.includes(name));
  };
  expect(of(undeclared)).toEqual([]);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Adapter, defineSource } from '@rollcall/core';
import { AdapterRegistry } from './adapter-registry';
import { MessageTexts } from './message-texts';
import { toAdapterDto, toUnavailableDto } from './adapter.dto';
import { AdaptersModule } from './adapters.module';
import { BUILT_IN } from './built-in';
import { importPackage } from './import-package';
import { type LoadedAdapters, loadAdapters } from './load-adapters';
import { wantedPackages } from './wanted-packages';

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'rollcall-adapters-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

type Files = Record<string, string | object>;

/** Writes a package where `npm install --prefix <home>/adapters` would. */
function install(name: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(home, 'adapters', 'node_modules', name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const manifest = (...adapters: string[]): object => ({
  contract: 1,
  adapters: adapters.map((id) => ({ kind: 'source', id })),
});
const SCHEMA = { type: 'object', additionalProperties: false, properties: {} };
const code = (fields: object): string => JSON.stringify({ kind: 'source', title: 'T', version: '1.0.0', ...fields });
const source = (id: string, fields: object = {}): string => code({ id, configSchema: SCHEMA, ...fields });
/** A package in CommonJS whose one source has these fields. */
const commonJs = (id: string, fields: object = {}): Files => ({
  'package.json': { version: '1.0.0', main: 'index.js', rollcall: manifest(id) },
  'index.js': `exports.adapters = [${source(id, fields)}];`,
});

const PUSH: Adapter = defineSource({ id: 'push', title: 'Push', version: '1', configSchema: SCHEMA as never });

function load(packages: string[], onError: 'refuse' | 'skip' = 'refuse'): Promise<LoadedAdapters> {
  const from = [join(home, 'adapters')];
  return loadAdapters({
    builtIn: [{ package: 'built-in', directory: home, adapters: [PUSH] }],
    packages: wantedPackages(packages, []),
    from,
    onError,
    importPackage,
  });
}

const ids = ({ loaded }: LoadedAdapters): string[] => loaded.map(({ adapter, origin }) => `${origin}: ${adapter.id}`);

function messageOf(refuse: () => unknown): string {
  try {
    refuse();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('loading adapter packages', () => {
  it('loads CommonJS, ES modules and packages with several adapters', async () => {
    install('old-style', commonJs('old'));
    install('@acme/esm', {
      'package.json': {
        type: 'module',
        exports: { '.': { types: './x.d.ts', import: './lib/main.js' } },
        rollcall: manifest('two', 'one'),
      },
      'lib/main.js': `export const adapters = [${source('one')}, ${source('two')}];`,
    });
    install('require-only', {
      'package.json': { exports: { require: './main.cjs' }, rollcall: manifest('three') },
      'main.cjs': `const all = { adapters: [${source('three')}] }; module.exports = all;`,
    });
    expect(ids(await load(['old-style', '@acme/esm', 'require-only', 'old-style']))).toEqual([
      'built-in: push',
      'old-style: old',
      '@acme/esm: one',
      '@acme/esm: two',
      'require-only: three',
    ]);
  });

  it.each<[string, string, Files | undefined, RegExp]>([
    [
      'is not installed',
      'gone',
      undefined,
      /The package gone is not installed. Install it with "npx rollcall add gone"\. To go on without it, take it out of ROLLCALL_ADAPTERS, or set ROLLCALL_ADAPTERS_ON_ERROR=skip\./,
    ],
    [
      'has a path for a name',
      '../gone',
      undefined,
      /"..\/gone" is not the name of a package, such as @acme\/rollcall-source-acme/,
    ],
    ['has no manifest', 'plain', { 'package.json': {}, 'index.js': '' }, /plain is not an adapter package/],
    [
      'has a package.json that is not JSON',
      'torn',
      { 'package.json': '{' },
      /torn: .*package.json cannot be read. Install/,
    ],
    [
      'speaks a newer contract',
      'newer',
      { 'package.json': { rollcall: { ...manifest('x'), contract: 2 } } },
      /newer was written for contract 2 and this Rollcall speaks contract 1: upgrade Rollcall/,
    ],
    [
      'speaks no contract',
      'older',
      { 'package.json': { rollcall: { adapters: [] } } },
      /older was written for contract undefined .*: install a newer older/,
    ],
    [
      'writes its contract as a text',
      'quoted',
      { 'package.json': { rollcall: { ...manifest('x'), contract: '1' } } },
      /quoted: "rollcall.contract" in its package.json is a text. Write it as a number: "contract": 1\./,
    ],
    [
      'has a manifest without adapters',
      'empty',
      { 'package.json': { rollcall: { contract: 1, adapters: [] } } },
      /empty: "rollcall.adapters" .* must list/,
    ],
    [
      'is not built',
      'raw',
      { 'package.json': { main: 'dist/index.js', rollcall: manifest('raw') } },
      /raw has no entry point .*Build the package/,
    ],
    [
      'throws at import',
      'throws',
      { 'package.json': { rollcall: manifest('x') }, 'index.js': 'throw new Error("needs libfoo");' },
      /throws cannot be loaded from .*index.js: needs libfoo \(.*throws\/index.js:1:7\). Install another version/,
    ],
    [
      'does not parse',
      'syntax',
      { 'package.json': { type: 'module', rollcall: manifest('x') }, 'index.js': 'export const = 1;' },
      /syntax cannot be loaded from/,
    ],
    [
      'exports nothing',
      'silent',
      { 'package.json': { rollcall: manifest('x') }, 'index.js': '' },
      /silent exports no "adapters"/,
    ],
    [
      'exports something else than it declares',
      'liar',
      { 'package.json': { rollcall: manifest('x') }, 'index.js': `exports.adapters = [${source('y')}];` },
      /liar declares source x .* but exports source y: make the two agree/,
    ],
    ['has the id of a built-in one', 'copy', commonJs('push'), /copy and built-in both bring a source adapter "push"/],
    [
      'declares one id twice',
      'twice',
      { 'package.json': { rollcall: manifest('x', 'x') } },
      /twice declares the source adapter "x" twice/,
    ],
    ['has no title', 'untitled', commonJs('x', { title: '' }), /untitled: the adapter "x" .* its title must be/],
    [
      'has a schema that does not compile',
      'schema',
      commonJs('x', { configSchema: { ...SCHEMA, properties: { a: { type: 'strin' } } } }),
      /schema: the adapter "x" .*configSchema does not compile/,
    ],
    [
      'has a schema with a misspelt keyword',
      'keyword',
      commonJs('x', { configSchema: { ...SCHEMA, requird: ['a'] } }),
      /strict mode: unknown keyword: "requird"/,
    ],
    [
      'has a schema that lets anything through',
      'loose',
      commonJs('x', { configSchema: { type: 'object' } }),
      /must have "additionalProperties": false/,
    ],
    [
      'has a half-marked secret',
      'leaky',
      commonJs('x', { configSchema: { ...SCHEMA, properties: { key: { type: 'string', format: 'password' } } } }),
      /the secret "key" needs both/,
    ],
    [
      'hides a secret below the top level',
      'nested',
      commonJs('x', {
        configSchema: {
          ...SCHEMA,
          properties: {
            auth: { type: 'object', properties: { key: { type: 'string', format: 'password', writeOnly: true } } },
          },
        },
      }),
      /the secret \/properties\/auth\/properties\/key must be an option of the top level/,
    ],
    [
      'says incremental without pull',
      'eager',
      commonJs('x', { incremental: true }),
      /says incremental but has no pull/,
    ],
    [
      'has an odd version of options',
      'odd',
      commonJs('x', { optionsVersion: 0 }),
      /optionsVersion must be a whole number/,
    ],
    ['leaves older options behind', 'second', commonJs('x', { optionsVersion: 2 }), /no function migrateOptions/],
  ])('refuses to boot with a package that %s', async (_, name, files, message) => {
    if (files) install(name, files);
    await expect(load([name])).rejects.toThrow(message);
    await expect(load([name])).rejects.toMatchObject({ name: 'RollcallError' });
  });

  it('tells of all that is wrong at once', async () => {
    install('plain', { 'package.json': {} });
    await expect(load(['gone', 'plain', 'lost'])).rejects.toThrow(
      /^The package gone is not installed.*\nplain is not an adapter package.*\nThe package lost is not installed/,
    );
  });

  it('names both packages that bring one id, and runs no code of the second', async () => {
    install('first', commonJs('x'));
    install('second', { ...commonJs('x'), 'index.js': 'globalThis.secondRan = true;' });
    await expect(load(['first', 'second'])).rejects.toThrow('second and first both bring a source adapter "x"');
    expect(globalThis).not.toHaveProperty('secondRan');
  });

  it('goes on without a broken package when told to skip it, and keeps it visible', async () => {
    install('good', commonJs('good'));
    install('bad', { 'package.json': { rollcall: manifest('a', 'b') }, 'index.js': 'throw new Error("no");' });
    const result = await load(['bad', 'good', 'gone'], 'skip');
    expect(ids(result)).toEqual(['built-in: push', 'good: good']);
    const shown = result.unavailable.map(toUnavailableDto);
    expect(shown.map(({ origin, id }) => [origin, id])).toEqual([
      ['bad', 'a'],
      ['bad', 'b'],
      ['gone', null],
    ]);
    expect(shown[0]?.error).toContain('bad cannot be loaded');
    const registry = new AdapterRegistry(result.loaded, result.unavailable);
    expect(() => registry.source('a')).toThrow('The source adapter "a" could not be loaded: bad cannot be loaded');
    expect(() => registry.source('z')).toThrow('The source adapter "z" is not installed. Install its package');
    const texts = new MessageTexts(registry);
    for (const refuse of [() => registry.source('z'), () => registry.target('z')]) {
      expect(texts.of(messageOf(refuse))).toEqual({
        fr: expect.stringContaining('« z »'),
        'zh-CN': expect.stringContaining('“z”'),
      });
    }
  });

  it('refuses a target that waits for one that is not there, or skips it with those that wait for it', async () => {
    const target = (id: string, after: string): string =>
      `{ kind: 'target', id: '${id}', title: 'T', version: '1', configSchema: ${JSON.stringify(SCHEMA)}, after: ['${after}'],
        dataTypes: { user: { fields: { only: ['email'] }, owns: false, canDisable: false } },
        tables: { entities: [], migrations: [] }, resources: {}, apply: async () => {} }`;
    const adapters = ['a', 'b'].map((id) => ({ kind: 'target', id }));
    install('targets', {
      'package.json': { rollcall: { contract: 1, adapters } },
      'index.js': `exports.adapters = [${target('a', 'nowhere')}, ${target('b', 'a')}];`,
    });
    await expect(load(['targets'])).rejects.toThrow('The target "a" comes after "nowhere", which is not installed.');
    const result = await load(['targets'], 'skip');
    expect(ids(result)).toEqual(['built-in: push']);
    expect(result.unavailable.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it.each([
    ['is shaped like one', '', null],
    ['has tables as well', ', tables: { entities: [], migrations: [] }', /with applyRows it cannot have tables/],
    ['has batches as well', ', apply: async () => {}', /it has both apply and applyRows/],
  ])('takes a target that iterates over rows when it %s', async (_, more, problem) => {
    install('remote', {
      'package.json': { rollcall: { contract: 1, adapters: [{ kind: 'target', id: 'crm' }] } },
      'index.js': `exports.adapters = [{ kind: 'target', id: 'crm', title: 'T', version: '1',
        configSchema: ${JSON.stringify(SCHEMA)}, applyRows: async function* () {},
        dataTypes: { user: { fields: { only: ['email'] }, canDisable: false } }${more} }];`,
    });
    if (problem) await expect(load(['remote'])).rejects.toThrow(problem);
    else expect(ids(await load(['remote']))).toEqual(['built-in: push', 'remote: crm']);
  });
});

describe('what a package shows of its adapters', () => {
  const withIcon = (icon: string, files: Files = {}): Files => ({
    ...commonJs('acme', { description: 'People of Acme HR.' }),
    'package.json': {
      main: 'index.js',
      rollcall: { contract: 1, adapters: [{ kind: 'source', id: 'acme', icon }] },
    },
    ...files,
  });

  it('is its icon, as an image', async () => {
    install('acme', withIcon('art/acme.svg', { 'art/acme.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>' }));
    const { loaded } = await load(['acme']);
    const acme = loaded.find(({ adapter }) => adapter.id === 'acme')!;
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64');
    expect(toAdapterDto(acme)).toMatchObject({
      icon: `data:image/svg+xml;base64,${svg}`,
      description: 'People of Acme HR.',
      texts: {},
    });
  });

  it.each([
    ['../../../secret.svg', {}, 'must be a file of the package'],
    ['icon.html', { 'icon.html': '<p>' }, 'must be an .svg or .png file'],
    ['icon.svg', {}, 'cannot be read'],
    ['icon.png', { 'icon.png': 'x'.repeat(40_000) }, 'has 40000 bytes: make it smaller than 32 kB'],
  ])('an icon "%s" that cannot be shown refuses to start', async (icon, files, why) => {
    install('acme', withIcon(icon, files));
    await expect(load(['acme'])).rejects.toThrow(why);
  });

  it.each<[string, object, string]>([
    ['a language that is none', { French: {} }, '"French" is no language tag'],
    ['an option that is not there', { fr: { options: { tokn: { title: 'Jeton' } } } }, 'has no option "tokn"'],
    ['a title that is no text', { 'zh-CN': { title: 7 } }, 'texts.zh-CN.title must be a text'],
    [
      'values that are no texts',
      { fr: { options: { 'list.kind': { values: { a: 1 } } } } },
      '.values.a must be a text',
    ],
  ])('texts with %s are refused', async (_what, texts, why) => {
    const configSchema = {
      type: 'object',
      additionalProperties: false,
      properties: {
        list: {
          type: 'array',
          items: { type: 'object', additionalProperties: false, properties: { kind: { type: 'string', enum: ['a'] } } },
        },
      },
    };
    install('acme', commonJs('acme', { texts, configSchema }));
    await expect(load(['acme'])).rejects.toThrow(why);
  });
});

describe('the built-in adapters', () => {
  it('are what their packages declare', () => {
    for (const { package: name, adapters, icons = {} } of BUILT_IN) {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- the manifest is data, not a module
      const declared = require(join(process.cwd(), 'packages', name.replace('@rollcall/', ''), 'package.json'));
      expect(declared.rollcall).toEqual({
        contract: 1,
        adapters: adapters.map(({ kind, id }) => ({ kind, id, icon: icons[`${kind} ${id}`] })),
      });
      expect(new Set(adapters.map(({ version }) => version))).toEqual(new Set([declared.version]));
    }
  });

  it('become Nest providers beside the registry, with targets in the order of what they come after', async () => {
    install('acme', commonJs('acme'));
    const module = await AdaptersModule.forRoot({ home, adapters: ['acme'], adaptersOnError: 'refuse' });
    expect(module.exports).toEqual(
      expect.arrayContaining([
        'rollcall:source:push',
        'rollcall:source:acme',
        'rollcall:target:users',
        AdapterRegistry,
      ]),
    );
    const { loaded } = await loadAdapters({
      builtIn: BUILT_IN,
      packages: [],
      from: [],
      onError: 'refuse',
      importPackage,
    });
    const registry = new AdapterRegistry([...loaded].reverse());
    expect(registry.targets().map(({ id }) => id)).toEqual(['users', 'departments', 'webhook']);
    const push = registry.source('push');
    expect(toAdapterDto(registry.entry(push))).toMatchObject({
      id: 'push',
      kind: 'source',
      origin: '@rollcall/source-http',
      capabilities: { pull: false, incremental: false, events: false, check: false },
    });
  });
});

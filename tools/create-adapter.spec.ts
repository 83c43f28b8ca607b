import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { AdapterKind } from '@rollcall/core';
import { startTestApp, type TestApp } from '../apps/sync-api/src/testing/start-test-app.ts';
import { itThorough } from '../apps/sync-api/src/testing/thorough.ts';
import { until, untilEnded } from '../apps/sync-api/src/testing/until.ts';
import { generate } from '../packages/create-adapter/src/generate.ts';

/** One source and one target as they are generated: built, linted, tested, packed, installed, and synced from and to. */
const REPOSITORY = join(__dirname, '..');
const MODULES = join(REPOSITORY, 'node_modules');
const KINDS: readonly AdapterKind[] = ['source', 'target'];
const folder = mkdtempSync(join(tmpdir(), 'rollcall-create-'));
const home = join(folder, 'home');
const packageOf = (kind: AdapterKind): string => join(folder, kind);

beforeAll(() => {
  for (const kind of KINDS) {
    generate({ folder: packageOf(kind), kind, id: `o-hare-${kind}`, name: `O’Hare & Söhne (${kind})`, author: '王芳' });
    linkDependencies(packageOf(kind));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What npm would install, from what is installed here. */
function linkDependencies(directory: string): void {
  const { dependencies, devDependencies } = manifestOf(directory);
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) link(directory, name);
  // Types of Node need them, and scripts are found there.
  for (const name of ['undici-types', '.bin']) link(directory, name);
}

function link(directory: string, name: string): void {
  const place = join(directory, 'node_modules', name);
  mkdirSync(join(place, '..'), { recursive: true });
  symlinkSync(join(MODULES, name), place);
}

interface Manifest {
  name: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const manifestOf = (directory: string): Manifest =>
  JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Manifest;

/** Runs npm in a generated package; returns what it said, and throws it when it failed. */
async function npm(directory: string, ...args: string[]): Promise<string> {
  // Without what jest and npm have told Node.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NODE_|npm_|JEST_)/.test(name)));
  const { stdout, stderr } = await promisify(execFile)('npm', args, { cwd: directory, env, maxBuffer: 1 << 24 }).catch(
    (error: unknown) => {
      const { message, stdout: said } = error as { message: string; stdout: string };
      throw new Error(`${message}\n${said}`);
    },
  );
  return stdout + stderr;
}

test('the names are put in everywhere, and nothing of the made-up ones stays', () => {
  for (const kind of KINDS) {
    const files = readdirSync(packageOf(kind), { recursive: true, encoding: 'utf8' })
      .filter((file) => !file.startsWith('node_modules'))
      .filter((file) => /\.\w+$/.test(file));
    expect(files).toEqual(expect.arrayContaining(['.gitignore', 'README.md', 'CHANGELOG.md', 'icon.svg']));
    const left = files.filter((file) => /acme|template/i.test(readFileSync(join(packageOf(kind), file), 'utf8')));
    expect(left).toEqual([]);
    expect(manifestOf(packageOf(kind)).name).toBe(`rollcall-${kind}-o-hare-${kind}`);
    expect(manifestOf(packageOf(kind)).dependencies['@rollcall/core']).toMatch(/^\^\d+\.\d+\.\d+$/);
  }
});

test.each(KINDS)(
  'a %s builds, and passes the conformance kit',
  async (kind) => {
    const said = await npm(packageOf(kind), 'test');
    expect(said).toMatch(/pass (2\d|3\d)/);
    expect(said).toMatch(/fail 0/);
    expect(said).toMatch(/skipped 0/);
  },
  120_000,
);

for (const kind of KINDS)
  itThorough(
    `a ${kind} follows its own rules`,
    async () => expect(await npm(packageOf(kind), 'run', 'lint')).toMatch(/All matched files/),
    120_000,
  );

describe('packed and installed', () => {
  let rollcall: TestApp;

  beforeAll(async () => {
    const names: string[] = [];
    for (const kind of KINDS) names.push(await install(packageOf(kind)));
    rollcall = await startTestApp({
      ROLLCALL_HOME: home,
      ROLLCALL_ADAPTERS: names.join(','),
      ROLLCALL_ALLOW_PRIVATE_ADDRESSES: 'on',
    });
  }, 120_000);
  afterAll(() => rollcall.close());

  /** Packs and unpacks, so that only what is in the tarball is there. Returns the name. */
  async function install(directory: string): Promise<string> {
    const { name } = manifestOf(directory);
    await npm(directory, 'pack', '--ignore-scripts', '--pack-destination', folder);
    const [tarball = ''] = readdirSync(folder).filter((file) => file.startsWith(`${name}-`));
    const place = join(home, 'adapters', 'node_modules', name);
    mkdirSync(place, { recursive: true });
    await promisify(execFile)('tar', ['-xzf', join(folder, tarball), '-C', place, '--strip-components=1']);
    expect(readdirSync(place).sort()).toEqual([
      ...['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'icon.svg', 'package.json'],
    ]);
    expect(existsSync(join(place, 'dist', 'testing'))).toBe(false);
    link(place, '@rollcall/core');
    return name;
  }

  test('they are shown with icon, README and three languages', async () => {
    const { body } = await rollcall.admin.get('/api/adapters');
    for (const kind of KINDS) {
      const shown = body.items.find((one: { id: string }) => one.id === `o-hare-${kind}`);
      expect(shown).toMatchObject({ kind, title: `O’Hare & Söhne (${kind})` });
      expect(shown.error).toBeUndefined();
      expect(shown.icon).toMatch(/^data:image\/svg\+xml/);
      expect(Object.keys(shown.texts)).toEqual(['fr', 'zh-CN']);
    }
  });

  test('people come from the one and arrive at the other', async () => {
    const [from, to] = await Promise.all(KINDS.map(fakeApi));
    try {
      const add = async (path: string, name: string, type: string, url: string, more: object): Promise<number> => {
        const options = { url, token: 'made-up-token' };
        const { status, body } = await rollcall.admin.post(path, { name, type, options, ...more });
        expect({ status, body }).toMatchObject({ status: 201 });
        return body.id;
      };
      const source = await add('/api/sources', 'hr', 'o-hare-source', from!.url, {});
      const read = await rollcall.admin.post(`/api/sources/${source}/sync`);
      expect((await untilEnded(rollcall.admin, read.body.id)).body).toMatchObject({ status: 'succeeded' });
      const target = await add('/api/targets', 'crm', 'o-hare-target', to!.url, { sources: [source] });
      const held = await until(
        async () => (await rollcall.admin.get(`/api/tasks?targetId=${target}&status=held`)).body.items,
        ({ length }: { id: number }[]) => length === 1,
      );
      await rollcall.admin.post(`/api/tasks/${held[0]!.id}/approve`);
      expect((await untilEnded(rollcall.admin, held[0]!.id)).body).toMatchObject({
        status: 'succeeded',
        counts: { crm: { created: 10, failed: 0 } },
      });
      const there = [...to!.people.values()];
      expect(there).toHaveLength(10);
      expect(there.filter(({ active }) => !active).map(({ name }) => name)).toEqual(['Person Number 10']);
    } finally {
      await Promise.all([from!.stop(), to!.stop()]);
    }
  }, 60_000);

  /** The made-up server of a generated package. */
  async function fakeApi(kind: AdapterKind): Promise<FakeApi> {
    const file = pathToFileURL(join(packageOf(kind), 'dist', 'testing', 'fake-api.js')).href;
    const { FakeApi: Made } = (await import(file)) as { FakeApi: new () => FakeApi };
    return new Made().start();
  }
});

interface FakeApi {
  url: string;
  people: Map<string, { name: string; active: boolean }>;
  start(): Promise<FakeApi>;
  stop(): Promise<void>;
}

test('a generated package is not written over', () => {
  writeFileSync(join(packageOf('source'), 'mine.txt'), 'mine');
  const again = { folder: packageOf('source'), kind: 'source', id: 'a', name: 'A', author: 'A' } as const;
  expect(() => generate(again)).toThrow(/is not empty: it holds .*Name a folder that is empty/);
});

import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { install, link, outsidePackage } from './test-support/installation.ts';
import { RunningCommand } from './test-support/running-command.ts';

/** Rollcall as somebody has it who knows no repository: its packages in a folder, `npx rollcall`, adapters of others. */
jest.setTimeout(300_000);

/** npm installs the tarballs, which needs a registry for what is not ours; otherwise they are linked, which needs none. */
const THOROUGH = process.env['ROLLCALL_THOROUGH'] === '1';

type Api = (method: string, path: string, body?: object) => Promise<{ status: number; body: Record<string, any> }>;

const folder = mkdtempSync(join(tmpdir(), 'rollcall-installed-'));
const project = join(folder, 'a project');
const home = join(folder, 'a home');
const running: RunningCommand[] = [];
let signIn: (url: string) => Promise<Api>;
let env: NodeJS.ProcessEnv;
let port: number;

beforeAll(async () => {
  const { packTo, publishedPackages } = await import('./published-packages.mjs');
  const service = await import('./service-process.mjs');
  signIn = service.signIn;
  port = await freePort();
  env = {
    ROLLCALL_HOME: home,
    PORT: String(port),
    ROLLCALL_ADMIN_PASSWORD: service.PASSWORD,
    ROLLCALL_EMBEDDED_REDIS: 'javascript',
    // Whoever asks a registry for what is not there is told at once.
    npm_config_fetch_retries: '0',
    npm_config_registry: THOROUGH ? process.env['npm_config_registry'] : 'http://127.0.0.1:9',
  };
  const packed = join(folder, 'packed');
  mkdirSync(packed);
  const tarballs = await packTo(packed);
  if (THOROUGH) await install(tarballs.map(({ filename }) => join(packed, filename)), project);
  else await link(tarballs, publishedPackages(), packed, project);
});

afterEach(() => {
  for (const command of running.splice(0)) command.kill();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address() as { port: number };
      server.close(() => resolve(address.port));
    });
  });
}

function npx(words: readonly string[], more: NodeJS.ProcessEnv = {}): RunningCommand {
  const command = new RunningCommand(['npx', 'rollcall', ...words], project, { ...env, ...more });
  running.push(command);
  return command;
}

/** Runs a command to its end; returns what it said. */
async function said(words: readonly string[], code = 0, more?: NodeJS.ProcessEnv): Promise<string> {
  const command = npx(words, more);
  const ended = await command.ended;
  if (ended !== code) throw new Error(`rollcall ${words.join(' ')} ended with ${ended ?? 'a signal'}:\n${command.output}`);
  return command.output;
}

async function started(more?: NodeJS.ProcessEnv): Promise<{ rollcall: RunningCommand; api: Api }> {
  const rollcall = npx([], more);
  await rollcall.says('Ctrl-C stops it.');
  return { rollcall, api: await signIn(`http://127.0.0.1:${port}`) };
}

const manifest = (name: string, id: string, more: object = {}): { name: string; version: string } => ({
  name,
  version: '1.0.0',
  ...{ rollcall: { contract: 1, adapters: [{ kind: 'source', id }] }, dependencies: { '@rollcall/core': '0.1.0' } },
  ...more,
});

/** The body of an adapter with one person, whom it calls by its id. */
const source = (id: string): string => `defineSource({
  id: '${id}', title: '${id}', version: '1.0.0',
  configSchema: { type: 'object', additionalProperties: false, properties: {} },
  async *pull() {
    yield { dataType: 'user', records: [{ uid: '1', nickname: 'Ann of ${id}' }] };
    return { complete: { user: true } };
  },
})`;

const modern = (): Promise<string> =>
  outsidePackage(
    folder,
    manifest('@acme/rollcall-source-modern', 'acme-modern', { type: 'module', exports: './main.js' }),
    { 'main.js': `import { defineSource } from '@rollcall/core';\nexport const adapters = [${source('acme-modern')}];` },
  );

const classic = (version = '1.0.0'): Promise<string> =>
  outsidePackage(folder, { ...manifest('rollcall-source-classic', 'acme-classic'), version }, {
    'index.js': `const { defineSource } = require('@rollcall/core');\nexports.adapters = [${source('acme-classic')}];`,
  });

async function synced(api: Api, type: string): Promise<number> {
  const { body: made } = await api('POST', '/api/sources', { name: type, type, options: {} });
  const { body: task } = await api('POST', `/api/sources/${made['id']}/sync`, {});
  for (;;) {
    const { body } = await api('GET', `/api/tasks/${task['id']}`);
    if (body['status'] === 'succeeded') return made['id'] as number;
    if (['failed', 'held', 'cancelled', 'partially_succeeded'].includes(body['status'])) throw new Error(body['message']);
    await sleep(50);
  }
}

async function nicknames(api: Api): Promise<string[]> {
  const { body } = await api('GET', '/api/users?pageSize=100');
  return (body['items'] as { nickname: string }[]).map(({ nickname }) => nickname).sort();
}

async function adapterIds(api: Api): Promise<string[]> {
  const { body } = await api('GET', '/api/adapters?pageSize=100');
  return (body['items'] as { id: string }[]).map(({ id }) => id);
}

test('npx rollcall runs the product; adapters are added, used, and taken out without loss', async () => {
  expect(await said(['--version'])).toBe('0.1.0\n');
  expect(await said(['--help'])).toContain('rollcall add <package…>');
  expect(await said(['add'], 1)).toContain('Which package? Usage: rollcall add <package…>');
  expect(await said(['add', '--fast', 'x'], 1)).toContain("Unknown option '--fast'");
  expect(await said(['fly'], 1)).toContain('There is no command "fly". "npx rollcall --help" shows all that there are.');

  const first = await started();
  expect(first.rollcall.find(/Open +(\S+)/)).toBe(`http://127.0.0.1:${port}`);
  expect(first.rollcall.output).toContain(home);
  expect((await fetch(`http://127.0.0.1:${port}/api/health/ready`)).status).toBe(200);
  const page = await (await fetch(`http://127.0.0.1:${port}/`)).text();
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? 'no script';
  expect((await fetch(`http://127.0.0.1:${port}${script}`)).status).toBe(200);

  const told = await said(['add', await modern(), await classic()]);
  expect(told).toContain('Added the source "acme-modern" of @acme/rollcall-source-modern 1.0.0.');
  expect(told).toContain('Added the source "acme-classic" of rollcall-source-classic 1.0.0.');
  expect(told).toMatch(/A Rollcall runs here \(process \d+\): stop it and start it again/);
  expect(await first.rollcall.stop()).toBe(0);

  const second = await started();
  expect(await adapterIds(second.api)).toEqual(expect.arrayContaining(['acme-modern', 'acme-classic']));
  const modernSource = await synced(second.api, 'acme-modern');
  await synced(second.api, 'acme-classic');
  expect(await nicknames(second.api)).toEqual(['Ann of acme-classic', 'Ann of acme-modern']);
  expect(await second.rollcall.stop()).toBe(0);

  expect(await said(['remove', '@acme/rollcall-source-modern'])).toContain('Removed @acme/rollcall-source-modern.');
  expect(await said(['remove', 'left-pad'], 1)).toContain('left-pad: not added. What was: rollcall-source-classic.');
  const list = await said(['adapters']);
  expect(list).toMatch(/^source +push +@rollcall\/source-http +0\.1\.0$/m);
  expect(list).toMatch(/^source +acme-classic +rollcall-source-classic +1\.0\.0$/m);
  expect(list).not.toContain('acme-modern');

  const third = await started();
  const { body: lost } = await third.api('GET', `/api/sources/${modernSource}`);
  expect(lost['adapterError']).toContain('The source adapter "acme-modern" is not installed.');
  expect(await nicknames(third.api)).toEqual(['Ann of acme-classic', 'Ann of acme-modern']);
  expect(await third.rollcall.stop()).toBe(0);
});

test('an adapter installed beside Rollcall is used once it is named', async () => {
  const name = 'rollcall-source-beside';
  const place = join(project, 'node_modules', name);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), JSON.stringify(manifest(name, 'beside')));
  writeFileSync(
    join(place, 'index.js'),
    `const { defineSource } = require('@rollcall/core');\nexports.adapters = [${source('beside')}];`,
  );
  const own = join(folder, 'home of its own');
  expect(await said(['adapters'], 0, { ROLLCALL_HOME: own })).not.toContain('beside');
  const list = await said(['adapters'], 0, { ROLLCALL_HOME: own, ROLLCALL_ADAPTERS: name });
  expect(list).toMatch(/^source +beside +rollcall-source-beside +1\.0\.0$/m);
});

test('a newer version takes the place of the older one, and the same version packed again is taken again', async () => {
  const own = { ROLLCALL_HOME: join(folder, 'home of versions') };
  await said(['add', await classic()], 0, own);
  const again = await outsidePackage(folder, manifest('rollcall-source-classic', 'acme-renamed'), {
    'index.js': `exports.adapters = [require('@rollcall/core').${source('acme-renamed')}];`,
  });
  expect(await said(['add', again], 0, own)).toContain('Added the source "acme-renamed" of rollcall-source-classic 1.0.0.');
  expect(await said(['add', await classic('1.1.0')], 0, own)).toContain('of rollcall-source-classic 1.1.0.');
  expect(await said(['adapters'], 0, own)).toMatch(/^source +acme-classic +rollcall-source-classic +1\.1\.0$/m);
  expect(readdirSync(join(folder, 'home of versions', 'adapters', 'packed'))).toEqual([
    'rollcall-source-classic-1.1.0.tgz',
  ]);
});

describe('what cannot be used is refused, and nothing has changed', () => {
  const own = join(folder, 'home of refusals');
  const adapters = join(own, 'adapters');

  beforeAll(async () => {
    await said(['add', await classic()], 0, { ROLLCALL_HOME: own });
  });

  const made = (name: string, more: object, code = ''): Promise<string> =>
    outsidePackage(folder, manifest(name, 'acme-other', more), { 'index.js': code });

  test.each<[string, () => Promise<string>, RegExp]>([
    [
      'a package for another contract',
      () => made('newer', { rollcall: { contract: 2, adapters: [{ kind: 'source', id: 'newer' }] } }),
      /newer was not added. newer was written for contract 2 and this Rollcall speaks contract 1: upgrade Rollcall/,
    ],
    [
      'a package with an id that is taken',
      () => made('copy', { rollcall: { contract: 1, adapters: [{ kind: 'source', id: 'acme-classic' }] } }),
      /copy and rollcall-source-classic both bring a source adapter "acme-classic"/,
    ],
    [
      'a package that throws at import',
      () => made('throws', {}, 'throw new Error("needs libfoo");'),
      /throws cannot be loaded from .*: needs libfoo. Install another version of it/,
    ],
    [
      'a package that ends the process',
      () => made('exits', {}, 'process.exit(3);'),
      /exits ended the process \(exit code 3\) while it was loaded/,
    ],
    [
      'a package that never comes back',
      () => made('hangs', {}, 'for (;;) {}'),
      /hangs did not come back within 22 s while it was loaded/,
    ],
    ['a package that is no adapter', () => made('plain', { rollcall: undefined }), /plain is not an adapter package/],
    ['a file that is not there', async () => './nothing.tgz', /Fetching .\/nothing.tgz: npm failed. Look at the path/],
    [
      'a package that the registry does not give',
      async () => '@rollcall-nobody/nothing-here',
      THOROUGH ? /There is no such package on the registry/ : /The npm registry cannot be reached/,
    ],
  ])('%s', async (_what, pack, message) => {
    const before = readFileSync(join(adapters, 'package.json'), 'utf8');
    expect(await said(['add', await pack()], 1, { ROLLCALL_HOME: own })).toMatch(message);
    expect(readFileSync(join(adapters, 'package.json'), 'utf8')).toBe(before);
    expect(readdirSync(own)).toEqual(['adapters']);
    expect(readdirSync(join(adapters, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      '@rollcall',
      'rollcall-source-classic',
    ]);
  });

  test('install scripts run only when they are allowed', async () => {
    const trace = join(folder, 'script-ran');
    const scripts = { postinstall: `node -e "require('fs').writeFileSync(process.env.TRACE, '')"` };
    const pack = await outsidePackage(folder, manifest('scripted', 'acme-scripted', { scripts }), {
      'index.js': `exports.adapters = [require('@rollcall/core').${source('acme-scripted')}];`,
    });
    const home = { ROLLCALL_HOME: own, TRACE: trace };
    await said(['add', pack], 0, home);
    expect(existsSync(trace)).toBe(false);
    await said(['add', '--allow-scripts', pack], 0, home);
    expect(existsSync(trace)).toBe(true);
  });
});

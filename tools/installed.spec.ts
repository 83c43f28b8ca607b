import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiCaller } from './service-process.mjs';
import { InstalledRollcall } from './test-support/installed-rollcall.ts';
import { commonJsCode, manifestOf, moduleCode, tarballOf } from './test-support/outside-adapters.ts';

/** The product without a repository, with adapters of others. What `add` refuses is in added-adapters.spec.ts. */
jest.setTimeout(300_000);

const { version: VERSION } = JSON.parse(readFileSync(join(__dirname, 'package.json'), 'utf8')) as { version: string };

let installed: InstalledRollcall;

beforeAll(async () => (installed = await InstalledRollcall.open()));
afterEach(() => installed.killAll());
afterAll(() => installed.close());

const ENDED_OTHERWISE = ['failed', 'held', 'cancelled', 'partially_succeeded'];

/** Adds a source of this type and reads it once; returns its id. */
async function synced(api: ApiCaller, type: string): Promise<string> {
  const { body: source } = await api('POST', '/api/sources', { name: type, type, options: {} });
  const { body: task } = await api('POST', `/api/sources/${String(source['id'])}/sync`, {});
  for (;;) {
    const { body } = await api('GET', `/api/tasks/${String(task['id'])}`);
    if (body['status'] === 'succeeded') return String(source['id']);
    if (ENDED_OTHERWISE.includes(String(body['status']))) throw new Error(JSON.stringify(body));
    await sleep(50);
  }
}

async function listed(api: ApiCaller, path: string, member: string): Promise<string[]> {
  const { body } = await api('GET', `${path}?pageSize=100`);
  return (body['items'] as Record<string, string>[]).map((item) => item[member]!).sort();
}

test('npx rollcall runs the product; adapters are added, used, and taken out without loss', async () => {
  const first = await installed.started(['npx', 'rollcall']);
  expect(first.rollcall.find(/Open +(\S+)/)).toBe(installed.url);
  expect(first.rollcall.output).toContain(installed.home);
  expect((await fetch(`${installed.url}/api/health/ready`)).status).toBe(200);
  const page = await (await fetch(installed.url)).text();
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? 'no script';
  expect((await fetch(`${installed.url}${script}`)).status).toBe(200);

  const modern = await tarballOf(
    installed.folder,
    manifestOf('@acme/rollcall-source-modern', 'modern', { type: 'module', exports: './main.js' }),
    { 'main.js': moduleCode('modern') },
  );
  const classic = await tarballOf(installed.folder, manifestOf('rollcall-source-classic', 'classic'), {
    'index.js': commonJsCode('classic'),
  });
  const told = await installed.said(['add', modern, classic]);
  expect(told).toContain('Added the source "modern" of @acme/rollcall-source-modern 1.0.0.');
  expect(told).toContain('Added the source "classic" of rollcall-source-classic 1.0.0.');
  expect(told).toMatch(/A Rollcall runs here \(process \d+\): stop it and start it again/);
  first.rollcall.signal('SIGINT');
  await first.rollcall.ended;
  expect(first.rollcall.output).toContain('Stopped.\n');

  const second = await installed.started();
  expect(await listed(second.api, '/api/adapters', 'id')).toEqual(expect.arrayContaining(['classic', 'modern']));
  const source = await synced(second.api, 'modern');
  await synced(second.api, 'classic');
  expect(await listed(second.api, '/api/users', 'nickname')).toEqual(['Ann of classic', 'Ann of modern']);
  expect(await second.rollcall.stop()).toBe(0);

  expect(await installed.said(['remove', '@acme/rollcall-source-modern'])).toBe(
    'Removed @acme/rollcall-source-modern.\nRollcall knows from its next start on.\n',
  );
  const third = await installed.started();
  expect(await listed(third.api, '/api/adapters', 'id')).not.toContain('modern');
  const { body: lost } = await third.api('GET', `/api/sources/${source}`);
  expect(lost['adapterError']).toContain('The source adapter "modern" is not installed.');
  expect(await listed(third.api, '/api/users', 'nickname')).toEqual(['Ann of classic', 'Ann of modern']);
  expect(await third.rollcall.stop()).toBe(0);
});

test('what there is is listed, with what is installed beside Rollcall once it is named', async () => {
  const name = 'rollcall-source-beside';
  const place = join(installed.project, 'node_modules', name);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), JSON.stringify(manifestOf(name, 'beside')));
  writeFileSync(join(place, 'index.js'), commonJsCode('beside'));
  const list = await installed.said(['adapters'], 0, { ROLLCALL_ADAPTERS: `${name},rollcall-source-gone` });
  expect(list).toMatch(new RegExp(`^source +push +@rollcall/source-http +${VERSION.replaceAll('.', '\\.')}$`, 'm'));
  expect(list).toMatch(/^source +classic +rollcall-source-classic +1\.0\.0$/m);
  expect(list).toMatch(/^source +beside +rollcall-source-beside +1\.0\.0$/m);
  expect(list).toMatch(/^\? +\? +rollcall-source-gone +\?\n +cannot be used: .* is not installed/m);
});

test.each([
  [['fly'], 'There is no command "fly". "npx rollcall --help" shows all that there are.'],
  [['add'], 'Which package? Usage: rollcall add <package…>'],
  [['add', '--fast', 'x'], "Unknown option '--fast'"],
  [['start', 'now'], 'Usage: rollcall [start]'],
  [['remove', 'left-pad'], 'left-pad: not added. What was: rollcall-source-classic.'],
])('rollcall %j is refused with the way to say it', async (words, message) => {
  expect(await installed.said(words, 1)).toContain(message);
});

test('it says what it can do and which it is', async () => {
  expect(await installed.said(['--version'])).toBe(`${VERSION}\n`);
  expect(await installed.said(['--help'])).toContain('rollcall add <package…>');
  expect(await installed.said(['add', '--help'])).toContain('--allow-scripts');
});

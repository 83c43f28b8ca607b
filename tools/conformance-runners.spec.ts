import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { transformFileSync } from '@swc/core';
import type { AdapterKind } from '@rollcall/core';
import { itThorough } from '../apps/sync-api/src/testing/thorough.ts';
import { generate } from '../packages/create-adapter/src/generate.ts';
import { RunningCommand } from './test-support/running-command.ts';

const CORE = join(__dirname, '../packages/core');

/** What an author writes for node:test; the second adapter takes a page for people for the end of the read. */
const TEST = `
const { test } = require('node:test');
const { CompanyServer } = require('./testing/company/company-server');
const { sourceFixture } = require('./testing/company/company-fixtures');
const { companySource } = require('./testing/company/company-source');
const { BROKEN_SOURCES } = require('./testing/broken/broken-sources');
const { sourceConformance } = require('./testing');
const broken = BROKEN_SOURCES.find(({ caughtBy }) => caughtBy === 'failure-html').adapter();
for (const adapter of [companySource(), broken]) {
  const server = new CompanyServer();
  for (const rule of sourceConformance(adapter, { ...sourceFixture(server), http: server.http })) {
    const wanted = ['shape', 'records', 'everybody', 'failure-html', 'nothing-left'].includes(rule.id);
    if (wanted) test(rule.title, { timeout: rule.timeoutMs }, rule.run);
  }
}
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-kit-'));
  const source = join(CORE, 'src');
  for (const entry of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.ts') || entry.endsWith('.spec.ts')) continue;
    const file = join(folder, entry.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(file), { recursive: true });
    const options = {
      jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
    } as const;
    writeFileSync(file, transformFileSync(join(source, entry), options).code);
  }
  writeFileSync(join(folder, 'kit.test.js'), TEST);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the kit runs under node:test as under jest', async () => {
  // Without what jest has told Node.
  const { NODE_OPTIONS: _ours, ...env } = process.env;
  const modules = [join(CORE, 'node_modules'), join(CORE, '../../node_modules')].join(':');
  const child = spawn(process.execPath, ['--test', '--test-reporter=tap', join(folder, 'kit.test.js')], {
    env: { ...env, NODE_PATH: modules },
  });
  const said = await text(child.stdout);
  expect(said).toMatch(/^# pass 9$/m);
  expect(said).toMatch(/^# fail 1$/m);
  expect(said).toContain('whoever it did not bring would be taken for gone');
});

/** The page that says how a generated package is tested with another runner. */
const PAGE = readFileSync(join(__dirname, '../docs/writing-adapters/testing.md'), 'utf8');

/** What an author does to the generated test, in the words of that page. */
function rewritten(test: string, runner: string): string {
  const imported = `import { afterAll, beforeAll, describe, expect, it } from '${runner}';`;
  expect(PAGE).toContain(imported);
  const steps: [string, string][] = [
    ["import { after, before, describe, it } from 'node:test';", imported.replace(' expect,', '')],
    ['before(', 'beforeAll('],
    ['after(', 'afterAll('],
    ['it(rule.title, { timeout: rule.timeoutMs }, rule.run)', 'it(rule.title, rule.run, rule.timeoutMs)'],
  ];
  return steps.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, test);
}

describe('a generated package, tested with another runner as the documentation says', () => {
  const cases: [runner: string, imports: string, kind: AdapterKind, versions: Record<string, string>][] = [
    ['jest', '@jest/globals', 'target', { jest: '^30.0.0', '@jest/globals': '^30.0.0' }],
    ['vitest', 'vitest', 'source', { vitest: '^4.0.0' }],
  ];

  // The runners come from the registry.
  for (const [runner, imports, kind, versions] of cases) {
    const title = `${runner} runs the kit of a ${kind}, and fails with an adapter that breaks a rule`;
    itThorough(
      title,
      async () => {
        const directory = join(folder, runner);
        generate({ folder: directory, kind, id: 'acme', name: 'Acme', author: 'Acme' });
        const file = join(directory, 'src/testing/adapter.test.ts');
        writeFileSync(file, rewritten(readFileSync(file, 'utf8'), imports));
        const [, script] = new RegExp(`"scripts": \\{ "test": "(.*\\b${runner}\\b.*)" \\}`).exec(PAGE) ?? [];
        await install(directory, { ...versions }, script ?? 'the page names no script');

        const ran = await run(directory, 'npm', 'test');
        expect([ran.code, ran.output]).toEqual([0, expect.stringMatching(/Tests:? +(2|3)\d passed/)]);

        const config = join(directory, 'src/config.ts');
        writeFileSync(config, readFileSync(config, 'utf8').replace('writeOnly: true,', ''));
        const broken = await run(directory, 'npm', 'test');
        expect([broken.code, broken.output]).toEqual([1, expect.stringMatching(/Tests:? +\d+ failed/)]);
      },
      300_000,
    );
  }

  /** Our packages are those of this repository, packed; everything else comes from the registry. */
  async function install(directory: string, runner: Record<string, string>, test: string): Promise<void> {
    const { packTo } = await import('./published-packages.mjs');
    const packed = join(directory, 'packed');
    mkdirSync(packed);
    const core = (await packTo(packed)).find(({ name }) => name === '@rollcall/core')!;
    const place = join(directory, 'package.json');
    const manifest = JSON.parse(readFileSync(place, 'utf8')) as Record<'scripts' | 'devDependencies', object>;
    const { typescript, '@types/node': node } = manifest.devDependencies as Record<string, string>;
    writeFileSync(
      place,
      JSON.stringify({
        ...manifest,
        scripts: { ...manifest.scripts, test },
        dependencies: { '@rollcall/core': `file:packed/${core.filename}` },
        devDependencies: { typescript, '@types/node': node, ...runner },
      }),
    );
    const options = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
    expect(await run(directory, 'npm', 'install', ...options)).toMatchObject({ code: 0 });
  }

  async function run(directory: string, ...command: string[]): Promise<{ code: number | null; output: string }> {
    // Without what jest and npm have told Node.
    const ours = Object.keys(process.env).filter((name) => /^(NODE_|npm_|JEST_)/.test(name));
    const env = Object.fromEntries(ours.map((name) => [name, undefined]));
    const running = new RunningCommand(command, directory, env);
    return { code: await running.ended, output: stripVTControlCharacters(running.output) };
  }
});

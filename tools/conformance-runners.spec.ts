import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { transformFileSync } from '@swc/core';

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

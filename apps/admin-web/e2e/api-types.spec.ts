import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { startTestApp } from '../../sync-api/src/testing/start-test-app';

const GENERATED = join(__dirname, '../src/api/schema.ts');
/** What the documentation is made from. */
const DOCUMENT = join(__dirname, '../../../docs/public/openapi.json');
const HEADER = '// Generated from the API document of the service by `npm run api:types`. Do not edit.\n\n';

async function typesOf(document: unknown): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-api-types-'));
  try {
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document));
    const generator = join(dirname(require.resolve('openapi-typescript')), '../bin/cli.js');
    await promisify(execFile)(process.execPath, [generator, 'openapi.json', '--output', 'schema.ts'], { cwd: folder });
    return HEADER + readFileSync(join(folder, 'schema.ts'), 'utf8').replace(/^\/\*\*.*?\*\/\s*/s, '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let document: unknown;

beforeAll(async () => {
  const rollcall = await startTestApp();
  document = (await rollcall.anonymous.get('/api/openapi.json')).body;
  await rollcall.close();
}, 60_000);

test('the types of the API are those of the service; "npm run api:types" makes them so', async () => {
  expectWritten(GENERATED, await typesOf(document));
}, 60_000);

test('the document of the API is that of the service; "npm run api:types" makes it so', () => {
  expectWritten(DOCUMENT, `${JSON.stringify(document, null, 1)}\n`);
});

function expectWritten(file: string, text: string): void {
  if (process.env['ROLLCALL_WRITE_API_TYPES']) writeFileSync(file, text);
  // Not compared as text: a difference of a thousand lines helps nobody.
  expect(readFileSync(file, 'utf8') === text).toBe(true);
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { apiReport } from './api-report.ts';

const CORE = join(__dirname, '../../packages/core');
const REPORT = join(CORE, 'api-report.md');

const HEAD = `# The public types of @rollcall/core

Made from the sources by \`npm run api:report\`, without comments. What a change here means to adapters that exist already is in
[the contract](../../docs/adapter-contract.md).
`;

test('the report of the public types is that of the sources: a change of them shows in a diff', async () => {
  const body = apiReport(join(CORE, 'src'), [
    { title: '@rollcall/core', file: 'index.ts' },
    { title: '@rollcall/core/testing', file: 'testing/index.ts' },
  ]);
  const options = await prettier.resolveConfig(REPORT);
  const report = await prettier.format(`${HEAD}\n${body}`, { ...options, parser: 'markdown' });
  if (process.env['ROLLCALL_WRITE_API_REPORT'] === '1') writeFileSync(REPORT, report);
  // Other than the sources? If that is meant: npm run api:report, and see what docs/adapter-contract.md asks of such a change.
  expect(readFileSync(REPORT, 'utf8')).toBe(report);
}, 300_000);

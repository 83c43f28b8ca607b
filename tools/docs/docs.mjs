// npm run docs: the documentation as a site of plain files, in docs/dist or the folder after --out-dir.
// npm run docs:dev serves it while somebody writes. --base /rollcall/ is for a site that is not at the root of its host.
import { parseArgs } from 'node:util';
import { join, resolve } from 'node:path';
import { REPOSITORY, checkNode, install, main } from '../bootstrap.mjs';
import { writeApiReference } from './api-reference.mjs';

await main(async () => {
  const { values } = parseArgs({
    options: {
      serve: { type: 'boolean', default: false },
      'out-dir': { type: 'string' },
      base: { type: 'string', default: '/' },
    },
  });
  checkNode();
  await install();
  writeApiReference();
  const { writeCoreReference } = await import('./core-reference.mjs');
  await writeCoreReference();

  const vitepress = await import('vitepress');
  const folder = import.meta.dirname;
  if (values.serve) {
    const server = await vitepress.createServer(folder, { base: values.base });
    await server.listen();
    server.printUrls();
    return;
  }
  const outDir = resolve(values['out-dir'] ?? join(REPOSITORY, 'docs', 'dist'));
  await vitepress.build(folder, { base: values.base, outDir });
  console.log(`The site lies in ${outDir}.`);
});

// npm run pack: every package that people install, as a tarball in dist/packages.
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { REPOSITORY, build, checkNode, install, main, progress, removeBuilds } from './bootstrap.mjs';
import { packTo } from './published-packages.mjs';

await main(async () => {
  checkNode();
  await install();
  // What was built from a file that is gone would be packed, too.
  removeBuilds();
  await build();
  const folder = join(REPOSITORY, 'dist', 'packages');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  progress('Packing …');
  for (const { filename, files } of await packTo(folder)) {
    console.log(`  ${relative(process.cwd(), join(folder, filename))}  ${files.length} files`);
  }
});

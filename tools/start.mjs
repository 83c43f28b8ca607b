// npm start: everything from a fresh clone to a running Rollcall. Ctrl-C ends it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { claimHome } from '../packages/rollcall/src/home.mjs';
import { REPOSITORY, build, checkNode, install, main, progress } from './bootstrap.mjs';

await main(async () => {
  checkNode();
  const home = await claimHome('npm start');
  await install();
  await build();
  const { start } = await import(pathToFileURL(join(REPOSITORY, 'apps', 'sync-api', 'dist', 'start.js')).href);
  await start(home, progress);
});

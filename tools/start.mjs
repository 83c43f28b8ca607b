// npm start: everything from a fresh clone to a running Rollcall. Ctrl-C ends it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { REPOSITORY, build, checkNode, install, main, progress } from './bootstrap.mjs';
import { checkPort, lockHome, openHome, refuseSecondCopy } from './home.mjs';

await main(async () => {
  checkNode();
  const home = openHome();
  const { holder } = await lockHome(home, 'a running Rollcall');
  if (holder) refuseSecondCopy(home, holder);
  if (process.env.ROLLCALL_ROLE !== 'worker') await checkPort();
  await install();
  await build();
  const { start } = await import(pathToFileURL(join(REPOSITORY, 'apps', 'sync-api', 'dist', 'start.js')).href);
  await start(home, progress);
});

import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { claimHome } from '../home.mjs';
import { Refusal, progress } from '../terminal.mjs';

export const dev = {
  usage: 'rollcall dev [<folder>]',
  summary: 'runs Rollcall with the adapter package of a folder in it, and follows its changes',
  help: `
It builds the package with its script "watch", and starts the service anew after each build. Data lies in .rollcall-dev in the
folder unless ROLLCALL_HOME says another place; PORT (3000) is where it listens. Adapters may call private addresses there.`,
  async run(_values, [folder = '.', ...more]) {
    if (more.length > 0) throw new Refusal(`One package at a time: "${folder}" or "${more[0]}".`);
    const directory = existing(folder);
    process.env.ROLLCALL_HOME ||= join(directory, '.rollcall-dev');
    const { develop, packageIn } = await import('@rollcall/sync-api/develop');
    // Before a home is made in a folder that is none of an adapter.
    packageIn(directory);
    await develop({ folder: directory, home: await claimHome('npx rollcall dev'), progress });
  },
};

function existing(folder) {
  try {
    return realpathSync(folder);
  } catch (cause) {
    throw new Refusal(`There is no folder ${folder}: name that of an adapter package.`, { cause });
  }
}

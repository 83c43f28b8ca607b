import { adaptersFolder, changeAdapters, fromWhenOn } from '../adapters-folder.mjs';
import { openHome } from '../home.mjs';
import { npm } from '../npm.mjs';
import { Refusal } from '../terminal.mjs';

export const remove = {
  usage: 'rollcall remove <package…>',
  summary: 'takes adapters out again; what they brought stays',
  help: `
Sources and targets of an adapter that is gone keep their people, records and settings, and say that it is missing. They go
on when it is added again.`,
  async run(_values, packages) {
    if (packages.length === 0) throw new Refusal(`Which package? Usage: ${remove.usage}`);
    const home = openHome();
    const { addedPackages } = await import('@rollcall/sync-api/added-packages');
    const there = addedPackages(adaptersFolder(home));
    const unknown = packages.filter((name) => !there.includes(name));
    if (unknown.length > 0) {
      throw new Refusal(`${unknown.join(', ')}: not added. What was: ${there.join(', ') || 'nothing'}.`);
    }
    await changeAdapters(home, async (folder) => {
      await npm(['uninstall', '--ignore-scripts', ...packages], {
        cwd: folder,
        what: `Removing ${packages.join(', ')}`,
      });
    });
    console.log(`Removed ${packages.join(', ')}.\n${await fromWhenOn(home)}`);
  },
};

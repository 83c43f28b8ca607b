import { join } from 'node:path';
import { PACKED, changeAdapters, fromWhenOn } from '../adapters-folder.mjs';
import { openHome } from '../home.mjs';
import { npm } from '../npm.mjs';
import { Refusal, progress } from '../terminal.mjs';

/** Whatever .npmrc says; the second is for those npm that ask about each package. */
const ALLOWED_SCRIPTS = ['--ignore-scripts=false', '--dangerously-allow-all-scripts'];

export const add = {
  usage: 'rollcall add <package…>',
  summary: 'installs adapters, once they are found to load',
  help: `
A package is what npm takes for one: @acme/rollcall-source-acme, the same with @1.2.0, a tarball, a folder, an address. It is
installed below ROLLCALL_HOME/adapters and loaded there, in a process of its own. One that does not load, or that brings what
another one brings already, is not added, and nothing has changed. Rollcall uses it from its next start on.

  --allow-scripts  runs the install scripts of the packages and of what they depend on, which is not done otherwise`,
  options: { 'allow-scripts': { type: 'boolean', default: false } },
  async run({ 'allow-scripts': allowScripts }, packages) {
    if (packages.length === 0) throw new Refusal(`Which package? Usage: ${add.usage}`);
    const home = openHome();
    const scripts = allowScripts ? ALLOWED_SCRIPTS : ['--ignore-scripts'];
    const added = await changeAdapters(home, async (folder) => {
      const packed = await pack(packages, folder, scripts);
      progress('Installing …');
      const files = packed.map(({ filename }) => `./${PACKED}/${filename}`);
      await npm(['install', ...scripts, ...files], { cwd: folder, what: `Installing ${packages.join(', ')}` });
      progress('Looking whether it loads …');
      return inspected(folder, packed);
    });
    for (const { kind, id, origin, version } of added)
      console.log(`Added the ${kind} "${id}" of ${origin} ${version}.`);
    console.log(await fromWhenOn(home));
  },
};

/** Fetches the packages as files, where the user stands and with the settings that npm has there. */
async function pack(packages, folder, scripts) {
  progress(`Fetching ${packages.join(', ')} …`);
  const destination = ['--json', `--pack-destination=${join(folder, PACKED)}`];
  const output = await npm(['pack', ...scripts, ...destination, '--', ...packages], {
    cwd: process.cwd(),
    what: `Fetching ${packages.join(', ')}`,
  });
  // A list, or since npm 12 what it says by name.
  return Object.values(JSON.parse(output));
}

/** What the new packages bring; refuses when one of them does not do. */
async function inspected(folder, packed) {
  const { inspectAdapters } = await import('@rollcall/sync-api/adapters');
  const names = packed.map(({ name }) => name);
  const brought = (await inspectAdapters(folder, process.env, names)).filter(({ origin }) => names.includes(origin));
  const broken = brought.filter(({ error }) => error !== null);
  if (broken.length === 0) return brought;
  const problems = [...new Set(broken.map(({ origin, error }) => `${origin} was not added. ${error}`))];
  throw new Refusal([...problems, 'Nothing has changed.'].join('\n'));
}

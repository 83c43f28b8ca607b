// ROLLCALL_HOME/adapters: the packages that `rollcall add` put there. It is an npm project: what its package.json depends
// on is loaded at the start. See docs/adr/0031-adapters-of-the-home.md.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeLock, whoHolds } from './lock.mjs';
import { Refusal } from './terminal.mjs';

const CORE = '@rollcall/core';

/** The file of every package in the folder, so that it can be installed again when where it came from is gone. */
export const PACKED = 'packed';

export function adaptersFolder(home) {
  return join(home, 'adapters');
}

/**
 * Changes the folder, all or nothing: `change` works on a copy, which takes the folder's place when it comes back. When it
 * throws, or the process ends, the folder is as it was; a Rollcall that runs has its files until the very end.
 */
export async function changeAdapters(home, change) {
  const lock = await takeLock(`${home} adapters`, 'a change of its adapters');
  if (!lock.release) {
    throw new Refusal(
      `The adapters of ${home} are being changed by process ${lock.holder.pid}. Try again when that is done.`,
    );
  }
  const folder = adaptersFolder(home);
  const copy = `${folder}.next`;
  const before = `${folder}.before`;
  /** Also what a process left that was killed, in the worst case between the two renames. */
  const settle = () => {
    if (existsSync(before) && !existsSync(folder)) renameSync(before, folder);
    for (const left of [copy, before]) rmSync(left, { recursive: true, force: true });
  };
  try {
    settle();
    if (existsSync(folder)) cpSync(folder, copy, { recursive: true, verbatimSymlinks: true });
    mkdirSync(join(copy, PACKED), { recursive: true });
    writeManifest(copy);
    const result = await change(copy);
    removeUnusedFiles(copy);
    if (existsSync(folder)) renameSync(folder, before);
    renameSync(copy, folder);
    return result;
  } finally {
    settle();
    lock.release();
  }
}

/** When a change takes effect, for who made it. */
export async function fromWhenOn(home) {
  const holder = await whoHolds(home);
  return holder
    ? `A Rollcall runs here (process ${holder.pid}): stop it and start it again, so that it knows.`
    : 'Rollcall knows from its next start on.';
}

/** The folder's package.json; an empty one when it has none. */
function readManifest(folder) {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** Every package gets the SDK of the Rollcall that adds it, whichever version it asks for and wherever that could be had. */
function writeManifest(folder) {
  const manifest = readManifest(folder);
  const core = dirname(fileURLToPath(import.meta.resolve(`${CORE}/package.json`)));
  const content = {
    ...manifest,
    private: true,
    description: 'Adapters of this Rollcall. "npx rollcall add" and "npx rollcall remove" change it.',
    dependencies: { ...manifest.dependencies, [CORE]: `file:${relative(folder, core)}` },
    overrides: { ...manifest.overrides, [CORE]: `$${CORE}` },
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(content, null, 2)}\n`);
}

function removeUnusedFiles(folder) {
  const used = Object.values(readManifest(folder).dependencies);
  for (const file of readdirSync(join(folder, PACKED))) {
    if (!used.includes(`file:${PACKED}/${file}`)) rmSync(join(folder, PACKED, file));
  }
}

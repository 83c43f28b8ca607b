import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { PublishedPackage, Tarball } from '../published-packages.mjs';

const run = promisify(execFile);
const REPOSITORY = join(__dirname, '../..');

/** Unpacks a tarball of npm, whose files lie in `package/`. */
export async function unpack(tarball: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await run('tar', ['--extract', '--gzip', '--file', tarball, '--directory', folder, '--strip-components=1']);
}

/**
 * The packed packages in an empty folder, as npm would install them from a registry that has them. Needs that registry for
 * everything that is not ours.
 */
export async function install(tarballs: readonly string[], folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private": true}');
  const options = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...options, ...tarballs], { cwd: folder, maxBuffer: 10_000_000 });
}

/**
 * The same without a registry, and stricter: each package sees what it declares and nothing else, as pnpm would have it. What
 * is not ours is linked from this repository.
 */
export async function link(
  tarballs: readonly Tarball[],
  packages: readonly PublishedPackage[],
  from: string,
  folder: string,
): Promise<void> {
  const placeOf = (name: string): string => join(folder, 'store', name.replace('/', '+'), 'node_modules', name);
  for (const { name, filename } of tarballs) await unpack(join(from, filename), placeOf(name));
  for (const { name, folder: sources } of packages) {
    const { dependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(placeOf(name), 'package.json'), 'utf8'),
    ) as PublishedPackage;
    for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const own = packages.some((one) => one.name === dependency);
      const place = own ? placeOf(dependency) : placeInRepository(dependency, sources);
      if (place) linkTo(place, join(folder, 'store', name.replace('/', '+'), 'node_modules', dependency));
    }
  }
  const modules = join(folder, 'node_modules');
  linkTo(placeOf('rollcall'), join(modules, 'rollcall'));
  linkTo(placeOf('@rollcall/core'), join(modules, '@rollcall/core'));
  linkTo(join(modules, 'rollcall/bin/rollcall.mjs'), join(modules, '.bin/rollcall'));
  writeFileSync(join(folder, 'package.json'), '{"private": true}');
}

/** Undefined for an optional one of another system. */
function placeInRepository(name: string, sources: string): string | undefined {
  return [sources, REPOSITORY].map((base) => join(base, 'node_modules', name)).find((place) => existsSync(place));
}

function linkTo(place: string, link: string): void {
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(place, link);
}

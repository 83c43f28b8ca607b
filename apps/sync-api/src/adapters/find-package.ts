import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type AdapterManifest, CONTRACT_VERSION, RollcallError } from '@rollcall/core';
import { ADAPTER_ID, isKind } from '@rollcall/core/checks';
import { isObject } from './is-object';

/** An installed adapter package, known without running any of its code. */
export interface AdapterPackage {
  name: string;
  directory: string;
  manifest: AdapterManifest;
  /** What its package.json says of entry points. */
  exports: unknown;
  main: unknown;
}

/** npm's rule, which also keeps paths out. */
const PACKAGE_NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

/** Finds a package in the `node_modules` folders at and above the given directories, in that order. */
export function findPackage(name: string, from: readonly string[]): AdapterPackage {
  if (!PACKAGE_NAME.test(name)) {
    throw new RollcallError(
      'adapter_invalid',
      `"${name}" is not the name of a package, such as @acme/rollcall-source-acme.`,
    );
  }
  const directory = locate(name, from);
  if (directory === undefined) {
    throw new RollcallError(
      'adapter_missing',
      `The package ${name} is not installed. Install it with "npx rollcall add ${name}".`,
    );
  }
  const { exports, main, rollcall } = readPackageJson(name, directory);
  return { name, directory, exports, main, manifest: readManifest(name, rollcall) };
}

/** The package that lies in a folder, whether it is installed or still being written. */
export function packageIn(folder: string): AdapterPackage {
  const directory = resolve(folder);
  if (!existsSync(join(directory, 'package.json'))) {
    throw new RollcallError(
      'configuration',
      `${directory} holds no package.json: name the folder of an adapter package.`,
    );
  }
  const { name, exports, main, rollcall } = readPackageJson(directory, directory);
  const known = typeof name === 'string' && PACKAGE_NAME.test(name) ? name : directory;
  return { name: known, directory, exports, main, manifest: readManifest(known, rollcall) };
}

/** The version of a package, also of one that is no adapter; null when it says none or is not there. */
export function versionOf(name: string, from: readonly string[]): string | null {
  const directory = locate(name, from);
  if (directory === undefined) return null;
  const { version } = readPackageJson(name, directory);
  return typeof version === 'string' ? version : null;
}

/** Asking Node would need the package to export its package.json, which authors forget. */
function locate(name: string, from: readonly string[]): string | undefined {
  for (const start of from) {
    for (let folder = start; ; folder = dirname(folder)) {
      const directory = join(folder, 'node_modules', name);
      if (existsSync(join(directory, 'package.json'))) return realpathSync(directory);
      if (dirname(folder) === folder) break;
    }
  }
  return undefined;
}

function readPackageJson(name: string, directory: string): Readonly<Record<string, unknown>> {
  const file = join(directory, 'package.json');
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isObject(content)) return content;
  } catch (cause) {
    throw new RollcallError('adapter_invalid', `${name}: ${file} cannot be read. Install the package again.`, {
      cause,
    });
  }
  throw new RollcallError('adapter_invalid', `${name}: ${file} is not an object. Install the package again.`);
}

function readManifest(name: string, rollcall: unknown): AdapterManifest {
  if (!isObject(rollcall)) {
    throw new RollcallError(
      'adapter_invalid',
      `${name} is not an adapter package: its package.json has no "rollcall" member. Its author has to add ` +
        `{"rollcall": {"contract": ${CONTRACT_VERSION}, "adapters": [{"kind": "source", "id": "…"}]}} to it.`,
    );
  }
  const { contract, adapters } = rollcall;
  if (contract !== CONTRACT_VERSION) {
    if (contract === String(CONTRACT_VERSION)) {
      throw new RollcallError(
        'adapter_invalid',
        `${name}: "rollcall.contract" in its package.json is a text. Write it as a number: "contract": ${CONTRACT_VERSION}.`,
      );
    }
    const newer = typeof contract === 'number' && contract > CONTRACT_VERSION;
    throw new RollcallError(
      'adapter_invalid',
      `${name} was written for contract ${JSON.stringify(contract)} and this Rollcall speaks contract ` +
        `${CONTRACT_VERSION}: ${newer ? 'upgrade Rollcall' : `install a newer ${name}`}.`,
    );
  }
  if (!Array.isArray(adapters) || adapters.length === 0 || !adapters.every(isManifestEntry)) {
    throw new RollcallError(
      'adapter_invalid',
      `${name}: "rollcall.adapters" in its package.json must list its adapters, each as {"kind": "source" or "target", ` +
        '"id": lower-case letters, digits and dashes, "icon": optional path of a file}.',
    );
  }
  return { contract, adapters };
}

function isManifestEntry(entry: unknown): entry is AdapterManifest['adapters'][number] {
  if (!isObject(entry) || !isKind(entry['kind']) || typeof entry['id'] !== 'string') return false;
  return ADAPTER_ID.test(entry['id']) && (entry['icon'] === undefined || typeof entry['icon'] === 'string');
}

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RollcallError } from '@rollcall/core';
import type { AdapterPackage } from './find-package';
import { isObject } from './is-object';

/** The file to load, as Node would choose it for an import. */
export function entryFile(found: AdapterPackage): string {
  const candidates = found.exports === undefined ? legacyEntries(found.main) : exportedEntries(found.exports);
  for (const candidate of candidates) {
    const file = join(found.directory, candidate);
    if (existsSync(file) && statSync(file).isFile()) return file;
  }
  throw new RollcallError(
    'adapter_invalid',
    `${found.name} has no entry point (looked for ${candidates.join(', ') || 'an export "."'} in ${found.directory}). ` +
      'Build the package, or install it again.',
  );
}

function legacyEntries(main: unknown): string[] {
  const named = typeof main === 'string' && main !== '' ? [main, `${main}.js`, join(main, 'index.js')] : [];
  return [...named, 'index.js'];
}

/** An import is what we do, but a package that only allows `require` can be loaded as well. */
function exportedEntries(exports: unknown): string[] {
  const root = isObject(exports) && '.' in exports ? exports['.'] : exports;
  return ['import', 'require'].flatMap((way) => resolveConditions(root, new Set(['node', 'default', way])) ?? []);
}

function resolveConditions(target: unknown, conditions: ReadonlySet<string>): string | undefined {
  if (typeof target === 'string') return target.startsWith('./') ? target : undefined;
  if (!isObject(target)) return undefined;
  for (const [condition, value] of Object.entries(target)) {
    if (!Array.isArray(target) && !conditions.has(condition)) continue;
    const resolved = resolveConditions(value, conditions);
    if (resolved !== undefined) return resolved;
  }
  return undefined;
}

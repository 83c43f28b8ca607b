import { existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RollcallError } from '@rollcall/core';
import { errorCode } from '../error-code';
import { isObject } from './is-object';

const CORE = '@rollcall/core';

/** Packages that `rollcall add` put into ROLLCALL_HOME/adapters: what the package.json there depends on, but for the SDK. */
export function addedPackages(folder: string): string[] {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return [];
  try {
    const { dependencies } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies?: unknown };
    return isObject(dependencies) ? Object.keys(dependencies).filter((name) => name !== CORE) : [];
  } catch (cause) {
    throw new RollcallError(
      'adapter_invalid',
      `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}. Correct it, or put ${folder} aside ` +
        'and add the adapters again with "npx rollcall add".',
      { cause },
    );
  }
}

/**
 * Lets added packages find the SDK of the Rollcall that loads them: it may lie elsewhere than the one that added them, after
 * an upgrade or in another container. An SDK that somebody installed there is left alone.
 */
export function shareCore(folder: string): void {
  if (addedPackages(folder).length === 0) return;
  const own = dirname(require.resolve(`${CORE}/package.json`));
  const link = join(folder, 'node_modules', CORE);
  const state = linkState(link, own);
  if (state === 'right' || state === 'installed') return;
  try {
    mkdirSync(dirname(link), { recursive: true });
    // Two processes may do so at once: neither ever finds no link.
    const made = `${link}.${process.pid}`;
    symlinkSync(own, made, 'junction');
    renameSync(made, link);
  } catch (cause) {
    throw new RollcallError(
      'adapter_invalid',
      `${link} has to lead to ${own} and cannot be made to (${errorCode(cause) ?? 'unknown reason'}). Let this user write below ${folder}.`,
      { cause },
    );
  }
}

function linkState(link: string, own: string): 'right' | 'wrong' | 'installed' {
  const entry = lstatSync(link, { throwIfNoEntry: false });
  if (entry === undefined) return 'wrong';
  if (!entry.isSymbolicLink()) return 'installed';
  return existsSync(link) && realpathSync(link) === realpathSync(own) ? 'right' : 'wrong';
}

import { type Adapter, type AdapterKind, type AdapterManifest, RollcallError, isRollcallError } from '@rollcall/core';
import { adapterProblems, isAdapter } from '@rollcall/core/checks';
import { type AdapterPackage, findPackage } from './find-package';
import type { ImportPackage } from './import-package';
import { entryFile } from './package-entry';
import { readIcon } from './package-files';
import { inDependencyOrder } from './target-order';
import { thrownWords } from './thrown-words';
import { withTimeLimit } from './time-limit';
import { isObject } from './is-object';

/** How long a package may take to load. */
export const IMPORT_SECONDS = 20;

/** What whoever did not write a package can do when it does not load. */
export const INSTALL_ANOTHER = 'Install another version of it.';

export interface LoadedAdapter {
  adapter: Adapter;
  /** The package that it came from. */
  origin: string;
  /** Where that package lies. */
  directory: string;
  /** A `data:` address; null when it brings none. */
  icon: string | null;
}

/** What could not be loaded, and goes on being visible; kind and id are null when not even its manifest was readable. */
export interface UnavailableAdapter {
  kind: AdapterKind | null;
  id: string | null;
  origin: string;
  error: string;
}

export interface LoadedAdapters {
  loaded: LoadedAdapter[];
  unavailable: UnavailableAdapter[];
}

export interface BuiltInPackage {
  package: string;
  directory: string;
  /** Icons by `kind id`, as paths in the package. */
  icons?: Readonly<Record<string, string>>;
  adapters: readonly Adapter[];
}

/** A package that adapters are to be loaded from. */
export interface WantedPackage {
  name: string;
  /** What to do to go on without it, as a part of a sentence. */
  takeOut?: string;
}

export interface LoadOptions {
  builtIn: readonly BuiltInPackage[];
  /** Further ones. */
  packages: readonly WantedPackage[];
  /** Directories in and above whose `node_modules` they are looked for. */
  from: readonly string[];
  onError: 'refuse' | 'skip';
  importPackage: ImportPackage;
  /** What to do about one that does not load, as a sentence; `INSTALL_ANOTHER` without it. */
  remedy?: string;
}

/**
 * Loads the built-in adapters and those of further packages. What is wrong with a package is found before any of its
 * code runs, as far as possible. `refuse`: throws what is wrong with all of them, naming packages and remedies. `skip`: goes on without
 * the package. Of two wanted packages that bring the same, the first is taken.
 */
export async function loadAdapters(options: LoadOptions): Promise<LoadedAdapters> {
  const loaded = options.builtIn.flatMap(({ package: origin, directory, icons = {}, adapters }) =>
    adapters.map((exported) => {
      const adapter = checked(exported, origin);
      const icon = icons[`${adapter.kind} ${adapter.id}`];
      return { adapter, origin, directory, icon: icon === undefined ? null : readIcon(origin, directory, icon) };
    }),
  );
  const unavailable: UnavailableAdapter[] = [];
  const refused: RollcallError[] = [];
  const skip = (origin: string, names: AdapterManifest['adapters'], error: unknown): void => {
    const wanted = options.packages.find(({ name }) => name === origin);
    const told = withWayOut(error, wanted, options.onError);
    if (options.onError === 'refuse') refused.push(told);
    const entries = names.length > 0 ? names : [{ kind: null, id: null }];
    unavailable.push(...entries.map(({ kind, id }) => ({ kind, id, origin, error: told.message })));
  };
  for (const { name } of options.packages) {
    let names: AdapterManifest['adapters'] = [];
    try {
      const found = findPackage(name, options.from);
      names = found.manifest.adapters;
      refuseDuplicates(found, loaded);
      loaded.push(...(await loadPackage(found, options.importPackage, options.remedy)));
    } catch (error) {
      skip(name, names, error);
    }
  }
  refuseFor(refused);
  const usable = withoutLostTargets({ loaded, unavailable }, options, skip);
  refuseFor(refused);
  return usable;
}

function refuseFor(problems: readonly RollcallError[]): void {
  const [first, ...more] = problems;
  if (!first) return;
  if (more.length === 0) throw first;
  throw new RollcallError(first.code, problems.map(({ message }) => message).join('\n'), { cause: problems });
}

/** What is wrong is said by whoever found it; here it is said how to go on without the package. */
function withWayOut(error: unknown, wanted: WantedPackage | undefined, onError: LoadOptions['onError']): RollcallError {
  const message = error instanceof Error ? error.message : String(error);
  const code = isRollcallError(error) ? error.code : 'adapter_invalid';
  const skipping = onError === 'refuse' ? ', or set ROLLCALL_ADAPTERS_ON_ERROR=skip' : '';
  const wayOut = wanted?.takeOut === undefined ? '' : ` To go on without it, ${wanted.takeOut}${skipping}.`;
  return new RollcallError(code, `${message}${wayOut}`, { cause: error });
}

function refuseDuplicates({ name, manifest }: AdapterPackage, loaded: readonly LoadedAdapter[]): void {
  for (const [index, { kind, id }] of manifest.adapters.entries()) {
    const other =
      loaded.find(({ adapter }) => adapter.kind === kind && adapter.id === id)?.origin ??
      (manifest.adapters.findIndex((entry) => entry.kind === kind && entry.id === id) < index ? name : undefined);
    if (other === undefined) continue;
    throw new RollcallError(
      'adapter_invalid',
      other === name
        ? `${name} declares the ${kind} adapter "${id}" twice: correct "rollcall.adapters" in its package.json.`
        : `${name} and ${other} both bring a ${kind} adapter "${id}". Only one of the two can be used.`,
    );
  }
}

/** Runs the code of a package and checks what it exports. Throws `adapter_invalid`. */
export async function loadPackage(
  found: AdapterPackage,
  importPackage: ImportPackage,
  remedy: string = INSTALL_ANOTHER,
): Promise<LoadedAdapter[]> {
  const exported = exportedAdapters(await importEntry(found, importPackage, remedy));
  if (!exported) {
    throw new RollcallError(
      'adapter_invalid',
      `${found.name} exports no "adapters": its entry point must export a list of what defineSource and defineTarget made.`,
    );
  }
  const adapters = exported.map((adapter) => checked(adapter, found.name));
  const said = found.manifest.adapters.map(({ kind, id }) => `${kind} ${id}`).sort();
  const brought = adapters.map(({ kind, id }) => `${kind} ${id}`).sort();
  if (said.join() !== brought.join()) {
    throw new RollcallError(
      'adapter_invalid',
      `${found.name} declares ${said.join(', ')} in "rollcall.adapters" of its package.json, but exports ` +
        `${brought.join(', ') || 'nothing'}: make the two agree.`,
    );
  }
  return adapters.map((adapter) => {
    const icon = found.manifest.adapters.find(({ kind, id }) => kind === adapter.kind && id === adapter.id)?.icon;
    return {
      adapter,
      origin: found.name,
      directory: found.directory,
      icon: icon === undefined ? null : readIcon(found.name, found.directory, icon),
    };
  });
}

async function importEntry(found: AdapterPackage, importPackage: ImportPackage, remedy: string): Promise<unknown> {
  const file = entryFile(found);
  try {
    const hangs = `it did not finish loading within ${IMPORT_SECONDS} s`;
    return await withTimeLimit(IMPORT_SECONDS, hangs, () => importPackage(file, found.name));
  } catch (cause) {
    throw new RollcallError(
      'adapter_invalid',
      `${found.name} cannot be loaded from ${file}: ${thrownWords(cause, found.directory)}. ${remedy}`,
      { cause },
    );
  }
}

/** Names that Node cannot see in a CommonJS module from outside stand in its default export. */
function exportedAdapters(module: unknown): unknown[] | undefined {
  const { adapters, default: fallback } = isObject(module) ? module : {};
  const list = adapters ?? (isObject(fallback) ? fallback['adapters'] : undefined);
  return Array.isArray(list) ? list : undefined;
}

function checked(adapter: unknown, origin: string): Adapter {
  if (isAdapter(adapter)) return adapter;
  const id = isObject(adapter) && typeof adapter['id'] === 'string' ? `the adapter "${adapter['id']}"` : 'an adapter';
  throw new RollcallError(
    'adapter_invalid',
    `${origin}: ${id} cannot be used: ${adapterProblems(adapter).join('; ')}. Correct the package, or install another version.`,
  );
}

/** Takes out the targets that wait for one that is not there, until what remains can be ordered. */
function withoutLostTargets(
  result: LoadedAdapters,
  options: LoadOptions,
  skip: (origin: string, names: AdapterManifest['adapters'], error: unknown) => void,
): LoadedAdapters {
  const own = new Set(options.builtIn.map((entry) => entry.package));
  for (;;) {
    try {
      inDependencyOrder(result.loaded.flatMap(({ adapter }) => (adapter.kind === 'target' ? [adapter] : [])));
      return result;
    } catch (error) {
      const field = error instanceof RollcallError ? error.field : undefined;
      const lost = result.loaded.find(({ adapter }) => adapter.kind === 'target' && adapter.id === field);
      if (!lost || own.has(lost.origin)) throw error;
      skip(lost.origin, [lost.adapter], error);
      result.loaded = result.loaded.filter((entry) => entry !== lost);
    }
  }
}

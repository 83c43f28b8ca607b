import type { WantedPackage } from './load-adapters';

/** Where packages are looked for, in this order: what was added, beside this Rollcall, where it was started. */
export function searchedFolders(folder: string): string[] {
  return [folder, __dirname, process.cwd()];
}

/** The packages that ROLLCALL_ADAPTERS names, and those that were added. */
export function wantedPackages(named: readonly string[], added: readonly string[]): WantedPackage[] {
  return [...new Set([...named, ...added])].map((name) => ({
    name,
    takeOut: [
      ...(named.includes(name) ? ['take it out of ROLLCALL_ADAPTERS'] : []),
      ...(added.includes(name) ? [`run "npx rollcall remove ${name}"`] : []),
    ].join(' and '),
  }));
}

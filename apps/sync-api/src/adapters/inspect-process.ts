import { BUILT_IN } from './built-in';
import { versionOf } from './find-package';
import { importPackage } from './import-package';
import type { InspectedAdapter, InspectionRequest } from './inspect-packages';
import { loadAdapters } from './load-adapters';

export type InspectionMessage = { loading: string } | { found: InspectedAdapter[] };

/** The process that `inspectPackages` starts: loads packages and tells what it found. */
process.once('message', (request: InspectionRequest) => {
  void inspect(request).then((found) => tell({ found }));
});

async function inspect({ from, packages }: InspectionRequest): Promise<InspectedAdapter[]> {
  const { loaded, unavailable } = await loadAdapters({
    builtIn: BUILT_IN,
    packages,
    from,
    onError: 'skip',
    importPackage: (file, name) => {
      tell({ loading: name });
      return importPackage(file, name);
    },
  });
  const version = (name: string): string | null => versionOf(name, from);
  return [
    ...loaded.map(({ adapter: { kind, id }, origin }) => ({ kind, id, origin, version: version(origin), error: null })),
    ...unavailable.map(({ origin, ...entry }) => ({ ...entry, origin, version: version(origin) })),
  ];
}

function tell(message: InspectionMessage): void {
  process.send?.(message);
}

import { setTimeout as sleep } from 'node:timers/promises';
import { BUILT_IN } from './built-in';
import { versionOf } from './find-package';
import { importPackage } from './import-package';
import type { InspectedAdapter, InspectionRequest } from './inspect-packages';
import { loadAdapters } from './load-adapters';
import { thrownWords } from './thrown-words';

/** `stray`: what was thrown, or rejected, where nobody could catch it. */
export type InspectionMessage = { loading: string } | { stray: string } | { found: InspectedAdapter[] };

/** How long code that was loaded has to throw out of a timer, an event or a promise. */
const AFTERWARDS_MS = 500;

const tellStray = (thrown: unknown): void => tell({ stray: thrownWords(thrown) });
process.on('uncaughtException', tellStray);
process.on('unhandledRejection', tellStray);

/** The process that `inspectPackages` starts: loads packages and tells what it found. */
process.once('message', (request: InspectionRequest) => {
  void inspect(request).then((found) => tell({ found }));
});

async function inspect({ from, packages, remedy }: InspectionRequest): Promise<InspectedAdapter[]> {
  const { loaded, unavailable } = await loadAdapters({
    builtIn: BUILT_IN,
    packages,
    from,
    onError: 'skip',
    remedy,
    importPackage: (file, name) => {
      tell({ loading: name });
      return importPackage(file, name);
    },
  });
  if (packages.length > 0) await sleep(AFTERWARDS_MS);
  const version = (name: string): string | null => versionOf(name, from);
  return [
    ...loaded.map(({ adapter: { kind, id }, origin }) => ({ kind, id, origin, version: version(origin), error: null })),
    ...unavailable.map(({ origin, ...entry }) => ({ ...entry, origin, version: version(origin) })),
  ];
}

function tell(message: InspectionMessage): void {
  process.send?.(message);
}

import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { list } from '../config';
import { addedPackages, shareCore } from './added-packages';
import type { InspectionMessage } from './inspect-process';
import { IMPORT_SECONDS, type UnavailableAdapter, type WantedPackage } from './load-adapters';
import { searchedFolders, wantedPackages } from './wanted-packages';

/** An adapter, or a package of which not even that is known, as the command `rollcall` shows it. */
export interface InspectedAdapter extends Omit<UnavailableAdapter, 'error'> {
  /** Of its package. */
  version: string | null;
  /** Why it cannot be used; null when it can. */
  error: string | null;
}

export interface InspectionRequest {
  /** Directories in and above whose `node_modules` packages are looked for. */
  from: readonly string[];
  packages: readonly WantedPackage[];
}

/** The loader gives up after this long; code that does not even let it has a little longer. */
const PATIENCE_MS = (IMPORT_SECONDS + 2) * 1000;

/**
 * What a Rollcall would have that starts with this folder of adapters and this environment, and with the candidates besides.
 * Their code runs in a process of its own, which is ended afterwards.
 */
export function inspectAdapters(
  folder: string,
  env: NodeJS.ProcessEnv,
  candidates: readonly string[] = [],
): Promise<InspectedAdapter[]> {
  shareCore(folder);
  const wanted = wantedPackages(list(env, 'ROLLCALL_ADAPTERS'), addedPackages(folder));
  const packages = [
    ...wanted.filter(({ name }) => !candidates.includes(name)),
    ...candidates.map((name) => ({ name })),
  ];
  return inspectPackages({ from: searchedFolders(folder), packages });
}

/** One that hangs, or ends the process, is named, and the others are looked at without it. */
async function inspectPackages({ from, packages }: InspectionRequest): Promise<InspectedAdapter[]> {
  const outcome = await inspectOnce({ from, packages });
  if (Array.isArray(outcome)) return outcome;
  const { origin, error } = outcome;
  const others = packages.filter(({ name }) => name !== origin);
  return [
    ...(await inspectPackages({ from, packages: others })),
    { kind: null, id: null, version: null, origin, error },
  ];
}

function inspectOnce(request: InspectionRequest): Promise<InspectedAdapter[] | { origin: string; error: string }> {
  const child = fork(join(__dirname, 'inspect-process.js'), { stdio: 'ignore', execArgv: [] });
  return new Promise<InspectedAdapter[] | { origin: string; error: string }>((resolve, reject) => {
    let loading: string | undefined;
    const giveUp = (what: string): void => {
      if (loading === undefined) reject(new Error(`The process that looks at adapters ${what}.`));
      else
        resolve({ origin: loading, error: `${loading} ${what} while it was loaded. Install another version of it.` });
    };
    const hangs = (): void => giveUp(`did not come back within ${PATIENCE_MS / 1000} s`);
    let timer = setTimeout(hangs, PATIENCE_MS);
    child.on('message', (message: InspectionMessage) => {
      clearTimeout(timer);
      if ('found' in message) return resolve(message.found);
      loading = message.loading;
      timer = setTimeout(hangs, PATIENCE_MS);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      giveUp(`ended the process (${signal ?? `exit code ${code ?? 0}`})`);
    });
    child.send(request);
  }).finally(() => end(child));
}

function end(child: ChildProcess): void {
  child.removeAllListeners();
  child.kill('SIGKILL');
}

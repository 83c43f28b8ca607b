import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { list } from '../config';
import { addedPackages, shareCore } from './added-packages';
import type { InspectionMessage } from './inspect-process';
import { IMPORT_SECONDS, INSTALL_ANOTHER, type UnavailableAdapter, type WantedPackage } from './load-adapters';
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
  /** What whoever is told can do about a package that does not load, as a sentence. */
  remedy: string;
}

/** Code that did harm: the package that was being loaded then, which need not be the one whose code it was. */
interface Harm {
  origin: string;
  /** What it did and what to do: goes on after the name of the package. */
  error: string;
  /** Nothing else could run meanwhile: it is the code of `origin`. */
  certain: boolean;
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
  remedy: string = INSTALL_ANOTHER,
): Promise<InspectedAdapter[]> {
  shareCore(folder);
  const wanted = wantedPackages(list(env, 'ROLLCALL_ADAPTERS'), addedPackages(folder));
  const packages = [
    ...wanted.filter(({ name }) => !candidates.includes(name)),
    ...candidates.map((name) => ({ name })),
  ];
  return inspectPackages({ from: searchedFolders(folder), packages, remedy });
}

/** One that hangs, ends the process or throws out of a timer is named, and the others are looked at without it. */
async function inspectPackages(request: InspectionRequest): Promise<InspectedAdapter[]> {
  const outcome = await inspectOnce(request);
  if (Array.isArray(outcome)) return outcome;
  const harmful = outcome.certain ? [outcome] : await harmfulAlone(request, outcome);
  const others = request.packages.filter(({ name }) => !harmful.some(({ origin }) => origin === name));
  return [
    ...(await inspectPackages({ ...request, packages: others })),
    ...harmful.map(({ origin, error }) => ({
      kind: null,
      id: null,
      version: null,
      origin,
      error: `${origin} ${error}`,
    })),
  ];
}

/** Which it was is known for certain when each is looked at in a process of its own. */
async function harmfulAlone(request: InspectionRequest, together: Harm): Promise<Harm[]> {
  if (request.packages.length === 1) return [together];
  const alone: Harm[] = [];
  for (const entry of request.packages) {
    const outcome = await inspectOnce({ ...request, packages: [entry] });
    if (!Array.isArray(outcome)) alone.push({ ...outcome, origin: entry.name });
  }
  return alone.length > 0 ? alone : [together];
}

function inspectOnce(request: InspectionRequest): Promise<InspectedAdapter[] | Harm> {
  const child = fork(join(__dirname, 'inspect-process.js'), { stdio: 'ignore', execArgv: [] });
  return new Promise<InspectedAdapter[] | Harm>((resolve, reject) => {
    let loading: string | undefined;
    const giveUp = (what: string, certain: boolean): void => {
      if (loading === undefined) reject(new Error(`The process that looks at adapters ${what}.`));
      else resolve({ origin: loading, error: `${what}. ${request.remedy}`, certain });
    };
    const hangs = (): void => giveUp(`did not come back within ${PATIENCE_MS / 1000} s while it was loaded`, true);
    let timer = setTimeout(hangs, PATIENCE_MS);
    child.on('message', (message: InspectionMessage) => {
      clearTimeout(timer);
      if ('found' in message) return resolve(message.found);
      if ('stray' in message) {
        return giveUp(`threw where nobody can catch it, when it was loaded or soon after: ${message.stray}`, false);
      }
      loading = message.loading;
      timer = setTimeout(hangs, PATIENCE_MS);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      giveUp(`ended the process (${signal ?? `exit code ${code ?? 0}`}) while it was loaded`, false);
    });
    child.send(request);
  }).finally(() => end(child));
}

function end(child: ChildProcess): void {
  child.removeAllListeners();
  child.kill('SIGKILL');
}

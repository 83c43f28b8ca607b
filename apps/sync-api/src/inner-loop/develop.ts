import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepSecret } from '@rollcall/embedded';
import { type AdapterPackage, packageIn } from '../adapters/find-package';
import { inspectAdapters } from '../adapters/inspect-packages';
import { generatePassword } from '../auth/password';
import { Servers } from '../start/servers';
import { stopOnSignal } from '../start/stop-on-signal';
import { canWatch, watchBuild } from './build-watch';
import { followPackage } from './follow-package';
import { ServiceProcess } from './service-process';

export { packageIn };

/** The first build may take so long; then Rollcall starts with the one from before. */
const FIRST_BUILD_MS = 5_000;

export interface Development {
  /** Of the adapter package. */
  folder: string;
  /** ROLLCALL_HOME, for this process alone. */
  home: string;
  progress(text: string): void;
}

/**
 * `rollcall dev`: Rollcall with the adapter package of a folder in it, on servers of its own. The package builds itself (its
 * script `watch`); each time that it did, the service is started anew, and nothing else. What does not build or load is said,
 * and the next change waited for. Comes back when all of it runs; a signal ends it.
 */
export async function develop({ folder, home, progress }: Development): Promise<void> {
  const found = packageIn(folder);
  linkInto(home, found);
  const password = keepSecret(join(home, 'dev-password'), generatePassword);
  const given = {
    // A system to try an adapter with is nearly always on this machine.
    ROLLCALL_ALLOW_PRIVATE_ADDRESSES: 'on',
    ...process.env,
    ROLLCALL_HOME: home,
    ROLLCALL_ADMIN_PASSWORD: password,
    ROLLCALL_ADAPTERS: [found.name, process.env['ROLLCALL_ADAPTERS']].filter(Boolean).join(','),
  };
  const servers = new Servers(given, home, progress);
  const broken = new AbortController();
  const say = (line: string): void => console.log(`        ${line}`);
  let env: NodeJS.ProcessEnv | undefined;
  let service: ServiceProcess | undefined;
  let told = false;
  let build: { stop(): void } | undefined;
  let following: { close(): Promise<void> } | undefined;

  const restart = async (): Promise<void> => {
    if (!env || broken.signal.aborted) return;
    const began = Date.now();
    const problem = await problemOf(found, home);
    if (problem !== undefined) {
      progress(
        `${problem} ${service ? 'Rollcall goes on with the adapter from before' : 'Rollcall starts when it is mended'}.`,
      );
      return;
    }
    await service?.stop();
    service = new ServiceProcess(env, say);
    const url = await service.ready;
    if (broken.signal.aborted) return;
    if (url === undefined) progress('Rollcall does not start. Mend what is said above: it starts again by itself.');
    else if (told) progress(`Runs with the adapter as it is now (${((Date.now() - began) / 1000).toFixed(1)} s).`);
    else {
      told = true;
      console.log(banner(url, password, found, home));
    }
  };
  const inTurn = oneAtATime(restart);

  const run = async (): Promise<void> => {
    let firstBuild: () => void = () => undefined;
    const built = new Promise<void>((resolve) => (firstBuild = resolve));
    following = await followPackage(found.directory, () => {
      firstBuild();
      void inTurn();
    });
    if (canWatch(found.directory)) build = watchBuild(found.directory, say);
    else progress('The package has no script "watch": build it yourself, it is followed.');
    const started = await servers.start(broken.signal);
    if (build) await Promise.race([built, sleep(FIRST_BUILD_MS, undefined, { signal: broken.signal })]);
    env = started;
    progress('Starting the service …');
    await inTurn();
  };

  const fail = stopOnSignal({
    drain: async () => {
      progress('Stopping …');
      broken.abort();
      build?.stop();
      await following?.close();
      await service?.stop();
      await starting.catch(() => 'was reported');
      await service?.stop();
    },
    stopServers: (patience) => servers.stop(patience),
    done: (clean) => progress(clean ? 'Stopped.' : 'Stopped. What was cut off goes on at the next start.'),
  });
  const starting = run();
  try {
    await starting;
  } catch (error) {
    await fail(error);
  }
}

/** As if it had been installed there, with its own dependencies. */
function linkInto(home: string, { name, directory }: AdapterPackage): void {
  const link = join(home, 'adapters', 'node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { recursive: true, force: true });
  symlinkSync(directory, link, 'junction');
}

/** Why the package cannot be loaded as it is now, found in a process that is ended again. */
async function problemOf({ name }: AdapterPackage, home: string): Promise<string | undefined> {
  const inspected = await inspectAdapters(join(home, 'adapters'), process.env, [name]);
  return inspected.find(({ origin, error }) => origin === name && error !== null)?.error ?? undefined;
}

/** Runs work again when it is asked for meanwhile, once however often it is. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  const run = async (): Promise<void> => {
    do {
      again = false;
      await work();
    } while (again);
    running = undefined;
  };
  return () => {
    if (running) again = true;
    return (running ??= run());
  };
}

function banner(url: string, password: string, { name, directory }: AdapterPackage, home: string): string {
  const rows = Object.entries({
    Open: url,
    Admin: 'admin',
    Password: password,
    Adapter: `${name} in ${directory}, loaded anew when it was built anew`,
    Data: home,
  });
  return `\n${rows.map(([what, value]) => `  ${what.padEnd(10)}${value}`).join('\n')}\n\n  Ctrl-C stops it.\n`;
}

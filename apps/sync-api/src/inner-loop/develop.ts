import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepSecret } from '@rollcall/embedded';
import { type AdapterPackage, packageIn } from '../adapters/find-package';
import { generatePassword } from '../auth/password';
import { Servers } from '../start/servers';
import { stopOnSignal } from '../start/stop-on-signal';
import { canWatch, watchBuild } from './build-watch';
import { followPackage } from './follow-package';
import { FollowedService } from './followed-service';

export { packageIn };

/** The first build may take so long; then Rollcall starts with the one from before. */
const FIRST_BUILD_MS = 5_000;

export interface Development {
  /** Of the adapter package. */
  folder: string;
  /** ROLLCALL_HOME, for this process alone. */
  home: string;
  progress: (text: string) => void;
}

/**
 * `rollcall dev`: Rollcall with the adapter package of a folder in it, on servers of its own. The package builds itself (its
 * script `watch`); each time that it did, the service is started anew, and nothing else. What does not build or load is said,
 * and the next change waited for. Comes back when all of it runs; a signal ends it.
 */
export async function develop({ folder, home, progress }: Development): Promise<void> {
  const found = packageIn(folder);
  const password = ownPassword(home);
  const servers = new Servers(environmentOf(found, home, password), home, progress);
  const broken = new AbortController();
  const say = (line: string): void => console.log(`        ${line}`);
  let service: FollowedService | undefined;
  let build: { stop(): void } | undefined;
  let following: { close(): Promise<void> } | undefined;

  const run = async (): Promise<void> => {
    let firstBuild: () => void = () => undefined;
    const built = new Promise<void>((resolve) => (firstBuild = resolve));
    following = await followPackage(found.directory, () => {
      firstBuild();
      void service?.restart();
    });
    if (canWatch(found.directory)) build = watchBuild(found.directory, say);
    else progress('The package has no script "watch": build it yourself, it is followed.');
    const env = await servers.start(broken.signal);
    if (build) await Promise.race([built, sleep(FIRST_BUILD_MS, undefined, { signal: broken.signal })]);
    progress('Starting the service …');
    const runs = (url: string): void => console.log(banner(url, password, found, home));
    service = new FollowedService({ found, home, env, say, progress, runs });
    await service.restart();
  };

  const fail = stopOnSignal({
    drain: async () => {
      progress('Stopping …');
      broken.abort();
      build?.stop();
      await following?.close();
      await service?.stop();
      await starting.catch(() => 'was reported');
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

/** The first password of `admin` in a home that is made here, shown at each start; undefined for a home from elsewhere. */
function ownPassword(home: string): string | undefined {
  const file = join(home, 'dev-password');
  return existsSync(join(home, 'postgres')) && !existsSync(file) ? undefined : keepSecret(file, generatePassword);
}

function environmentOf({ name }: AdapterPackage, home: string, password: string | undefined): NodeJS.ProcessEnv {
  return {
    // A system to try an adapter with is nearly always on this machine.
    ROLLCALL_ALLOW_PRIVATE_ADDRESSES: 'on',
    ...process.env,
    ROLLCALL_HOME: home,
    ...(password !== undefined && { ROLLCALL_ADMIN_PASSWORD: password }),
    ROLLCALL_ADAPTERS: [name, process.env['ROLLCALL_ADAPTERS']].filter(Boolean).join(','),
  };
}

function banner(url: string, password: string | undefined, { name, directory }: AdapterPackage, home: string): string {
  const rows = Object.entries({
    Open: url,
    Admin: 'admin',
    Password: password ?? 'as before',
    Adapter: `${name} in ${directory}, loaded anew when it was built anew`,
    Data: home,
  });
  return `\n${rows.map(([what, value]) => `  ${what.padEnd(10)}${value}`).join('\n')}\n\n  Ctrl-C stops it.\n`;
}

import { extname, join, relative, sep } from 'node:path';

/** What Rollcall loads or shows of a package. What it is built from is not among it: the build is waited for. */
const LOADED: ReadonlySet<string> = new Set(['.js', '.mjs', '.cjs', '.json', '.node', '.wasm', '.svg', '.png', '.md']);
/** Dependencies, git, and the data of the Rollcall that runs. */
const LEFT_OUT = /^(node_modules$|\..)/;

/** A build writes its files one after the other: so long nothing more may come. */
const QUIET_MS = 200;

/** Calls `changed` each time that what Rollcall loads of a package has changed. Resolves when it listens. */
export async function followPackage(folder: string, changed: () => void): Promise<{ close(): Promise<void> }> {
  const { watch } = await import('chokidar');
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path, stats) =>
      relative(folder, path)
        .split(sep)
        .some((part) => LEFT_OUT.test(part)) ||
      (stats?.isFile() === true && !LOADED.has(extname(path))) ||
      path === join(folder, 'package-lock.json'),
  });
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(changed, QUIET_MS);
  });
  await new Promise<void>((resolve, reject) => {
    watcher.once('ready', resolve);
    watcher.once('error', reject);
  });
  return {
    close: () => {
      clearTimeout(timer);
      return watcher.close();
    },
  };
}

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RedisProgram } from './redis-programs';

const run = promisify(execFile);
const A_DAY = 24 * 60 * 60 * 1000;

/**
 * Debian's or Ubuntu's own redis-server, without root and without installing: apt downloads the packages and checks their
 * signatures in folders of ours, dpkg unpacks them. Kept in `cacheDirectory`. Undefined where that is not possible; after
 * a failure it is not tried again for a day, unless `insist`.
 */
export async function debianRedis(
  cacheDirectory: string,
  insist: boolean,
  signal?: AbortSignal,
): Promise<RedisProgram | undefined> {
  const release = readRelease();
  if (!release) return undefined;
  const root = join(cacheDirectory, `redis-${release}-${process.arch}`);
  const failure = `${root}.failed`;
  if (await works(program(root))) return program(root);
  if (!insist && existsSync(failure) && Date.now() - Number(readFileSync(failure, 'utf8')) < A_DAY) return undefined;

  const draft = `${root}.${process.pid}.new`;
  try {
    await download(draft, signal);
    if (!(await works(program(join(draft, 'root'))))) throw new Error('the downloaded redis-server does not run');
    rmSync(root, { recursive: true, force: true });
    renameSync(join(draft, 'root'), root);
    rmSync(failure, { force: true });
    return program(root);
  } catch (error) {
    if (insist || signal?.aborted) throw error;
    if (await works(program(root))) return program(root); // somebody else was faster
    if (existsSync(cacheDirectory)) writeFileSync(failure, String(Date.now()));
    return undefined;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function download(draft: string, signal?: AbortSignal): Promise<void> {
  const folder = (name: string): string => {
    const path = join(draft, name);
    mkdirSync(join(path, 'partial'), { recursive: true });
    return path;
  };
  const options = {
    'Dir::State': folder('state'),
    'Dir::State::lists': folder('lists'),
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': folder('cache'),
    'Dir::Cache::archives': folder('archives'),
    'Dir::Log': folder('log'),
    'Debug::NoLocking': '1',
    'APT::Sandbox::User': '',
    'Acquire::http::Timeout': '15',
    'Acquire::https::Timeout': '15',
    'Acquire::Retries': '1',
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const limits = { signal, timeout: 120_000, maxBuffer: 16 * 1024 * 1024, env: { ...process.env, LC_ALL: 'C' } };
  await run('apt-get', [...flags, 'update'], limits);
  const install = ['install', '--download-only', '--reinstall', '-y', '--no-install-recommends'];
  await run('apt-get', [...flags, ...install, 'redis-server', 'redis-tools'], limits);
  const archives = join(draft, 'archives');
  for (const file of readdirSync(archives).filter((name) => name.endsWith('.deb'))) {
    await run('dpkg', ['-x', join(archives, file), join(draft, 'root')], limits);
  }
}

function program(root: string): RedisProgram {
  const libraries = ['usr/lib', 'lib'].flatMap((path) => {
    const folder = join(root, path);
    if (!existsSync(folder)) return [];
    return readdirSync(folder).flatMap((name) => (name.includes('-linux-') ? join(folder, name) : []));
  });
  return {
    command: join(root, 'usr/bin/redis-server'),
    env: { ...process.env, LD_LIBRARY_PATH: libraries.join(':') },
  };
}

export async function works({ command, env }: RedisProgram): Promise<boolean> {
  return run(command, ['--version'], { env, timeout: 10_000 }).then(
    () => true,
    () => false,
  );
}

/** E.g. `debian-12`; undefined on anything that is neither Debian nor derived from it. */
function readRelease(): string | undefined {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version') || !existsSync('/etc/os-release'))
    return undefined;
  const text = readFileSync('/etc/os-release', 'utf8');
  const value = (name: string): string => new RegExp(`^${name}="?([^"\\n]*)"?$`, 'm').exec(text)?.[1] ?? '';
  return `${value('ID')}-${value('VERSION_ID')}`.replace(/[^\w.-]/g, '');
}

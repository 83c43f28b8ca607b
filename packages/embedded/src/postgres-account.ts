import { spawnSync } from 'node:child_process';
import { lchownSync, lstatSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error';

const NOBODY = 65_534;

/** A command line prefix that starts a program under an account that Postgres accepts. */
export type Launcher = readonly string[];

/**
 * Postgres refuses to run as root. For root we try, in this order:
 * a user namespace in which root is called `nobody` (no account is made, no file changes hands);
 * the account that owns the data, `postgres` or `nobody`, which is given the folder;
 * the same with the right to pass through folders that are closed to it, such as /root.
 */
export function launcher(directory: string, program: string): Launcher {
  if (process.getuid?.() !== 0) return [];
  const reasons: string[] = [];
  const works = (prefix: Launcher): boolean => {
    const result = tryOut(prefix, directory, program);
    if (result) reasons.push(`${prefix[0]}: ${result}`);
    return !result;
  };

  const owner = statSync(directory).uid;
  const namespace = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];
  if (owner === 0 && works(namespace)) return namespace;

  const account = owner === 0 ? unprivilegedAccount() : { uid: owner, gid: statSync(directory).gid };
  giveTo(directory, account.uid, account.gid);
  const identity = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  const plain = ['setpriv', ...identity, '--'];
  if (works(plain)) return plain;
  // Without the first flag access(2), by which initdb looks for its companions, would forget that right.
  const passing = [
    'setpriv',
    '--securebits=+no_setuid_fixup',
    ...identity,
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--',
  ];
  if (works(passing)) return passing;

  throw new StartError(
    `Postgres does not run as root, and here root may not become anybody else (${reasons.join('; ')}). ` +
      'Start as an ordinary user, install util-linux (it has unshare and setpriv), ' +
      'or set DATABASE_URL to a Postgres of your own.',
  );
}

/** The program as the launcher starts it. */
export function launched(prefix: Launcher, program: string, args: string[]): { command: string; args: string[] } {
  const [first, ...others] = prefix;
  return first === undefined ? { command: program, args } : { command: first, args: [...others, program, ...args] };
}

/** Undefined when the program runs and sees the folder, otherwise what was said. */
function tryOut(prefix: Launcher, directory: string, program: string): string | undefined {
  const script = 'cd "$1" && test -w . && exec "$2" --version';
  const { command, args } = launched(prefix, 'sh', ['-c', script, 'sh', directory, program]);
  const result = spawnSync(command, args, { cwd: '/', encoding: 'utf8', timeout: 10_000 });
  if (result.status === 0) return undefined;
  return (result.error?.message ?? result.stderr.trim()) || `exit code ${result.status}`;
}

function unprivilegedAccount(): { uid: number; gid: number } {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const account = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  return { uid: Number(account?.[2] ?? NOBODY), gid: Number(account?.[3] ?? NOBODY) };
}

function giveTo(path: string, uid: number, gid: number): void {
  const found = lstatSync(path);
  if (found.uid !== uid) lchownSync(path, uid, gid);
  if (!found.isDirectory()) return;
  for (const name of readdirSync(path)) giveTo(join(path, name), uid, gid);
}

// npm test [-- jest arguments]: every test, from a bare clone, against a Postgres and a Redis of its own.
// With a path or pattern only @rollcall/embedded is built first; browser tests then want `npm run build` before.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY, build, checkNode, install, isRunning, main, progress } from './bootstrap.mjs';

const PREFIX = 'rollcall-test-';
const jestArguments = process.argv.slice(2);
const chosen = jestArguments.some((argument) => !argument.startsWith('-'));

await main(async () => {
  checkNode();
  await install();
  await build(chosen ? '@rollcall/embedded' : undefined);
  sweep();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  // Both kinds of end are ours to see: servers are stopped first, and jest has the terminal's Ctrl-C already.
  let signal;
  let jest;
  for (const name of ['SIGINT', 'SIGTERM']) {
    process.on(name, () => {
      signal = name;
      jest?.kill('SIGTERM');
    });
  }
  const servers = [];
  try {
    const env = await startServers(folder, servers);
    if (!signal) {
      const bin = join(REPOSITORY, 'node_modules', 'jest', 'bin', 'jest.js');
      jest = spawn(process.execPath, ['--experimental-vm-modules', '--no-warnings', bin, ...jestArguments], {
        cwd: REPOSITORY,
        env: { ...process.env, ...env },
        stdio: 'inherit',
      });
      const code = await new Promise((resolve, reject) => jest.once('error', reject).once('close', resolve));
      process.exitCode = signal ? 130 : (code ?? 1);
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
  process.exit(signal ? 130 : process.exitCode);
});

/** Servers that the environment names are used; the others are started in `folder`. */
async function startServers(folder, servers) {
  const { startEmbeddedPostgres, startEmbeddedRedis } = await import('@rollcall/embedded');
  const keep = (server) => servers.push(server) && server;
  const postgres = async () => {
    // Durability is not under test here, except where a test starts a server of its own.
    const settings = { fsync: 'off', full_page_writes: 'off', shared_buffers: '128MB' };
    return keep(await startEmbeddedPostgres({ directory: join(folder, 'postgres'), settings })).url('postgres');
  };
  const redis = async () => {
    const cacheDirectory = join(REPOSITORY, 'node_modules', '.cache', 'rollcall');
    return keep(await startEmbeddedRedis({ directory: join(folder, 'redis'), cacheDirectory })).url;
  };
  const started = await Promise.allSettled([
    process.env.ROLLCALL_TEST_DATABASE_URL ?? postgres(),
    process.env.ROLLCALL_TEST_REDIS_URL ?? redis(),
  ]);
  const failed = started.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  progress('Postgres and Redis are up.');
  return { ROLLCALL_TEST_DATABASE_URL: started[0].value, ROLLCALL_TEST_REDIS_URL: started[1].value };
}

/** Ends and removes what a run left behind that was killed. */
function sweep() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    if (isRunning(Number(name.slice(PREFIX.length).split('-')[0]))) continue;
    const folder = join(tmpdir(), name);
    for (const pid of processesBelow(folder)) process.kill(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

function processesBelow(folder) {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        return pid > 0 && readlinkSync(`/proc/${pid}/cwd`).startsWith(`${folder}/`);
      } catch {
        return false; // ended, or of another user
      }
    });
}

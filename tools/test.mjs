// npm test [-- jest arguments]: every test, from a bare clone, against a Postgres and a Redis of its own.
// With a path or pattern only @rollcall/embedded is built first; browser tests then want `npm run build` before.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { REPOSITORY, build, checkNode, install, isRunning, main, progress } from './bootstrap.mjs';

const PREFIX = 'rollcall-test-';
const jestArguments = process.argv.slice(2);
const chosen = jestArguments.some((argument) => !argument.startsWith('-'));

await main(async () => {
  checkNode();
  await install();
  await build(chosen ? '@rollcall/embedded' : undefined);
  await sweep();
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
    // Spec files copy a database that has all tables, on a server that ends with the run.
    if (!process.env.ROLLCALL_TEST_DATABASE_URL) env.ROLLCALL_TEST_TEMPLATE = 'rollcall_template';
    if (!signal) {
      const bin = join(REPOSITORY, 'node_modules', 'jest', 'bin', 'jest.js');
      jest = spawn(process.execPath, ['--no-warnings', bin, ...jestArguments], {
        cwd: REPOSITORY,
        // Tests make their folders here too, so that nothing of a run that was cut off stays.
        env: { ...process.env, ...env, TMPDIR: folder },
        stdio: 'inherit',
      });
      const code = await new Promise((resolve, reject) => jest.once('error', reject).once('close', resolve));
      process.exitCode = signal ? 130 : (code ?? 1);
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await remove(folder);
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
async function sweep() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    if (isRunning(Number(name.slice(PREFIX.length).split('-')[0]))) continue;
    await remove(join(tmpdir(), name));
  }
}

/** A folder of ours and whoever still works in it. */
async function remove(folder) {
  for (let round = 0, left = processesOf(folder); left.length > 0 && round < 20; round++, left = processesOf(folder)) {
    left.forEach(kill);
    await sleep(50);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Known by where they work, or by the TMPDIR that they got from jest. */
function processesOf(folder) {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        if (!(pid > 0)) return false;
        const worksThere = readlinkSync(`/proc/${pid}/cwd`).startsWith(`${folder}/`);
        return worksThere || readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`TMPDIR=${folder}`);
      } catch {
        return false; // ended, or of another user
      }
    });
}

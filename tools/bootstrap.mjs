// What `npm start` and `npm test` need before any dependency is there: Node's own modules only.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { takeLock } from '../packages/rollcall/src/lock.mjs';
import { Interruption, Refusal, progress } from '../packages/rollcall/src/terminal.mjs';

export { Refusal, checkNode, main, progress } from '../packages/rollcall/src/terminal.mjs';

export const REPOSITORY = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const STATE = join(REPOSITORY, 'node_modules', '.cache', 'rollcall');

/** Installs the dependencies when they are missing or not those of package-lock.json. */
export async function install() {
  if (dependenciesAreCurrent()) return;
  await alone('install', async () => {
    if (dependenciesAreCurrent()) return;
    progress('Installing dependencies; this takes about a minute …');
    // Nothing here needs install scripts, and one of them would report the install to its maker.
    const options = ['--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
    await run(...npm('ci', ...options, '--loglevel=error'), 'Installing the dependencies', 'still installing …');
    progress('Dependencies are installed.');
  });
}

/** Builds a project, or all; asks nx only when a source, a setting or a dependency changed since the last build. */
export async function build(project) {
  if (buildIsCurrent(project)) return;
  await alone('build', async () => {
    if (buildIsCurrent(project)) return;
    progress(`Building ${project ?? 'what changed'} …`);
    const before = sourcesFingerprint(project);
    const nx = join(REPOSITORY, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
    const args = ['run-many', '-t', 'build', ...(project ? ['-p', project] : []), '--outputStyle=stream'];
    await run(process.execPath, [nx, ...args], 'The build', 'still building …');
    mkdirSync(STATE, { recursive: true });
    writeFileSync(stampFile(project), before);
    progress('Built.');
  });
}

/** Takes away what was built, so that the next build holds nothing else than it makes. */
export function removeBuilds() {
  for (const { folder, scripts } of projects()) {
    if (scripts?.build) rmSync(join(folder, 'dist'), { recursive: true, force: true });
  }
}

/** npm writes the list of what it installed last, so a list that agrees means an install that went to its end. */
function dependenciesAreCurrent() {
  const wanted = readLock('package-lock.json');
  const installed = readLock(join('node_modules', '.package-lock.json'));
  if (!installed) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    const found = installed[path];
    if (!path.includes('node_modules/') || (!found && entry.optional)) return true;
    return found && ['version', 'integrity', 'resolved'].every((key) => found[key] === entry[key]);
  });
}

function readLock(name) {
  const file = join(REPOSITORY, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

function buildIsCurrent(project) {
  const stamp = stampFile(project);
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== sourcesFingerprint(project)) return false;
  return projects(project).every(({ folder, scripts }) => !scripts?.build || existsSync(join(folder, 'dist')));
}

function stampFile(project) {
  return join(STATE, `built-${project?.split('/')[1] ?? 'all'}`);
}

/** The workspaces' package.json with the folder of each; one of them, or all. */
function projects(wanted) {
  return ['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(REPOSITORY, parent)).flatMap((name) => {
      const folder = join(REPOSITORY, parent, name);
      if (!existsSync(join(folder, 'package.json'))) return [];
      const project = { ...JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')), folder };
      return !wanted || project.name === wanted ? [project] : [];
    }),
  );
}

/** A hash over everything that the build reads: about 300 small files, a few milliseconds. */
function sourcesFingerprint(project) {
  const hash = createHash('sha256').update(process.version);
  const add = (path) => hash.update(path.slice(REPOSITORY.length)).update(readFileSync(path));
  for (const name of ['nx.json', 'tsconfig.base.json', 'package-lock.json']) add(join(REPOSITORY, name));
  const visit = (folder) => {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !['dist', 'node_modules', 'coverage', 'e2e'].includes(entry.name)) visit(path);
      else if (entry.isFile() && !/\.spec\.tsx?$|\.md$/.test(entry.name)) add(path);
    }
  };
  for (const { folder } of projects(project)) visit(folder);
  return hash.digest('hex');
}

function npm(...args) {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? [process.execPath, [script, ...args]] : ['npm', args];
}

/** Runs a command silently; says that it still runs, and shows what it said when it fails. */
async function run(command, args, what, waiting) {
  const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true', FORCE_COLOR: '0' };
  const child = spawn(command, args, { cwd: REPOSITORY, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ticker = setInterval(() => progress(waiting), 10_000);
  let interrupted;
  const pass = (signal) => {
    interrupted ??= signal;
    child.kill(signal);
    // npm finishes what it is at before it listens; what it leaves is not taken for an install.
    setTimeout(() => child.kill('SIGKILL'), 3_000).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, pass);
  try {
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    if (interrupted) throw new Interruption(interrupted);
    if (code !== 0) throw new Refusal(`${what} failed (exit code ${code}).${hint(output)}\n\n${output.trim()}`);
  } catch (error) {
    if (error.code === 'ENOENT') throw new Refusal(`${what} failed: there is no "${command}" on PATH.`);
    throw error;
  } finally {
    clearInterval(ticker);
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, pass);
  }
}

function hint(output) {
  if (/ENOSPC|No space left/.test(output)) return ' The disk is full: 1 GB is enough for everything.';
  if (/EACCES|EPERM|EROFS/.test(output)) return ` This user may not write below ${REPOSITORY}.`;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET/.test(output)) {
    return ' The npm registry cannot be reached: check the network, or the proxy and registry settings of npm.';
  }
  return '';
}

/** Two commands in one clone take turns. */
async function alone(task, work) {
  let lock;
  for (let told = false; !(lock = await takeLock(`${REPOSITORY} ${task}`, task)).release; told = true) {
    if (!told) progress(`Waiting for process ${lock.holder.pid}, which is at it (${task}) …`);
    await sleep(200);
  }
  try {
    await work();
  } finally {
    lock.release();
  }
}

export function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

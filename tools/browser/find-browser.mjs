import { execFile } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const REPOSITORY = join(HERE, '../..');
const PACKED_FOR = 'linux-x64';

/** Nothing of the browser's own may reach for the network. Root and containers cannot have its sandbox. */
export const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A Chromium to drive: the one that CHROMIUM_PATH names, else one on the PATH, else the one that comes packed in
 * an npm package (unpacked once, below node_modules/.cache).
 */
export async function findBrowser(env = process.env) {
  const named = env.CHROMIUM_PATH;
  if (named) {
    if (!isExecutable(named)) throw new Error(`CHROMIUM_PATH=${named} is not a program that can be run.`);
    return named;
  }
  return onPath(env.PATH ?? '') ?? (await unpacked());
}

function onPath(path) {
  return ['chromium', 'chromium-browser', 'google-chrome']
    .flatMap((name) => path.split(delimiter).map((folder) => join(folder, name)))
    .find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Missing or not ours to run: either way not this one.
    return false;
  }
}

async function unpacked() {
  if (`${process.platform}-${process.arch}` !== PACKED_FOR) {
    throw new Error('The browser tests need Chromium: install it, or name a Chrome with CHROMIUM_PATH.');
  }
  const packed = join(REPOSITORY, 'node_modules', '@sparticuz', 'chromium');
  const { version } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8'));
  const cache = join(REPOSITORY, 'node_modules', '.cache', 'rollcall');
  const folder = join(cache, `chromium-${version}`);
  const program = join(folder, 'chromium');
  if (existsSync(program)) return program;

  // The package unpacks into the temporary folder. In one of its own, moved when complete, so that spec files which
  // start at the same moment neither see half a browser nor the one of another user.
  mkdirSync(cache, { recursive: true });
  const unpacking = mkdtempSync(join(cache, 'chromium-unpacking-'));
  try {
    const script = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: HERE,
      env: { ...process.env, TMPDIR: unpacking },
    });
    // It comes for its owner alone; whoever may read this folder may test.
    for (const path of [unpacking, join(unpacking, 'chromium')]) chmodSync(path, 0o755);
    if (!existsSync(program)) renameSync(unpacking, folder);
  } catch (error) {
    // Somebody else may have been first: then theirs is as good.
    if (!existsSync(program)) throw error;
  } finally {
    rmSync(unpacking, { recursive: true, force: true });
  }
  return program;
}

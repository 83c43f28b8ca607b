import { spawn } from 'node:child_process';
import { Refusal } from './terminal.mjs';

/** Said to npm whatever it does: nothing that calls anywhere but the registry, and no words that only distract. */
const QUIET = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];

/** Reasons that npm gives in its own words, and what somebody can do. */
const HINTS = [
  [/\bE404\b/, 'There is no such package on the registry that npm asks: look at its name and version.'],
  [/\bETARGET\b/, 'There is no such version of it.'],
  [/\bE40[13]\b/, 'The registry wants a sign-in: run "npm login", or set its token in your .npmrc.'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET/,
    'The npm registry cannot be reached: check the network, or the proxy and registry settings of npm.',
  ],
  [/ENOENT/, 'Look at the path.'],
  [/ENOSPC/, 'The disk is full.'],
];

/**
 * Runs the npm of whoever called us, with its settings, in `cwd`; no shell sees the words. Returns what it wrote to its
 * output. When it fails, `what` begins the refusal, which says that nothing
 * has changed: `changeAdapters` sees to that.
 */
export async function npm(words, { cwd, what }) {
  const child = spawn('npm', [...QUIET, ...words], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (errors += chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', (cause) =>
      reject(cause.code === 'ENOENT' ? new Refusal(`${what}: there is no "npm" on PATH.`, { cause }) : cause),
    );
  });
  if (code === 0) return output;
  const hint = HINTS.find(([pattern]) => pattern.test(errors))?.[1];
  throw new Refusal(`${what}: npm failed.${hint ? ` ${hint}` : ''}\n\n${errors.trim()}\n\nNothing has changed.`);
}

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A package says with a script of this name how it is built again and again. */
const SCRIPT = 'watch';

/** Whether the package in a folder can build itself while it is worked on. */
export function canWatch(folder: string): boolean {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { scripts?: object };
  return scripts !== undefined && SCRIPT in scripts;
}

/** Runs `npm run watch` in a folder. `say` hears its lines: what does not compile, in the compiler's words. */
export function watchBuild(folder: string, say: (line: string) => void): { stop(): void } {
  // A process group of its own: npm and the shell below it do not hand every signal on.
  const child = spawn('npm', ['run', '--silent', SCRIPT], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => line.trim() !== '' && say(line));
  }
  let stopped = false;
  child.once('error', (error) => say(`"npm run ${SCRIPT}" cannot be started: ${error.message}`));
  child.once('exit', (code) => {
    if (!stopped)
      say(`"npm run ${SCRIPT}" has ended (${code ?? 'by a signal'}): what is changed is not built any more.`);
  });
  return {
    stop: () => {
      stopped = true;
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    },
  };
}

import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Arrows between packages, cycles, dropped errors, formatting: rules that nobody runs are not kept. */
it('the code keeps its own rules (npm run lint)', async () => {
  await run('npm', ['run', 'lint'], { cwd: resolve(__dirname, '..'), maxBuffer: 10_000_000 });
}, 900_000);

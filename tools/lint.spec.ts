import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** ESLint reads every file with its types, which takes minutes: see jest.config.mjs. */
const THOROUGH = process.env['ROLLCALL_THOROUGH'] === '1';

/** Rules that nobody runs are not kept: types and formatting; with ESLint also arrows between packages, cycles, dropped errors. */
it('the code keeps its own rules', async () => {
  const options = { cwd: resolve(__dirname, '..'), maxBuffer: 10_000_000 };
  await run('npm', ['run', THOROUGH ? 'lint' : 'check'], options);
}, 900_000);

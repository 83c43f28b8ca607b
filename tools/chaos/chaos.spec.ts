import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

describe('a pull whose worker is killed', () => {
  it('ends by itself, in the right state, on another worker', async () => {
    const script = join(__dirname, 'chaos.mjs');
    const { stdout } = await run(process.execPath, [script, '--rounds', '2', '--only', 'killed in apply']);
    expect(stdout).toContain('Every task ended by itself, in the right state.');
  }, 240_000);
});

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

describe('a push of 5,000 users', () => {
  it('survives kill -9 of the service at a random moment: no duplicate, no loss, no task left running', async () => {
    const { stdout } = await run(process.execPath, [join(__dirname, 'kill-push.mjs'), '2']);
    expect(stdout).toContain('2 rounds: no duplicate, no loss, no task left running.');
  }, 240_000);
});

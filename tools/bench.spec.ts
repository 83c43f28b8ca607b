import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Phase {
  name: string;
  ms: number;
  floorMs: number;
  ratio: number;
  rssMiB: number;
  p50Ms?: number;
  p99Ms?: number;
}

describe('npm run bench', () => {
  it('measures phases of a small company next to their floors', async () => {
    const bench = join(__dirname, 'bench', 'bench.mjs');
    const { stdout } = await run(process.execPath, [bench, '--n', '1000', '--json', '--phases', 'first,changed-1pct']);
    const result = JSON.parse(stdout.slice(stdout.indexOf('{'))) as { n: number; phases: Phase[] };
    expect(result.n).toBe(1_000);
    expect(result.phases.map(({ name }) => name)).toEqual(['first', 'changed-1pct']);
    for (const { ms, floorMs, ratio, rssMiB } of result.phases) {
      for (const number of [ms, floorMs, ratio, rssMiB]) expect(number).toBeGreaterThan(0);
      // The ratio is of the unrounded times: a floor of 31 ms may have been 31.4.
      expect(ratio).toBeGreaterThan((ms - 1) / (floorMs + 1));
      expect(ratio).toBeLessThan((ms + 1) / (floorMs - 1));
    }
  }, 240_000);
});

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

interface MeasuredPage {
  name: string;
  ms: number;
  requests: number;
  scriptBytes: number;
}

describe('npm run bench:pages', () => {
  it('opens the pages of a small company and tells what that cost', async () => {
    const bench = join(__dirname, 'bench', 'pages.mjs');
    const { stdout } = await run(process.execPath, [bench, '--n', '1000', '--rounds', '1', '--json']);
    const result = JSON.parse(stdout.slice(stdout.indexOf('{'))) as { n: number; pages: MeasuredPage[] };
    expect(result.n).toBe(1_000);
    expect(result.pages.map(({ name }) => name)).toEqual(expect.arrayContaining(['sign-in', 'users', 'departments']));
    for (const { ms, requests, scriptBytes } of result.pages) {
      expect(ms).toBeGreaterThan(0);
      expect(requests).toBeGreaterThan(3);
      // Compressed, and all of it.
      expect(scriptBytes).toBeGreaterThan(50_000);
      expect(scriptBytes).toBeLessThan(600_000);
    }
  }, 240_000);
});

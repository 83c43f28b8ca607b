import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

test('the site builds, with every page in it, and no link in it is dead', async () => {
  const { pagesLackingFrom, siteProblems } = await import('./checks.mjs');
  const out = mkdtempSync(join(tmpdir(), 'rollcall-docs-'));
  try {
    await promisify(execFile)(process.execPath, [join(__dirname, 'docs.mjs'), '--out-dir', out], {
      maxBuffer: 10_000_000,
    });
    expect(pagesLackingFrom(out)).toEqual([]);
    expect(siteProblems(out)).toEqual([]);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}, 600_000);

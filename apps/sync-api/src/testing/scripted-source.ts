import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, PullResult } from '@rollcall/core';

/** What the scripted source answers at its next pulls. */
export interface Script {
  pages: Page[];
  complete?: PullResult['complete'];
  /** Thrown after the pages. */
  error?: { code: string; message: string };
  /** Waits this long before each page. */
  pauseMs?: number;
  /** Never answers after the pages, and does not listen to anybody. */
  hangs?: boolean;
  /** Returned instead of a result. */
  answer?: unknown;
}

const PACKAGE = 'rollcall-source-scripted';

/** The adapter as a third party would publish it: plain JavaScript that imports nothing of ours. */
const CODE = `
const { readFileSync } = require('node:fs');
const { setTimeout: sleep } = require('node:timers/promises');
exports.adapters = [{
  kind: 'source', id: 'scripted', title: 'Scripted', version: '1.0.0',
  configSchema: { type: 'object', additionalProperties: false, properties: { file: { type: 'string' } } },
  async *pull({ options, signal }) {
    const script = JSON.parse(readFileSync(options.file, 'utf8'));
    for (const page of script.pages) {
      if (script.pauseMs) await sleep(script.pauseMs, undefined, { signal });
      yield page;
    }
    if (script.hangs) await new Promise(() => undefined);
    if (script.answer !== undefined) return script.answer;
    if (script.error) throw Object.assign(new Error(script.error.message), { name: 'RollcallError', code: script.error.code });
    return { complete: script.complete ?? {} };
  },
}];`;

/** A home with the scripted source installed, and the file that says what it answers. */
export function installScriptedSource(): {
  env: NodeJS.ProcessEnv;
  file: string;
  play(script: Script): void;
  remove(): void;
} {
  const home = mkdtempSync(join(tmpdir(), 'rollcall-scripted-'));
  const folder = join(home, 'adapters', 'node_modules', PACKAGE);
  mkdirSync(folder, { recursive: true });
  const manifest = { contract: 1, adapters: [{ kind: 'source', id: 'scripted' }] };
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: PACKAGE, version: '1.0.0', main: 'index.js', rollcall: manifest }),
  );
  writeFileSync(join(folder, 'index.js'), CODE);
  const file = join(home, 'script.json');
  return {
    env: { ROLLCALL_HOME: home, ROLLCALL_ADAPTERS: PACKAGE },
    file,
    play: (script) => writeFileSync(file, JSON.stringify(script)),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hint, Page, PullResult } from '@rollcall/core';

/** What the scripted source answers at its next pulls. */
export interface Script {
  pages: Page[];
  complete?: PullResult['complete'];
  /** Thrown after the pages. */
  error?: { code: string; message: string; field?: string; retryAfter?: number };
  /** Waits this long before each page. */
  pauseMs?: number;
  /** Never answers after the pages, and does not listen to anybody. */
  hangs?: boolean;
  /** Returned instead of a result. */
  answer?: unknown;
  nextCursor?: string;
  /** Does not know any `since`. */
  forgetsSince?: boolean;
  /** What is read again when hints came, and what is thrown after it. Only `scripted-events`. */
  events?: Page[];
  eventError?: { code: string; message: string };
  /** Returned at the end of reading hints. Once: the next read of hints returns nothing. */
  open?: unknown;
  /** Asked of Rollcall while hints are read; see `PullCall.known`. */
  asks?: string[];
  /** Before this page: the error is thrown, or nothing comes any more. Not when the read is resumed. */
  interruption?: { page: number; error?: { code: string; message: string } };
}

/** How the source was asked. */
export interface PullCall {
  mode?: string;
  since?: string;
  resumeAfter?: string;
  /** It was asked to read these again, and for nothing else. */
  hints?: Hint[];
  /** Which of `asks` Rollcall knows, and within what they were asked. */
  known?: string[];
  within?: string;
}

const PACKAGE = 'rollcall-source-scripted';

/** The adapter as a third party would publish it: plain JavaScript that imports nothing of ours. */
const CODE = `
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const { setTimeout: sleep } = require('node:timers/promises');
const failure = ({ code, ...error }) => Object.assign(new Error(error.message), { name: 'RollcallError', code, ...error });
const scripted = {
  kind: 'source', id: 'scripted', title: 'Scripted', version: '1.0.0', incremental: true,
  configSchema: { type: 'object', additionalProperties: false, properties: { file: { type: 'string' } } },
  async *pull({ options, signal, mode, since, resumeAfter }) {
    appendFileSync(options.file + '.calls', JSON.stringify({ mode, since, resumeAfter }) + '\\n');
    const script = JSON.parse(readFileSync(options.file, 'utf8'));
    const known = script.pages.findIndex((page) => page?.cursor !== undefined && page.cursor === resumeAfter);
    if ((resumeAfter !== undefined && known < 0) || (since !== undefined && script.forgetsSince)) throw failure({ code: 'cursor_expired', message: 'Unknown cursor.' });
    for (const [index, page] of script.pages.entries()) {
      if (index <= known) continue;
      if (resumeAfter === undefined && script.interruption?.page === index) {
        if (script.interruption.error) throw failure(script.interruption.error);
        await new Promise(() => undefined);
      }
      if (script.pauseMs) await sleep(script.pauseMs, undefined, { signal });
      yield page;
    }
    if (script.hangs) await new Promise(() => undefined);
    if (script.answer !== undefined) return script.answer;
    if (script.error) throw failure(script.error);
    return { complete: script.complete ?? {}, nextCursor: script.nextCursor };
  },
};
const events = {
  async receive({ method, query, headers, body }) {
    if (query.token !== 'right') throw failure({ code: 'unauthenticated', message: 'The vendor did not send this.' });
    if (method === 'GET') return { body: query.echo };
    if (headers['content-type'] === 'text/xml') return { body: String(body.length), contentType: 'text/xml' };
    return JSON.parse(Buffer.from(body).toString('utf8'));
  },
  async *read({ options, hints, within, known }) {
    const script = JSON.parse(readFileSync(options.file, 'utf8'));
    const asked = script.asks && { known: [...(await known('user', script.asks))], within };
    appendFileSync(options.file + '.calls', JSON.stringify({ hints, ...asked }) + '\\n');
    yield* script.events ?? [];
    if (script.eventError) throw failure(script.eventError);
    if (script.open) writeFileSync(options.file, JSON.stringify({ ...script, open: undefined }));
    return script.open;
  },
};
exports.adapters = [
  scripted,
  { ...scripted, id: 'scripted-insensitive', uidCase: 'insensitive' },
  { ...scripted, id: 'scripted-events', events },
];`;

/** A home with the scripted source installed, and the file that says what it answers. */
export function installScriptedSource(): {
  env: NodeJS.ProcessEnv;
  file: string;
  /** Says what comes next, and forgets how it was asked before. */
  play(script: Script): void;
  calls(): PullCall[];
  remove(): void;
} {
  const home = mkdtempSync(join(tmpdir(), 'rollcall-scripted-'));
  const folder = join(home, 'adapters', 'node_modules', PACKAGE);
  mkdirSync(folder, { recursive: true });
  const manifest = {
    contract: 1,
    adapters: ['scripted', 'scripted-insensitive', 'scripted-events'].map((id) => ({ kind: 'source', id })),
  };
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: PACKAGE, version: '1.0.0', main: 'index.js', rollcall: manifest }),
  );
  writeFileSync(join(folder, 'index.js'), CODE);
  const file = join(home, 'script.json');
  return {
    env: { ROLLCALL_HOME: home, ROLLCALL_ADAPTERS: PACKAGE },
    file,
    play: (script) => {
      writeFileSync(file, JSON.stringify(script));
      writeFileSync(`${file}.calls`, '');
    },
    calls: () => {
      const lines = readFileSync(`${file}.calls`, 'utf8').split('\n');
      return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as PullCall);
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

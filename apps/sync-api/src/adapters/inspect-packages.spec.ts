import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Packages whose code does harm after it was loaded. What was built is tried, in processes of its own: a test runner hears of a
 * rejection before anybody else does.
 */
const BUILT = join(__dirname, '..', '..', 'dist', 'adapters');
const SOURCE = `{ kind: 'source', title: 'T', version: '1', configSchema: { type: 'object', additionalProperties: false, properties: {} }`;

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'rollcall-inspect-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

function install(name: string, harm: string): void {
  const directory = join(home, 'node_modules', name);
  mkdirSync(directory, { recursive: true });
  const rollcall = { contract: 1, adapters: [{ kind: 'source', id: name }] };
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ name, version: '1.0.0', rollcall }));
  writeFileSync(join(directory, 'index.js'), `${harm}\nexports.adapters = [${SOURCE}, id: '${name}' }];`);
}

/** What a script of Node's own prints as JSON. */
function ran(script: string): unknown {
  const env = { ...process.env, NODE_OPTIONS: '' };
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: home, env, encoding: 'utf8' }));
}

/** What is wrong with those that are installed. */
function problems(...names: string[]): Record<string, string> {
  const found = ran(`
    const { inspectAdapters } = require(${JSON.stringify(join(BUILT, 'inspect-packages.js'))});
    inspectAdapters(${JSON.stringify(home)}, {}, ${JSON.stringify(names)}).then((all) => console.log(JSON.stringify(all)));
  `) as { origin: string; error: string | null }[];
  return Object.fromEntries(found.flatMap(({ origin, error }) => (error === null ? [] : [[origin, error]])));
}

describe('a package whose code does harm after it was loaded', () => {
  it('is told from those beside it, with what it threw and where', () => {
    install('timer', `setTimeout(() => { throw new Error('no libfoo'); }, 50);`);
    install('fine', '');
    install('rejects', `Promise.reject(new Error('no libbar'));`);
    install('ends', `setTimeout(() => process.exit(3), 20);`);
    expect(problems('timer', 'fine', 'rejects', 'ends')).toEqual({
      timer: expect.stringMatching(
        /^timer threw where nobody can catch it, .*: no libfoo \(.*timer\/index\.js:1:\d+\)\. Install another version of it\.$/,
      ) as unknown,
      rejects: expect.stringMatching(/^rejects threw where nobody can catch it, .*: no libbar/) as unknown,
      ends: expect.stringMatching(/^ends ended the process \(exit code 3\)/) as unknown,
    });
  });

  it('does not load when it rejects a promise meanwhile that nobody waits for', () => {
    install('rejects', `Promise.reject(new Error('no libbar'));`);
    install('fine', '');
    const said = ran(`
      const { hearingRejections } = require(${JSON.stringify(join(BUILT, 'hear-rejections.js'))});
      const load = hearingRejections((file) => import(file));
      const loaded = (name) => load(${JSON.stringify(join(home, 'node_modules'))} + '/' + name + '/index.js', name);
      loaded('rejects').catch(({ message }) =>
        loaded('fine').then((fine) => console.log(JSON.stringify([message, fine.adapters.length]))));
    `);
    expect(said).toEqual(['no libbar', 1]);
  });
});

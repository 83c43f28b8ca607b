import { once } from 'node:events';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { itThorough } from '../apps/sync-api/src/testing/thorough.ts';
import { generate } from '../packages/create-adapter/src/generate.ts';
import { RunningCommand } from './test-support/running-command.ts';

jest.setTimeout(120_000);

/** The commands with which an adapter is written, as they are typed in a generated package. */
const REPOSITORY = join(__dirname, '..');
const ROLLCALL = join(REPOSITORY, 'packages', 'rollcall', 'bin', 'rollcall.mjs');
const folder = mkdtempSync(join(tmpdir(), 'rollcall-inner-loop-'));
const source = join(folder, 'source');
const target = join(folder, 'target');
const running: RunningCommand[] = [];

/** Without what jest has told Node. */
const run = (command: string[], cwd: string, env: NodeJS.ProcessEnv = {}): RunningCommand => {
  const started = new RunningCommand(command, cwd, { NODE_OPTIONS: '', ...env });
  running.push(started);
  return started;
};
const rollcall = (args: string[], cwd: string, env?: NodeJS.ProcessEnv): RunningCommand =>
  run([process.execPath, ROLLCALL, ...args], cwd, env);

/** Made and built as npm would have installed it. */
async function make(kind: 'source' | 'target', directory: string): Promise<void> {
  generate({ folder: directory, kind, id: 'acme', name: 'Acme', author: 'Acme' });
  const modules = join(directory, 'node_modules');
  for (const name of ['@rollcall/core', '@types/node', 'undici-types', 'typescript', '.bin']) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(REPOSITORY, 'node_modules', name), join(modules, name));
  }
  const built = run([join(modules, '.bin', 'tsc')], directory);
  expect([await built.ended, built.output]).toEqual([0, '']);
}

beforeAll(async () => {
  await make('source', source);
  await make('target', target);
});
afterAll(async () => {
  for (const command of running) command.kill();
  await Promise.all(running.map(({ ended }) => ended));
  rmSync(folder, { recursive: true, force: true });
});

describe('rollcall pull', () => {
  let fake: RunningCommand;
  const options = (name: string, content: object): string => {
    writeFileSync(join(source, name), JSON.stringify(content));
    return name;
  };
  let url: string;

  beforeAll(async () => {
    const serve = `import { FakeApi } from './dist/testing/fake-api.js'; console.log((await new FakeApi().start()).url);`;
    fake = run([process.execPath, '--input-type=module', '-e', serve], source);
    await fake.says(/http:\S+\n/);
    url = fake.output.trim();
  });
  afterAll(() => fake.stop());

  test('prints the records as lines of JSON, and beside them how many there were and what was complete', async () => {
    const file = options('right.json', { url, token: 'made-up-token' });
    const pull = rollcall(['pull', '--options', file], source);
    expect([await pull.ended, pull.output]).toEqual([
      0,
      expect.stringContaining('users: 10, departments: 4, refused: 0'),
    ]);
    const records = pull.printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { uid: string });
    expect(records).toHaveLength(14);
    expect(records[4]).toEqual({
      ...{ dataType: 'user', uid: 'p1', nickname: 'Person Number 1', email: 'person1@company.example' },
      ...{ managerUid: null, isDisabled: false, departments: [{ uid: 'd1' }] },
    });
    expect(pull.output).toMatch(/^users: complete$/m);
    const cursor = pull.find(/--mode incremental --cursor '(.*)'/);
    const later = rollcall(['pull', '.', '--options', file, '--mode', 'incremental', '--cursor', cursor], source);
    expect([await later.ended, later.printed]).toEqual([0, '']);
    expect(later.output).toContain('users: 0, departments: 0');
  });

  test('ends with --limit, and lets the adapter go', async () => {
    const file = options('right.json', { url, token: 'made-up-token' });
    const pull = rollcall(['pull', source, '--options', join(source, file), '--limit', '5'], folder);
    expect(await pull.ended).toBe(0);
    expect(pull.printed.trim().split('\n')).toHaveLength(5);
    expect(pull.output).toContain('Ended by --limit');
  });

  test('ends with 1 when the pull failed, says which option is wrong, and shows no secret', async () => {
    const file = options('wrong.json', { url, token: 'wrong-token-4711' });
    const pull = rollcall(['pull', '--options', file], source);
    expect([await pull.ended, pull.printed]).toEqual([1, '']);
    expect(pull.output).toContain(
      'The pull failed (credentials, option "token"): The token is refused. Enter a new one.',
    );
    expect(pull.output).not.toContain('4711');
  });

  test('is stopped by Ctrl-C, also when the other side is silent', async () => {
    const silent = createServer();
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const { port } = silent.address() as { port: number };
    const file = options('silent.json', { url: `http://127.0.0.1:${port}`, token: 'x' });
    const pull = rollcall(['pull', '--options', file], source);
    const [socket] = (await once(silent, 'connection')) as [{ destroy(): void }];
    pull.signal('SIGINT');
    expect([await pull.ended, pull.output]).toEqual([130, expect.stringContaining('Interrupted.')]);
    socket.destroy();
    silent.close();
  });

  test('ends with 1 when the adapter waits for what can never come, and does not ask for changes alone in vain', async () => {
    const waits = join(folder, 'waits');
    mkdirSync(waits);
    const rollcallMember = { contract: 1, adapters: [{ kind: 'source', id: 'waits' }] };
    const manifest = { name: 'waits', version: '1.0.0', main: 'index.js', rollcall: rollcallMember };
    writeFileSync(join(waits, 'package.json'), JSON.stringify(manifest));
    const schema = `{ type: 'object', additionalProperties: false, properties: {} }`;
    const pulls = `async *pull() { yield { dataType: 'user', records: [{ uid: 'a' }] }; await new Promise(() => {}); }`;
    const adapter = `{ kind: 'source', id: 'waits', title: 'T', version: '1', configSchema: ${schema}, ${pulls} }`;
    writeFileSync(join(waits, 'index.js'), `exports.adapters = [${adapter}];`);
    const pull = rollcall(['pull', waits], folder);
    expect([await pull.ended, pull.output]).toEqual([1, expect.stringContaining('users: 1,')]);
    expect(pull.output).toContain('The pull failed (read_interrupted): the adapter waits for something that can never');
    const changes = rollcall(['pull', waits, '--mode', 'incremental', '--cursor', '1'], folder);
    expect([await changes.ended, changes.output]).toEqual([
      1,
      expect.stringContaining('"waits" does not say "incremental"'),
    ]);
  });

  test.each<[string, string[], RegExp]>([
    ['a target', ['target'], /brings a target, and only sources are pulled/],
    [
      'options that are no file',
      ['source', '--options', 'nowhere.json'],
      /--options nowhere\.json cannot be read \(ENOENT\)/,
    ],
    ['a limit', ['source', '--limit', 'all'], /--limit all is not a whole number/],
    ['a mode without its cursor', ['source', '--mode', 'incremental'], /needs --cursor/],
  ])('refuses %s', async (_what, args, message) => {
    const pull = rollcall(['pull', ...args], folder);
    expect([await pull.ended, pull.printed]).toEqual([1, '']);
    expect(pull.output).toMatch(message);
  });
});

describe('rollcall dev', () => {
  itThorough('runs Rollcall with the adapter of the folder, and follows it through changes and mistakes', async () => {
    const port = await freePort();
    const dev = rollcall(['dev'], source, { PORT: String(port) });
    await dev.says('Ctrl-C stops it.');
    const password = dev.find(/Password +(\S+)/);
    const titles = (): Promise<string[]> => titlesAt(`http://127.0.0.1:${port}`, password);
    expect(await titles()).toContain('Acme');
    const postgres = readFileSync(join(source, '.rollcall-dev/postgres/data/postmaster.pid'), 'utf8');

    const change = async (file: string, from: string, to: string, said: string | RegExp): Promise<void> => {
      const before = dev.output.length;
      const text = readFileSync(join(source, 'src', file), 'utf8');
      writeFileSync(join(source, 'src', file), text.replace(from, to));
      await dev.says(said, before);
    };
    await change('adapter.ts', "title: 'Acme'", "title: 'Acme anew'", 'Runs with the adapter as it is now');
    expect(await titles()).toContain('Acme anew');

    const end = '];';
    const untyped = "];\nexport const wrong: number = 'text';";
    await change('index.ts', end, untyped, /index\.ts.*error TS2322/);
    expect(await titles()).toContain('Acme anew');

    const thrown = "];\nif (adapter.id === 'acme') throw new Error('broken on purpose');";
    await change('index.ts', untyped, thrown, /broken on purpose.* Rollcall goes on with the adapter from before/);
    expect(await titles()).toContain('Acme anew');

    await change('index.ts', thrown, end, 'Runs with the adapter as it is now');
    expect(await titles()).toContain('Acme anew');
    expect(readFileSync(join(source, '.rollcall-dev/postgres/data/postmaster.pid'), 'utf8')).toBe(postgres);

    // Tests are not what Rollcall runs: while they do not compile, the adapter is followed all the same.
    appendFileSync(join(source, 'src/testing/adapter.test.ts'), "export const wrong: number = 'text';\n");
    await change('adapter.ts', "title: 'Acme anew'", "title: 'Acme again'", 'Runs with the adapter as it is now');
    expect(await titles()).toContain('Acme again');

    expect(await dev.stop()).toBe(0);
    expect(left(source)).toEqual([]);
  });

  async function titlesAt(url: string, password: string): Promise<string[]> {
    const body = JSON.stringify({ username: 'admin', password });
    const headers = { 'content-type': 'application/json' };
    const signedIn = await fetch(`${url}/api/auth/sign-in`, { method: 'POST', body, headers });
    const [cookie = ''] = signedIn.headers.getSetCookie();
    const answer = await fetch(`${url}/api/adapters`, { headers: { cookie: cookie.split(';')[0] ?? '' } });
    const { items } = (await answer.json()) as { items: { title: string }[] };
    return items.map(({ title }) => title);
  }

  async function freePort(): Promise<number> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  /** Processes that work in a folder, by their command. */
  function left(directory: string): string[] {
    return readdirSync('/proc').flatMap((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(directory)
          ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8')]
          : [];
      } catch {
        return []; // no process, ended, or of another user
      }
    });
  }
});

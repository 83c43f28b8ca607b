import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { defineSource, type Page, type PullContext, type PullResult, RollcallError } from '@rollcall/core';
import type { PullAdapter } from '../engine/read';
import { findSource } from './find-source';
import { pullOnce, type Pulled, type PullQuestion } from './pull-once';

const TOKEN = 'secret-7Q2x';

type Pull = (context: PullContext<{ token: string }>) => AsyncGenerator<Page, PullResult, undefined>;

const source = (pull: Pull): PullAdapter =>
  defineSource<{ token: string }>({
    id: 'acme',
    title: 'Acme',
    version: '1.0.0',
    configSchema: {
      type: 'object',
      additionalProperties: false,
      required: ['token'],
      properties: { token: { type: 'string', format: 'password', writeOnly: true, title: 'Token' } },
    },
    pull,
  }) as PullAdapter;

async function run(pull: Pull, more: Partial<PullQuestion> = {}) {
  const lines: string[] = [];
  const signal = new AbortController().signal;
  const question = {
    options: { token: TOKEN },
    mode: 'full' as const,
    signal,
    log: (line: string) => lines.push(line),
  };
  const pulling = pullOnce(source(pull), { ...question, ...more });
  const pulled: Pulled[] = [];
  for (let next = await pulling.next(); ; next = await pulling.next()) {
    if (next.done) return { pulled, result: next.value, lines };
    pulled.push(next.value);
  }
}

describe('a pull without a server', () => {
  it('brings records as Rollcall would store them, says which it refuses, and ends with what was complete', async () => {
    const { pulled, result } = await run(async function* () {
      yield {
        dataType: 'user',
        records: [
          { uid: 'a', nickname: 'Ann', email: '', desk: 4, password: 'x' },
          { uid: 'b', email: 'no address' },
          { uid: 'c', isDeleted: true },
        ],
      };
      yield {
        dataType: 'department',
        records: [{ uid: 'd', title: 'Sales' }],
        failed: [{ uid: 'e', message: 'Odd.' }],
      };
      return { complete: { user: true, department: { complete: false, reason: 'Filtered.' } }, nextCursor: '7' };
    });
    const records = pulled.flatMap((one) => ('record' in one ? [JSON.parse(one.record)] : []));
    expect(records).toEqual([
      { dataType: 'user', uid: 'a', nickname: 'Ann', desk: 4, email: null },
      { dataType: 'user', uid: 'c', isDeleted: true },
      { dataType: 'department', uid: 'd', title: 'Sales' },
    ]);
    expect(pulled.flatMap((one) => ('warning' in one ? [one.warning] : []))).toEqual([
      expect.stringContaining('user "a": password is a name that Rollcall keeps for itself'),
    ]);
    expect(pulled.flatMap((one) => ('failure' in one ? [one.failure] : []))).toEqual([
      expect.stringMatching(/^user "b": invalid_email: /),
      'department "e": configuration: Odd.',
    ]);
    expect(result).toEqual({
      complete: { user: true, department: { complete: false, reason: 'Filtered.' } },
      nextCursor: '7',
    });
  });

  it('asks as a task would: mode, cursor, options with their secrets, and nobody is known', async () => {
    const asked: unknown[] = [];
    await run(
      async function* ({ mode, since, options, known }) {
        asked.push(mode, since, options, await known('user', ['a']));
        yield { dataType: 'user', records: [] };
        return { complete: {} };
      },
      { mode: 'incremental', since: '41' },
    );
    expect(asked).toEqual(['incremental', '41', { token: TOKEN }, new Map()]);
  });

  it('lets no secret out: of log lines, records, refusals and errors', async () => {
    const { pulled, lines } = await run(async function* ({ logger, options: { token } }) {
      logger.info(`asked with ${token}`, { header: Buffer.from(token).toString('base64') });
      yield {
        dataType: 'user',
        records: [
          { uid: token, nickname: `of ${token}` },
          { uid: 'b', [token]: '\0' },
        ],
      };
      return { complete: {} };
    });
    const said = JSON.stringify([pulled, lines]);
    expect(lines).toHaveLength(1);
    expect(pulled).toHaveLength(2);
    expect(said).not.toContain(TOKEN);
    expect(said).not.toContain(Buffer.from(TOKEN).toString('base64'));
    await expect(
      run(async function* ({ options }) {
        yield* [];
        throw new RollcallError('credentials', `refused ${options.token}`, { field: 'token' });
      }),
    ).rejects.toMatchObject({ code: 'credentials', message: 'refused [secret]', field: 'token' });
  });

  it('refuses options that an admin could not save, and pages that break the contract', async () => {
    const nothing: Pull = async function* () {
      yield { dataType: 'person', records: [] } as never;
      return { complete: {} };
    };
    await expect(run(nothing, { options: { tokn: 'x' } })).rejects.toMatchObject({
      code: 'configuration',
      message: 'The options are not those of "acme": /token is required; /tokn is not a known option.',
    });
    await expect(run(nothing)).rejects.toMatchObject({ code: 'bad_answer' });
  });

  it('stops at once when it is told to, and the adapter hears of it', async () => {
    const stop = new AbortController();
    let heard = false;
    const running = run(
      async function* ({ signal }) {
        yield { dataType: 'user', records: [] };
        signal.addEventListener('abort', () => (heard = true));
        stop.abort(new RollcallError('read_interrupted', 'Stopped.'));
        await sleep(60_000, undefined, { signal });
        return { complete: {} };
      },
      { signal: stop.signal },
    );
    await expect(running).rejects.toThrow('Stopped.');
    expect(heard).toBe(true);
  });
});

describe('the source of a folder', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'rollcall-folder-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const SCHEMA = { type: 'object', additionalProperties: false, properties: {} };
  const write = (file: string, content: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  };
  const adapter = (kind: string, id: string, more = ''): string =>
    `{ kind: '${kind}', id: '${id}', title: 'T', version: '1', configSchema: ${JSON.stringify(SCHEMA)}${more} }`;
  const pulls = ', async *pull() { return { complete: {} }; }';
  const writes = `, dataTypes: { user: { fields: { except: [] }, canDisable: true } }, async *applyRows() {}`;
  const writePackage = (adapters: [string, string, string][]): void => {
    const manifest = { contract: 1, adapters: adapters.map(([kind, id]) => ({ kind, id })) };
    write('package.json', JSON.stringify({ name: 'acme', type: 'module', exports: './index.js', rollcall: manifest }));
    write('index.js', `export const adapters = [${adapters.map((one) => adapter(...one)).join(', ')}];`);
  };

  it('is loaded as Rollcall loads it', async () => {
    writePackage([['source', 'one', pulls]]);
    expect((await findSource(folder)).id).toBe('one');
  });

  it.each<[string, [string, string, string][], string | undefined, RegExp]>([
    [
      'a target',
      [['target', 'one', writes]],
      undefined,
      /acme brings a target, and only sources are pulled\..*rollcall dev/,
    ],
    ['a push source', [['source', 'one', '']], undefined, /"one" cannot be read from here/],
    [
      'several',
      [
        ['source', 'one', pulls],
        ['source', 'two', pulls],
      ],
      undefined,
      /brings one, two: choose one with --type/,
    ],
    ['another id', [['source', 'one', pulls]], 'two', /has no source "two": it brings one/],
  ])('is refused: %s', async (_what, adapters, id, message) => {
    writePackage(adapters);
    await expect(findSource(folder, id)).rejects.toThrow(message);
  });

  it('is refused where there is no package, or one that was not built', async () => {
    await expect(findSource(folder)).rejects.toThrow(/holds no package\.json: name the folder of an adapter package/);
    writePackage([['source', 'one', pulls]]);
    rmSync(join(folder, 'index.js'));
    await expect(findSource(folder)).rejects.toThrow(/Build the package/);
  });

  it.each([
    [
      'an iterator that cannot be ended',
      () => ({ next: () => Promise.resolve({ done: true, value: { complete: {} } }) }),
    ],
    ['a promise', () => Promise.resolve([])],
    ['nothing', () => undefined],
  ])('tells the author of an adapter whose pull returns %s', async (_name, pull) => {
    await expect(run(pull as never)).rejects.toMatchObject({
      code: 'bad_answer',
      message: expect.stringContaining('async generator'),
    });
  });

  it('tells what an adapter throws before it reads, without its secrets', async () => {
    const pulling = run(({ options }) => {
      throw new RollcallError('credentials', `No ${options.token}.`);
    });
    const thrown: unknown = await pulling.catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: 'credentials' });
    expect(String(thrown)).not.toContain(TOKEN);
  });

  it('counts a hole in the records as a record that cannot be read', async () => {
    const { pulled } = await run(async function* () {
      const records: unknown[] = [{ uid: 'a' }];
      records[2] = { uid: 'b' };
      yield { dataType: 'user', records } as Page;
      return { complete: { user: true } };
    });
    expect(pulled.map((one) => 'record' in one)).toEqual([true, false, true]);
  });
});

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Change, RowOutcome } from '../changes';
import type { ConfigSchema } from '../contract';
import { RollcallError } from '../errors';
import { defineSource } from '../source';
import { defineTarget } from '../target';
import type { Conformance } from './conformance';
import { sourceConformance } from './source-conformance';
import { targetConformance } from './target-conformance';

interface Options {
  file: string;
}

interface Person {
  name: unknown;
  active: boolean;
}

type People = Record<string, Person>;

const folder = mkdtempSync(join(tmpdir(), 'rollcall-local-'));
const file = join(folder, 'people.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (path: string): People => (existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as People) : {});

const configSchema: ConfigSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['file'],
  properties: { file: { type: 'string', title: 'File' } },
};

/** Keeps people in a file. `forgets`: it takes a disable for done that it has not done. */
async function* write(changes: readonly Change[], path: string, forgets: boolean): AsyncGenerator<RowOutcome> {
  for (const { recordId, action, payload } of changes) {
    const people = read(path);
    const key = String(recordId);
    const before = people[key];
    if (action === 'delete') Reflect.deleteProperty(people, key);
    else if (action !== 'disable') people[key] = { name: payload['nickname'], active: payload['isDisabled'] !== true };
    else if (before && !forgets) people[key] = { name: payload['nickname'], active: false };
    writeFileSync(path, JSON.stringify(people));
    yield { recordId, resourceKey: key };
  }
}

const targetKit = (forgets: boolean): Conformance =>
  targetConformance(
    defineTarget<Options>({
      id: 'file',
      title: 'File',
      version: '1.0.0',
      configSchema,
      dataTypes: { user: { fields: { only: ['nickname', 'isDisabled'] }, canDisable: true } },
      applyRows: (changes, { options }) => write(changes, options.file, forgets),
    }),
    {
      local: true,
      options: () => ({ file }),
      held: () =>
        Promise.resolve(
          Object.values(read(file)).map(({ name, active }) => ({
            dataType: 'user' as const,
            fields: { nickname: name },
            disabled: !active,
          })),
        ),
      empty: () => Promise.resolve(rmSync(file, { force: true })),
    },
  );

const sourceKit = (): Conformance =>
  sourceConformance(
    defineSource<Options>({
      id: 'file',
      title: 'File',
      version: '1.0.0',
      configSchema,
      async *pull({ options }) {
        if (!existsSync(options.file)) throw new RollcallError('configuration', 'There is no such file.');
        const people = Object.entries(read(options.file));
        yield { dataType: 'user', records: people.map(([uid, { name }]) => ({ uid, nickname: String(name) })) };
        return { complete: { user: true } };
      },
    }),
    { local: true, options: () => ({ file }), holds: () => ({ user: ['1', '2', '3'] }) },
  );

async function findingsOf({ rules }: Conformance): Promise<string[]> {
  const found: string[] = [];
  for (const { id, run } of rules) {
    await run().catch((error: unknown) => {
      expect(error).toMatchObject({ name: 'ConformanceError' });
      found.push(id);
    });
  }
  return found;
}

describe('an adapter that asks nobody', () => {
  it('is tested in all but connections: a target', async () => {
    const kit = targetKit(false);
    expect(kit.leftOut.filter(({ reason }) => reason.includes('no connection')).map(({ id }) => id)).toEqual([
      ...['busy', 'failure-server-error', 'failure-connection', 'abort-while-asking', 'abort-while-waiting'],
    ]);
    expect(await findingsOf(kit)).toEqual([]);
    expect(await findingsOf(targetKit(true))).toEqual(['disables']);
  });

  it('is tested in all but connections: a source', async () => {
    const people = { 1: { name: 'Ann Lee' }, 2: { name: 'Bob Ray' }, 3: { name: 'Cid Fox' } };
    writeFileSync(file, JSON.stringify(people));
    const kit = sourceKit();
    expect(kit.leftOut.filter(({ reason }) => reason.includes('no connection')).map(({ id }) => id)).toEqual([
      ...['failure-busy', 'failure-server-error', 'failure-connection', 'failure-truncated', 'failure-html'],
      ...['asked-to-wait', 'abort-while-asking', 'abort-while-waiting'],
    ]);
    expect(await findingsOf(kit)).toEqual([]);
  });
});

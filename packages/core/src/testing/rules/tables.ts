import type { DataType } from '../../records';
import type { TableTargetAdapter, TargetDataType } from '../../target';
import { fail, type RuleDraft } from '../conformance';
import { reads } from '../samples';
import { type Applied, dataTypesOf, TableBench, type TableChange } from '../table-bench';
import type { TableTargetFixture } from '../table-fixture';
import { creates, payloadOf, recordOf, reference, REFERENCES, RECORDS, UNKNOWN_UID } from '../table-samples';

/** A target whose tables are there, with a first batch of each data type applied. */
interface Filled {
  bench: TableBench;
  made: ReadonlyMap<DataType, readonly TableChange[]>;
}

/** Rules for a target that keeps its resources in tables of Rollcall's Postgres. */
export function tableRules(adapter: TableTargetAdapter, fixture: TableTargetFixture): RuleDraft[] {
  const dataTypes = dataTypesOf(adapter);
  const rulesOf = (dataType: DataType): TargetDataType =>
    adapter.dataTypes[dataType] ?? fail(`dataTypes.${dataType} is missing.`, 'Correct the kit.');
  const some = (test: (rules: TargetDataType, dataType: DataType) => boolean, reason: string): string | undefined =>
    dataTypes.some((dataType) => test(rulesOf(dataType), dataType)) ? undefined : reason;
  const each =
    (
      work: (filled: Filled, dataType: DataType, rules: TargetDataType, made: readonly TableChange[]) => Promise<void>,
    ) =>
    () =>
      withFilled(adapter, fixture, async (filled) => {
        for (const dataType of dataTypes)
          await work(filled, dataType, rulesOf(dataType), filled.made.get(dataType) ?? []);
      });
  const owned = (work: (bench: TableBench, dataType: DataType, made: readonly TableChange[]) => Promise<void>) =>
    each(async ({ bench }, dataType, { owns }, made) => (owns ? work(bench, dataType, made) : undefined));
  return [
    {
      id: 'migrations',
      title: 'migrations make the tables, and take away again all that they made',
      leftOut: adapter.tables.migrations.length === 0 ? 'The target has no migrations.' : undefined,
      check: () => TableBench.with(adapter, fixture, requireReversible),
    },
    {
      id: 'creates',
      title: 'new records become resources with the ids that they are given',
      check: owned(async (bench, dataType, made) => {
        for (const { id } of made) {
          const row = await bench.row(dataType, id);
          if (!row)
            fail(
              `After a create there is no resource ${id} of the type ${dataType}.`,
              'Insert it with the resource_id of the batch.',
            );
          if (row['deleted_at'] !== null)
            fail(
              'A resource that was just made counts as deleted.',
              'Its table needs a column deleted_at, null while it is not.',
            );
        }
      }),
    },
    {
      id: 'again',
      title: 'the same values once more change nothing',
      check: each(async ({ bench }, dataType, _rules, made) => {
        const before = await bench.contents();
        requireNone(
          await bench.apply(
            dataType,
            made.map((change) => ({ ...change, action: 'update' })),
          ),
        );
        requireSame(before, await bench.contents(), `The same ${dataType} records applied twice`);
      }),
    },
    {
      id: 'updates',
      title: 'an update writes the fields that it names, and clears those that are empty',
      check: each(({ bench }, dataType, { fields }, made) => requireUpdates(bench, dataType, fields, made)),
    },
    {
      id: 'order',
      title: 'the order of records and the size of batches do not matter',
      check: () => requireOrder(adapter, fixture),
    },
    {
      id: 'waiting',
      title: 'a reference to somebody who is not known yet waits, and fails nobody',
      leftOut: some(
        ({ fields }, dataType) => referenceFields(dataType, fields).length > 0,
        'The target reads no references.',
      ),
      check: each(({ bench }, dataType, { fields }, made) => requireWaiting(bench, dataType, fields, made)),
    },
    {
      id: 'deletes',
      title: 'who is deleted is hidden and keeps the id; a restore brings everything back',
      leftOut: some(({ owns }) => owns, 'The target owns no resources.'),
      check: owned(requireDelete),
    },
    {
      id: 'disables',
      title: 'who is disabled is disabled, and active again when they come back',
      leftOut: some(({ canDisable }) => canDisable, 'The target cannot disable.'),
      check: each(async ({ bench }, dataType, { canDisable }, made) =>
        canDisable ? requireDisable(bench, dataType, made) : undefined,
      ),
    },
    {
      id: 'one-refused',
      title: 'a record that is refused fails alone, with the reason',
      leftOut: some(
        (_rules, dataType) => fixture.refused?.[dataType] !== undefined,
        'The fixture knows no batch of which some are refused (refused).',
      ),
      check: () => requireOneRefused(adapter, fixture),
    },
    {
      id: 'set-based',
      title: 'a batch takes a handful of statements, however large it is',
      check: () => requireSetBased(adapter, fixture),
    },
    {
      id: 'purge',
      title: 'what is purged is gone for good',
      leftOut: adapter.purge
        ? some(({ owns }) => owns, 'The target owns no resources.')
        : 'The target has no purge: what it owns stays soft-deleted.',
      check: owned(async (bench, dataType, made) => {
        const gone = made.slice(0, 2);
        requireNone(
          await bench.apply(
            dataType,
            gone.map((change) => ({ ...change, action: 'delete', payload: {} })),
          ),
        );
        await bench.purge(
          dataType,
          gone.map(({ id }) => id),
        );
        for (const { id } of gone)
          if (await bench.row(dataType, id))
            fail(
              `After a purge the resource ${id} of the type ${dataType} is still there.`,
              'Remove every row of the relation.',
            );
      }),
    },
    {
      id: 'no-personal-data',
      title: 'nothing of a record is in a log line',
      check: each(async ({ bench }, _dataType, _rules, made) => {
        const values = made.flatMap(({ payload }) =>
          Object.values(payload).filter((value) => typeof value === 'string'),
        );
        const line = bench.traces.mention(values.filter((value) => value.length > 6));
        if (line !== undefined)
          fail(
            `A log line holds a value of a record: "${line.slice(0, 200)}".`,
            'Say what happened and how many, never who.',
          );
      }),
    },
  ];
}

async function withFilled(
  adapter: TableTargetAdapter,
  fixture: TableTargetFixture,
  work: (filled: Filled) => Promise<void>,
): Promise<void> {
  await TableBench.with(adapter, fixture, async (bench) => {
    await prepare(bench, adapter);
    const made = new Map<DataType, readonly TableChange[]>();
    for (const dataType of dataTypesOf(adapter)) {
      const changes = await creates(bench, adapter, dataType);
      made.set(dataType, changes);
      requireNone(await bench.apply(dataType, changes));
    }
    await work({ bench, made });
  });
}

/** Tables, and the resources of other targets that records refer to or stand for. */
async function prepare(bench: TableBench, adapter: TableTargetAdapter): Promise<void> {
  await bench.migrate('up');
  for (const dataType of ['user', 'department'] as const) {
    if (adapter.dataTypes[dataType]?.owns) continue;
    for (let n = 1; n <= RECORDS; n++) await bench.know(dataType, recordOf(dataType, n), 1_000 + n);
  }
}

function requireNone({ failures }: Applied): void {
  const [failure] = failures;
  if (failure) fail(`A record was refused: ${failure.code}: ${failure.message}`, 'Nothing was wrong with it.');
}

function requireSame(before: string, after: string, what: string): void {
  if (before === after) return;
  const rows = new Set(before.split('\n'));
  const other =
    after.split('\n').find((row) => !rows.has(row)) ?? before.split('\n').find((row) => !after.includes(row)) ?? '';
  fail(`${what}: the tables differ, for example in ${other.slice(0, 300)}`, 'Write exactly what the batch says.');
}

async function requireReversible(bench: TableBench): Promise<void> {
  const before = await bench.tables();
  await bench.migrate('up');
  const made = await bench.tables();
  await bench.migrate('down');
  const left = (await bench.tables()).filter((table) => !before.includes(table));
  if (left.length > 0)
    fail(`After "down" the table ${left[0] ?? ''} is still there.`, 'Take away in "down" what "up" made.');
  await bench.migrate('up');
  if ((await bench.tables()).join() !== made.join())
    fail('The second "up" made other tables than the first.', 'Migrations depend on nothing but the database.');
}

async function requireUpdates(
  bench: TableBench,
  dataType: DataType,
  fields: TargetDataType['fields'],
  made: readonly TableChange[],
): Promise<void> {
  const change = made.at(-1);
  if (!change) return;
  const whole = await bench.contents();
  const other = payloadOf(dataType, RECORDS, fields, 1);
  const names = Object.keys(change.payload);
  const [first = ''] = names;
  const update = async (payload: TableChange['payload'], changed?: readonly string[]): Promise<string> => {
    requireNone(await bench.apply(dataType, [{ ...change, action: 'update', payload, ...(changed && { changed }) }]));
    return bench.contents();
  };
  const alone = await update({ ...change.payload, [first]: other[first] }, [first]);
  if (alone === whole)
    fail(`An update of ${dataType}.${first} changed nothing.`, 'Write the fields that "changed" names.');
  const beside = await update(other, [first]);
  requireSame(alone, beside, `An update of ${dataType} that names ${first} alone wrote other fields`);
  for (const field of names) {
    // A department without a title is none: whether it keeps the old one is the target's business.
    if (field === 'title') continue;
    const { [field]: _cleared, ...rest } = change.payload;
    const full = await update(change.payload);
    if ((await update(rest, [field])) === full)
      fail(
        `An update that names ${dataType}.${field} in changed and not in payload does not clear it.`,
        'A field of "changed" that payload lacks is empty.',
      );
  }
  requireSame(whole, await update(change.payload), `An update of ${dataType} with changed: null`);
}

async function requireOrder(adapter: TableTargetAdapter, fixture: TableTargetFixture): Promise<void> {
  const contents: string[] = [];
  for (const backwards of [false, true]) {
    await TableBench.with(adapter, fixture, async (bench) => {
      await prepare(bench, adapter);
      const waits = new Map<number, { dataType: DataType; change: TableChange }>();
      for (const dataType of dataTypesOf(adapter)) {
        const changes = await creates(bench, adapter, dataType);
        for (const batch of backwards ? changes.toReversed().map((change) => [change]) : [changes]) {
          const { waiting } = await bench.apply(dataType, batch);
          for (const { record_id: record } of waiting) {
            const change = changes.find((one) => one.record === record);
            if (change) waits.set(record, { dataType, change });
          }
        }
      }
      for (const { dataType, change } of waits.values()) await bench.apply(dataType, [{ ...change, action: 'update' }]);
      contents.push(await bench.contents());
    });
  }
  requireSame(contents[0] ?? '', contents[1] ?? '', 'The same records in one batch, and backwards one by one');
}

const referenceFields = (dataType: DataType, fields: TargetDataType['fields']): string[] =>
  Object.keys(REFERENCES[dataType]).filter((field) => reads(fields, field));

async function requireWaiting(
  bench: TableBench,
  dataType: DataType,
  fields: TargetDataType['fields'],
  made: readonly TableChange[],
): Promise<void> {
  const change = made.at(-1);
  if (!change) return;
  for (const field of referenceFields(dataType, fields)) {
    const payload = { ...change.payload, [field]: reference(field, UNKNOWN_UID) };
    const applied = await bench.apply(dataType, [{ ...change, action: 'update', payload }]);
    requireNone(applied);
    const of = REFERENCES[dataType][field];
    const waits = applied.waiting.some(
      (row) => row.record_id === change.record && row.uid === UNKNOWN_UID && row.data_type === of,
    );
    if (!waits)
      fail(
        `${dataType}.${field} names somebody who is not known, and nothing waits for them.`,
        'Insert record_id, data_type and uid into batch.waiting: the change then comes again when they arrive.',
      );
  }
}

async function requireDelete(bench: TableBench, dataType: DataType, made: readonly TableChange[]): Promise<void> {
  const change = made.at(-1);
  if (!change) return;
  const before = await bench.contents();
  const remove = async (): Promise<void> =>
    requireNone(await bench.apply(dataType, [{ ...change, action: 'delete', payload: {} }]));
  await remove();
  const row = await bench.row(dataType, change.id);
  if (!row || row['deleted_at'] === null)
    fail(
      `A ${dataType} that was deleted is ${row ? 'not hidden' : 'gone'}.`,
      'Set deleted_at, and keep the row: it must come back with the same id.',
    );
  const deleted = await bench.contents();
  await remove();
  requireSame(deleted, await bench.contents(), `A delete of a ${dataType} that came again`);
  requireNone(await bench.apply(dataType, [{ ...change, action: 'restore' }]));
  requireSame(before, await bench.contents(), `A ${dataType} that was deleted and restored`);
}

async function requireDisable(bench: TableBench, dataType: DataType, made: readonly TableChange[]): Promise<void> {
  const change = made.at(-1);
  if (!change) return;
  const before = await bench.contents();
  requireNone(await bench.apply(dataType, [{ ...change, action: 'disable' }]));
  if ((await bench.contents()) === before)
    fail(`Disabling a ${dataType} changed nothing.`, 'Disable it, or say canDisable: false.');
  requireNone(await bench.apply(dataType, [{ ...change, action: 'restore' }]));
  requireSame(before, await bench.contents(), `A ${dataType} that was disabled and came back`);
}

async function requireOneRefused(adapter: TableTargetAdapter, fixture: TableTargetFixture): Promise<void> {
  for (const dataType of dataTypesOf(adapter)) {
    const refused = fixture.refused?.[dataType];
    if (!refused) continue;
    await TableBench.with(adapter, fixture, async (bench) => {
      await prepare(bench, adapter);
      const changes = (await creates(bench, adapter, dataType, refused.payloads.length)).map((change, index) => ({
        ...change,
        payload: refused.payloads[index] ?? {},
      }));
      const { failures } = await bench.apply(dataType, changes);
      const wanted = refused.refused.map((index) => changes[index]?.record ?? 0);
      const failed = failures.map(({ record_id }) => record_id);
      if (failed.join() !== wanted.join())
        fail(
          `Of a batch the records at ${refused.refused.join(', ')} must be refused, and those at ${failed.map((id) => changes.findIndex(({ record }) => record === id)).join(', ') || 'no place'} were.`,
          'Insert record_id, code, field and message of exactly those into batch.failures.',
        );
      for (const { record, id } of changes) {
        const there = (await bench.row(dataType, id)) !== undefined;
        if (!wanted.includes(record) && !there)
          fail('Beside a record that is refused another one was not written.', 'Only the guilty one fails.');
      }
    });
  }
}

async function requireSetBased(adapter: TableTargetAdapter, fixture: TableTargetFixture): Promise<void> {
  await TableBench.with(adapter, fixture, async (bench) => {
    await prepare(bench, adapter);
    for (const dataType of dataTypesOf(adapter)) {
      const changes = await creates(bench, adapter, dataType, 40);
      const few = await bench.apply(dataType, changes.slice(0, 4));
      const many = await bench.apply(dataType, changes.slice(4));
      if (many.statements <= few.statements + 3) continue;
      fail(
        `A batch of 4 took ${few.statements} statements, and one of 36 took ${many.statements}.`,
        'Write the relation of the batch with one statement, not row by row: a batch has up to 20,000.',
      );
    }
  });
}

import { randomBytes } from 'node:crypto';
import { withDefaults } from '../checks/config-schema';
import { type Action, ACTIONS } from '../changes';
import { DATA_TYPES, type DataType } from '../records';
import type { Batch, Purge, ReferenceSql, SqlRunner, TableTargetAdapter, TableTargetContext } from '../target';
import { fail } from './conformance';
import { sayError } from './say-error';
import type { Options } from './session';
import type { KitConnection, TableTargetFixture } from './table-fixture';
import { testHttpClient } from './http-client';
import { Traces } from './traces';

/** A change of a record that stands for resource `id`. */
export interface TableChange {
  /** Of the record; its uid is `kit-<record>`. */
  record: number;
  id: number;
  action: Action;
  payload: Readonly<Record<string, unknown>>;
  changed?: readonly string[];
}

/** What a batch left beside the tables. */
export interface Applied {
  failures: { record_id: number; code: string; field: string | null; message: string }[];
  waiting: { record_id: number; data_type: string; uid: string }[];
  /** Statements that the target ran. */
  statements: number;
}

const RELATIONS = `
  create temporary table kit_batch (
    record_id bigint not null, source_id bigint not null, data_type text not null, uid text not null,
    position integer, action text not null, resource_id bigint not null, payload jsonb not null, changed text[]
  ) on commit drop;
  create temporary table kit_failures (record_id bigint not null, code text not null, field text, message text not null)
    on commit drop;
  create temporary table kit_waiting (record_id bigint not null, data_type text not null, uid text not null) on commit drop;
  create temporary table kit_references (
    data_type text not null, uid text not null, resource_id bigint not null, state text not null, primary key (data_type, uid)
  ) on commit drop;
  create temporary table kit_purged (id bigint primary key) on commit drop;
  create temporary table kit_referrers (data_type text not null, resource_id bigint not null) on commit drop;`;

const SOURCE = 1;

/** Statements that would take the transaction out of Rollcall's hands. */
const TRANSACTION = /^\s*(begin|start\s+transaction|commit|end|abort|rollback(?!\s+to))\b/i;

/** The tables of a target, in a transaction that is rolled back. */
export class TableBench {
  readonly traces = new Traces();
  private readonly stop = new AbortController();
  private statements = 0;

  private constructor(
    private readonly adapter: TableTargetAdapter,
    private readonly fixture: TableTargetFixture,
    private readonly connection: KitConnection,
  ) {}

  /** Runs work on tables that are there and empty; nothing of it stays. */
  static async with(
    adapter: TableTargetAdapter,
    fixture: TableTargetFixture,
    work: (bench: TableBench) => Promise<void>,
  ): Promise<void> {
    const connection = await fixture.connect();
    try {
      await connection.query('begin');
      const schema = `kit_${randomBytes(6).toString('hex')}`;
      await connection.query(`create schema ${schema}; set local search_path = ${schema}, pg_temp; ${RELATIONS}`);
      await requireNumbers(connection);
      if (fixture.tablesBefore !== undefined) await connection.query(fixture.tablesBefore);
      await work(new TableBench(adapter, fixture, connection));
    } finally {
      await connection.query('rollback').finally(() => connection.close());
    }
  }

  /** Runs the migrations, in their order or back. */
  async migrate(direction: 'up' | 'down'): Promise<void> {
    const { queryRunner = { query: this.connection.query.bind(this.connection) } } = this.connection;
    const classes = this.adapter.tables.migrations;
    for (const Migration of direction === 'up' ? classes : [...classes].reverse()) {
      const migration = new Migration() as Partial<Record<'up' | 'down', (runner: unknown) => Promise<void>>>;
      const run = migration[direction];
      if (!run) fail(`The migration ${Migration.name} has no "${direction}".`, 'Write both ways.');
      await run.call(migration, queryRunner);
    }
  }

  async tables(): Promise<string[]> {
    const rows = await this.connection.query(
      `select tablename as name from pg_tables where schemaname = current_schema() order by 1`,
    );
    return rows.map(({ name }) => String(name));
  }

  /**
   * Everything that the tables of the target hold, as text: equal for equal contents. Times count as there or not. A table with a
   * column `task_id` tells what a task did, not what there is.
   */
  async contents(): Promise<string> {
    const parts: string[] = [];
    const notes = await this.connection.query(
      `select table_name as name from information_schema.columns where table_schema = current_schema() and column_name = 'task_id'`,
    );
    const noted = new Set(notes.map(({ name }) => name));
    for (const table of (await this.tables()).filter((name) => !noted.has(name))) {
      const times = await this.connection.query(
        `select column_name as name from information_schema.columns
         where table_schema = current_schema() and table_name = $1 and data_type like 'timestamp%'`,
        [table],
      );
      const names = times.map(({ name }) => String(name));
      const rows = await this.connection.query(`select to_jsonb(t) as row from ${table} t`);
      parts.push(...rows.map(({ row }) => `${table} ${canonical(row as Options, names)}`).sort());
    }
    return parts.join('\n');
  }

  async newId(dataType: DataType): Promise<number> {
    const { newId } = this.resource(dataType);
    const [row] = await this.connection.query(`select ${newId} as id`);
    return Number(row?.['id']);
  }

  async row(dataType: DataType, id: number): Promise<Options | undefined> {
    const [found] = await this.connection.query(`select * from ${this.resource(dataType).table} where id = $1`, [id]);
    return found;
  }

  /** Makes a resource of another target, and says that it is known. */
  async know(dataType: DataType, record: number, id: number): Promise<void> {
    const make = this.fixture.make?.[dataType]?.(id);
    if (make !== undefined) await this.connection.query(make);
    await this.refer(dataType, record, id, 'active');
  }

  /** Hands a batch over, in the order of the list, and says afterwards which records are known. */
  async apply(dataType: DataType, changes: readonly TableChange[]): Promise<Applied> {
    const { connection } = this;
    await connection.query('delete from kit_batch; delete from kit_failures; delete from kit_waiting');
    for (const [position, { record, id, action, payload, changed }] of changes.entries()) {
      await connection.query('insert into kit_batch values ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
        ...[record, SOURCE, dataType, `kit-${record}`, position, action, id, JSON.stringify(payload), changed ?? null],
      ]);
    }
    this.statements = 0;
    await this.guarded('apply', () => this.adapter.apply(this.batch(dataType, changes), this.context));
    const failures = (await connection.query(
      'select * from kit_failures order by record_id',
    )) as unknown as Applied['failures'];
    const waiting = (await connection.query(
      'select distinct * from kit_waiting order by record_id',
    )) as unknown as Applied['waiting'];
    const failed = new Set(failures.map(({ record_id }) => record_id));
    for (const { record, id, action } of changes) {
      if (!failed.has(record)) await this.refer(dataType, record, id, action === 'delete' ? 'deleted' : 'active');
    }
    return { failures, waiting, statements: this.statements };
  }

  async purge(dataType: DataType, ids: readonly number[]): Promise<void> {
    await this.connection.query('delete from kit_purged; delete from kit_referrers');
    for (const id of ids) await this.connection.query('insert into kit_purged values ($1)', [id]);
    const purge: Purge = { dataType, relation: 'kit_purged', referrers: 'kit_referrers' };
    await this.guarded('purge', async () => this.adapter.purge?.(purge, this.context));
  }

  private async guarded(what: string, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      fail(
        `${what} threw ${sayError(error)}.`,
        'Nothing was in its way; what a record is to blame for goes into the failures.',
        error,
      );
    }
  }

  private resource(dataType: DataType): { table: string; newId: string } {
    return (
      this.adapter.resources[dataType] ??
      fail(`resources.${dataType} is missing.`, 'Name the table and newId of what the target owns.')
    );
  }

  private async refer(dataType: DataType, record: number, id: number, state: string): Promise<void> {
    await this.connection.query(
      `insert into kit_references values ($1, $2, $3, $4)
       on conflict (data_type, uid) do update set resource_id = excluded.resource_id, state = excluded.state`,
      [dataType, `kit-${record}`, id, state],
    );
  }

  private batch(dataType: DataType, changes: readonly TableChange[]): Batch {
    const counts = ACTIONS.map(
      (action) => [action, changes.filter((change) => change.action === action).length] as const,
    );
    return {
      taskId: 1,
      dataType,
      size: changes.length,
      actions: Object.fromEntries(counts.filter(([, count]) => count > 0)),
      relation: 'kit_batch',
      failures: 'kit_failures',
      waiting: 'kit_waiting',
      resolve: (alias, { source, dataType: of, uid }: ReferenceSql) =>
        `left join kit_references ${alias} on ${source} = ${SOURCE} and ${alias}.data_type = '${of}' and ${alias}.uid = ${uid}`,
    };
  }

  private get context(): TableTargetContext {
    const options = withDefaults(this.adapter.configSchema, this.fixture.options() as Options);
    const { signal } = this.stop;
    return {
      options,
      logger: this.traces.logger,
      http: testHttpClient(signal),
      signal,
      sql: this.sql,
    };
  }

  private readonly sql: SqlRunner = {
    query: async <Row>(text: string, parameters: unknown[] = []) => {
      if (TRANSACTION.test(text))
        fail(
          `The target ran "${text.trim().slice(0, 20)}".`,
          "The transaction is Rollcall's: a savepoint is all that a target may set.",
        );
      this.statements++;
      return (await this.connection.query(text, parameters)) as Row[];
    },
    one: async <Row>(text: string, parameters: unknown[] = []) => {
      const [row] = await this.sql.query<Row>(text, parameters);
      return row ?? fail('A statement for sql.one returned no row.', 'Use sql.query where there may be none.');
    },
  };
}

/** Rows as text, with keys in one order. */
function canonical(row: Options, times: readonly string[]): string {
  const entries = Object.keys(row)
    .sort()
    .map((name) => [name, times.includes(name) ? row[name] !== null : row[name]]);
  return JSON.stringify(Object.fromEntries(entries));
}

async function requireNumbers(connection: KitConnection): Promise<void> {
  const [row] = await connection.query('select 1::bigint as one');
  if (row?.['one'] === 1) return;
  fail(
    `The connection of the fixture gives ${JSON.stringify(row)} for "select 1::bigint as one".`,
    'Let its query return rows, with bigint as a number: for pg, types.setTypeParser(types.builtins.INT8, Number); for TypeORM, parseInt8: true.',
  );
}

export const dataTypesOf = (adapter: TableTargetAdapter): DataType[] =>
  (Object.keys(adapter.dataTypes) as DataType[]).filter((dataType) => DATA_TYPES.includes(dataType));

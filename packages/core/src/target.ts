import type { Action, Change, RowOutcome } from './changes';
import type { AdapterBase, AdapterContext } from './contract';
import type { DataType } from './records';

/** Runs SQL inside the batch's transaction. */
export interface SqlRunner {
  query<Row = Record<string, unknown>>(text: string, parameters?: unknown[]): Promise<Row[]>;
  /** For statements that always return a row. */
  one<Row = Record<string, unknown>>(text: string, parameters?: unknown[]): Promise<Row>;
}

/**
 * A batch of changes of one data type, as relations in Postgres. All names are ready to be put into SQL text.
 *
 * `relation` (one row a change, `record_id` ascending in the order of the read):
 * `record_id bigint, source_id bigint, data_type text, uid text, position integer, action text, resource_id bigint,
 * payload jsonb, changed text[]`. `position` is the place in the read, null when there was none: the first of several that want
 * one value has it. `resource_id` is set for every row: for a create it is the id that the new resource must get.
 * `changed` names the fields to write; null: all.
 *
 * `failures` is filled by the target, one row for a change that it refuses:
 * `record_id bigint, code text, field text, message text`. A change that is not named there counts as applied.
 *
 * `waiting` is filled by the target with references that do not resolve yet:
 * `record_id bigint, data_type text, uid text`. When the missing record arrives, the change comes again.
 */
export interface Batch {
  readonly taskId: number;
  /** The task that this one undoes; absent: it is no undo. */
  readonly undoes?: number;
  readonly dataType: DataType;
  readonly size: number;
  /** How many changes of each action the batch holds; an absent one has none. */
  readonly actions: Readonly<Partial<Record<Action, number>>>;
  readonly relation: string;
  readonly failures: string;
  readonly waiting: string;
  /**
   * SQL: a left join that resolves what a source calls `uid` into `alias.resource_id` (null: not known yet) and
   * `alias.state` (`deleted`: known, but hidden at present).
   */
  resolve(alias: string, reference: ReferenceSql): string;
}

/**
 * Resources that are removed for good, as relations in Postgres whose names are ready to be put into SQL text.
 *
 * `relation` (`id bigint`, each once): resources of `dataType` that were soft-deleted long enough ago.
 *
 * `referrers` is filled by the target with resources in its own tables that referred to one of them, and no longer do:
 * `data_type text, resource_id bigint`. What their records state waits, in case the missing one comes back.
 */
export interface Purge {
  readonly dataType: DataType;
  readonly relation: string;
  readonly referrers: string;
}

/** What is to be resolved, as SQL expressions over the tables that were joined before. */
export interface ReferenceSql {
  source: string;
  dataType: DataType;
  uid: string;
}

export interface TableTargetContext<Options = unknown> extends AdapterContext<Options> {
  sql: SqlRunner;
}

/** Which fields of a record a target reads: whether it has a change is decided on those alone. */
export type FieldSelection = { only: readonly string[] } | { except: readonly string[] };

/** How a target reads one data type. */
export interface TargetDataType {
  fields: FieldSelection;
  /**
   * The resource is what the record stands for, and this target keeps its life: it can be disabled, and a record may
   * be matched with an existing one. False: the target only attaches something to a resource of another target
   * (memberships to a user), so records that carry none of its fields do not concern it. Each source attaches what it says
   * itself (`source_id` of the batch, `source` of `image`): no priority decides between several that state one resource, so the
   * target keeps them apart and says what holds, as somebody is in the departments of all of their sources.
   */
  owns: boolean;
  /** `disable` is understood; otherwise a disabled record is applied like an active one. */
  canDisable: boolean;
  /**
   * SQL: what resource `id` holds now, as a record of source `source` would state it (jsonb; null: there is no such
   * resource). Empty values are left out; `isDisabled` is there when it is true. A reference is the uid that the source
   * has for it, or `{"id": …}` when the source does not know it: a batch that puts earlier values back may hold either.
   * Absent: what the record said before is taken for what was there.
   */
  image?: (id: string, source: string) => string;
}

/** Tables that a target owns, as far as the engine has to know them. */
export interface TargetTables {
  /** TypeORM entity classes. */
  entities: readonly (new () => object)[];
  /** TypeORM migration classes. */
  migrations: readonly (new () => object)[];
}

/** How the engine finds and checks the resources that a target keeps for one data type. */
export interface ResourceTable {
  /** Table name; primary key `id`, soft deletion in `deleted_at`. */
  table: string;
  /** SQL expression that makes the id of a new resource. */
  newId: string;
  /** Columns by which a first link may be made; compared without regard to case, among those not deleted. */
  matchKeys?: Readonly<Record<string, string>>;
  /** Column of type `text[]`: fields, by their record names, that were set by hand; `status` is the life of the resource. */
  lockedColumn?: string;
  /** Boolean column: the resource is never touched. */
  protectedColumn?: string;
  /** Column of type `timestamptz` that every write moves on: a plan that an admin reviewed is stale for what was written since. */
  updatedColumn?: string;
  /**
   * SQL condition: the resource `id` must not be deleted for the source, because somebody else still needs it. Asked when
   * the deletion is planned and again when it is applied; once the condition is gone, the next task deletes.
   */
  neededElsewhere?: (id: string, source: string) => string;
  /** SQL query of `user_id`: who is a member of the resource `id`. They count against the limits when it is deleted. */
  membersOf?: (id: string) => string;
}

interface TargetBase<Options> extends AdapterBase<Options> {
  kind: 'target';
  /**
   * Ids of targets that must have been applied before this one, where they get what the source says: what fails there is not applied
   * here, and what they are told later comes here after that. Whoever leaves is told at once.
   */
  after?: readonly string[];
}

/**
 * A target that keeps its resources in tables of this Postgres. `apply` is handed one batch at a time, inside one
 * transaction with its links and outcomes: it either returns, or throws and nothing of the batch remains.
 */
export interface TableTargetAdapter<Options = unknown> extends TargetBase<Options> {
  /** The data types that it reads, in the order in which they must be applied. */
  dataTypes: Readonly<Partial<Record<DataType, TargetDataType>>>;
  tables: TargetTables;
  resources: Readonly<Partial<Record<DataType, ResourceTable>>>;
  apply(batch: Batch, context: TableTargetContext<Options>): Promise<void>;
  /**
   * Removes resources for good, with everything that the target's tables say of them; also resources of another target
   * to which this one attaches something, before their owner removes them. All of it is one transaction. Absent: what
   * the target owns stays soft-deleted.
   */
  purge?(purge: Purge, context: TableTargetContext<Options>): Promise<void>;
}

/** How a remote target reads one data type: it keeps a resource of its own for each record. */
export type RemoteDataType = Omit<TargetDataType, 'owns' | 'image'>;

/**
 * A target that keeps its resources somewhere else, behind an API for example: it iterates over rows.
 *
 * `applyRows` is handed a few hundred changes at most, each record once, and yields one outcome for every change, in any
 * order, as soon as it is known. What it has yielded is kept, whatever happens next. A change may come again when the
 * worker was killed before its outcome was stored, so writes must be idempotent: `change.recordId` never changes. One without
 * an outcome may have been made or not, so a `delete` or `disable` may come for somebody who is not there: that is done.
 *
 * Resources are found by `change.resourceKey` or `change.recordId`, never by `uid`: see `Change.uid`. Where the other side wants uids
 * unique, whoever is in the way of another one's new uid is given a name of the adapter's own making until their own change comes.
 *
 * - One record is refused: yield its outcome with `failure`. A retryable code (`vendor_busy`, `network`) makes that record
 *   come again, any other one is its outcome.
 * - Nothing works at present: throw a `RollcallError` with a retryable code, and `retryAfter` when the other side said so.
 * - It cannot work until an admin does something: throw `credentials`, `permission` or `configuration` with the `field`.
 */
export interface RemoteTargetAdapter<Options = unknown> extends TargetBase<Options> {
  /** The data types that it reads, in the order in which they must be applied. */
  dataTypes: Readonly<Partial<Record<DataType, RemoteDataType>>>;
  applyRows(changes: readonly Change[], context: AdapterContext<Options>): AsyncIterable<RowOutcome>;
}

/** A target adapter writes records somewhere: into tables of this Postgres, or anywhere else. */
export type TargetAdapter<Options = unknown> = TableTargetAdapter<Options> | RemoteTargetAdapter<Options>;

/** Whether a target keeps its resources somewhere else. */
export function isRemoteTarget(adapter: TargetAdapter): adapter is RemoteTargetAdapter {
  return 'applyRows' in adapter;
}

/** Makes a target adapter. */
export function defineTarget<Options>(adapter: Omit<TableTargetAdapter<Options>, 'kind'>): TableTargetAdapter<Options>;
export function defineTarget<Options>(
  adapter: Omit<RemoteTargetAdapter<Options>, 'kind'>,
): RemoteTargetAdapter<Options>;
export function defineTarget<Options>(
  adapter: Omit<TableTargetAdapter<Options>, 'kind'> | Omit<RemoteTargetAdapter<Options>, 'kind'>,
): TargetAdapter<Options> {
  return { kind: 'target', ...adapter };
}

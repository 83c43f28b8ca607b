import type { DataType } from '../records';
import type { OptionsFixture } from './session';

/** One connection to a Postgres of the test's own. */
export interface KitConnection {
  /** Rows of a statement. `bigint` comes as a number, as it does in Rollcall. */
  query(text: string, parameters?: unknown[]): Promise<Record<string, unknown>[]>;
  /** What migrations are handed; absent: only its `query`. TypeORM's `QueryRunner` when they use more of it. */
  queryRunner?: unknown;
  close(): Promise<void>;
}

/** Records that are handed over together, and which of them must fail. */
export interface RefusedBatch {
  /** In the order of the read; references by the uids `kit-1`, `kit-2` and so on. */
  payloads: readonly Readonly<Record<string, unknown>>[];
  /** Places in the list. */
  refused: readonly number[];
}

/**
 * What the kit has to know about a target adapter with tables. Each rule runs in one transaction, in a schema of its own, and is
 * rolled back: the database stays as it was.
 */
export interface TableTargetFixture extends OptionsFixture {
  /** Options that work, as an admin types them. */
  options(): object;
  connect(): Promise<KitConnection>;
  /** SQL: the tables of the targets that this one comes after, as far as its statements look at them. */
  tablesBefore?: string;
  /** SQL that makes resource `id` of another target, for data types that this one does not own. */
  make?: Partial<Record<DataType, (id: number) => string>>;
  /** A batch of which the target refuses some. */
  refused?: Partial<Record<DataType, RefusedBatch>>;
}

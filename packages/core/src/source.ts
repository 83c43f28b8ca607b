import type { AdapterBase, AdapterContext } from './contract';
import type { DataType, DepartmentRecord, UserRecord } from './records';

/** A piece of a read: records of one data type. Keep pages small (100 to 5,000 records): a page is what memory holds. */
export type Page =
  | { dataType: 'user'; records: readonly UserRecord[]; cursor?: string }
  | { dataType: 'department'; records: readonly DepartmentRecord[]; cursor?: string };

/**
 * Whether a read of a data type saw everything. Only a complete read may conclude that someone is gone, so say
 * `false` whenever anything was cut, filtered by missing rights or skipped; the reason is shown to the admin.
 */
export type Completeness = true | { complete: false; reason: string };

/** What a pull knows at its end. A data type that is not named was not read: nothing is concluded about it. */
export interface PullResult {
  complete: Partial<Record<DataType, Completeness>>;
  /** Where the next incremental read begins; stored only when the task was applied. */
  nextCursor?: string;
}

export interface PullContext<Options = unknown> extends AdapterContext<Options> {
  mode: 'full' | 'incremental';
  /** `incremental`: the `nextCursor` of the last applied task. */
  since?: string;
}

/**
 * A source adapter reads users and departments from somewhere. One without `pull` is a push source: records come in
 * through the HTTP API. An optional method that is absent *is* the statement that the adapter cannot do it.
 */
export interface SourceAdapter<Options = unknown> extends AdapterBase<Options> {
  kind: 'source';
  /** `insensitive`: the vendor treats `ABC` and `abc` as one uid; Rollcall then keeps them in lower case. */
  uidCase?: 'sensitive' | 'insensitive';
  /**
   * Yields pages and ends with what was complete. A failure in the middle throws (a `RollcallError` with the right
   * code); it never ends early.
   */
  pull?(context: PullContext<Options>): AsyncGenerator<Page, PullResult, undefined>;
  /** `pull` understands `mode: "incremental"`. */
  incremental?: boolean;
}

/** Makes a source adapter. */
export function defineSource<Options>(adapter: Omit<SourceAdapter<Options>, 'kind'>): SourceAdapter<Options> {
  return { kind: 'source', ...adapter };
}

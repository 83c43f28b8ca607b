import type { AdapterBase, AdapterContext } from './contract';
import type { SourceEvents } from './events';
import type { DataType, DepartmentRecord, UserRecord } from './records';

/**
 * A piece of a read: records of one data type. Keep pages small (100 to 5,000 records): a page is what memory holds.
 *
 * `cursor` says that a read which was interrupted after this page can go on behind it (`PullContext.resumeAfter`). It is
 * yours alone: put into it whatever a later `pull` needs to go on, what it must say about completeness included. Leave it
 * out where the vendor's paging does not survive a pause; an interrupted read then begins anew.
 */
export type Page =
  | ({ dataType: 'user'; records: readonly UserRecord[]; renames?: readonly Rename[] } & PageParts)
  | ({ dataType: 'department'; records: readonly DepartmentRecord[]; renames?: readonly Rename[] } & PageParts)
  | ({ dataType: DataType; records?: undefined; renames: readonly Rename[] } & PageParts);

interface PageParts {
  /** Came, and could not be made into records: each fails alone, and nobody is missing because of it. */
  failed?: readonly FailedRecord[];
  cursor?: string;
}

/** One that the vendor sent and the adapter cannot make a record of. */
export interface FailedRecord {
  /** As the vendor sent it; whatever it is, Rollcall checks it. Without one the read is not complete. */
  uid: unknown;
  /** The field of the record that could not be made. */
  field?: string;
  /** What is wrong, and what to do about it; nothing of the data. */
  message: string;
}

/**
 * The vendor calls a record by another uid from now on; it stays the same person or department. May come before or after
 * the record itself, in any page of the read. Saying it again does nothing.
 *
 * - Fails with `uid_taken` when the new uid belongs to a record that is there: nobody is merged. So does a rename to a uid that
 *   the same read takes from somebody else by another rename, whatever the order: of `b → c` and `a → b` only `b → c` is done,
 *   and `a → b` when a later read says it again.
 * - The uid of a record that left is free, and that one never comes back by it.
 * - A read that states both uids means two: only who has the new one is taken from it, the other one is new at the next read.
 * - One whose `to` cannot be read fails, and what else the read says of `from` with it.
 */
export interface Rename {
  from: string;
  to: string;
}

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

/** What a source may ask about itself. */
export interface KnownRecords {
  /** Those of some uids of which Rollcall has a record, spelled as they were asked, and whether that one left. */
  known(dataType: DataType, uids: readonly string[]): Promise<ReadonlyMap<string, KnownRecord>>;
}

/** `gone`: deleted, or missing from a complete read. Its uid is free for a rename. */
export type KnownRecord = 'there' | 'gone';

export interface PullContext<Options = unknown> extends AdapterContext<Options>, KnownRecords {
  mode: 'full' | 'incremental';
  /** `incremental`: the `nextCursor` of the last applied task. Throw `cursor_expired` when the vendor forgot it. */
  since?: string;
  /**
   * Only for adapters that yield cursors: this read was interrupted, and every page up to the one with this cursor is
   * stored. Go on with the page behind it; what is returned at the end speaks of the whole read. Throw `cursor_expired`
   * when that is not possible any more: the read then begins anew.
   */
  resumeAfter?: string;
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
   * Yields pages and ends with what was complete. The next page is asked for when there is room for it, so fetch it then
   * and not before. A failure in the middle throws (a `RollcallError` with the right code); it never ends early.
   */
  pull?(context: PullContext<Options>): AsyncGenerator<Page, PullResult, undefined>;
  /** The vendor can tell at once what changed. Needs `pull`: events get lost, and only a full read tells what they missed. */
  events?: SourceEvents<Options>;
  /** `pull` understands `mode: "incremental"`. */
  incremental?: boolean;
  /**
   * Of an `incremental` adapter: whether a read with these options can ask for changes. Where it says no, `mode: "incremental"` is not
   * offered. Secrets are not among the options. Absent: it always can.
   */
  incrementalWith?(options: Options): boolean;
}

/** Makes a source adapter. */
export function defineSource<Options>(adapter: Omit<SourceAdapter<Options>, 'kind'>): SourceAdapter<Options> {
  return { kind: 'source', ...adapter };
}

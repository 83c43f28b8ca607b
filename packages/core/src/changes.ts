import type { ErrorCode } from './errors';
import type { DataType } from './records';

/** What one record needs on one target. */
export const ACTIONS = ['create', 'update', 'disable', 'delete', 'restore', 'link'] as const;
export type Action = (typeof ACTIONS)[number];

/** What happened to a change. */
export const OUTCOMES = ['applied', 'failed', 'stale', 'held'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The counted results of a task on one target; the numbers are distinct records. */
export interface ChangeCounts {
  created: number;
  updated: number;
  disabled: number;
  deleted: number;
  restored: number;
  linked: number;
  unchanged: number;
  failed: number;
  stale: number;
}

/** Under which name an action is counted. */
export const COUNTED_AS = {
  create: 'created',
  update: 'updated',
  disable: 'disabled',
  delete: 'deleted',
  restore: 'restored',
  link: 'linked',
} as const satisfies Record<Action, keyof ChangeCounts>;

/** A field that differs. `before` and `after` are `undefined` when there was, or will be, no value. */
export interface FieldDifference {
  field: string;
  before?: unknown;
  after?: unknown;
}

/** One change as a target that iterates over rows sees it. */
export interface Change {
  /** Stable for this record on this target, for ever: the key of idempotent writes. */
  recordId: number;
  /** Grows with every change of the record: of two changes of one record the one with the higher number is newer. */
  version: number;
  /** Name of the source that states the record. A uid is unique among the records of one source and data type. */
  source: string;
  dataType: DataType;
  /**
   * What the source calls the record now. It may change; `recordId` does not. A uid that one record gives up and another one gets is
   * given up in an earlier batch of the same task. Where records exchange theirs nobody can be first, and two bear one uid for a moment.
   */
  uid: string;
  /** Never `link`: a target that knows the resource already finds it itself when it is told to create it. */
  action: Exclude<Action, 'link'>;
  /** What the record says, restricted to the fields that the target reads. */
  payload: Readonly<Record<string, unknown>>;
  /**
   * The fields to write; `null`: all of them. One that is named here and absent in `payload` is to be cleared. `uid` among them is
   * no field of `payload`: the target was told another `uid` of this record before, or may have been.
   */
  changed: readonly string[] | null;
  /** What the target said is its own key of the resource; absent for a create, when it said nothing, and when its outcome is unknown. */
  resourceKey?: string;
}

/** What became of one change on a target that iterates over rows. */
export interface RowOutcome {
  recordId: number;
  /**
   * The target's own key of the resource, 1 to 255 characters; it comes with every later change. Two records with one
   * key stand for one resource: it is only deleted or disabled for the last one that leaves.
   */
  resourceKey?: string;
  /** The record was refused: why, for an admin. Absent: the change was applied. */
  failure?: { code: ErrorCode; message: string; field?: string };
}

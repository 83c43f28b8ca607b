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
  /** Stable for this record on this target: use it as the key of idempotent writes. */
  recordId: number;
  dataType: DataType;
  uid: string;
  action: Action;
  /** What the record now says, restricted to the fields that the target reads. */
  payload: Readonly<Record<string, unknown>>;
  /** The fields to write; `null`: all of them. */
  changed: readonly string[] | null;
  /** The resource's key on the target; absent for a create. */
  resourceId?: number;
}

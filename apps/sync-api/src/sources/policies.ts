import { DATA_TYPES, type DataType } from '@rollcall/core';

/** What happens to a resource whose record left. `delete` is soft and is purged after the grace period. */
export type LeavingPolicy = 'keep' | 'disable' | 'delete';

/** How much one task may take away before it is held: more than 5, and more than `percent` or `count`. */
export interface Limit {
  count: number;
  /** Per cent of what the source has live. */
  percent: number;
}

export const LIMITED = ['deletes', 'disables', 'memberships', 'cleared'] as const;
export type Limited = (typeof LIMITED)[number];

export interface LeavingPolicies {
  /** The source says that the record is deleted. */
  onDeleted: LeavingPolicy;
  /** A complete read did not contain it. */
  onMissing: LeavingPolicy;
}

export interface Policies extends Record<DataType, LeavingPolicies> {
  graceDays: number;
  limits: Record<Limited, Limit>;
}

/** What is stored with a source: only what differs from the defaults. */
export type StoredPolicies = Partial<Record<DataType, Partial<LeavingPolicies>>> & {
  graceDays?: number;
  limits?: StoredLimits;
};

export type StoredLimits = Partial<Record<Limited, Partial<Limit>>>;

const DEFAULT_LIMIT: Limit = { count: 500, percent: 10 };

/** The policies in force: what is stored, over the defaults. */
export function effectivePolicies(stored: StoredPolicies): Policies {
  return {
    user: { onDeleted: 'delete', onMissing: 'disable', ...stored.user },
    department: { onDeleted: 'delete', onMissing: 'delete', ...stored.department },
    graceDays: stored.graceDays ?? 30,
    limits: effectiveLimits(stored.limits ?? {}),
  };
}

const STRICTNESS: Record<LeavingPolicy, number> = { keep: 0, disable: 1, delete: 2 };

/** Ways of leaving, as `records.gone` names them, under which more is taken away now than before. */
export function stricterLeavings(
  before: Policies,
  now: Policies,
): { dataType: DataType; gone: 'deleted' | 'missing' }[] {
  const asksMore = (dataType: DataType, policy: keyof LeavingPolicies): boolean =>
    STRICTNESS[now[dataType][policy]] > STRICTNESS[before[dataType][policy]];
  return DATA_TYPES.flatMap((dataType) => [
    ...(asksMore(dataType, 'onDeleted') ? [{ dataType, gone: 'deleted' } as const] : []),
    ...(asksMore(dataType, 'onMissing') ? [{ dataType, gone: 'missing' } as const] : []),
  ]);
}

/** The limits in force: what is stored with a source or a target, over the defaults. */
export function effectiveLimits(stored: StoredLimits): Record<Limited, Limit> {
  const limit = (name: Limited): Limit => ({ ...DEFAULT_LIMIT, ...stored[name] });
  return {
    deletes: limit('deletes'),
    disables: limit('disables'),
    memberships: limit('memberships'),
    cleared: limit('cleared'),
  };
}

/** Stored policies or limits with some of them changed; what `given` leaves out stays. */
export function mergePolicies<T extends StoredPolicies | StoredLimits>(stored: T, given: T): T {
  return overlay(stored, given);
}

function overlay<T extends object>(base: T, over: T): T {
  const merged: Record<string, unknown> = { ...(base as Record<string, unknown>) };
  for (const [key, value] of Object.entries(over) as [string, unknown][]) {
    if (value === undefined) continue;
    const before = merged[key];
    merged[key] = isMembers(value) ? overlay(isMembers(before) ? before : {}, value) : value;
  }
  return merged as T;
}

function isMembers(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

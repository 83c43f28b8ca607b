import {
  type DataType,
  type ErrorDetail,
  KNOWN_FIELDS,
  RECORD_MAX_BYTES,
  RESERVED_FIELDS,
  type RecordFailure,
  RollcallError,
  isStorableText,
  readRecord,
} from '@rollcall/core';
import type { WantedLocks } from './locks';

/** What an admin wrote, checked with the rules for records. */
export interface HandMadeValues {
  /** Field → value; null: cleared. Only fields that were given. */
  fields: Map<string, unknown>;
  /** Custom fields to set. */
  custom: Record<string, unknown>;
  /** Custom fields to remove. */
  removed: string[];
}

/** A record needs a uid to be read; what is made by hand has none. */
const NO_UID = { uid: '-' };

/**
 * Checks fields that a record of the data type has under the same names, and custom fields. What a source may not
 * state cannot be written by hand either; the difference is that the whole request is refused.
 */
export function readHandMade(
  dataType: DataType,
  fields: Readonly<Record<string, unknown>>,
  custom: Readonly<Record<string, unknown>> = {},
): HandMadeValues {
  const own = readRecord(dataType, { ...NO_UID, ...fields });
  if (own.failure) throw refused([flawed(own.failure)]);
  const unusable = Object.keys(custom).flatMap((name) => reasonAgainst(dataType, name) ?? []);
  if (unusable.length > 0) throw refused(unusable);
  const extra = readRecord(dataType, { ...NO_UID, ...custom });
  if (extra.failure) throw refused([flawed(extra.failure, 'custom')]);
  const cleared = own.cleared.map((field) => [field, null] as const);
  return {
    fields: new Map([...Object.entries(own.payload), ...cleared]),
    custom: extra.payload,
    removed: extra.cleared,
  };
}

/** The stored custom fields with the written ones laid over them, if that is not too large. */
export function mergedCustom(
  stored: Readonly<Record<string, unknown>>,
  { custom, removed }: HandMadeValues,
): Record<string, unknown> {
  const kept = Object.entries(stored).filter(([name]) => !removed.includes(name));
  const merged = { ...Object.fromEntries(kept), ...custom };
  if (Buffer.byteLength(JSON.stringify(merged)) > RECORD_MAX_BYTES) {
    const message = `all custom fields together may have ${RECORD_MAX_BYTES / 1024} kB: remove or shorten some`;
    throw refused([{ pointer: '/custom', code: 'record_too_large', message }]);
  }
  return merged;
}

/**
 * Locks may name every field that a source can write, under the name that it has in records.
 * `status` stands for `isDisabled`.
 */
export function checkLockable(dataType: DataType, { lockedFields = [], lock = [] }: WantedLocks): void {
  const lockable = LOCKABLE[dataType];
  const errors = Object.entries({ lockedFields, lock }).flatMap(([list, names]) =>
    names.flatMap((name, index) => {
      const known = RESERVED_FIELDS.has(name) || KNOWN_FIELDS[dataType].has(name);
      if (isStorableText(name) && (!known || lockable.includes(name))) return [];
      const message = `cannot be locked. Lockable are ${lockable.join(', ')} and custom fields`;
      return [{ pointer: pointerTo(list, String(index)), code: 'is_in', message }];
    }),
  );
  if (errors.length > 0) throw refused(errors);
}

/** More cannot be locked than a record has. */
export function checkLocks(locked: readonly string[]): void {
  if (Buffer.byteLength(JSON.stringify(locked)) <= RECORD_MAX_BYTES) return;
  throw refused([{ pointer: '/lockedFields', code: 'record_too_large', message: 'names more than a record can hold' }]);
}

const LOCKABLE: Readonly<Record<DataType, readonly string[]>> = {
  user: ['username', 'nickname', 'email', 'phone', 'managerUid', 'status'],
  department: ['title', 'parentUid', 'sort', 'ownerUids'],
};

/** A request that is refused because of what its body says. */
export function refused(errors: ErrorDetail[]): RollcallError {
  const [first] = errors;
  const detail = first ? [first.pointer, first.message].filter(Boolean).join(': ') : 'The body is invalid.';
  return new RollcallError('invalid_request', detail, { errors });
}

function reasonAgainst(dataType: DataType, name: string): ErrorDetail | undefined {
  const pointer = pointerTo('custom', name);
  if (RESERVED_FIELDS.has(name))
    return { pointer, code: 'reserved_field', message: 'is a name that Rollcall keeps for itself' };
  if (KNOWN_FIELDS[dataType].has(name)) return { pointer, code: 'reserved_field', message: 'is not a custom field' };
  return undefined;
}

/** The pointer names the field, so the message need not. */
function flawed({ code, field, message }: RecordFailure, below: string | null = null): ErrorDetail {
  const withoutName = field !== null && message.startsWith(`${field} `) ? message.slice(field.length + 1) : message;
  return { pointer: pointerTo(below, field), code, message: withoutName };
}

/** RFC 6901; parts that are null are left out. */
function pointerTo(...parts: (string | null)[]): string {
  return parts
    .filter((part) => part !== null)
    .map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

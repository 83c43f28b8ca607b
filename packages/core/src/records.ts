/** What a record describes. */
export const DATA_TYPES = ['user', 'department'] as const;
export type DataType = (typeof DATA_TYPES)[number];

/**
 * A department as a user record names it: its uid, or the uid with flags. Absent flags are false; `flags: 'unknown'`: the
 * source cannot see them, they stay as they were.
 */
export type DepartmentReference = string | { uid: string; isOwner?: boolean; isMain?: boolean; flags?: 'unknown' };

/**
 * One user as one source states it. An absent field is kept as it was; `null` or `""` clears it.
 * Every other key is a custom field.
 */
export interface UserRecord {
  /** The source's own immutable id, 1 to 255 characters. */
  uid: string;
  nickname?: string | null;
  username?: string | null;
  email?: string | null;
  phone?: string | null;
  managerUid?: string | null;
  isDisabled?: boolean;
  departments?: DepartmentReference[] | null;
  /**
   * `part`: the source sees some departments only. Memberships in departments that this read or push does not contain are
   * not in the list; they stay as they were.
   */
  departmentsSeen?: 'part';
  /**
   * Absent means false: stating somebody again revives them. `unknown`: the source knows the uid and cannot see whether they
   * left. Who was deleted stays so, and nothing of them changes; a record that says nothing more changes nothing of
   * anybody, and nobody is made by it. In all these cases the uid is seen: nobody is missing.
   */
  isDeleted?: boolean | 'unknown';
  [customField: string]: unknown;
}

/** One department as one source states it. `title` is required while the department is new and not deleted. */
export interface DepartmentRecord {
  uid: string;
  title?: string | null;
  parentUid?: string | null;
  sort?: number | null;
  ownerUids?: string[] | null;
  isDeleted?: boolean;
  [customField: string]: unknown;
}

export type SourceRecord = UserRecord | DepartmentRecord;

/** Longest `uid`, in characters. */
export const UID_MAX_LENGTH = 255;
/** Largest record, in bytes of its JSON text. */
export const RECORD_MAX_BYTES = 64 * 1024;

/** Names that belong to Rollcall: dropped from a record, with a warning, before anything is stored. */
export const RESERVED_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'status',
  'roles',
  'password',
  'createdAt',
  'updatedAt',
  'deletedAt',
  'protected',
  'lockedFields',
  'links',
  '__proto__',
  'constructor',
  'prototype',
]);

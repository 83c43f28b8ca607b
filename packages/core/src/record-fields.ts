import type { ErrorCode } from './errors';
import { isPlainObject, isStorableText } from './json-inspection';
import { type DataType, UID_MAX_LENGTH } from './records';

/** Longest text that is kept unique or looked up (username, e-mail, phone), in characters. */
export const KEY_TEXT_MAX_LENGTH = 255;

/** Why a record is invalid. */
export interface RecordFailure {
  code: ErrorCode;
  /** The field, `departments/2` for an element of a list; null when the record as a whole is concerned. */
  field: string | null;
  /** What is wrong and what to send instead; never the value itself. */
  message: string;
}

/** Returned instead of a value; a class, so that it cannot be mistaken for one. */
export class Invalid implements RecordFailure {
  constructor(
    readonly code: ErrorCode,
    readonly field: string | null,
    readonly message: string,
  ) {}
}

export type UidCase = 'sensitive' | 'insensitive';

interface Place {
  field: string;
  uidCase: UidCase;
  /** The record's own uid. */
  uid: string;
}

/** Reads the value of one known field, which is neither null nor "". Null: the value clears the field. */
type FieldReader = (value: unknown, place: Place) => unknown;

/** Number of characters (code points); exact only where it decides about the limit. */
function longerThan(text: string, limit: number): boolean {
  return text.length > limit && (text.length > 2 * limit || [...text].length > limit);
}

/** Text, or a safe integer as text. */
function readText(value: unknown, { field }: Pick<Place, 'field'>): string | Invalid {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number')
    return new Invalid('invalid_type', field, `${field} must be text: send it as a string.`);
  if (Number.isSafeInteger(value)) return String(value);
  if (Number.isInteger(value)) {
    return new Invalid('unsafe_integer', field, `${field} is a number too large to be exact: send it as a string.`);
  }
  return new Invalid('invalid_type', field, `${field} must be text or a whole number: send it as a string.`);
}

/** Text that somebody is called by. Nothing but blanks is none: nobody could see it, or press it. */
function readName(value: unknown, place: Place): string | null | Invalid {
  const name = readText(value, place);
  return name instanceof Invalid || name.trim() !== '' ? name : null;
}

function readKeyText(value: unknown, place: Place): string | null | Invalid {
  const text = readName(value, place);
  if (text === null || text instanceof Invalid || !longerThan(text, KEY_TEXT_MAX_LENGTH)) return text;
  const message = `${place.field} is longer than ${KEY_TEXT_MAX_LENGTH} characters: send a shorter one.`;
  return new Invalid('invalid_text', place.field, message);
}

function readEmail(value: unknown, place: Place): string | null | Invalid {
  const email = readKeyText(value, place);
  if (email === null || email instanceof Invalid || /^[^\s@]+@[^\s@]+$/.test(email)) return email;
  const message = `${place.field} is not an e-mail address: it needs text on both sides of one @, and no space.`;
  return new Invalid('invalid_email', place.field, message);
}

/** A uid, or a reference to one. `field` is `uid` for the record's own. */
export function readUid(value: unknown, place: Pick<Place, 'field' | 'uidCase'>): string | Invalid {
  const { field } = place;
  const text = readText(value, place);
  if (text instanceof Invalid) {
    if (text.code === 'unsafe_integer' || field !== 'uid') return text;
    return new Invalid('uid_invalid', field, text.message);
  }
  const uid = place.uidCase === 'insensitive' ? text.toLowerCase() : text;
  if (uid.trim() === '') return new Invalid('invalid_type', field, `${field} is empty: send a uid, or leave it out.`);
  if (longerThan(uid, UID_MAX_LENGTH)) {
    return new Invalid(
      'uid_invalid',
      field,
      `${field} is longer than ${UID_MAX_LENGTH} characters: send a shorter one.`,
    );
  }
  if (!isStorableText(uid)) {
    const code = field === 'uid' ? 'uid_invalid' : 'invalid_text';
    return new Invalid(code, field, `${field} contains a NUL character or half of a surrogate pair: remove it.`);
  }
  return uid;
}

function readParentUid(value: unknown, place: Place): string | Invalid {
  const parentUid = readUid(value, place);
  if (parentUid !== place.uid) return parentUid;
  const message = 'The department names itself as its parent: send another parentUid, or null for a root.';
  return new Invalid('department_cycle', place.field, message);
}

/** A boolean, 0 or 1, "true" or "false". */
export function readFlag(value: unknown, { field }: Pick<Place, 'field'>): boolean | Invalid {
  if (value === true || value === 1 || value === 'true') return true;
  if (value === false || value === 0 || value === 'false') return false;
  return new Invalid('invalid_type', field, `${field} must be true or false (0, 1, "true" and "false" will do).`);
}

function readSort(value: unknown, { field }: Place): number | Invalid {
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  if (Number.isSafeInteger(number)) return number as number;
  return new Invalid('invalid_type', field, `${field} must be a whole number of at most 15 digits.`);
}

function readUids(value: unknown, { field, uidCase }: Place): string[] | null | Invalid {
  if (!Array.isArray(value)) return new Invalid('invalid_type', field, `${field} must be a list of uids.`);
  const uids = new Set<string>();
  for (const [index, item] of value.entries()) {
    const uid = readUid(item, { field: `${field}/${index}`, uidCase });
    if (uid instanceof Invalid) return uid;
    uids.add(uid);
  }
  return uids.size > 0 ? [...uids] : null;
}

/** A department of a user as it is stored: flags only where they are true. */
export interface StoredDepartment {
  uid: string;
  isMain?: true;
  isOwner?: true;
}

/** As it was read: `unseen` flags are put in from what is stored. */
interface StatedDepartment extends StoredDepartment {
  unseen?: true;
}

/** Whether some of the departments that were read came without their flags. */
export const hidesFlags = (departments: unknown): boolean =>
  Array.isArray(departments) && (departments as StatedDepartment[]).some(({ unseen }) => unseen);

/** Accepts an absent flag, which is false. */
function readOptionalFlag(value: unknown, field: string): boolean | Invalid {
  return value === undefined || value === null || value === '' ? false : readFlag(value, { field });
}

function readDepartment(item: unknown, field: string, uidCase: UidCase): StatedDepartment | Invalid {
  if (typeof item === 'string' || typeof item === 'number') {
    const uid = readUid(item, { field, uidCase });
    return uid instanceof Invalid ? uid : { uid };
  }
  if (!isPlainObject(item) || item['uid'] === undefined || item['uid'] === null) {
    return new Invalid('invalid_type', field, `${field} must be a uid, or {"uid", "isMain", "isOwner"}.`);
  }
  const uid = readUid(item['uid'], { field: `${field}/uid`, uidCase });
  if (uid instanceof Invalid) return uid;
  const isMain = readOptionalFlag(item['isMain'], `${field}/isMain`);
  if (isMain instanceof Invalid) return isMain;
  const isOwner = readOptionalFlag(item['isOwner'], `${field}/isOwner`);
  if (isOwner instanceof Invalid) return isOwner;
  return storedDepartment({ uid, isMain, isOwner, unseen: item['flags'] === 'unknown' });
}

/** A department that is listed twice keeps its first place and every flag. */
function readDepartments(value: unknown, { field, uidCase }: Place): StatedDepartment[] | null | Invalid {
  if (!Array.isArray(value)) return new Invalid('invalid_type', field, `${field} must be a list of departments.`);
  const departments: StatedDepartment[] = [];
  for (let index = 0; index < value.length; index++) {
    const department = readDepartment(value[index], `${field}/${index}`, uidCase);
    if (department instanceof Invalid) return department;
    departments.push(department);
  }
  const distinct = departments.length > 1 ? merged(departments) : departments;
  if (distinct.length > 1 && distinct.filter((department) => department.isMain).length > 1) {
    return new Invalid('invalid_type', field, `${field} marks more than one as isMain: mark one at most.`);
  }
  return distinct.length > 0 ? distinct : null;
}

function merged(departments: readonly StatedDepartment[]): StatedDepartment[] {
  const byUid = new Map<string, StatedDepartment>();
  for (const department of departments) {
    const before = byUid.get(department.uid);
    byUid.set(department.uid, before ? both(before, department) : department);
  }
  return [...byUid.values()];
}

const both = (one: StatedDepartment, other: StatedDepartment): StatedDepartment =>
  storedDepartment({ ...one, ...other, unseen: one.unseen === true && other.unseen === true });

/** With its keys in one order, whatever it is made of: equal departments have equal JSON text. */
function storedDepartment({
  uid,
  isMain,
  isOwner,
  unseen,
}: {
  uid: string;
  isMain?: boolean;
  isOwner?: boolean;
  unseen?: boolean;
}): StatedDepartment {
  return { uid, ...(isMain && { isMain }), ...(isOwner && { isOwner }), ...(unseen && { unseen }) };
}

/** The known fields in the order in which they are stored, and how each is read. */
export const FIELD_READERS: Readonly<Record<DataType, readonly (readonly [field: string, read: FieldReader])[]>> = {
  user: [
    ['username', readKeyText],
    ['nickname', readName],
    ['email', readEmail],
    ['phone', readKeyText],
    ['managerUid', readUid],
    ['isDisabled', readFlag],
    ['departments', readDepartments],
  ],
  department: [
    ['title', readName],
    ['parentUid', readParentUid],
    ['sort', readSort],
    ['ownerUids', readUids],
  ],
};

import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json';
import { type JsonFlaw, JsonInspection, isStorableText } from './json-inspection';
import {
  FIELD_READERS,
  hidesFlags,
  Invalid,
  type RecordFailure,
  type UidCase,
  readFlag,
  readUid,
} from './record-fields';
import { type DataType, RECORD_MAX_BYTES, RESERVED_FIELDS } from './records';

/** Something in a record that was left out or doubtful; the record is applied all the same. */
export interface RecordWarning {
  field: string;
  code: 'reserved_field' | 'unsafe_integer';
  message: string;
}

/** Whether it is deleted; the flags of some of its departments; departments that are not in the list. */
export type Unseen = 'life' | 'flags' | 'others';

/** A raw record in the form in which it is compared, stored and applied. */
export interface NormalisedRecord {
  /** Null: the record has no uid that could be read. */
  uid: string | null;
  /**
   * The carried values: known fields in a fixed order, then custom ones by name; without `uid`, `isDeleted` and what
   * is cleared. Equal records have equal JSON text. Nested values may be shared with the raw record. Empty on failure.
   */
  payload: Record<string, unknown>;
  /** Fields that the record empties (`null`, `""`, an empty list), by name. */
  cleared: string[];
  /** The source says that it is deleted. */
  gone: boolean;
  /** What the source says that it cannot see. Absent: nothing. */
  unseen?: Unseen[];
  warnings: RecordWarning[];
  /** The record is invalid, for this reason; it is seen all the same if it has a uid. */
  failure?: RecordFailure;
}

export interface ReadRecordOptions {
  /** `insensitive`: the uid and every reference are put into lower case. */
  uidCase?: UidCase | undefined;
}

/** The names that mean something to Rollcall; every other one that is not reserved is a custom field. */
export const KNOWN_FIELDS: Readonly<Record<DataType, ReadonlySet<string>>> = {
  user: new Set(['uid', 'isDeleted', 'departmentsSeen', ...FIELD_READERS.user.map(([field]) => field)]),
  department: new Set(['uid', 'isDeleted', ...FIELD_READERS.department.map(([field]) => field)]),
};

type Values = Pick<NormalisedRecord, 'payload' | 'cleared' | 'gone' | 'unseen'>;

const noValues = (): Values => ({ payload: {}, cleared: [], gone: false });

/**
 * Checks one record as it came in (from whatever way in: nothing about it is trusted) and brings it into the form that
 * is stored. Never throws: an invalid record comes back with the first `failure` that was found.
 */
export function readRecord(dataType: DataType, raw: unknown, options: ReadRecordOptions = {}): NormalisedRecord {
  const uidCase = options.uidCase ?? 'sensitive';
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    const message = 'The record is not an object: send {"uid": …} with its fields.';
    return { uid: null, ...noValues(), warnings: [], failure: { code: 'not_an_object', field: null, message } };
  }
  const record = raw as Record<string, unknown>;
  const uid = readOwnUid(record['uid'], uidCase);
  if (uid instanceof Invalid) return { uid: null, ...noValues(), warnings: [], failure: plain(uid) };

  const warnings: RecordWarning[] = [];
  const values = checkedValues(dataType, record, uid, uidCase, warnings);
  return values instanceof Invalid
    ? { uid, ...noValues(), warnings, failure: plain(values) }
    : { uid, ...values, warnings };
}

/**
 * Hash of what a record says, as the 32 hex digits of a uuid; the same whatever the order of keys in which it arrived. The
 * uid and the data type are not in it. `payloadText`: the payload as JSON, for whoever has it already.
 */
export function seenHash({ payload, cleared, gone, unseen, failure }: NormalisedRecord, payloadText?: string): string {
  return hash('sha256', saidText(), 'hex').slice(0, 32);

  function saidText(): string {
    if (failure) return JSON.stringify([failure.code, failure.field]);
    const values = payloadText ?? JSON.stringify(payload);
    // The usual record is hashed without making another text of it.
    if (cleared.length === 0 && !gone && !unseen) return values;
    return `[${values},${JSON.stringify(cleared)},${String(gone)}${unseen ? `,${JSON.stringify(unseen)}` : ''}]`;
  }
}

function checkedValues(
  dataType: DataType,
  record: Record<string, unknown>,
  uid: string,
  uidCase: UidCase,
  warnings: RecordWarning[],
): Values | Invalid {
  try {
    return inspect(dataType, record, warnings) ?? readValues(dataType, record, uid, uidCase);
  } catch {
    // A getter or a proxy of an adapter; JSON does not throw.
    return new Invalid('invalid_type', null, 'The record is not plain JSON: a field of it cannot be read.');
  }
}

function readOwnUid(value: unknown, uidCase: UidCase): string | Invalid {
  if (isAbsent(value) || (typeof value === 'string' && value.trim() === '')) {
    return new Invalid('uid_missing', 'uid', 'The record has no uid: send the id that never changes in your system.');
  }
  return readUid(value, { field: 'uid', uidCase });
}

/** Checks what holds for every value whatever its field: size, depth, storable text. Notes the warnings. */
function inspect(dataType: DataType, record: Record<string, unknown>, warnings: RecordWarning[]): Invalid | undefined {
  const inspection = new JsonInspection(RECORD_MAX_BYTES);
  let invalid: Invalid | undefined;
  for (const key of Object.keys(record)) {
    const reserved = RESERVED_FIELDS.has(key);
    const roundedBefore = inspection.rounded;
    const flaw = inspection.visit(key) ?? inspection.visit(record[key]);
    // A reserved field is dropped, whatever text it holds.
    if (flaw && !(reserved && flaw === 'text')) invalid ??= flawed(key, flaw);
    if (inspection.least > RECORD_MAX_BYTES) return tooLarge();
    if (reserved) warnings.push(reservedField(key));
    else if (inspection.rounded > roundedBefore && !KNOWN_FIELDS[dataType].has(key)) warnings.push(roundedNumber(key));
  }
  if (invalid) return invalid;
  if (inspection.most > RECORD_MAX_BYTES && Buffer.byteLength(JSON.stringify(record)) > RECORD_MAX_BYTES) {
    return tooLarge();
  }
  return undefined;
}

function readValues(
  dataType: DataType,
  record: Record<string, unknown>,
  uid: string,
  uidCase: UidCase,
): Values | Invalid {
  const gone = readLife(record['isDeleted']);
  if (gone instanceof Invalid) return gone;
  const others = dataType === 'user' ? readDepartmentsSeen(record['departmentsSeen']) : [];
  if (others instanceof Invalid) return others;

  const payload: Record<string, unknown> = {};
  const cleared: string[] = [];
  const take = (field: string, value: unknown): void => {
    if (value === null) cleared.push(field);
    else payload[field] = value;
  };
  const place = { field: '', uid, uidCase };
  for (const [field, read] of FIELD_READERS[dataType]) {
    const value = record[field];
    if (value === undefined) continue;
    place.field = field;
    const result = isAbsent(value) ? null : read(value, place);
    if (result instanceof Invalid) return result;
    take(field, result);
  }
  for (const field of customFields(dataType, Object.keys(record))) {
    const value = record[field];
    if (value !== undefined) take(field, isAbsent(value) ? null : canonicalJson(value));
  }
  const unseen: Unseen[] = [
    ...(gone === 'unknown' ? (['life'] as const) : []),
    ...(dataType === 'user' && hidesFlags(payload['departments']) ? (['flags'] as const) : []),
    ...others,
  ];
  if (cleared.length > 1) cleared.sort();
  return { payload, cleared, gone: gone === true, ...(unseen.length > 0 && { unseen }) };
}

/** The fields of the record before, and which of them are custom ones, by name. */
const before: Record<DataType, { fields: readonly string[]; custom: readonly string[] }> = {
  user: { fields: [], custom: [] },
  department: { fields: [], custom: [] },
};

/** The custom ones of these fields, by name. Records of one source mostly have the same fields: they are sorted once. */
function customFields(dataType: DataType, fields: readonly string[]): readonly string[] {
  const last = before[dataType];
  if (fields.length === last.fields.length && fields.every((field, index) => field === last.fields[index])) {
    return last.custom;
  }
  const custom = fields.filter((field) => !KNOWN_FIELDS[dataType].has(field) && !RESERVED_FIELDS.has(field)).sort();
  before[dataType] = { fields, custom };
  return custom;
}

function readLife(isDeleted: unknown): boolean | 'unknown' | Invalid {
  if (isAbsent(isDeleted)) return false;
  return isDeleted === 'unknown' ? isDeleted : readFlag(isDeleted, { field: 'isDeleted' });
}

function readDepartmentsSeen(value: unknown): Unseen[] | Invalid {
  if (isAbsent(value)) return [];
  if (value === 'part') return ['others'];
  const message = 'departmentsSeen must be "part": leave it out when the list of departments is whole.';
  return new Invalid('invalid_type', 'departmentsSeen', message);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** The name of a field as it can be stored and shown, whatever was sent as a name. */
function shownName(key: string): string {
  const name = key.length > 100 ? `${key.slice(0, 100)}…` : key;
  return isStorableText(name) ? name : name.replace(/[\0\ud800-\udfff]/gu, '\ufffd');
}

function flawed(key: string, flaw: JsonFlaw): Invalid {
  const field = shownName(key);
  switch (flaw) {
    case 'text':
      return new Invalid(
        'invalid_text',
        field,
        `${field} contains a NUL character or half of a surrogate pair, which cannot be stored: remove it.`,
      );
    case 'depth':
      return new Invalid('invalid_type', field, `${field} is nested too deeply: send a flatter value.`);
    case 'type':
      return new Invalid('invalid_type', field, `${field} is not plain JSON: send text, numbers, lists or objects.`);
  }
}

function tooLarge(): Invalid {
  const message = `The record is larger than ${RECORD_MAX_BYTES / 1024} kB: send fewer or shorter fields.`;
  return new Invalid('record_too_large', null, message);
}

function reservedField(key: string): RecordWarning {
  return {
    field: key,
    code: 'reserved_field',
    message: `${key} is a name that Rollcall keeps for itself: it was dropped. Send it under another name.`,
  };
}

function roundedNumber(key: string): RecordWarning {
  const field = shownName(key);
  return {
    field,
    code: 'unsafe_integer',
    message: `${field} holds a number too large to be exact, which was rounded: send it as a string.`,
  };
}

function plain({ code, field, message }: Invalid): RecordFailure {
  return { code, field, message };
}

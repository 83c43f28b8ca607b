import {
  DATA_TYPES,
  type DataType,
  ERROR_POLICY,
  type FailedRecord,
  type ErrorCode,
  isStorableText,
  KEY_TEXT_MAX_LENGTH,
  type PullResult,
  RollcallError,
  type RowOutcome,
} from '@rollcall/core';
import { foreignText } from '../adapters/foreign-text';
import { FIELD_LENGTH } from './foreign-code';

/**
 * What an adapter yields and returns is foreign data: types are not there any more when it runs. A breach of the contract
 * is told to whoever writes the adapter, and is not tried again.
 */
export function breach(adapter: string, rule: string): RollcallError {
  return new RollcallError(
    'bad_answer',
    `The adapter "${adapter}" broke its contract: ${rule} Report it to its author.`,
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isDataType = (value: unknown): value is DataType => DATA_TYPES.some((known) => known === value);

export interface CheckedPage {
  dataType: DataType;
  records: readonly unknown[];
  renames: readonly unknown[];
  failed: readonly FailedRecord[];
  cursor?: string;
}

/** `secrets`: what the adapter was given and must not be seen in what it says. */
export function checkPage(page: unknown, adapter: string, secrets: readonly string[]): CheckedPage {
  if (!isObject(page)) throw breach(adapter, 'a page must be {dataType, records}.');
  const { dataType, records = isGiven(page['renames']) ? [] : undefined, renames = [], failed = [], cursor } = page;
  if (!isDataType(dataType)) throw breach(adapter, `the dataType of a page must be ${DATA_TYPES.join(' or ')}.`);
  return {
    dataType,
    records: checkList(records, 'records', adapter),
    renames: checkList(renames, 'renames', adapter),
    failed: checkList(failed, 'failed records', adapter).map((one) => checkFailed(one, adapter, secrets)),
    ...(isGiven(cursor) && { cursor: checkCursor(cursor, 'cursor of a page', adapter) }),
  };
}

/** What has a place in the list and is nothing, be it a hole, fails like any other that is no object. */
function checkList(list: unknown, name: string, adapter: string): readonly unknown[] {
  if (!Array.isArray(list)) throw breach(adapter, `the ${name} of a page must be a list.`);
  return list.includes(undefined) ? Array.from(list, (one: unknown) => one ?? null) : list;
}

function checkFailed(failed: unknown, adapter: string, secrets: readonly string[]): FailedRecord {
  const { uid, field, message } = isObject(failed) ? failed : {};
  if (typeof message !== 'string') throw breach(adapter, 'a failed record must be {uid, field?, message}.');
  const named = typeof field === 'string' ? { field: foreignText(field, secrets).slice(0, FIELD_LENGTH) } : {};
  return { uid, ...named, message: foreignText(message, secrets) };
}

/** `secrets`: what the adapter was given and must not be seen in what it says. */
export function checkResult(result: unknown, adapter: string, secrets: readonly string[]): PullResult {
  if (!isObject(result) || !isObject(result['complete'])) {
    throw breach(adapter, 'pull must return {complete: {…}}, with what was read to its end.');
  }
  const complete: PullResult['complete'] = {};
  for (const [dataType, value] of Object.entries(result['complete'])) {
    if (!isDataType(dataType)) throw breach(adapter, `complete names "${dataType}", which is no data type.`);
    if (value === true) complete[dataType] = true;
    else if (isObject(value) && value['complete'] === false && typeof value['reason'] === 'string') {
      complete[dataType] = { complete: false, reason: foreignText(value['reason'], secrets) };
    } else throw breach(adapter, `complete.${dataType} must be true, or {complete: false, reason}.`);
  }
  const { nextCursor } = result;
  return { complete, ...(isGiven(nextCursor) && { nextCursor: checkCursor(nextCursor, 'nextCursor', adapter) }) };
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function checkCursor(cursor: unknown, name: string, adapter: string): string {
  if (typeof cursor === 'string' && isStorableText(cursor)) return cursor;
  throw breach(adapter, `the ${name} must be a text without NUL.`);
}

/** An outcome that a remote target yielded; `open` holds the changes that it still owes one for, by record id. */
export function checkOutcome(outcome: unknown, adapter: string, open: ReadonlyMap<number, unknown>): RowOutcome {
  if (!isObject(outcome)) throw breach(adapter, 'an outcome must be {recordId, resourceKey?, failure?}.');
  const { recordId, resourceKey, failure } = outcome;
  if (typeof recordId !== 'number' || !open.has(recordId)) {
    throw breach(adapter, 'the recordId of an outcome must be that of a change that has none yet.');
  }
  if (resourceKey !== undefined && !isKey(resourceKey)) {
    throw breach(adapter, `a resourceKey must be a text of 1 to ${KEY_TEXT_MAX_LENGTH} characters without NUL.`);
  }
  return {
    recordId,
    ...(isKey(resourceKey) && { resourceKey }),
    ...(failure !== undefined && checkFailure(failure, adapter)),
  };
}

function isKey(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= KEY_TEXT_MAX_LENGTH && isStorableText(value);
}

function checkFailure(failure: unknown, adapter: string): Pick<RowOutcome, 'failure'> {
  if (!isObject(failure)) throw breach(adapter, 'the failure of an outcome must be {code, message, field?}.');
  const { code, message, field } = failure;
  if (!isErrorCode(code) || typeof message !== 'string') {
    throw breach(adapter, 'a failure needs one of the error codes of @rollcall/core, and a message.');
  }
  return { failure: { code, message, ...(typeof field === 'string' && { field }) } };
}

const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && Object.hasOwn(ERROR_POLICY, value);

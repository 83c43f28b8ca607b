import { DATA_TYPES, type DataType, type ErrorDetail, RollcallError } from '@rollcall/core';

/** Most records of one request. */
export const MAX_RECORDS = 100_000;

/** Raw records of one data type, as one request carries them. */
export interface SentRecords {
  dataType: DataType;
  records: unknown[];
}

/** The body of a push, checked as far as it concerns the request as a whole; the records are still raw. */
export interface PushRequest extends SentRecords {
  matchKey: string | undefined;
  sourceName: string | undefined;
  dryRun: boolean;
}

type Refuse = (field: string, code: string, message: string) => void;

/** Reads the body of a push. Unknown keys are ignored: old scripts send more than they need. */
export function readPushRequest(body: unknown): PushRequest {
  return readBody(body, ({ matchKey, sourceName, dryRun }, refuse) => {
    if (!isAbsent(matchKey) && typeof matchKey !== 'string') {
      refuse('matchKey', 'invalid_type', 'matchKey must be the name of one field, such as "email".');
    }
    if (!isAbsent(sourceName) && typeof sourceName !== 'string') {
      refuse('sourceName', 'invalid_type', 'sourceName must be the name of a source.');
    }
    if (!isAbsent(dryRun) && !FLAGS.has(dryRun)) refuse('dryRun', 'invalid_type', 'dryRun must be true or false.');
    return {
      matchKey: (matchKey as string | null | undefined) || undefined,
      sourceName: (sourceName as string | null | undefined) || undefined,
      dryRun: TRUE.has(dryRun),
    };
  });
}

/** Reads the body of a request that carries nothing but records. */
export function readSentRecords(body: unknown): SentRecords {
  return readBody(body, () => ({}));
}

/** `rest` looks at the other keys; all that is refused is told at once. */
function readBody<Rest extends object>(
  body: unknown,
  rest: (body: Record<string, unknown>, refuse: Refuse) => Rest,
): SentRecords & Rest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalid([
      { pointer: '', code: 'invalid_type', message: 'Send an object: {"dataType":"user","records":[…]}.' },
    ]);
  }
  const { dataType, records } = body as Record<string, unknown>;
  const errors: ErrorDetail[] = [];
  const refuse: Refuse = (field, code, message) => {
    errors.push({ pointer: `/${field}`, code, message });
  };
  if (!DATA_TYPES.some((known) => known === dataType))
    refuse('dataType', 'is_in', 'dataType must be "user" or "department".');
  const others = rest(body as Record<string, unknown>, refuse);
  if (!Array.isArray(records)) refuse('records', 'invalid_type', 'records must be a list of records.');
  else if (records.length === 0) refuse('records', 'empty', 'records is empty: send at least one record.');
  if (errors.length > 0) throw invalid(errors);
  const list = records as unknown[];
  if (list.length > MAX_RECORDS) {
    throw new RollcallError(
      'too_many_records',
      `${list.length} records are more than the ${MAX_RECORDS} of one request. Send them in several, best to a snapshot.`,
      { errors: [{ pointer: '/records', code: 'too_many_records', message: `at most ${MAX_RECORDS}` }] },
    );
  }
  return { dataType: dataType as DataType, records: list, ...others };
}

const TRUE = new Set<unknown>([true, 1, '1', 'true']);
const FLAGS = new Set<unknown>([...TRUE, false, 0, '0', 'false']);

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function invalid(errors: ErrorDetail[]): RollcallError {
  return new RollcallError('invalid_request', errors.map((error) => error.message).join(' '), { errors });
}

import type { SqlSession } from './sql-session';

/** What a database had against a row, in words that hold nothing of the row. */
const REASONS: Readonly<Record<string, string>> = {
  '22001': 'a value is too long for its column',
  '22003': 'a number is too large for its column',
  '22021': 'a text holds a character that the database cannot store',
  '22P05': 'a text holds a character that the database cannot store',
  '22': 'a value does not have the form that its column needs',
  '23502': 'a value is missing that its table requires',
  '23503': 'it refers to a row that is not there',
  '23505': 'another row has the same value already',
  '23514': 'a value breaks a rule of its table',
  '23': 'it breaks a rule of its table',
  '44': 'it breaks a rule of its table',
  '54': 'a value is too large for the database',
  P0: 'a trigger refused it',
};

/** One change that cannot be written, whatever is tried. */
export interface Refusal {
  /** SQLSTATE. */
  state: string;
  reason: string;
}

/**
 * What the database has against the data that was to be written; undefined for every other error: those are not the
 * fault of any record. A unique value that was taken meanwhile is a passing conflict, until it has come back often enough.
 */
export function refusalOf(error: unknown, sql: Pick<SqlSession, 'lastTry'>): Refusal | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const state = error.code;
  if (!/^[0-9A-Z]{5}$/.test(state) || (state === '23505' && !sql.lastTry)) return undefined;
  const reason = REASONS[state] ?? REASONS[state.slice(0, 2)];
  return reason === undefined ? undefined : { state, reason };
}

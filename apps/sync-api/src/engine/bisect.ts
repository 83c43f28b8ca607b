import type { Reading } from './reading';
import { type Refusal, refusalOf } from './refusal';
import type { Run } from './run';
import { FAIL_REFUSED, RECORDS_OF_RANGE } from './sql/refused';
import type { SqlSession } from './sql-session';

/** Changes of one reading. */
export interface Range {
  /** After this record … */
  after: number;
  /** … up to this one. */
  upTo: number;
  /** Null: every change of the range. */
  only: number[] | null;
  /** How many changes the range holds. */
  size: number;
  /** All of them are creates that were planned in this very transaction. */
  creates?: boolean;
}

/** So often a batch is halved; whatever is refused after that is tried row by row. */
const MAX_SPLITS = 64;

/**
 * Applies a range under a savepoint. What the database refuses is narrowed down, so that only the guilty records fail:
 * halves are tried by themselves, down to single changes.
 */
export async function applyOrBisect(
  sql: SqlSession,
  run: Run,
  reading: Reading,
  range: Range,
  apply: (range: Range) => Promise<void>,
): Promise<void> {
  const open = [range];
  let splits = 0;
  for (let part = open.pop(); part; part = open.pop()) {
    run.signal.throwIfAborted();
    const refusal = await tryApply(sql, part, apply);
    if (!refusal) continue;
    const records = await recordsOf(sql, run, reading, part);
    if (records.length === 1) {
      await fail(sql, run, reading, records[0] ?? 0, refusal);
    } else {
      const length = splits++ < MAX_SPLITS ? Math.ceil(records.length / 2) : 1;
      // The last one in is tried first, and the order of the read decides who gets a contested value.
      open.push(...cut(part, records, length).reverse());
    }
  }
}

async function tryApply(
  sql: SqlSession,
  range: Range,
  apply: (range: Range) => Promise<void>,
): Promise<Refusal | undefined> {
  await sql.execute('savepoint batch');
  try {
    await apply(range);
    await sql.execute('release savepoint batch');
    return undefined;
  } catch (error) {
    const refusal = refusalOf(error, sql);
    if (!refusal) throw error;
    await sql.execute('rollback to savepoint batch');
    return refusal;
  }
}

async function recordsOf(sql: SqlSession, run: Run, reading: Reading, range: Range): Promise<number[]> {
  if (range.only) return range.only;
  const rows = await sql.query<{ record_id: number }>(RECORDS_OF_RANGE, [
    run.task.id,
    range.after,
    range.upTo,
    range.only,
    reading.targetId,
    reading.dataType,
  ]);
  return rows.map((row) => row.record_id);
}

/** A range and its records, ascending → ranges of at most `length` of them. A whole range needs no list of its records. */
function cut({ only }: Range, records: readonly number[], length: number): Range[] {
  const ranges: Range[] = [];
  for (let start = 0; start < records.length; start += length) {
    const ids = records.slice(start, start + length);
    ranges.push({ after: (ids[0] ?? 1) - 1, upTo: ids.at(-1) ?? 0, only: only && ids, size: ids.length });
  }
  return ranges;
}

async function fail(sql: SqlSession, run: Run, reading: Reading, recordId: number, refusal: Refusal): Promise<void> {
  const { targetId, targetName, dataType } = reading;
  const message = `The database of "${targetName}" refused it: ${refusal.reason} (${refusal.state}). Change the record in its source, or the rule in the database.`;
  run.logger.warn('The database refused a change', {
    taskId: run.task.id,
    target: targetName,
    recordId,
    state: refusal.state,
  });
  await sql.query(FAIL_REFUSED, [run.task.id, targetId, dataType, recordId, message]);
}

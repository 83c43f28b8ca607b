import { DATA_TYPES, type DataType } from '@rollcall/core';
import { applyOrBisect, type Range } from './bisect';
import { disableRefused } from './disable-refused';
import { SHARED_STAGING } from './own-staging';
import type { Plan } from './plan';
import { outdateLetGo } from './overtaken';
import { madeOnce } from './made-once';
import { positionKey, type Reading } from './reading';
import { hasEarlierUids } from './renames';
import type { Run } from './run';
import { batchStatements } from './batch-statements';
import { isSnapshotStaging } from './snapshot-staging';
import { BATCH_END } from './sql/batch';
import { isShareable } from './sql/effective';
import { leavingParameters } from './sql/leaving';
import { lookAtLeftBehindLinked } from './sql/left-behind';
import { lockChangedSql, lockReturningSql } from './sql/lock-resources';
import { markMovedOnSql, markRelinkedSql, promoteFreshSql, promoteMovedSql } from './sql/promote';
import { DOUBT_REFERENCES, giveUpUidsSql, promoteRenamesSql, reusedUidsSql } from './sql/renames';
import { NOTE_APPLIED_PUSH, STOP_NOTING } from './sql/snapshot';
import { SUPERSEDE_ALL, supersedeSql } from './sql/supersede';
import { leaveToLater } from './settle';
import type { SqlSession } from './sql-session';
import { writeBatch } from './write-batch';

/** Changes in one transaction: large enough to be fast, small enough to be seen, cancelled and taken over. */
export const BATCH_SIZE = 20_000;

const FIRST = 0;
const LAST = Number.MAX_SAFE_INTEGER;

/**
 * The first act of apply: what was read becomes what is desired. Running it again changes nothing. An undo says nothing
 * new, and asks of each change itself whether it still stands.
 */
export async function promote(
  sql: SqlSession,
  run: Run,
  plan?: Pick<Plan, 'changes' | 'fresh' | 'moved' | 'back' | 'watched'>,
): Promise<void> {
  const { task, source } = run;
  if (task.kind === 'undo') {
    if (plan) await sql.analyze('changes');
    return;
  }
  const parameters = [task.id, source.id];
  const moving = [...parameters, ...leavingParameters(run.policies)];
  const unmoved = plan?.fresh === 0 && plan.moved === 0 && !task.renames;
  // Only a held plan comes here without its numbers: time has passed since it was made.
  if (!plan) {
    // Who goes with their source is stated by nobody whatever happens.
    if (task.kind !== 'purge') {
      await leaveToLater(sql, task);
      await outdateLetGo(sql, run);
    }
    await markStale(sql, run);
  } else if (run.large && !unmoved) {
    await sql.analyze('changes');
  }
  if (hasEarlierUids(run)) await doubtReferences(sql, run);
  if (task.renames) {
    await sql.query(giveUpUidsSql(task.staging), parameters);
    await sql.query(promoteRenamesSql(task.staging), parameters);
  }
  if (!plan || plan.changes.some(({ action }) => action === 'link'))
    await sql.query(lookAtLeftBehindLinked(run.readings), [task.id]);
  if (run.large && plan && plan.back > 0) {
    for (const reading of run.readings.filter(isShareable))
      await sql.query(lockReturningSql(reading, task.staging), parameters);
  }
  if (!plan || plan.moved > 0) {
    const { readings, large, undone } = run;
    const text = madeOnce(readings, `moved ${task.staging} ${large} ${undone}`, () =>
      promoteMovedSql(readings, task.staging, { large, undone }),
    );
    sql.send(text, moving);
  }
  if (!plan || plan.fresh > 0) {
    const first = run.large && !(await hasRecords(sql, source.id));
    sql.send(promoteFreshSql(task.staging, { reusing: hasEarlierUids(run), first }), parameters);
  }
  if (isSnapshotStaging(task.staging)) sql.send(STOP_NOTING, [task.id]);
  if (run.large || plan?.watched !== false) await supersede(sql, run);
  if (run.large && !unmoved) await sql.analyze('records');
}

async function hasRecords(sql: SqlSession, sourceId: number): Promise<boolean> {
  const { known } = await sql.one<{ known: boolean }>(
    'select exists (select from records where source_id = $1) as known',
    [sourceId],
  );
  return known;
}

/** A uid that was somebody else's before: references by it are looked at again. */
async function doubtReferences(sql: SqlSession, { task, source }: Run): Promise<void> {
  const reused = await sql.query<{ data_type: DataType; uids: string[] }>(reusedUidsSql(task.staging), [
    task.id,
    source.id,
  ]);
  for (const { data_type, uids } of reused) await sql.query(DOUBT_REFERENCES, [source.id, data_type, uids]);
}

/** What this task says is newer than what earlier ones were sent and never applied (rule 7). */
async function supersede(sql: SqlSession, { task, source, large }: Run): Promise<void> {
  await sql.query(supersedeSql(task.staging), [task.id, source.id]);
  const complete = DATA_TYPES.filter((dataType) => task.complete[dataType] === true);
  if (complete.length > 0) await sql.query(SUPERSEDE_ALL, [task.id, source.id, complete]);
  // A small push has noted itself in every snapshot.
  if (large && task.staging === SHARED_STAGING) await sql.query(NOTE_APPLIED_PUSH, [task.id, source.id]);
}

/** Rule 19: a change is bound to the record, the link and the resource that it was planned on. */
export async function markStale(sql: SqlSession, { task, source, readings, large }: Run): Promise<void> {
  if (large) await sql.analyze(`${task.staging}, changes`);
  await sql.query(markMovedOnSql(task.staging), [task.id, source.id]);
  for (const reading of readings) await sql.query(markRelinkedSql(reading), [task.id]);
}

/** Applies what a plan that fits into one batch holds for one reading, in the transaction of its caller. */
export async function applyAtOnce(
  sql: SqlSession,
  run: Run,
  reading: Reading,
  { size, links, creates, disables }: { size: number; links: boolean; creates: boolean; disables: boolean },
): Promise<void> {
  if (size === 0) return;
  const all = { after: FIRST, upTo: LAST, only: null, size, creates };
  // What it shares is locked since before the plan; whom it links is known only now.
  if (links) await lockChanged(sql, run, reading, all);
  await applyBatch(sql, run, reading, all);
  // Applied in parts, one may have needed what another brought.
  if (run.careful) await secondTry(sql, run, reading);
  if (disables) await disableRefused(sql, run, reading);
}

/** One batch of what comes after a record, up to a limit. Returns how far this is done now: the limit when nothing is left. */
export async function applyNext(
  sql: SqlSession,
  run: Run,
  reading: Reading,
  { after, limit }: { after: number; limit: number },
): Promise<number> {
  const { last, size } = await sql.one<{ last: number | null; size: number }>(BATCH_END, [
    run.task.id,
    reading.targetId,
    reading.dataType,
    after,
    limit,
    BATCH_SIZE,
  ]);
  if (last === null) return limit;
  await applyBatch(sql, run, reading, { after, upTo: last, only: null, size });
  await sql.query(
    `update tasks set applied_positions = coalesce(applied_positions, '{}') || $2, step = 'apply', done = done + $3
     where id = $1 returning pg_notify('rollcall_tasks', id::text)`,
    [run.task.id, { [positionKey(reading)]: last }, size],
  );
  return size < BATCH_SIZE ? limit : last;
}

/** Once all batches are through: what only had to wait for a later one. */
export async function secondTry(sql: SqlSession, run: Run, reading: Reading): Promise<void> {
  const rows = await sql.query<{ record_id: number }>(batchStatements(run, reading).secondTry, [run.task.id]);
  const only = rows.map((row) => row.record_id);
  if (only.length > 0) await applyBatch(sql, run, reading, { after: FIRST, upTo: LAST, only, size: only.length });
}

/** One batch, all in the caller's transaction: as a whole, or what of it the database accepts. */
async function applyBatch(sql: SqlSession, run: Run, reading: Reading, range: Range): Promise<void> {
  if (run.large) await lockChanged(sql, run, reading, range);
  if (run.careful) await applyOrBisect(sql, run, reading, range, (part) => writeBatch(sql, run, reading, part));
  else await writeBatch(sql, run, reading, range);
}

/** Sources that speak of one person at the same moment write one after the other (rules 9 and 10). */
async function lockChanged(sql: SqlSession, { task }: Run, reading: Reading, range: Range): Promise<void> {
  if (!isShareable(reading)) return;
  // A pull links by the keys of its source; a push, also one that an admin made by hand, by what it asked for.
  const linking = task.match_key !== null || task.kind === 'push';
  const text = lockChangedSql(reading, { links: linking, states: task.kind !== 'undo' });
  await sql.query(text, [task.id, range.after, range.upTo, range.only]);
}

import { type DataType, ERROR_POLICY, RollcallError } from '@rollcall/core';
import type { Note } from '../tasks/notes';
import { BUILT_IN_TARGETS } from '../targets/target.entity';
import type { TaskRow } from '../tasks/task-row';
import type { TaskStore } from '../tasks/task-store';
import { createOwnStaging, SHARED_STAGING } from './own-staging';
import type { Plan } from './plan';
import type { OtherReading, Reading } from './reading';
import type { Run } from './run';
import {
  arrivedSql,
  BRING_REST,
  bindNotedSql,
  CHANGED_RECORDS,
  countStagedSql,
  DROP_NOTED_TWICE,
  HAS_MANY_CHANGES,
  NOTE_MOVED_ON,
  NOTE_UNTOLD,
  noteLackingSql,
  reachedRecords,
  SERVES_OTHERS,
  stageLackingSql,
  stagedRecords,
  takenBackRecords,
} from './sql/backfill';
import { takeBackSql } from './sql/take-back';
import type { SqlSession } from './sql-session';

/** Up to so many records a backfill is one batch, and its plan is made without statistics. */
const FEW = 1_000;

/**
 * A backfill reads nothing: it stages what its source has said already and its target lacks. `full`: all of it;
 * `incremental`: what pushes noted for it.
 */
export async function stageLacking(sql: SqlSession, run: Run, store: TaskStore): Promise<void> {
  const { task, source, readings } = run;
  const remote = readings.some((reading) => reading.remote);
  await sql.query(`delete from changes where task_id = $1 and outcome is distinct from 'applied'`, [task.id]);
  const noted = await sql.query('select from staging where task_id = $1 limit 1', [task.id]);
  if (task.mode === 'full' && noted.length === 0) {
    const staging = await createOwnStaging(sql, task.id);
    Object.assign(task, await store.beginRead(sql, task.id, { staging, mode: task.mode, since: null }));
    const dataTypes = readings.map((reading) => reading.dataType);
    await sql.query(stageLackingSql(task.staging, { remote }), [task.id, source.id, targetOf(run), dataTypes]);
  } else {
    await sql.query(DROP_NOTED_TWICE, [task.id]);
    await sql.query(bindNotedSql({ remote }), [task.id]);
  }
  const counted = await sql.query<{ data_type: DataType; n: number }>(countStagedSql(task.staging), [task.id]);
  const staged = counted.reduce((sum, { n }) => sum + n, 0);
  const read = Object.fromEntries(counted.map(({ data_type, n }) => [data_type, n]));
  Object.assign(task, await store.endRead(sql, task.id, { staged, read, complete: {}, next_cursor: null }));
  run.large = staged > FEW;
}

/** The first plan of a target that was switched on waits for an admin, unless it is empty. Returns what to tell them. */
export async function holdNewTarget(sql: SqlSession, run: Run, plan: Plan): Promise<Note | undefined> {
  if (run.task.kind !== 'backfill' || plan.changes.length === 0) return undefined;
  const reviewed = await sql.query('select from target_reviews where target_id = $1 and source_id = $2', [
    targetOf(run),
    run.source.id,
  ]);
  if (reviewed.length === 0) return undefined;
  return { code: 'new_target', values: { target: run.readings[0]?.targetName ?? '', source: run.source.name } };
}

/**
 * The plan of a backfill is released. Nothing is promoted, everything is desired already; what needed no change has
 * arrived. A target whose first plan was empty needs no review.
 */
export async function releaseBackfill(sql: SqlSession, run: Run): Promise<void> {
  const { task } = run;
  await sql.query(arrivedSql(task.staging), [task.id, targetOf(run)]);
  // Its rows are handed over a few at a time, each found by key; of a task that is not in the statistics all would be read.
  if (run.large) await sql.analyze('changes');
  await sql.query('delete from target_reviews where task_id = $1', [task.id]);
}

/**
 * Leaves to backfills what the targets lack that this run does not apply itself. A plan that was approved knows nothing of targets that
 * came since it was made, and of others not what a backfill told them meanwhile, so all of them are looked at.
 */
export async function noteLacking(sql: SqlSession, run: Run): Promise<void> {
  const { task, source, readings } = run;
  // What removes a source leaves nobody who could be told of later.
  if (task.kind === 'purge') return;
  if (task.kind === 'undo') await takeBack(sql, task, source.id, run.others, readings);
  const isBackfill = task.kind === 'backfill';
  const others = isBackfill ? comingAfter(run) : run.others;
  if (others.length === 0) return;
  const knowsAll = isBackfill || task.approved_at === null;
  const applied = readings.filter(({ adapter }) => knowsAll || BUILT_IN_TARGETS.includes(adapter.id));
  await note(sql, task, source.id, { others, applied, records: task.kind === 'undo' ? null : stagedRecords });
  // What an undo put back of them was left out of the plan.
  if (run.undone && !isBackfill && applied.some(({ remote }) => remote)) {
    const here = applied.filter(({ remote }) => !remote);
    await note(sql, task, source.id, { others, applied: here, records: takenBackRecords });
  }
}

interface Noting {
  others: readonly OtherReading[];
  applied: readonly Reading[];
  /** Which of its records are looked at; null: those that it changed here. */
  records: typeof stagedRecords | null;
}

/** What others than `applied` lack of what a task stated. */
async function note(
  sql: SqlSession,
  task: TaskRow,
  sourceId: number,
  { others, applied, records }: Noting,
): Promise<void> {
  const targets = applied.map(({ targetId }) => targetId);
  // Without one, Postgres would join all that was read before it finds out.
  const types = others.map(({ type }) => type);
  if (!(await sql.one<{ serves: boolean }>(SERVES_OTHERS, [types, targets])).serves) return;
  // What was just written is not in the statistics: taken for a few, many would be joined one by one, and never end.
  const many = records ? task.staged > FEW : await hasMany(sql, task);
  if (many) await sql.execute('set local enable_nestloop = off');
  if (many && !records) await sql.analyze('changes, records, links');
  const looked = records?.({ staging: task.staging, few: !many }) ?? CHANGED_RECORDS;
  sql.send(noteLackingSql(looked), [task.id, sourceId, JSON.stringify(others), targets]);
  if (many) await sql.execute('set local enable_nestloop = on');
}

const hasMany = async (sql: SqlSession, { id }: TaskRow): Promise<boolean> =>
  (await sql.one<{ many: boolean }>(HAS_MANY_CHANGES, [id, FEW])).many;

/** What an undo put back here is what targets elsewhere get, until the source says something new. */
async function takeBack(
  sql: SqlSession,
  task: TaskRow,
  sourceId: number,
  others: readonly OtherReading[],
  applied: readonly Reading[],
): Promise<void> {
  const here = applied.filter(({ remote }) => !remote).map(({ targetId }) => targetId);
  const elsewhere = others.filter(({ remote }) => remote).map(({ type }) => type);
  await sql.query(takeBackSql(applied), [task.id, sourceId, here, elsewhere]);
}

/** Leaves to backfills what a task that was given up had applied here: it does not come to its end. */
export async function noteGivenUp(
  sql: SqlSession,
  task: TaskRow,
  others: readonly OtherReading[],
  applied: readonly Reading[],
): Promise<void> {
  // A backfill says itself what moved on, and what removes a source leaves nobody to be told of.
  if (task.released_at === null || task.source_id === null || task.kind === 'backfill' || task.kind === 'purge') return;
  const here = applied.filter(({ remote }) => !remote);
  if (task.kind === 'undo') await takeBack(sql, task, task.source_id, others, here);
  if (others.length === 0) return;
  // What a read or a snapshot had staged is dropped by now.
  const isStaged = task.staging === SHARED_STAGING && task.kind !== 'undo';
  await note(sql, task, task.source_id, { others, applied: here, records: isStaged ? reachedRecords : null });
}

/** What its target did not have could not be told to those that come after it either. */
const comingAfter = ({ readings, others }: Run): OtherReading[] =>
  others.filter(({ after }) => readings.some(({ adapter }) => after.includes(adapter.id)));

/** The backfill ended otherwise, so what waited for it comes without it. */
export async function bringRestAfter(sql: SqlSession, task: TaskRow, others: readonly OtherReading[]): Promise<void> {
  if (task.kind !== 'backfill' || !others.some(({ after }) => after.length > 0)) return;
  const { type } = await sql.one<{ type: string }>('select type from targets where id = $1', [task.target_id]);
  const coming = others.filter(({ after }) => after.includes(type));
  if (coming.length > 0) await sql.query(BRING_REST, [null, JSON.stringify(coming), [task.source_id], task.request_id]);
}

/**
 * Leaves to a backfill what a read could not tell a target that was away: it would have to wait for the next read, or for a
 * hand. Other tasks do not: a backfill has its own patience, and a removal of everybody is not over before it is all done.
 */
export const leavesUntold = ({ kind }: TaskRow): boolean => kind === 'pull' || kind === 'snapshot';

export async function noteUntold(sql: SqlSession, task: TaskRow, targetId: number): Promise<void> {
  await sql.query(NOTE_UNTOLD, [task.id, task.source_id, targetId, PASSING]);
}

/** What passes by itself: of what failed with one of these the target was not told, and has not refused it. */
const PASSING = Object.entries(ERROR_POLICY).flatMap(([code, { retryable }]) => (retryable ? [code] : []));

/** Leaves to the next backfill what moved on while this one handed it out. */
export async function noteMovedOn(sql: SqlSession, task: TaskRow): Promise<void> {
  if (task.kind === 'backfill') await sql.query(NOTE_MOVED_ON, [task.id, task.source_id]);
}

function targetOf({ task }: Run): number {
  if (task.target_id !== null) return task.target_id;
  throw new RollcallError('internal', `Task ${task.id} fills up a target, but names none.`);
}

import { type Action, DATA_TYPES, type DataType } from '@rollcall/core';
import { madeOnce } from './made-once';
import { requireWhole } from './own-staging';
import type { Reading } from './reading';
import { planRenames } from './renames';
import type { Run } from './run';
import { leavingParameters } from './sql/leaving';
import { planSql } from './sql/plan';
import { putInUnseen } from './sql/unseen';
import type { SqlSession } from './sql-session';
import { planUndo } from './undo';

export interface PlannedGroup {
  target_id: number;
  data_type: DataType;
  action: Action | null;
  outcome: 'failed' | 'stale' | null;
  n: number;
  /** Those among `n` that stand in the read. */
  read: number;
  /** Those among `n` that take a value or a membership away. */
  loses: number;
}

export interface Plan {
  changes: PlannedGroup[];
  /** Records that did not exist. */
  fresh: number;
  /** Records that did, and may have changed. */
  moved: number;
  /** Those among them that had left, and are stated again; a small push does not ask. */
  back: number;
  /** The source has plans that wait or were given up, or removals that were rejected: what this plan says may settle them. */
  watched: boolean;
}

/** So many records are compared with everything there is rather than looked up. */
const MANY = 5_000;

/**
 * Plan: compares what was read with desired and applied, and writes down the changes. Touches nothing else. `anew`: the run has made
 * one already.
 */
export async function plan(sql: SqlSession, run: Run, anew = false): Promise<Plan> {
  const { task, source, policies } = run;
  if (task.kind === 'undo') return planUndo(sql, run);
  if (run.large) await prepareStaging(sql, run, anew);
  // Nobody can guess how many matches there will be; joined one by one with many records they would never end.
  const many = run.large && task.match_key !== null && task.staged > MANY;
  if (many) await sql.execute('set local enable_nestloop = off');
  const options = {
    staging: task.staging,
    complete: DATA_TYPES.filter((dataType) => task.complete[dataType] === true),
    again: run.large && task.attempts > 1,
    matchKey: task.match_key?.split(',') ?? [],
    large: run.large,
    undone: leavesToBackfills(run),
    removal: task.kind === 'purge',
    backfill: task.kind === 'backfill',
  };
  const readings = concernedReadings(run);
  const text = madeOnce(readings, `plan ${JSON.stringify(options)}`, () => planSql(readings, options));
  const result = await sql.one<Plan>(text, [task.id, source.id, ...leavingParameters(policies)]);
  if (many) await sql.execute('set local enable_nestloop = on');
  if (task.renames) result.changes.push(...(await planRenames(sql, run)));
  return result;
}

/**
 * Whether what undos put back stands against what the task says, and a backfill tells that to targets elsewhere (rule 21): one is a
 * backfill itself, and who goes with their source goes whatever was undone.
 */
export const leavesToBackfills = ({ task, undone }: Run): boolean =>
  undone && task.kind !== 'backfill' && task.kind !== 'purge';

/** A small push mostly brings one type of data: the statement for that alone has less to start. */
export function concernedReadings({ large, readings, task }: Run): readonly Reading[] {
  if (large) return readings;
  const read = DATA_TYPES.filter((dataType) => task.read[dataType] !== undefined);
  return madeOnce(readings, `of ${read.join(' ')}`, () => {
    const some = readings.filter(({ dataType }) => read.includes(dataType));
    return some.length > 0 ? some : readings;
  });
}

/** What an interrupted plan left behind must go, and what was read must all be there. */
async function prepareStaging(sql: SqlSession, { task, source }: Run, anew: boolean): Promise<void> {
  if (anew || task.claims > 1)
    await sql.query(`delete from ${task.staging} where task_id = $1 and position is null`, [task.id]);
  // A refusal is planned again from what is staged; one that an earlier attempt left behind is not staged any more, and stands.
  await sql.query(
    `delete from changes
     where task_id = $1 and outcome is distinct from 'applied' and (
       action is not null
       or case when uid is null
         then position in (select position from ${task.staging} where task_id = $1 and uid is null)
         else (data_type, uid) in (select data_type, uid from ${task.staging} where task_id = $1 and uid is not null)
       end
     )`,
    [task.id],
  );
  await requireWhole(sql, task);
  await sql.query(putInUnseen(task.staging), [task.id, source.id]);
  await sql.analyze(task.staging);
}

import type { Run } from './run';
import { isShareable } from './sql/effective';
import { leavingParameters } from './sql/leaving';
import { letGoMeanwhileSql, lockKeptSql, outdateLetGoSql } from './sql/let-go-meanwhile';
import type { SqlSession } from './sql-session';

/**
 * Whether the plan of a task lets somebody stay for another source that let them go while it was made. Each of two sources that are read
 * at the same moment counts on the other one otherwise, and whom nobody states stays (rule 10). From then on nobody lets go of those
 * people until the transaction ends.
 */
export async function letGoMeanwhile(sql: SqlSession, run: Run): Promise<boolean> {
  for (const reading of run.readings.filter(isShareable)) {
    const parameters = [run.task.id, run.source.id];
    await sql.query(lockKeptSql(reading, run.task.staging), parameters);
    const { gone } = await sql.one<{ gone: boolean }>(letGoMeanwhileSql(reading, run.task.staging), [
      ...parameters,
      ...leavingParameters(run.policies),
    ]);
    if (gone) return true;
  }
  return false;
}

/**
 * An approved plan is not made anew. Of whom another source let go since it was made this one does not let go with it: it states them
 * as before, which is stale, and its next word about them is planned on how things are then.
 */
export async function outdateLetGo(sql: SqlSession, run: Run): Promise<void> {
  for (const reading of run.readings.filter(isShareable)) {
    const parameters = [run.task.id, run.source.id];
    await sql.query(lockKeptSql(reading, run.task.staging), parameters);
    await sql.query(outdateLetGoSql(reading, run.task.staging), [
      ...parameters,
      ...leavingParameters(run.task.policies ?? run.policies),
    ]);
  }
}

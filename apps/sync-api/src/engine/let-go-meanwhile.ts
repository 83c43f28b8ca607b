import type { Run } from './run';
import { isShareable } from './sql/effective';
import { leavingParameters } from './sql/leaving';
import { letGoMeanwhileSql, lockKeptSql } from './sql/let-go-meanwhile';
import type { SqlSession } from './sql-session';

/**
 * Whether the plan of a task lets somebody stay for another source that let them go while it was made. Each of two sources that are read
 * at the same moment counts on the other one otherwise, and whom nobody states stays (rule 10). From then on nobody lets go of those
 * people until the transaction ends.
 */
export async function letGoMeanwhile(sql: SqlSession, { task, source, readings, policies }: Run): Promise<boolean> {
  const parameters = [task.id, source.id];
  for (const reading of readings.filter(isShareable)) {
    await sql.query(lockKeptSql(reading, task.staging), parameters);
    const { gone } = await sql.one<{ gone: boolean }>(letGoMeanwhileSql(reading, task.staging), [
      ...parameters,
      ...leavingParameters(policies),
    ]);
    if (gone) return true;
  }
  return false;
}

import type { Run } from './run';
import { isShareable } from './sql/effective';
import { leavingParameters } from './sql/leaving';
import { lockSharedSql, outdateLetGoSql, overtakenSql } from './sql/overtaken';
import type { SqlSession } from './sql-session';

/**
 * Whether other sources have let go of people, or stated them, while the plan was made, so that it counts on what is not so: of two
 * sources that are read at the same moment and both let somebody go each would leave that to the other one (rule 10). From then on
 * nobody does either with those people until the transaction ends.
 */
export async function isOvertaken(sql: SqlSession, run: Run): Promise<boolean> {
  for (const reading of run.readings.filter(isShareable)) {
    const parameters = [run.task.id, run.source.id];
    await sql.query(lockSharedSql(reading, run.task.staging), parameters);
    const { overtaken } = await sql.one<{ overtaken: boolean }>(overtakenSql(reading, run.task.staging), [
      ...parameters,
      ...leavingParameters(run.policies),
    ]);
    if (overtaken) return true;
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
    await sql.query(lockSharedSql(reading, run.task.staging), parameters);
    await sql.query(outdateLetGoSql(reading, run.task.staging), [
      ...parameters,
      ...leavingParameters(run.task.policies ?? run.policies),
    ]);
  }
}

import type { Note } from '../tasks/notes';
import { leavesToBackfills } from './plan';
import type { Run } from './run';
import { FOLLOWING_ELSEWHERE } from './sql/taken-back';
import type { SqlSession } from './sql-session';

/** Who reads the whole plan, or what came of it, should know what it does not hold: what an undo put back elsewhere is left to a backfill. */
export async function followingElsewhere(sql: SqlSession, run: Run): Promise<Note[]> {
  if (!leavesToBackfills(run) || !run.readings.some(({ remote }) => remote)) return [];
  const { records } = await sql.one<{ records: number }>(FOLLOWING_ELSEWHERE, [run.task.id]);
  return records > 0 ? [{ code: 'follows_elsewhere', values: { records } }] : [];
}

import { told } from '../tasks/task-store';
import { applyOrBisect } from './bisect';
import { madeOnce } from './made-once';
import type { Reading } from './reading';
import type { Run } from './run';
import {
  BEGIN_PART,
  endPartSql,
  fillRefusedDisablesSql,
  finishRefusedDisablesSql,
  refusedDisablesSql,
} from './sql/disable-refused';
import type { SqlSession } from './sql-session';
import { handOver } from './write-batch';

/**
 * Disables whom a reading could not disable because something else of their record was refused: what disables them does not wait until
 * somebody has put that right. The change has failed all the same; what was done stands in a task of its own, where it is seen, and can
 * be undone (ADR 39).
 */
export async function disableRefused(sql: SqlSession, run: Run, reading: Reading): Promise<void> {
  const { task } = run;
  if (task.kind === 'undo' || !reading.rules.owns || !reading.rules.canDisable) return;
  const refused = madeOnce(reading, 'refused disables', () => refusedDisablesSql(reading));
  const rows = await sql.query<{ record_id: number }>(refused, [task.id]);
  const only = rows.map((row) => row.record_id).sort((a, b) => a - b);
  if (only.length === 0) return;
  const { notes, message } = told([{ code: 'disables_of', values: { taskId: task.id } }]);
  const part = await sql.one<{ id: number }>(BEGIN_PART, [task.id, JSON.stringify(notes), message]);
  const write = async (records: number[]): Promise<void> => {
    const { n } = await sql.one<{ n: number }>(fillRefusedDisablesSql(reading), [task.id, records]);
    const actions = { disable: n };
    await handOver(sql, run, reading, { size: n, actions, taskId: part.id });
    sql.send(finishRefusedDisablesSql(reading, actions), [part.id]);
  };
  const range = { after: (only[0] ?? 1) - 1, upTo: only.at(-1) ?? 0, only, size: only.length };
  if (run.careful) await applyOrBisect(sql, run, reading, range, ({ only: records }) => write(records ?? []));
  else await write(only);
  await sql.query(endPartSql(reading), [part.id]);
}

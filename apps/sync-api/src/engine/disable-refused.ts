import { applyOrBisect } from './bisect';
import { madeOnce } from './made-once';
import type { Reading } from './reading';
import type { Run } from './run';
import { fillRefusedDisablesSql, finishRefusedDisablesSql, refusedDisablesSql } from './sql/disable-refused';
import type { SqlSession } from './sql-session';
import { handOver } from './write-batch';

/**
 * Disables whom a reading could not disable because something else of their record was refused: what disables them does not wait until
 * somebody has put that right. The change has failed all the same, and says so; the record is looked at again.
 */
export async function disableRefused(sql: SqlSession, run: Run, reading: Reading): Promise<void> {
  if (run.task.kind === 'undo' || !reading.rules.owns || !reading.rules.canDisable) return;
  const refused = madeOnce(reading, 'refused disables', () => refusedDisablesSql(reading));
  const rows = await sql.query<{ record_id: number }>(refused, [run.task.id]);
  const only = rows.map((row) => row.record_id);
  if (only.length === 0) return;
  const write = async (part: number[]): Promise<void> => {
    const { n } = await sql.one<{ n: number }>(fillRefusedDisablesSql(reading), [run.task.id, part]);
    const actions = { disable: n };
    await handOver(sql, run, reading, { size: n, actions });
    sql.send(finishRefusedDisablesSql(reading, actions), [run.task.id]);
  };
  if (!run.careful) return write(only);
  const range = { after: (only[0] ?? 1) - 1, upTo: only.at(-1) ?? 0, only, size: only.length };
  await applyOrBisect(sql, run, reading, range, (part) => write(part.only ?? []));
}

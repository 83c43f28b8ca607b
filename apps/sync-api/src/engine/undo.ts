import type { TaskRow } from '../tasks/task-row';
import type { Plan } from './plan';
import type { Run } from './run';
import { planUndoSql } from './sql/undo-plan';
import type { SqlSession } from './sql-session';

/** Plan of an undo: from the changes of the task that it takes back, not from what a source says. */
export async function planUndo(sql: SqlSession, { task, source, readings }: Run): Promise<Plan> {
  await sql.query('delete from changes where task_id = $1 and outcome is distinct from $2', [task.id, 'applied']);
  const planned = await sql.one<Pick<Plan, 'changes'> & Pick<TaskRow, 'read'>>(planUndoSql(readings), [
    task.id,
    source.id,
    task.undoes,
  ]);
  task.read = planned.read;
  await sql.query('update tasks set read = $2 where id = $1', [task.id, planned.read]);
  return { changes: planned.changes, fresh: 0, moved: 0, back: 0, watched: false };
}

import type { Run } from './run';
import { settleSql } from './sql/rejections';
import type { SqlSession } from './sql-session';

/** Rule 18: what this task states is newer than what was decided, or is still to be decided, about its records. */
export function settle(sql: SqlSession, { task, source }: Run): void {
  sql.send(settleSql(task.staging), [task.id, source.id]);
}

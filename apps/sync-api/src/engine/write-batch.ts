import { type Action, type Batch, isRemoteTarget, RollcallError, type TableTargetAdapter } from '@rollcall/core';
import { type BatchStatements, batchStatements } from './batch-statements';
import type { Range } from './bisect';
import type { Reading } from './reading';
import { hasEarlierUids } from './renames';
import type { Run } from './run';
import { WAIT_FOR_UID_NOW } from './sql/renames';
import { resolveReference, resolveRenamed } from './sql/resolve';
import type { SqlSession } from './sql-session';

/** Fills the batch. Returns how many changes are in it, by action; of nothing but creates that is known before. */
async function fill(
  sql: SqlSession,
  statements: BatchStatements,
  { creates = false, size }: Range,
  range: unknown[],
): Promise<Batch['actions']> {
  const text = statements.fill(creates);
  const parameters = [...range, ...statements.fillParameters];
  if (creates) {
    sql.send(text, parameters);
    return { create: size };
  }
  const filled = await sql.query<{ action: Action; n: number }>(text, parameters);
  return Object.fromEntries(filled.map(({ action, n }) => [action, n]));
}

/** Filled, applied by its target, and turned into links and outcomes. */
export async function writeBatch(sql: SqlSession, run: Run, reading: Reading, range: Range): Promise<void> {
  const statements = batchStatements(run, reading);
  const parameters = [run.task.id, range.after, range.upTo, range.only];
  const actions = await fill(sql, statements, range, parameters);
  const size = Object.values(actions).reduce((sum, n) => sum + n, 0);
  if (size < range.size) await sql.query(statements.notApplicable, parameters);
  if (size === 0) return;
  await handOver(sql, run, reading, { size, actions });
  sql.send(statements.finish(actions), [run.task.id]);
}

/** The target applies what stands in the batch. */
export async function handOver(
  sql: SqlSession,
  run: Run,
  reading: Reading,
  { size, actions, taskId = run.task.id }: Pick<Batch, 'size' | 'actions'> & { taskId?: number },
): Promise<void> {
  if (run.large) await sql.analyze('batch');
  const batch: Batch = {
    taskId,
    ...(run.task.undoes !== null && { undoes: run.task.undoes }),
    dataType: reading.dataType,
    size,
    actions,
    relation: 'batch',
    failures: 'batch_failures',
    waiting: 'batch_waiting',
    resolve: hasEarlierUids(run) ? resolveRenamed : resolveReference,
  };
  await tableTarget(reading).apply(batch, { ...reading.context(run.signal), sql });
  if (hasEarlierUids(run)) await sql.query(WAIT_FOR_UID_NOW, [run.source.id]);
}

function tableTarget({ adapter, targetName }: Reading): TableTargetAdapter {
  if (!isRemoteTarget(adapter)) return adapter;
  throw new RollcallError('internal', `"${targetName}" iterates over rows: it cannot be handed a batch in Postgres.`);
}

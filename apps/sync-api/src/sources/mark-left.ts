import type { AdapterRegistry } from '../adapters/adapter-registry';
import type { SqlSession } from '../engine/sql-session';
import { effectivePolicies, type Policies, type StoredPolicies, stricterLeavings } from './policies';

/**
 * $1 source, $2 data type, $3 how they left, $4 the task with which they left (null: any), $5 types of the targets that keep the
 * life of such records. Whom a hand restored stays everywhere, although the restore is told by the target here alone.
 */
const MARK_LEFT = `
  update links l set dirty = true
  from records r
  where r.source_id = $1 and r.data_type = $2 and r.gone = $3 and ($4::bigint is null or r.task_id = $4)
    and l.target_id in (select id from targets where type = any ($5::text[]) and deleted_at is null)
    and l.record_id = r.id and l.state not in ('deleted', 'detached') and not l.dirty
    and not exists (select from links back where back.record_id = r.id and back.restored_version = r.version)`;

/**
 * Whoever left while the policy was laxer is looked at again, by the next complete read or when the source says so again.
 * A policy that asks for less brings nobody back, and whom an admin or an undo has brought back since stays.
 */
export async function markLeft(
  sql: SqlSession,
  registry: AdapterRegistry,
  sourceId: number,
  { before, now, taskId = null }: { before: Policies; now: Policies; taskId?: number | null },
): Promise<void> {
  for (const { dataType, gone } of stricterLeavings(before, now)) {
    await sql.query(MARK_LEFT, [sourceId, dataType, gone, taskId, registry.owners(dataType)]);
  }
}

/** The same for those who left with a task whose plan was made under `planned`: the policy may have changed since. */
export async function markLeftWith(
  sql: SqlSession,
  registry: AdapterRegistry,
  task: { id: number; source_id: number },
  planned: Policies,
): Promise<void> {
  const { policies } = await sql.one<{ policies: StoredPolicies }>('select policies from sources where id = $1', [
    task.source_id,
  ]);
  const change = { before: planned, now: effectivePolicies(policies), taskId: task.id };
  await markLeft(sql, registry, task.source_id, change);
}

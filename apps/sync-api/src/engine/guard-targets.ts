import type { Action } from '@rollcall/core';
import type { LimitDoubt } from './doubt';
import type { Plan } from './plan';
import type { Reading } from './reading';
import type { Run } from './run';
import { WINDOW } from './sql/losses';
import type { SqlSession } from './sql-session';

/** A plan that takes away this many or fewer is never held. */
const ALWAYS_ALLOWED = 5;

const LIMITED = [
  { limit: 'deletes', action: 'delete' },
  { limit: 'disables', action: 'disable' },
] as const;

/**
 * Holds what would be taken away from each remote target against the limits of that target. Pushes reach it a few at a time, so
 * what backfills took away in the last hour counts as well.
 */
export async function exceededTargetLimits(sql: SqlSession, run: Run, plan: Plan): Promise<LimitDoubt[]> {
  const doubts: LimitDoubt[] = [];
  const remote = run.readings.filter((reading) => reading.remote);
  const targets = [...new Map(remote.map((reading) => [reading.targetId, reading])).values()];
  for (const target of targets) {
    for (const { limit, action } of LIMITED) {
      if (!plan.changes.some((group) => group.target_id === target.targetId && group.action === action)) continue;
      const planned = await plannedRemovals(sql, run, target, action);
      if (planned === 0) continue;
      const recent = run.task.mode === 'incremental' ? await recentRemovals(sql, run, target, action) : 0;
      const n = planned + recent;
      if (n <= ALWAYS_ALLOWED) continue;
      const live = (await liveResources(sql, run, target)) + recent;
      const { count, percent } = target.limits[limit];
      if (n <= count && n * 100 <= percent * live) continue;
      doubts.push({
        kind: 'limit',
        limit,
        dataType: null,
        target: target.targetName,
        n,
        recent,
        live,
        count,
        percent,
        fields: [],
      });
    }
  }
  return doubts;
}

/** SQL: link `l` stands for something that is there. What was only handed out is not known to be (ADR 18). */
const IS_THERE = `l.state not in ('deleted', 'detached')`;

/** What the plan takes away there. Who is disabled there already may only be told to be called otherwise. */
async function plannedRemovals(sql: SqlSession, { task }: Run, target: Reading, action: Action): Promise<number> {
  const { n } = await sql.one<{ n: number }>(
    `select count(*)::int as n
     from changes c join links l on l.target_id = c.target_id and l.record_id = c.record_id and ${IS_THERE}
     where c.task_id = $1 and c.target_id = $2 and c.action = $3 and not (c.action = 'disable' and l.state = 'disabled')`,
    [task.id, target.targetId, action],
  );
  return n;
}

/** What backfills took away there, of what was there; not what an admin approved. */
async function recentRemovals(
  sql: SqlSession,
  { task, source }: Run,
  target: Reading,
  action: Action,
): Promise<number> {
  const { n } = await sql.one<{ n: number }>(
    `select count(*)::int as n
     from tasks t join changes c on c.task_id = t.id and c.target_id = t.target_id
     where t.target_id = $1 and t.source_id = $2 and t.id <> $3 and t.mode = 'incremental' and t.approved_at is null
       and t.finished_at > now() - interval '${WINDOW}' and c.action = $4 and c.outcome = 'applied'
       and (c.state = 'active' or c.state = 'disabled' and c.action <> 'disable')`,
    [target.targetId, source.id, task.id, action],
  );
  return n;
}

/** What the source has there. */
async function liveResources(sql: SqlSession, { source }: Run, target: Reading): Promise<number> {
  const { n } = await sql.one<{ n: number }>(
    `select count(*)::int as n
     from records r join links l on l.target_id = $2 and l.record_id = r.id and ${IS_THERE}
     where r.source_id = $1`,
    [source.id, target.targetId],
  );
  return n;
}

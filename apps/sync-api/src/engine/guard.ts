import type { Action, DataType } from '@rollcall/core';
import type { Limit } from '../sources/policies';
import type { HeldReason } from '../tasks/task.entity';
import type { Plan } from './plan';
import type { Run } from './run';
import type { SqlSession } from './sql-session';

export interface Hold {
  reason: HeldReason;
  message: string;
}

/** A plan that takes away this many or fewer is never held. */
const ALWAYS_ALLOWED = 5;
const WINDOW = '60 minutes';

const LIMITED = [
  { limit: 'deletes', action: 'delete', noun: 'deleted' },
  { limit: 'disables', action: 'disable', noun: 'disabled' },
] as const;

/** Guard: decides whether the plan may be applied, or an admin must look at it first (rule 17). */
export async function guard(sql: SqlSession, run: Run, plan: Plan): Promise<Hold | undefined> {
  if (run.task.dry_run)
    return { reason: 'preview', message: 'This is a preview: approve it to apply exactly this plan.' };
  const empty = await emptyRead(sql, run);
  if (empty) return empty;
  for (const { limit, action, noun } of LIMITED) {
    const planned = removals(run, plan, action);
    if (planned === 0) continue;
    const hold = await overLimit(sql, run, run.policies.limits[limit], action, planned, noun);
    if (hold) return hold;
  }
  return lostMemberships(sql, run, plan);
}

/** Rule 13: people keep their statements about a deleted department, but are not in it while it is gone. */
async function lostMemberships(sql: SqlSession, run: Run, plan: Plan): Promise<Hold | undefined> {
  const { count, percent } = run.policies.limits.memberships;
  for (const { targetId, dataType, resource, rules } of run.readings) {
    const membershipsOf = resource?.membershipsOf;
    const deletes = plan.changes.some(
      (group) => group.action === 'delete' && group.target_id === targetId && group.data_type === dataType,
    );
    if (!rules.owns || !membershipsOf || !deletes) continue;
    const { n } = await sql.one<{ n: number }>(
      `select coalesce(sum(${membershipsOf('l.resource_id')}), 0)::int as n
       from changes c join links l on l.target_id = c.target_id and l.record_id = c.record_id
       where c.task_id = $1 and c.target_id = $2 and c.data_type = $3 and c.action = 'delete'`,
      [run.task.id, targetId, dataType],
    );
    if (n <= ALWAYS_ALLOWED) continue;
    const { live } = await sql.one<{ live: number }>(
      `select coalesce(sum(${membershipsOf('l.resource_id')}), 0)::int as live
       from records r join links l on l.target_id = $2 and l.record_id = r.id and l.state not in ('deleted', 'detached')
       where r.source_id = $1 and r.data_type = $3 and r.gone is null`,
      [run.source.id, targetId, dataType],
    );
    if (n <= count && n * 100 <= percent * live) continue;
    return {
      reason: 'limits',
      message: `${n} memberships would be lost with deleted departments, of ${live}: more than the limit of ${percent} % or ${count}.`,
    };
  }
  return undefined;
}

/** Planned changes of this action on the targets that keep the life of the resource. */
function removals(run: Run, plan: Plan, action: Action): number {
  const owned = run.readings.filter((reading) => reading.rules.owns);
  return plan.changes
    .filter((group) => group.action === action)
    .filter((group) => owned.some((r) => r.targetId === group.target_id && r.dataType === group.data_type))
    .reduce((sum, group) => sum + group.n, 0);
}

async function emptyRead(sql: SqlSession, run: Run): Promise<Hold | undefined> {
  for (const [dataType, completeness] of Object.entries(run.task.complete) as [DataType, unknown][]) {
    if (completeness !== true || (run.task.read[dataType] ?? 0) > 0) continue;
    const found = await sql.one<{ had: boolean }>(
      'select exists (select 1 from records where source_id = $1 and data_type = $2 and gone is null) as had',
      [run.source.id, dataType],
    );
    if (found.had) {
      return {
        reason: 'empty',
        message: `The source used to have ${dataType}s and now answered with none. Approve only if that is true.`,
      };
    }
  }
  return undefined;
}

async function overLimit(
  sql: SqlSession,
  run: Run,
  limit: Limit,
  action: Action,
  planned: number,
  noun: string,
): Promise<Hold | undefined> {
  const drips = run.task.kind === 'push' || run.task.kind === 'event';
  if (!drips && planned <= ALWAYS_ALLOWED) return undefined;
  const recent = drips ? await recentRemovals(sql, run, action) : 0;
  const n = planned + recent;
  if (n <= ALWAYS_ALLOWED) return undefined;
  const live = (await liveRecords(sql, run.source.id)) + recent;
  if (n <= limit.count && n * 100 <= limit.percent * live) return undefined;
  const window = recent > 0 ? ` (${recent} of them in the last ${WINDOW})` : '';
  return {
    reason: 'limits',
    message: `${n} would be ${noun}${window}, of ${live}: more than the limit of ${limit.percent} % or ${limit.count}.`,
  };
}

async function recentRemovals(sql: SqlSession, { source, task }: Run, action: Action): Promise<number> {
  const recent = await sql.one<{ n: number }>(
    `select count(*)::int as n
     from tasks t join changes c on c.task_id = t.id
     where t.source_id = $1 and t.id <> $2 and t.kind in ('push', 'event') and t.finished_at > now() - interval '${WINDOW}'
       and t.status in ('succeeded', 'partially_succeeded')
       and c.action = $3 and coalesce(c.outcome, 'applied') = 'applied'`,
    [source.id, task.id, action],
  );
  return recent.n;
}

async function liveRecords(sql: SqlSession, sourceId: number): Promise<number> {
  const live = await sql.one<{ n: number }>(
    'select count(*)::int as n from records where source_id = $1 and gone is null',
    [sourceId],
  );
  return live.n;
}

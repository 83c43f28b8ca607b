import { DATA_TYPES, type DataType } from '@rollcall/core';
import type { Limited } from '../sources/policies';
import { type Note, plainNote } from '../tasks/notes';
import type { HeldReason } from '../tasks/task.entity';
import { holdNewTarget } from './backfill';
import type { Doubt, EmptyDoubt, LimitDoubt, RejectedDoubt } from './doubt';
import { followingElsewhere } from './following-elsewhere';
import { exceededTargetLimits } from './guard-targets';
import type { Plan } from './plan';
import { hasEarlierUids } from './renames';
import type { Run } from './run';
import { LIVE_RECORDS, LIVE_VALUES, LIVE_VALUES_BY_FIELD, liveMembershipsSql, lossesSql } from './sql/losses';
import { REJECTED_BEFORE } from './sql/rejections';
import type { SqlSession } from './sql-session';

export interface Hold {
  reason: HeldReason;
  notes: Note[];
  doubts: Doubt[];
}

/** So many records of a source are looked through at once. */
const FEW = 20_000;

/** Up to so many of a kind may always go. */
const ALWAYS_ALLOWED = 5;

/** What a plan takes away of one kind. */
interface Loss {
  limited: Limited;
  data_type: DataType;
  planned: number;
  /** Taken away by the source within the window. */
  recent: number;
  /**
   * Those of both that were gone before this plan: they do not count as live any more. A membership in place of another does. And whom
   * the plan takes over: they do not count yet.
   */
  gone: number;
  /** Cleared ones. */
  fields: string[];
  /** What of that is lost in one field. */
  of_field: boolean;
}

/** Guard: decides whether the plan may be applied, or an admin must look at it first (rule 17). */
export async function guard(sql: SqlSession, run: Run, plan: Plan): Promise<Hold | undefined> {
  const empty = await emptyReads(sql, run);
  const doubts: Doubt[] = [
    ...empty,
    ...(await exceededLimits(sql, run, plan)),
    ...(await exceededTargetLimits(sql, run, plan)),
    ...(await rejectedBefore(sql, run, plan)),
  ];
  const against = doubts.map((doubt): Note => ({ code: 'doubt', values: { doubt } }));
  if (run.task.dry_run) {
    const warning = doubts.length > 0 ? [plainNote('would_be_held'), ...against] : [];
    const shown = plainNote(plan.changes.some(({ action }) => action !== null) ? 'preview' : 'preview_empty');
    return {
      reason: 'preview',
      notes: [shown, ...warning, ...notSeen(run), ...(await followingElsewhere(sql, run))],
      doubts,
    };
  }
  const review = await holdNewTarget(sql, run, plan);
  if (review !== undefined) return { reason: 'new_target', notes: [review], doubts };
  if (doubts.length === 0) return undefined;
  const notes = [...against, ...notSeen(run), ...(await followingElsewhere(sql, run))];
  return { reason: empty.length > 0 ? 'empty' : 'limits', notes, doubts };
}

/**
 * What the read did not see, and why, and what it saw in two ways: whoever decides should know. Said like in the message of a
 * task that ended.
 */
function notSeen({ task }: Run): Note[] {
  const repeated: Note[] = task.repeated > 0 ? [{ code: 'uids_repeated', values: { uids: task.repeated } }] : [];
  if (task.read_failure) return [...task.read_failure.notes, ...repeated];
  const incomplete = [...DATA_TYPES].flatMap((dataType): Note[] => {
    const complete = task.complete[dataType];
    if (complete === undefined || complete === true) return [];
    return [{ code: 'not_complete', values: { dataType }, said: complete.reason }];
  });
  return [...incomplete, ...repeated];
}

async function emptyReads(sql: SqlSession, { task, source }: Run): Promise<EmptyDoubt[]> {
  const doubts: EmptyDoubt[] = [];
  for (const [dataType, completeness] of Object.entries(task.complete) as [DataType, unknown][]) {
    if (completeness !== true || (task.read[dataType] ?? 0) > 0) continue;
    const { had } = await sql.one<{ had: boolean }>(
      'select exists (select 1 from records where source_id = $1 and data_type = $2 and gone is null) as had',
      [source.id, dataType],
    );
    if (had) doubts.push({ kind: 'empty', dataType });
  }
  return doubts;
}

async function exceededLimits(sql: SqlSession, run: Run, plan: Plan): Promise<LimitDoubt[]> {
  const removes = plan.changes.some(
    ({ action, loses }) => action === 'delete' || action === 'disable' || (action !== null && loses !== 0),
  );
  if (!removes) return [];
  const drips = run.task.kind === 'push' || run.task.kind === 'event';
  const renamed = { earlier: hasEarlierUids(run), staging: run.task.renames ? run.task.staging : null };
  const losses = await sql.query<Loss>(lossesSql(run.readings, renamed), [run.task.id, run.source.id, drips]);
  const doubts: LimitDoubt[] = [];
  const ofOneField = losses.filter(({ of_field }) => of_field);
  for (const loss of losses) {
    if (loss.of_field) continue;
    const exceeded = await overLimit(sql, run, loss);
    if (exceeded) doubts.push(exceeded);
    else if (loss.fields.length > 1) {
      const alone = ofOneField.filter(
        ({ limited, data_type }) => limited === loss.limited && data_type === loss.data_type,
      );
      doubts.push(...(await overLimitAlone(sql, run, alone)));
    }
  }
  return doubts;
}

/** What of the plan an admin has rejected before: held again, however little it is. */
async function rejectedBefore(sql: SqlSession, { task, source }: Run, plan: Plan): Promise<RejectedDoubt[]> {
  if (!plan.watched) return [];
  const rejected = await sql.query<{ task_id: number | null; n: number; fields: string[] }>(REJECTED_BEFORE, [
    task.id,
    source.id,
  ]);
  return rejected.map(({ task_id, n, fields }) => ({
    kind: 'rejected',
    taskId: task_id === task.id ? null : task_id,
    n,
    fields,
  }));
}

/** What few people have, and all lose, must not go under among other values: each field by itself. */
async function overLimitAlone(sql: SqlSession, run: Run, losses: readonly Loss[]): Promise<LimitDoubt[]> {
  const many = losses.filter(({ planned, recent }) => planned + recent > ALWAYS_ALLOWED);
  const [first] = many;
  if (!first) return [];
  // A small push does not look through a million for that.
  if (!run.large) {
    const { live } = await sql.one<{ live: number }>(LIVE_RECORDS, [run.source.id, first.data_type, FEW + 1]);
    if (live > FEW) return [];
  }
  const { count, percent } = run.policies.limits.cleared;
  // A field in which there are enough is not counted to the end.
  const enough = many.map(({ planned, recent }) =>
    percent === 0 ? null : Math.ceil(((planned + recent) * 100) / percent),
  );
  const rows = await sql.query<{ field: string; live: number }>(LIVE_VALUES_BY_FIELD, [
    run.source.id,
    first.data_type,
    many.flatMap(({ fields }) => fields),
    enough,
  ]);
  return many.flatMap(({ planned, recent, data_type: dataType, fields }) => {
    const n = planned + recent;
    const live = (rows.find(({ field }) => field === fields[0])?.live ?? 0) + recent;
    if (n <= count && n * 100 <= percent * live) return [];
    return [{ kind: 'limit', limit: 'cleared', dataType, target: null, n, recent, live, count, percent, fields }];
  });
}

async function overLimit(sql: SqlSession, run: Run, loss: Loss): Promise<LimitDoubt | undefined> {
  const n = loss.planned + loss.recent;
  if (n <= ALWAYS_ALLOWED) return undefined;
  const { count, percent } = run.policies.limits[loss.limited];
  const overCount = n > count;
  // So many are enough to stay within the percentage: a small push does not count a million.
  const enough = overCount || percent === 0 ? null : Math.ceil((n * 100) / percent);
  const live = await liveOf(sql, run, loss, enough);
  if (!overCount && n * 100 <= percent * live) return undefined;
  const { limited: limit, data_type: dataType, recent, fields } = loss;
  return { kind: 'limit', limit, dataType, target: null, n, recent, live, count, percent, fields };
}

/** What the source had before the window began, and before anybody left of whom this plan takes away. */
async function liveOf(sql: SqlSession, { source, readings }: Run, loss: Loss, enough: number | null): Promise<number> {
  const { limited, data_type, recent, gone, fields } = loss;
  const count = async (text: string, parameters: unknown[]): Promise<number> =>
    (await sql.one<{ live: number }>(text, [source.id, ...parameters])).live;
  switch (limited) {
    case 'deletes':
    case 'disables':
      return (await count(LIVE_RECORDS, [data_type, enough])) + gone;
    case 'memberships':
      return (await count(liveMembershipsSql(readings), [enough])) + gone;
    case 'cleared':
      return (await count(LIVE_VALUES, [data_type, enough, fields])) + recent;
  }
}

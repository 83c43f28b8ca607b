import { Inject, Injectable } from '@nestjs/common';
import { DATA_TYPES, isRollcallError } from '@rollcall/core';
import { PinoLogger } from 'nestjs-pino';
import { AlertOutbox } from '../alerts/alert-outbox';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { deleteSource } from '../sources/delete-source';
import { pullEnded } from '../sources/pull-ended';
import { TaskLeases } from '../tasks/task-leases';
import { isPurge, type TaskRow } from '../tasks/task-row';
import { type Note, plainNote } from '../tasks/notes';
import { TaskStore, told } from '../tasks/task-store';
import { bringRestAfter, noteGivenUp, noteMovedOn } from './backfill';
import { failureNotes, pauseBeforeNextTry, TOLD_AFTER } from './failure';
import { followingElsewhere } from './following-elsewhere';
import type { Hold } from './guard';
import { dropAppliedStaging, dropOwnStaging, keepOwnStaging } from './own-staging';
import { positionKey, type Reading } from './reading';
import type { Trouble } from './remote-targets';
import type { Run } from './run';
import { LEAVE_UNSERVED, MARK_UNREACHED } from './sql/batch';
import {
  ADVANCE_CURSOR,
  BROUGHT_SINCE,
  CLOSE_CLEAN_TASK,
  CLOSE_TASK,
  COUNTS,
  LOOK_AGAIN,
  PLAN_COUNTS,
  readingsParameter,
} from './sql/close';
import { sayDisabledSql } from './sql/disable-refused';
import { bindVersionsSql } from './sql/promote';
import { adviseSameSourceSql } from './sql/same-source';
import { keepRefusedLinkSql, linksByHand } from './sql/chosen-link';
import { backByUndoSql, takenBackSql } from './sql/taken-back';
import { forgetUnbroughtSql } from './sql/unbrought';
import { inTransaction, type SqlSession } from './sql-session';
import { TargetReadings } from './target-readings';

/** Thrown between two transactions when an admin cancelled the task, or for the reason that is noted. */
export class Cancelled extends Error {
  constructor(readonly note?: Note) {
    super();
  }
}

/** That records failed is what the note about their target says, too; that the read was cut short is another thing. */
const saysMore = ({ code }: Note): boolean => code !== 'records_failed';

/** Tasks that hear what a source says. */
const STATING: ReadonlySet<TaskRow['kind']> = new Set(['push', 'pull', 'snapshot']);

interface Unreached {
  code: string;
  message: string;
}

const CANCELLED: Unreached = { code: 'cancelled', message: 'The task was cancelled before this change.' };
const REJECTED: Unreached = { code: 'rejected', message: 'The plan was rejected: nothing of it was applied.' };
const NOT_REACHED: Unreached = { code: 'not_reached', message: 'The task failed before this change.' };

/** $1 source, $2 task, $3 of which data types it saw all. */
const HELD_READS = `
  select * from tasks h
  where source_id = $1 and status = 'held' and kind in ('pull', 'snapshot') and id < $2
    and not exists (
      select 1 from jsonb_each(h.complete) c where c.value = 'true' and $3::jsonb -> c.key is distinct from 'true'
    )
  order by id for update`;

/** $1 source, $2 task, $3 the last hint that it has read. */
const HELD_EVENTS = `
  select * from tasks
  where source_id = $1 and status = 'held' and kind = 'event' and hints_to <= $3 and hints_to > 0 and id < $2
  order by id for update`;

/** $1 source, $2 task, $3 target. */
const HELD_BACKFILLS = `
  select * from tasks
  where source_id = $1 and target_id = $3 and status = 'held' and held_reason = 'limits' and kind = 'backfill' and id < $2
  order by id for update`;

/** Report: how a task comes to its end, whichever end that is. */
@Injectable()
export class Report {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly store: TaskStore,
    private readonly leases: TaskLeases,
    private readonly readings: TargetReadings,
    private readonly alerts: AlertOutbox,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext('Report');
  }

  /** The plan waits for an admin. */
  async hold(sql: SqlSession, run: Run, hold: Hold): Promise<TaskRow> {
    const { task } = run;
    await keepOwnStaging(sql, task);
    // What a backfill stages is bound already: records may move on while it is planned.
    if (task.kind !== 'backfill') await sql.query(bindVersionsSql(task.staging), [task.id, run.source.id]);
    const replaces = await this.replaceHeld(sql, task);
    const counts = await this.count(sql, task, run.readings, { of: 'plan' });
    const held = await this.store.hold(sql, task.id, { ...hold, counts, policies: run.policies });
    // Whoever asked for a preview looks at it anyway.
    if (hold.reason !== 'preview') await this.alerts.addHeld(sql, held, replaces);
    return held;
  }

  /** Rule 18: what is planned tells more than older plans that wait for a decision. True: it took the place of one. */
  async replaceHeld(sql: SqlSession, task: TaskRow): Promise<boolean> {
    const older = await heldBefore(sql, task);
    for (const held of older) await this.cancel(sql, held, [{ code: 'replaced', values: { taskId: task.id } }]);
    return older.length > 0;
  }

  /** Plans that wait hold less than before: who decides sees what is left to decide. */
  async recount(sql: SqlSession, plans: readonly number[]): Promise<void> {
    for (const id of plans) {
      const plan = await sql.one<TaskRow>('select * from tasks where id = $1', [id]);
      const counts = await this.count(sql, plan, await this.readings.concerning(plan), { of: 'plan' });
      await sql.query(`update tasks set counts = $2 where id = $1 returning pg_notify('rollcall_tasks', id::text)`, [
        id,
        JSON.stringify(counts),
      ]);
    }
  }

  /** Everything was applied, as far as it could be. `trouble`: why a target was left before its end. */
  async close(sql: SqlSession, run: Run, trouble?: Trouble): Promise<TaskRow> {
    const { task, readings } = run;
    const takenBack = await this.takenBack(sql, run);
    // Of targets that came after a plan was made nothing is known: it names nothing of them.
    const named = task.approved_at ? readings.filter(({ targetName }) => targetName in task.counts) : readings;
    const parameters = [task.id, readingsParameter(named, task.read), this.leases.owner];
    const [clean] = run.large ? [] : await sql.query<TaskRow>(CLOSE_CLEAN_TASK, parameters);
    const closed = clean ?? (await this.closeWithFailures(sql, run, parameters));
    if (closed.next_cursor !== null) await sql.query(ADVANCE_CURSOR, [closed.id]);
    await dropAppliedStaging(sql, task);
    const left = task.kind === 'purge' ? staleIn(closed.counts) + (await broughtSince(sql, closed)) : 0;
    if (task.kind === 'purge' && closed.status === 'succeeded' && left === 0) {
      await deleteSource(sql, run.source.id);
      await this.cancelWaiting(sql, run.source.id);
    }
    const removedInPart: Note[] = left > 0 ? [{ code: 'removed_in_part', values: { left } }] : [];
    const notes = [...(closed.notes ?? []), ...removedInPart, ...takenBack];
    const said = trouble
      ? { error_code: trouble.code, ...told([trouble.note, ...notes.filter(saysMore)]) }
      : { error_code: closed.error_code, ...told(notes) };
    // The statement that closes knows what there is to say, and leaves the words to this side.
    if (said.message !== null) {
      await sql.query('update tasks set error_code = $2, notes = $3, message = $4 where id = $1', [
        task.id,
        said.error_code,
        JSON.stringify(said.notes),
        said.message,
      ]);
      Object.assign(closed, said);
    }
    if (run.large || task.kind === 'backfill') await this.ended(sql, closed);
    else if (closed.status === 'failed') await this.alerts.addFailed(sql, closed);
    return closed;
  }

  /** What is unchanged, and yet is not as it is said. Asked before what was staged is swept. */
  private async takenBack(sql: SqlSession, run: Run): Promise<Note[]> {
    const { task, source, readings, undone } = run;
    if (!undone || !STATING.has(task.kind)) return [];
    const { n } = await sql.one<{ n: number }>(takenBackSql(task.staging), [task.id, source.id]);
    const unchanged: Note[] = n > 0 ? [{ code: 'taken_back', values: { records: n } }] : [];
    const notes = [...unchanged, ...(await followingElsewhere(sql, run))];
    const complete = DATA_TYPES.filter((dataType) => task.complete[dataType] === true);
    if (complete.length === 0) return notes;
    const targets = readings.filter(({ rules, remote }) => rules.owns && !remote).map(({ targetId }) => targetId);
    const back = await sql.one<{ n: number }>(backByUndoSql(task.staging), [task.id, source.id, targets, complete]);
    return back.n > 0 ? [...notes, { code: 'back_by_undo', values: { records: back.n } }] : notes;
  }

  /** Something failed. A large task has found out before which of its changes brought nothing to those who waited for it. */
  private async closeWithFailures(
    sql: SqlSession,
    { large, task, source, readings }: Run,
    parameters: unknown[],
  ): Promise<TaskRow> {
    if (!large && task.kind !== 'undo') {
      for (const reading of readings) await sql.query(forgetUnbroughtSql(reading), [task.id, source.id]);
    }
    if (task.kind === 'event') {
      for (const { targetId } of readings.filter((reading) => linksByHand(reading) && reading.dataType === 'user'))
        await sql.query(keepRefusedLinkSql(task.staging), [task.id, targetId]);
    }
    // An undo writes other values than the records say.
    if (task.kind !== 'undo') {
      for (const text of readings.map(adviseSameSourceSql)) if (text) await sql.query(text, [task.id, source.id]);
      for (const reading of readings.filter(({ rules, remote }) => rules.owns && rules.canDisable && !remote))
        await sql.query(sayDisabledSql(reading), [task.id]);
    }
    return sql.one<TaskRow>(CLOSE_TASK, parameters);
  }

  /** What becomes of a task that threw: it tries again later, waits for its new worker, ends as cancelled, or fails. */
  async failed(claimed: TaskRow, error: unknown): Promise<TaskRow | undefined> {
    if (isRollcallError(error) && error.code === 'lease_lost') {
      this.logger.warn({ taskId: claimed.id }, error.message);
      return undefined;
    }
    return inTransaction(this.pool, { prepared: false }, async (sql) => {
      // Another worker, or this one once more, may have taken it over, or an admin ended it: then nothing of it is ours to end.
      const task = await this.store.lock(sql, claimed.id);
      const isOurs = task.lease_owner === this.leases.owner && task.claims === claimed.claims;
      if (task.status !== 'running' || !isOurs) {
        this.logger.warn({ err: error, taskId: task.id }, 'The task met an error, and is in other hands by now');
        return undefined;
      }
      if (error instanceof Cancelled) {
        return error.note ? this.cancel(sql, task, [error.note]) : this.stop(sql, task);
      }
      const code = isRollcallError(error) ? error.code : 'internal';
      const notes = failureNotes(error, task);
      this.logger.error({ err: error, taskId: task.id, code }, 'The task met an error');
      const pause = pauseBeforeNextTry(error, task);
      if (pause !== undefined) {
        const waiting = await this.store.requeue(sql, task.id, new Date(Date.now() + pause * 1000), code, notes);
        if (task.kind === 'backfill' && task.attempts === TOLD_AFTER)
          await this.alerts.addTask(sql, 'target_away', waiting);
        return waiting;
      }
      await dropOwnStaging(sql, task);
      const counts = await this.giveUp(sql, task, NOT_REACHED);
      const failed = await this.store.fail(sql, task.id, code, notes, counts);
      await this.ended(sql, failed);
      return failed;
    });
  }

  /** Ends a task that an admin does not want any more, however far it came. */
  async stop(sql: SqlSession, task: TaskRow): Promise<TaskRow> {
    if (!(await hasApplied(sql, task))) return this.cancel(sql, task, [plainNote('cancelled')]);
    const ended = await this.cancel(sql, task, [plainNote('cancelled_midway')]);
    const left = await sql.query(`select from changes where task_id = $1 and outcome = 'stale' and code = $2 limit 1`, [
      task.id,
      CANCELLED.code,
    ]);
    if (left.length > 0) return ended;
    const { notes, message } = told([plainNote('cancelled_late')]);
    return sql.one<TaskRow>('update tasks set notes = $2, message = $3 where id = $1 returning *', [
      task.id,
      JSON.stringify(notes),
      message,
    ]);
  }

  /** Ends a task of which nothing more is to be applied. What is applied stays. */
  async cancel(sql: SqlSession, task: TaskRow, notes: Note[]): Promise<TaskRow> {
    await dropOwnStaging(sql, task);
    return this.store.move(sql, task.id, 'cancelled', {
      counts: await this.giveUp(sql, task, notes[0]?.code === 'rejected' ? REJECTED : CANCELLED),
      ...told(notes),
      held_reason: null,
      error_code: null,
      next_attempt_at: null,
      lease_owner: null,
      lease_until: null,
      finished_at: new Date(),
    });
  }

  /**
   * The source is deleted, or is to be by the task `removal`: what waits for its turn, or for a decision, has nothing to wait
   * for any more.
   */
  async cancelWaiting(sql: SqlSession, sourceId: number, removal?: number): Promise<void> {
    const waiting = await sql.query<TaskRow>(
      `select * from tasks where source_id = $1 and status in ('queued', 'held') and id is distinct from $2 order by id for update`,
      [sourceId, removal],
    );
    const why: Note =
      removal === undefined ? plainNote('source_deleted') : { code: 'source_removal', values: { taskId: removal } };
    for (const task of waiting) await this.cancel(sql, task, [why]);
  }

  /** What was planned for targets that have been switched off since is not applied. */
  async leaveUnserved(sql: SqlSession, taskId: number, readings: readonly Reading[]): Promise<void> {
    await sql.query(LEAVE_UNSERVED, [taskId, readings.map((reading) => reading.targetId)]);
  }

  log({ id, kind, status, counts, cost_ms, message }: TaskRow): void {
    const what = status === 'held' ? 'The task waits for a decision' : 'The task ended';
    this.logger.info({ taskId: id, kind, status, counts, ms: cost_ms, message }, what);
  }

  /** What follows for the source, and who has to know. */
  private async ended(sql: SqlSession, task: TaskRow): Promise<void> {
    if (task.status === 'failed' || task.read_failure) await this.alerts.addFailed(sql, task);
    const becameSlow = await pullEnded(sql, task);
    if (becameSlow && task.source_id !== null) await this.alerts.addSource(sql, 'slowed_down', task.source_id);
  }

  /** Marks what of a released plan was not applied, and counts the rest. What is applied stays. */
  private async giveUp(sql: SqlSession, task: TaskRow, reason: Unreached): Promise<TaskRow['counts']> {
    const readings = await this.readings.all();
    for (const reading of readings) {
      const after = task.applied_positions?.[positionKey(reading)] ?? 0;
      await sql.query(MARK_UNREACHED, [
        task.id,
        reading.targetId,
        reading.dataType,
        after,
        reason.code,
        reason.message,
      ]);
    }
    await this.leaveUnserved(sql, task.id, readings);
    await sql.query(LOOK_AGAIN, [task.id]);
    if (task.released_at) await noteMovedOn(sql, task);
    await bringRestAfter(sql, task, this.readings.others);
    const concerned = await this.readings.concerning(task);
    await noteGivenUp(sql, task, this.readings.others, concerned);
    // What was read, and not compared before the end, is not known to be unchanged.
    const compared = task.released_at !== null || task.approved_at !== null || task.status === 'held';
    return this.count(sql, task, concerned, compared ? {} : { read: {} });
  }

  private async count(
    sql: SqlSession,
    task: TaskRow,
    readings: readonly Reading[],
    { read = task.read, of = 'task' }: { read?: TaskRow['read']; of?: 'task' | 'plan' } = {},
  ): Promise<TaskRow['counts']> {
    // A purge has no changes: it counts what it removes.
    if (isPurge(task)) return task.counts;
    const parameters = [task.id, readingsParameter(readings, read)];
    const text = of === 'plan' ? PLAN_COUNTS : COUNTS;
    return (await sql.one<{ counts: TaskRow['counts'] }>(text, parameters)).counts;
  }
}

/**
 * Held plans whose place a newer one takes. A read: those of reads that saw no more, because whoever was missing in a complete one is
 * named by another complete one only. What events name: those of tasks whose events it has read, too. A backfill of all that its target lacks: those of backfills for that target; not a first plan.
 */
async function heldBefore(
  sql: SqlSession,
  { id, kind, mode, source_id, target_id, complete, hints_to }: TaskRow,
): Promise<TaskRow[]> {
  if (kind === 'pull' || kind === 'snapshot') {
    return sql.query<TaskRow>(HELD_READS, [source_id, id, JSON.stringify(complete)]);
  }
  if (kind === 'event' && hints_to) return sql.query<TaskRow>(HELD_EVENTS, [source_id, id, hints_to]);
  if (kind === 'backfill' && mode === 'full') return sql.query<TaskRow>(HELD_BACKFILLS, [source_id, id, target_id]);
  return [];
}

/** How many changes of a plan had moved on, and were not applied. */
const staleIn = (counts: TaskRow['counts']): number => Object.values(counts).reduce((sum, { stale }) => sum + stale, 0);

/** How many records a backfill has brought to a target since the removal of their source was planned. */
async function broughtSince(sql: SqlSession, { id, source_id }: TaskRow): Promise<number> {
  return (await sql.one<{ n: number }>(BROUGHT_SINCE, [id, source_id])).n;
}

/** A task that waits for its next try, or for a worker, may have come some way before. */
async function hasApplied(sql: SqlSession, { id, applied_positions }: TaskRow): Promise<boolean> {
  if (applied_positions !== null) return true;
  const applied = await sql.query(`select from changes where task_id = $1 and outcome = 'applied' limit 1`, [id]);
  return applied.length > 0;
}

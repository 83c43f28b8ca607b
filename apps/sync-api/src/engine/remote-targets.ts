import {
  type Change,
  type ErrorCode,
  errorPolicy,
  isRemoteTarget,
  type RemoteTargetAdapter,
  RollcallError,
} from '@rollcall/core';
import { secretValues } from '@rollcall/core/checks';
import { withTimeLimit } from '../adapters/time-limit';
import { checkOutcome } from './check-answer';
import { abortReason, foreignError, untilAborted } from './foreign-code';
import type { Note } from '../tasks/notes';
import { leavesUntold, noteUntold } from './backfill';
import { asksForLongPause, mayAskAgain, pauseBeforeNextTry } from './failure';
import type { Reading } from './reading';
import type { Run } from './run';
import { LEAVE_UNSERVED } from './sql/batch';
import {
  FAIL_POSTPONED,
  FAIL_REST,
  type NextRow,
  nextRowsSql,
  NOTE_AWAY,
  STILL_SERVED,
  type StoredOutcome,
  storeOutcomesSql,
} from './sql/remote';
import { nextTurnSql, takeTurnsSql } from './sql/turns';
import type { SqlSession } from './sql-session';

/** Changes that a remote target is handed at once. */
const ROWS_AT_ONCE = 200;
/** What it has answered is stored at least so often, in milliseconds. */
const STORE_EVERY_MS = 1_000;
/** A target that says nothing for so long is taken to be away. */
const SILENCE_SECONDS = 120;
/** So long a read comes again as often as each time gets something done: everything of its source waits for it. */
const READ_WAITS_MS = 15 * 60_000;

/** Why a target was left before its end. */
export interface Trouble {
  code: ErrorCode;
  note: Note;
}

/** Thrown for what a target said or did, as opposed to what failed on our side. */
class TargetStopped extends Error {
  /** `single`: the target itself is well, and only wants to have some records again later. */
  constructor(
    readonly reason: RollcallError,
    readonly single = false,
  ) {
    super(reason.message);
  }
}

/**
 * Applies a plan to the remote targets of a run, a few hundred rows at a time, what gives up a uid before what takes
 * it. No transaction is open while a target works. Each answer is stored soon after it came, so a task that is taken over,
 * or tried again, asks only for the rest. One target in trouble does not keep the others from going on.
 */
export class RemoteTargets {
  /** Target id → why it cannot go on at present. */
  private readonly busy = new Map<number, RollcallError>();
  /** Target id → why single records have to come again; the target itself goes on. */
  private readonly again = new Map<number, RollcallError>();
  private readonly stopped: { reading: Reading; reason: RollcallError }[] = [];
  private applied = 0;

  constructor(private readonly run: Run) {}

  async apply(reading: Reading): Promise<void> {
    const waitsFor = reading.after.find(({ targetId }) => this.busy.has(targetId) || this.again.has(targetId));
    if (this.busy.has(reading.targetId) || waitsFor) return;
    try {
      await this.applyRows(reading);
    } catch (error) {
      if (!(error instanceof TargetStopped)) throw error;
      const { reason, single } = error;
      this.run.logger.warn(`The target ${reading.targetName} cannot go on: ${reason.message}`, { code: reason.code });
      if (this.mayComeAgain(error)) (single ? this.again : this.busy).set(reading.targetId, reason);
      else await this.stop(reading, error);
    }
  }

  /**
   * Throws when a target has to be asked again later. An attempt that got something done does not count as one; the patience
   * of a backfill begins anew.
   */
  async requireDone(): Promise<void> {
    const { run } = this;
    const [reason] = [...this.busy.values(), ...this.again.values()];
    if (!reason) return;
    if (this.busy.size > 0) await run.transact((sql) => sql.query(NOTE_AWAY, [run.task.id]));
    if (this.getsOn) {
      await run.transact((sql) =>
        sql.query(`update tasks set attempts = case kind when 'backfill' then 0 else attempts - 1 end where id = $1`, [
          run.task.id,
        ]),
      );
    }
    throw reason;
  }

  /** Why targets were left before their end, for an admin. */
  get trouble(): Trouble | undefined {
    const [first] = this.stopped;
    if (!first) return undefined;
    const { reading, reason } = first;
    const values = { target: reading.targetName, field: reason.field ?? null };
    return { code: reason.code, note: { code: 'target_stopped', values, said: reason.message } };
  }

  /** Single records are not asked about for as long as a target that is away: everybody else's changes wait behind them. */
  private mayComeAgain({ reason, single }: TargetStopped): boolean {
    const { task } = this.run;
    if (!errorPolicy(reason).retryable) return false;
    const hasTries = single ? mayAskAgain(task) : pauseBeforeNextTry(reason, task) !== undefined;
    // Everything of the source would wait with this task; a backfill waits alone.
    if (leavesUntold(task) && asksForLongPause(reason)) return false;
    return this.getsOn || hasTries;
  }

  /** This attempt got something done, and nothing waits too long for the next ones. */
  private get getsOn(): boolean {
    const { task } = this.run;
    const since = Date.now() - (task.started_at?.getTime() ?? Date.now());
    return this.applied > 0 && !(leavesUntold(task) && since > READ_WAITS_MS);
  }

  private async applyRows(reading: Reading): Promise<void> {
    const { run } = this;
    const target = this.open(reading);
    await run.transact((sql) => sql.query(takeTurnsSql(reading), [run.task.id, run.source.id]));
    let again: RollcallError | undefined;
    for (let turn: number | null = 0; turn !== null; turn = await this.turnAfter(reading, turn)) {
      again = (await this.applyTurn(reading, target, turn)) ?? again;
      // What comes later gets a uid that may still be another one's there, if that one is to come again.
      if (again && this.mayComeAgain(new TargetStopped(again, true))) break;
    }
    if (again) throw new TargetStopped(again, true);
  }

  /** Everything of one turn. Returns the reason when some of it has to come again. */
  private async applyTurn(reading: Reading, target: OpenTarget, turn: number): Promise<RollcallError | undefined> {
    let again: RollcallError | undefined;
    for (let after = 0; ;) {
      const rows = await this.run.transact((sql) => this.nextRows(sql, reading, turn, after));
      const last = rows.at(-1);
      if (!last) return again;
      after = last.record_id;
      again = (await this.applySome(reading, target, rows)) ?? again;
    }
  }

  private async turnAfter(reading: Reading, turn: number): Promise<number | null> {
    const { run } = this;
    const next = await run.transact((sql) =>
      sql.one<{ turn: number | null }>(nextTurnSql(reading), [run.task.id, turn]),
    );
    return next.turn;
  }

  /** None, when the target was switched off meanwhile: then what is left for it has moved on. */
  private async nextRows(sql: SqlSession, reading: Reading, turn: number, after: number): Promise<NextRow[]> {
    const { task, source, readings } = this.run;
    const { served } = await sql.one<{ served: boolean }>(STILL_SERVED, [reading.targetId, source.id, task.kind]);
    const later = turn > 0;
    if (served)
      return sql.query<NextRow>(nextRowsSql(reading, { later }), [
        task.id,
        after,
        ROWS_AT_ONCE,
        ...(later ? [turn] : []),
      ]);
    const others = readings.map(({ targetId }) => targetId).filter((id) => id !== reading.targetId);
    await sql.query(LEAVE_UNSERVED, [task.id, others]);
    return [];
  }

  /** Hands rows to the target and stores what it answers. Returns the reason when some of them have to come again. */
  private async applySome(
    reading: Reading,
    target: OpenTarget,
    rows: readonly NextRow[],
  ): Promise<RollcallError | undefined> {
    const open = new Map(rows.filter((row) => !row.refused).map((row) => [row.record_id, row]));
    let answers: StoredOutcome[] = [];
    let done = rows.length - open.size;
    let again: RollcallError | undefined;
    let storedAt = Date.now();
    const store = async (): Promise<void> => {
      await this.store(reading, answers, done);
      answers = [];
      done = 0;
      storedAt = Date.now();
    };
    try {
      for await (const { outcome, later } of target.answers(reading, open)) {
        answers.push(outcome);
        if (later) again = later;
        else done++;
        open.delete(outcome.record_id);
        if (Date.now() - storedAt > STORE_EVERY_MS) await store();
      }
    } finally {
      await store();
    }
    return again;
  }

  private async store(reading: Reading, answers: readonly StoredOutcome[], done: number): Promise<void> {
    const { run } = this;
    if (done === 0 && answers.length === 0) return;
    const applied = answers.filter((answer) => answer.code === null).length;
    await run.transact(
      async (sql) => {
        if (answers.length > 0) await sql.query(storeOutcomesSql(reading), [run.task.id, JSON.stringify(answers)]);
        await sql.query(
          `update tasks
           set step = 'apply', done = done + $2, away_since = case when not $3 then away_since end
           where id = $1 returning pg_notify('rollcall_tasks', id::text)`,
          [run.task.id, done, applied > 0],
        );
      },
      { evenCancelled: true },
    );
    this.applied += applied;
  }

  /** What is left has failed: of a target in trouble all of it, else the single records that it did not take. */
  private async stop(reading: Reading, { reason, single }: TargetStopped): Promise<void> {
    const { run } = this;
    const { task } = run;
    this.stopped.push({ reading, reason });
    const untold = errorPolicy(reason).retryable && leavesUntold(task);
    const besides = untold ? ' It is told later, by a backfill.' : '';
    const { targetId, dataType } = reading;
    await run.transact(async (sql) => {
      if (single) await sql.query(FAIL_POSTPONED, [task.id, targetId, dataType, besides]);
      else {
        const { code, field = null, message } = reason;
        await sql.query(FAIL_REST, [task.id, targetId, code, field, `${message}${besides}`]);
      }
      if (untold) await noteUntold(sql, task, targetId);
    });
  }

  private open({ adapter, context, targetName }: Reading): OpenTarget {
    if (!isRemoteTarget(adapter)) throw new RollcallError('internal', `"${targetName}" does not iterate over rows.`);
    try {
      return new OpenTarget(adapter, targetName, context, this.run.source.name, this.run.signal);
    } catch (error) {
      throw new TargetStopped(foreignError(error, []));
    }
  }
}

/** What a target answered for a change; `later`: why it wants that again later. */
interface Answer {
  outcome: StoredOutcome;
  later: RollcallError | undefined;
}

/** A remote target with its options, as long as one task works with it. */
class OpenTarget {
  private readonly secrets: readonly string[];

  constructor(
    private readonly adapter: RemoteTargetAdapter,
    private readonly name: string,
    private readonly context: Reading['context'],
    /** Name of the source whose records are told. */
    private readonly source: string,
    private readonly signal: AbortSignal,
  ) {
    this.secrets = secretValues(adapter.configSchema, context(signal).options);
  }

  /** Hands over the open rows, and yields the answer for each. Throws `TargetStopped` for whatever the adapter does. */
  async *answers(reading: Reading, open: ReadonlyMap<number, NextRow>): AsyncGenerator<Answer> {
    if (open.size === 0) return;
    const unwanted = new AbortController();
    const context = this.context(AbortSignal.any([this.signal, unwanted.signal]));
    let outcomes: AsyncIterator<unknown> | undefined;
    try {
      const changes = [...open.values()].map((row) => toChange(reading, this.source, row));
      outcomes = this.guarded(() => this.adapter.applyRows(changes, context)[Symbol.asyncIterator]());
      while (open.size > 0) {
        const value = await this.next(outcomes, open.size);
        const outcome = this.guarded(() => checkOutcome(value, this.adapter.id, open));
        const row = open.get(outcome.recordId);
        if (row) yield this.answer(row, outcome);
      }
    } finally {
      unwanted.abort();
      // Not waited for: an adapter that hangs would never answer.
      void Promise.allSettled([Promise.resolve().then(() => outcomes?.return?.())]);
    }
  }

  private async next(outcomes: AsyncIterator<unknown>, open: number): Promise<unknown> {
    const silence = `"${this.name}" did not answer for ${SILENCE_SECONDS} seconds.`;
    let next: IteratorResult<unknown>;
    try {
      next = await withTimeLimit(SILENCE_SECONDS, silence, () => untilAborted(outcomes.next(), this.signal));
    } catch (error) {
      if (this.signal.aborted) throw abortReason(this.signal);
      throw new TargetStopped(foreignError(error, this.secrets));
    }
    if (!next.done) return next.value;
    throw new TargetStopped(
      new RollcallError(
        'bad_answer',
        `The adapter "${this.adapter.id}" broke its contract: it ended without an outcome for ${open} changes. ` +
          'Report it to its author.',
      ),
    );
  }

  private answer(row: NextRow, { resourceKey, failure }: ReturnType<typeof checkOutcome>): Answer {
    const refusal = failure && foreignError(new RollcallError(failure.code, failure.message, failure), this.secrets);
    const later = refusal && errorPolicy(refusal).retryable ? refusal : undefined;
    return {
      later,
      outcome: {
        record_id: row.record_id,
        uid: row.uid,
        action: row.action,
        version: row.version,
        hash: row.hash,
        payload: row.payload,
        resource_key: resourceKey ?? row.resource_key,
        behind: row.behind,
        later: later !== undefined,
        code: refusal?.code ?? null,
        field: refusal?.field ?? null,
        message: refusal?.message ?? null,
      },
    };
  }

  private guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw new TargetStopped(foreignError(error, this.secrets));
    }
  }
}

function toChange({ dataType }: Reading, source: string, row: NextRow): Change {
  return {
    recordId: row.record_id,
    version: row.version,
    source,
    dataType,
    uid: row.uid,
    action: row.action,
    payload: row.payload,
    changed: row.action === 'create' || row.action === 'restore' ? null : row.changed,
    ...(row.resource_key !== null && { resourceKey: row.resource_key }),
  };
}

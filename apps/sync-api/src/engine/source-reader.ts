import { Injectable } from '@nestjs/common';
import { type ErrorCode, isRollcallError, type PullResult, RollcallError } from '@rollcall/core';
import { PinoLogger } from 'nestjs-pino';
import { AdapterContexts } from '../adapters/adapter-contexts';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { RawArchive } from '../logs/raw-archive';
import type { RawArchiveWriter } from '../logs/raw-archive-writer';
import type { Source } from '../sources/source.entity';
import { SourcesService } from '../sources/sources.service';
import { plainNote } from '../tasks/notes';
import type { TaskRow } from '../tasks/task-row';
import { TaskStore } from '../tasks/task-store';
import { type Chunk, type Chunks, inChunks, readAhead } from './chunks';
import { checkOpenHints } from './check-hints';
import { failureNotes, pauseBeforeNextTry } from './failure';
import { type HintsRead, keepOpen, NO_HINTS_READ, waitingHints } from './hints';
import { knownTo } from './known';
import { countStaged, createOwnStaging, dropStagedFrom, requireWhole } from './own-staging';
import {
  type Ask,
  canPull,
  type HintQuestion,
  hintsOf,
  type PullAdapter,
  pullOf,
  type ReadOptions,
  readPages,
} from './read';
import { Cancelled } from './report';
import type { Run } from './run';
import { dropRepeated, stageCopy } from './stage';
import { sumOf, withoutUnreadable } from './staged-counts';
import { refuseNamelessSql, settleRenamesSql } from './sql/renames';

/**
 * Read and stage: pulls a source into the task's own staging. Each chunk of pages is committed with the cursor behind it,
 * so an interrupted read goes on there; one without a cursor begins anew.
 */
@Injectable()
export class SourceReader {
  constructor(
    private readonly sources: SourcesService,
    private readonly registry: AdapterRegistry,
    private readonly contexts: AdapterContexts,
    private readonly archive: RawArchive,
    private readonly store: TaskStore,
    private readonly logger: PinoLogger,
  ) {}

  /** A pull reads the source, and at its end what events have said meanwhile; a task of events only the latter. */
  async read(run: Run): Promise<void> {
    const source = await this.sources.byId(run.source.id);
    const adapter = this.pullAdapter(source);
    if (await this.takeUp(run, source)) return;
    const options = await this.sources.optionsInClear(source.id);
    const archive = await this.archive.open(run.task.id);
    const reading = { contexts: this.contexts, adapter, options, archive };
    try {
      const result = run.task.kind === 'pull' ? await this.pull(run, reading) : NOTHING_SAID;
      await this.finish(run, result, await this.readHints(run, reading));
    } finally {
      await archive.close();
    }
  }

  private pullAdapter({ name, type }: Source): PullAdapter {
    const adapter = this.registry.source(type);
    if (canPull(adapter)) return adapter;
    throw new RollcallError('configuration', `"${name}" cannot be read from here: its records are pushed.`);
  }

  /** Makes the staging ready for the next page. True: an earlier worker read everything, and it is all there (rule 5). */
  private async takeUp(run: Run, source: Source): Promise<boolean> {
    const { task } = run;
    const begun = task.read_at !== null || task.cursor !== null;
    const whole = begun && (await run.transact((sql) => countStaged(sql, task))) === task.staged;
    if (whole && task.read_at !== null) return true;
    // Disabled while the task waited for its turn, or for another try. A preview is made of a disabled source as well.
    if (!source.enabled && !task.dry_run) throw new Cancelled(plainNote('source_disabled'));
    // Two halves that were read with different settings are no whole.
    const sameSettings = task.read_began_at !== null && source.updatedAt <= task.read_began_at;
    if (whole && sameSettings) await this.goOn(run);
    // A retry reads from where the task had read: the source's own cursor may be past what it lacks.
    else if (task.mode === 'incremental' && sameSettings && task.since !== null)
      await this.begin(run, 'incremental', task.since);
    else if (task.mode === 'incremental' && source.cursor !== null) await this.begin(run, 'incremental', source.cursor);
    else await this.begin(run, 'full', null);
    return false;
  }

  private async goOn(run: Run): Promise<void> {
    await run.transact(async (sql) => {
      await dropStagedFrom(sql, run.task, run.task.cursor_staged);
      Object.assign(run.task, await this.store.resumeRead(sql, run.task.id));
    });
    this.logger.info({ staged: run.task.staged }, 'The read goes on where it was interrupted');
  }

  private async begin(run: Run, mode: TaskRow['mode'], since: string | null): Promise<void> {
    await run.transact(async (sql) => {
      const staging = await createOwnStaging(sql, run.task.id);
      Object.assign(run.task, await this.store.beginRead(sql, run.task.id, { staging, mode, since }));
    });
  }

  private async pull(run: Run, reading: ReadOptions): Promise<PullResult> {
    try {
      return await this.take(run, pullOf(run, reading.adapter), reading);
    } catch (error) {
      if (!cursorExpired(error) || (run.task.cursor === null && run.task.since === null)) throw error;
      this.logger.warn('The source does not know its cursor any more; everything is read');
      await this.begin(run, 'full', null);
      return this.take(run, pullOf(run, reading.adapter), reading);
    }
  }

  /**
   * Reads what hints name that came until now (rule 11: somebody whose uid was renamed while everybody was read neither
   * left nor joined).
   */
  private async readHints(run: Run, reading: ReadOptions): Promise<HintsRead> {
    const { adapter } = reading;
    // An earlier attempt may have read them; this one has not.
    const unread = { ...NO_HINTS_READ, to: run.task.kind === 'event' ? 0 : null };
    if (!adapter.events || wasCut(run.task)) return unread;
    const hints = await waitingHints(run);
    const last = hints.at(-1);
    if (!last) return unread;
    const asked: HintQuestion = {
      hints: hints.map(({ key, data }) => ({ key, data })),
      within: run.task.kind === 'pull' && run.task.mode === 'full' ? 'pull' : 'event',
      known: knownTo(run, adapter),
    };
    let open: unknown;
    await this.take(
      run,
      hintsOf(adapter.events, asked, (left) => (open = left)),
      reading,
    );
    return wasCut(run.task) ? unread : { to: last.id, open: checkOpenHints(open, adapter.id) };
  }

  private async take(run: Run, ask: Ask, reading: ReadOptions): Promise<PullResult> {
    const pages = readPages(run, ask, reading);
    const chunks = readAhead(inChunks(pages, run.task.id));
    try {
      let next = await this.next(run, chunks);
      for (; !next.done; next = await this.next(run, chunks)) await this.commit(run, reading.archive, next.value);
      return next.value;
    } finally {
      await pages.return(NOTHING_SAID);
    }
  }

  /**
   * The next chunk. When the source fails for good after it has brought something, the read ends there: that much is
   * applied, nobody is missing, and the task keeps the reason.
   */
  private async next(run: Run, chunks: Chunks): Promise<IteratorResult<Chunk, PullResult>> {
    try {
      return await chunks.next();
    } catch (error) {
      const { task } = run;
      const final = isSourceFailure(error) && pauseBeforeNextTry(error, task) === undefined;
      if (!final || task.staged === 0 || run.signal.aborted) throw error;
      const notes = [plainNote('read_cut'), ...failureNotes(error, task), plainNote('nobody_missing')];
      Object.assign(task, await run.transact((sql) => this.store.cutRead(sql, task.id, { code: error.code, notes })));
      this.logger.warn({ err: error, staged: task.staged }, 'The read was cut short');
      return { done: true, value: NOTHING_SAID };
    }
  }

  /** What is committed is in the raw archive too, even if the process is killed right after. */
  private async commit(run: Run, archive: RawArchiveWriter, chunk: Chunk): Promise<void> {
    const { task } = run;
    // Settled: it may fail while the rows are on their way, and is asked before they are committed.
    const archiving = Promise.allSettled([archive.flush()]);
    const moved = await run.transact(async (sql) => {
      await stageCopy(sql, task.staging, chunk.rows);
      const [archived] = await archiving;
      if (archived.status === 'rejected') throw archived.reason as Error;
      return this.store.addRead(sql, task.id, {
        staged: task.staged + chunk.size,
        cursor: chunk.cursor?.text ?? task.cursor,
        renames: task.renames || chunk.renames,
        cursor_staged: chunk.cursor ? task.staged + chunk.cursor.after : task.cursor_staged,
      });
    });
    Object.assign(task, moved);
  }

  private async finish(run: Run, { complete, nextCursor }: PullResult, hints: HintsRead): Promise<void> {
    const { task } = run;
    // Making it a whole takes a while when it is large: the step is to be seen meanwhile.
    await run.transact((sql) => this.store.setProgress(sql, task.id, 'stage', 0, task.staged));
    const ended = await run.transact(async (sql) => {
      await requireWhole(sql, task);
      await sql.analyze(task.staging);
      if (task.renames) {
        await sql.query(refuseNamelessSql(task.staging), [task.id]);
        await sql.query(settleRenamesSql(task.staging), [task.id, run.source.id]);
      }
      const { counts, repeated } = await dropRepeated(sql, task.staging, task.id);
      await keepOpen(sql, run, hints.open);
      return this.store.endRead(sql, task.id, {
        ...sumOf(counts),
        repeated,
        complete: wasCut(task) ? {} : task.mode === 'full' ? withoutUnreadable(complete, counts) : onlyGaps(complete),
        next_cursor: nextCursor ?? null,
        hints_to: hints.to,
        hints_again: hints.open.again,
      });
    });
    Object.assign(task, ended);
    this.logger.info({ read: task.read, complete: task.complete }, 'Read and staged');
  }
}

/** Rule 23: only a full read can tell who is missing; another one may still say what it has not seen. */
const onlyGaps = (complete: PullResult['complete']): PullResult['complete'] =>
  Object.fromEntries(Object.entries(complete).filter(([, value]) => value !== true));

/** No data type was read to its end. */
const NOTHING_SAID: PullResult = { complete: {} };

/** Errors that say nothing against what came before them, unlike a broken contract or a lost staging. */
const SOURCE_FAILURES: readonly ErrorCode[] = [
  'vendor_busy',
  'network',
  'read_interrupted',
  'credentials',
  'permission',
  'configuration',
  'internal',
];

const isSourceFailure = (error: unknown): error is RollcallError =>
  isRollcallError(error) && SOURCE_FAILURES.includes(error.code);

const wasCut = ({ read_failure }: TaskRow): boolean => read_failure !== null;

const cursorExpired = (error: unknown): boolean => isRollcallError(error) && error.code === 'cursor_expired';

import { setImmediate } from 'node:timers/promises';
import type {
  AdapterContext,
  DataType,
  EventContext,
  FailedRecord,
  NormalisedRecord,
  Page,
  PullResult,
  SourceAdapter,
  SourceEvents,
} from '@rollcall/core';
import { readRecord } from '@rollcall/core';
import type { AdapterContexts } from '../adapters/adapter-contexts';
import { secretValues } from '@rollcall/core/checks';
import type { RawArchiveWriter } from '../logs/raw-archive-writer';
import { breach, checkPage, checkResult } from './check-answer';
import type { Pages } from './chunks';
import { abortReason, foreignError, untilAborted } from './foreign-code';
import { knownTo } from './known';
import { readRename } from './renames';
import type { Run } from './run';
import type { StagedRecord } from './stage';

/** A source adapter that can read by itself. */
export type PullAdapter = SourceAdapter & Required<Pick<SourceAdapter, 'pull'>>;

export function canPull(adapter: SourceAdapter): adapter is PullAdapter {
  return adapter.pull !== undefined;
}

/** So many records are looked at between two looks at the network: what is being committed meanwhile waits for us. */
const RECORDS_AT_ONCE = 250;

/** A page, or part of one, that the raw archive has, its records checked and normalised; the cursor is with the last part. */
export interface ReadPage {
  records: readonly StagedRecord[];
  /** Renames are among them. */
  renames: boolean;
  cursor?: string | undefined;
}

export interface ReadOptions {
  contexts: Pick<AdapterContexts, 'of'>;
  adapter: PullAdapter;
  /** In clear; they never leave this call. */
  options: Record<string, unknown>;
  archive: RawArchiveWriter;
}

/** What of a run the reading of pages needs: it takes no database. */
export interface Reader {
  task: Pick<Run['task'], 'staged'>;
  source: Pick<Run['source'], 'name'>;
  signal: AbortSignal;
}

/** What of an adapter is asked for pages. */
export type Ask = (context: AdapterContext) => AsyncGenerator<Page, PullResult, undefined>;

/** Goes on after `task.cursor`, if the task has one. */
export const pullOf =
  (run: Run, adapter: PullAdapter): Ask =>
  (context) => {
    const { task } = run;
    return adapter.pull({
      ...context,
      known: knownTo(run, adapter),
      mode: task.mode,
      ...(task.since !== null && { since: task.since }),
      ...(task.cursor !== null && { resumeAfter: task.cursor }),
    });
  };

/** What an adapter is asked when hints wait. */
export type HintQuestion = Pick<EventContext, 'hints' | 'within' | 'known'>;

/**
 * Reads again what hints name. Says nothing about anybody else, and begins anew when it is interrupted. `leave` gets what
 * the adapter ends with.
 */
export const hintsOf = (events: SourceEvents, asked: HintQuestion, leave: (open: unknown) => void): Ask =>
  async function* readHints(context) {
    leave(yield* withoutCursors(events.read({ ...context, ...asked })));
    return { complete: {} };
  };

async function* withoutCursors(pages: ReturnType<SourceEvents['read']>): ReturnType<SourceEvents['read']> {
  try {
    for (;;) {
      const next = await pages.next();
      if (next.done) return next.value;
      yield { ...next.value, cursor: undefined };
    }
  } finally {
    await pages.return(undefined);
  }
}

/**
 * Read: the pages of a source, one at a time and only when somebody asks for the next. The adapter is told to stop when the
 * run is aborted or the pages are not wanted any more.
 */
export async function* readPages(
  run: Reader,
  ask: Ask,
  { contexts, adapter, options, archive }: Omit<ReadOptions, 'archive'> & { archive: Pick<RawArchiveWriter, 'write'> },
): Pages {
  const { task, source } = run;
  const secrets = secretValues(adapter.configSchema, options);
  const unwanted = new AbortController();
  const signal = AbortSignal.any([run.signal, unwanted.signal]);
  const pages = begin(ask, contexts.of(adapter, source.name, options, signal), { adapter: adapter.id, secrets });
  let position = task.staged;
  try {
    for (;;) {
      const next = await untilAborted(pages.next(), run.signal).catch((error: unknown) =>
        Promise.reject(run.signal.aborted ? abortReason(run.signal) : foreignError(error, secrets)),
      );
      if (next.done) return checkResult(next.value, adapter.id, secrets);
      const { dataType, records, renames, failed, cursor } = checkPage(next.value, adapter.id, secrets);
      await archive.write(dataType, [...renames, ...records]);
      if (renames.length > 0) {
        const read = renames.map((raw) => ({ position: position++, dataType, ...readRename(dataType, raw, adapter) }));
        yield { records: read, renames: true };
      }
      if (failed.length > 0) {
        const read = failed.map((raw) => ({
          position: position++,
          dataType,
          record: readFailed(dataType, raw, adapter),
        }));
        yield { records: read, renames: false };
      }
      for (let start = 0, end = 0; end < records.length || start === 0; start = end) {
        end = start + RECORDS_AT_ONCE;
        const read = records.slice(start, end).map((raw) => ({
          position: position++,
          dataType,
          record: readRecord(dataType, raw, { uidCase: adapter.uidCase }),
        }));
        yield { records: read, renames: false, cursor: end < records.length ? undefined : cursor };
        await setImmediate();
      }
    }
  } finally {
    unwanted.abort();
    // Not waited for: an adapter that hangs would never answer.
    void Promise.allSettled([pages.return({ complete: {} })]);
  }
}

/** Foreign code: it may throw at once, or return something else than the contract says. */
function begin(
  ask: Ask,
  context: AdapterContext,
  { adapter, secrets }: { adapter: string; secrets: readonly string[] },
): ReturnType<Ask> {
  let pages: ReturnType<Ask>;
  try {
    pages = ask(context);
  } catch (error) {
    throw foreignError(error, secrets);
  }
  if (!isGenerator(pages)) throw breach(adapter, 'pages must come from an async generator (async *pull).');
  return pages;
}

function isGenerator(value: unknown): boolean {
  const { next, return: end } = Object(value) as Partial<AsyncGenerator>;
  return typeof next === 'function' && typeof end === 'function';
}

/** One that an adapter could make nothing of: it is seen, and fails alone. */
function readFailed(
  dataType: DataType,
  { uid, field, message }: FailedRecord,
  { uidCase }: Pick<SourceAdapter, 'uidCase'>,
): NormalisedRecord {
  const record = readRecord(dataType, { uid }, { uidCase });
  return { ...record, failure: record.failure ?? { code: 'configuration', field: field ?? null, message } };
}

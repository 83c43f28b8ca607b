import type { Completeness, DataType, PullResult, SourceAdapter } from '@rollcall/core';
import { isRollcallError, readRecord, RollcallError } from '@rollcall/core';
import { adapterLogger, withoutSecrets } from '../adapters/adapter-logger';
import { secretValues } from '../adapters/config-schema';
import type { RawArchiveWriter } from '../logs/raw-archive-writer';
import { checkPage, checkResult } from './check-answer';
import { createOwnStaging } from './own-staging';
import type { Run } from './run';
import type { SqlSession } from './sql-session';
import { dropRepeated, type StagedRecord, stageCopy } from './stage';

export interface ReadResult {
  staging: string;
  staged: number;
  read: Partial<Record<DataType, number>>;
  complete: PullResult['complete'];
}

/** A source adapter that can read by itself. */
export type PullAdapter = SourceAdapter & Required<Pick<SourceAdapter, 'pull'>>;

export function canPull(adapter: SourceAdapter): adapter is PullAdapter {
  return adapter.pull !== undefined;
}

export interface PullOptions {
  adapter: PullAdapter;
  /** In clear; they never leave this call. */
  options: Record<string, unknown>;
  archive: RawArchiveWriter;
  /** Told now and then how many records were read. */
  progress: (read: number) => Promise<void>;
}

const PROGRESS_EVERY_MS = 500;

/**
 * Read: pulls everything that the source says into a staging relation of the task's own. A read that throws leaves
 * nothing behind; one that saw a record without a uid is not complete, because somebody may be missing.
 */
export async function pull(
  sql: SqlSession,
  run: Run,
  { adapter, options, archive, progress }: PullOptions,
): Promise<ReadResult> {
  const staging = await createOwnStaging(sql, run.task.id);
  const secrets = secretValues(adapter.configSchema, options);
  const logger = adapterLogger(`source ${run.source.name}`, secrets);
  const unreadable = new Set<DataType>();
  let complete: PullResult['complete'] = {};
  let position = 0;

  async function* pages(): AsyncGenerator<StagedRecord[]> {
    const read = adapter.pull({ options, logger, signal: run.signal, mode: run.task.mode });
    let shownAt = Date.now();
    for (;;) {
      const next = await untilAborted(read.next(), run.signal).catch((error: unknown) =>
        Promise.reject(run.signal.aborted ? abortReason(run.signal) : cleaned(error, secrets)),
      );
      if (next.done) {
        complete = checkResult(next.value, adapter.id).complete;
        return;
      }
      const { dataType, records } = checkPage(next.value, adapter.id);
      await archive.write(dataType, records);
      yield records.map((raw) => {
        const record = readRecord(dataType, raw, { uidCase: adapter.uidCase });
        if (record.uid === null) unreadable.add(dataType);
        return { position: position++, dataType, record };
      });
      if (Date.now() - shownAt > PROGRESS_EVERY_MS) {
        shownAt = Date.now();
        await progress(position);
      }
    }
  }

  await stageCopy(sql, staging, run.task.id, pages());
  await sql.execute(`analyze ${staging}`);
  const read = await dropRepeated(sql, staging, run.task.id);
  const staged = Object.values(read).reduce((sum, n) => sum + n, 0);
  return { staging, staged, read, complete: withoutUnreadable(complete, unreadable) };
}

/** Stops waiting when the task is cancelled or lost, even for an adapter that does not listen. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw abortReason(signal);
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(abortReason(signal));
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}

function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error
    ? signal.reason
    : new RollcallError('read_interrupted', 'The read was stopped.');
}

/** What an adapter throws is foreign text: it is kept, without the source's secrets. */
function cleaned(error: unknown, secrets: readonly string[]): RollcallError {
  const message = withoutSecrets(error instanceof Error ? error.message : String(error), secrets);
  return isRollcallError(error)
    ? new RollcallError(error.code, message, { field: error.field, retryAfter: error.retryAfter })
    : new RollcallError('internal', `The adapter failed unexpectedly: ${message}`);
}

function withoutUnreadable(
  complete: PullResult['complete'],
  unreadable: ReadonlySet<DataType>,
): PullResult['complete'] {
  const incomplete: Completeness = { complete: false, reason: 'A record came without a uid that could be read.' };
  return Object.fromEntries(
    Object.entries(complete).map(([dataType, value]) => [
      dataType,
      unreadable.has(dataType as DataType) ? incomplete : value,
    ]),
  );
}

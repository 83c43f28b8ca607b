import type { Completeness, DataType, PullResult, SourceAdapter, SourceRecord } from '@rollcall/core';
import { readRecord } from '@rollcall/core';
import type { RawArchiveWriter } from '../logs/raw-archive-writer';
import type { Run } from './run';
import type { SqlSession } from './sql-session';
import { dropRepeated, type StagedRecord, stageCopy } from './stage';

export interface ReadResult {
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
  options: unknown;
  archive: RawArchiveWriter;
}

/** Name of the relation that holds what one pull read. */
export const stagingTable = (taskId: number): string => `staging_${taskId}`;

/**
 * Read: pulls everything that the source says into a staging relation of the task's own. A read that throws leaves
 * nothing behind; one that saw a record without a uid is not complete, because somebody may be missing.
 */
export async function pull(sql: SqlSession, run: Run, { adapter, options, archive }: PullOptions): Promise<ReadResult> {
  const staging = stagingTable(run.task.id);
  // Unlogged: Postgres empties it when it crashes, and the plan then notices that rows are missing.
  await sql.execute(
    `drop table if exists ${staging}; create unlogged table ${staging} (like staging including defaults)`,
  );
  const unreadable = new Set<DataType>();
  let complete: PullResult['complete'] = {};
  let position = 0;

  async function* pages(): AsyncGenerator<StagedRecord[]> {
    const read = adapter.pull({ options, logger: run.logger, signal: run.signal, mode: run.task.mode });
    for (;;) {
      const next = await read.next();
      if (next.done) {
        complete = next.value.complete;
        return;
      }
      const { dataType, records } = next.value;
      await archive.write(dataType, records);
      yield (records as readonly SourceRecord[]).map((raw) => {
        const record = readRecord(dataType, raw, { uidCase: adapter.uidCase });
        if (record.uid === null) unreadable.add(dataType);
        return { position: position++, dataType, record };
      });
    }
  }

  await stageCopy(sql, staging, run.task.id, pages());
  await sql.execute(`analyze ${staging}`);
  const read = await dropRepeated(sql, staging, run.task.id);
  const staged = Object.values(read).reduce((sum, n) => sum + n, 0);
  return { staged, read, complete: withoutUnreadable(complete, unreadable) };
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

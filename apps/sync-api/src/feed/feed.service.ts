import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { DATA_TYPES, type DataType, RollcallError } from '@rollcall/core';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { only } from '../engine/sql-session';
import { type Cursor, readCursor, writeCursor } from './cursor';
import { FeedPlaces, type Kept } from './feed-places';
import type { FeedDepartmentView, FeedEntryView, FeedQuery, FeedUserView, FeedView } from './feed.dto';
import { CURRENT } from './sql/current';
import { ENTRIES, EXISTING, GOES_ON } from './sql/entries';

const POLL_MS = 1_000;

type Current = FeedUserView | FeedDepartmentView;
type Entry = Omit<FeedEntryView, 'current'>;

interface EntryRow extends Omit<Entry, 'cursor' | 'at'> {
  position: number;
  skip: number;
  at: Date;
}

interface Told {
  entries: Entry[];
  next: Cursor;
  more: boolean;
}

/**
 * Reads the feed. Whoever has a cursor has missed nothing before it: positions are given to committed rows alone
 * (`FeedPlaces`). How somebody stands is read after the entries, so it is never older than what an entry tells.
 */
@Injectable()
export class FeedService implements BeforeApplicationShutdown {
  private readonly stop = new AbortController();

  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly places: FeedPlaces,
  ) {}

  /** Answers kept back are let go of. */
  beforeApplicationShutdown(): void {
    this.stop.abort();
  }

  /** `gone`: aborted when nobody waits for the answer any more. */
  async read({ after, limit, wait }: FeedQuery, gone: AbortSignal): Promise<FeedView> {
    const ended = AbortSignal.any([gone, this.stop.signal]);
    const deadline = Date.now() + wait * 1_000;
    let cursor: Cursor | undefined;
    for (;;) {
      const { newest } = await this.places.settle();
      cursor ??= beginAt(after, newest);
      const told = await this.tell(cursor, limit);
      const fits = await this.fits(cursor);
      // Asked afterwards, so that nothing was trimmed between the two.
      requireKept(cursor, fits, await this.places.kept());
      const left = deadline - Date.now();
      if (told.entries.length > 0 || told.more || left <= 0 || ended.aborted) return this.view(told);
      await pause(Math.min(POLL_MS, left), ended);
    }
  }

  /** A cursor in the midst of a row was answered only when that row has more to tell. */
  private async fits(cursor: Cursor): Promise<boolean> {
    if (cursor.phase === 'everything' || cursor.skip === 0) return true;
    const { rows } = await this.pool.query<{ goesOn: boolean }>(GOES_ON, [cursor.position, cursor.skip]);
    return only(rows).goesOn;
  }

  private tell(cursor: Cursor, limit: number): Promise<Told> {
    return cursor.phase === 'changes' ? this.changes(cursor, limit) : this.existing(cursor, limit);
  }

  private async changes(cursor: Cursor & { phase: 'changes' }, limit: number): Promise<Told> {
    const { rows } = await this.pool.query<EntryRow>(ENTRIES, [cursor.position, cursor.skip, limit]);
    const entries = rows.map(({ position, skip, at, ...row }) => ({
      cursor: writeCursor({ phase: 'changes', position, skip }),
      at: at.toISOString(),
      ...row,
    }));
    const last = rows.at(-1);
    const next: Cursor = last ? { phase: 'changes', position: last.position, skip: last.skip } : cursor;
    return { entries, next, more: rows.length === limit };
  }

  private async existing(cursor: Cursor & { phase: 'everything' }, limit: number): Promise<Told> {
    const { dataType, position } = cursor;
    const { rows } = await this.pool.query<{ id: number }>(EXISTING[dataType], [cursor.id, limit]);
    const entries = rows.map(({ id }) => ({
      ...{ cursor: writeCursor({ ...cursor, id }), dataType, id, action: 'exists' as const, at: null, task: null },
    }));
    const last = rows.at(-1);
    if (last && rows.length === limit) return { entries, next: { ...cursor, id: last.id }, more: true };
    const next: Cursor =
      dataType === 'department' ? { ...cursor, dataType: 'user', id: 0 } : { phase: 'changes', position, skip: 0 };
    return { entries, next, more: true };
  }

  private async view({ entries, next, more }: Told): Promise<FeedView> {
    const current = new Map<string, Current>();
    for (const dataType of DATA_TYPES) {
      const ids = [...new Set(entries.flatMap((entry) => (entry.dataType === dataType ? [entry.id] : [])))];
      if (ids.length === 0) continue;
      const { rows } = await this.pool.query<Current>(CURRENT[dataType], [ids]);
      for (const row of rows) current.set(keyOf(dataType, row.id), row);
    }
    return {
      items: entries.map((entry) => ({ ...entry, current: current.get(keyOf(entry.dataType, entry.id)) ?? null })),
      next: writeCursor(next),
      more,
      phase: next.phase,
    };
  }
}

const keyOf = (dataType: DataType, id: number): string => `${dataType} ${id}`;

function beginAt(after: string | undefined, newest: number): Cursor {
  if (after === undefined || after === '')
    return { phase: 'everything', position: newest, dataType: 'department', id: 0 };
  return after === 'now' ? { phase: 'changes', position: newest, skip: 0 } : readCursor(after);
}

function requireKept({ position }: Cursor, fits: boolean, { oldest, newest }: Kept): void {
  if (position >= oldest && position <= newest && fits) return;
  throw new RollcallError(
    'feed_cursor_expired',
    position < oldest
      ? 'after: what followed this cursor is not kept any more. Begin anew without `after`, and drop from your copy what is not told then.'
      : 'after: this cursor is of a later state than the database has, which was restored from an earlier state. Begin anew without `after`, and drop from your copy what is not told then.',
  );
}

/** Ends early when nobody needs the answer. */
async function pause(milliseconds: number, ended: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal: ended });
  } catch (error) {
    if (!ended.aborted) throw error;
  }
}

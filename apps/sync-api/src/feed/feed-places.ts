import { Inject, Injectable } from '@nestjs/common';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { inTransaction, only } from '../engine/sql-session';
import { KEPT, LOCK_PLACES, PLACE, PLACED_AT_ONCE, trimFeedSql, UNPLACED } from './sql/place';

/** Days that the feed is kept. */
export const FEED_DAYS = 30;

/** Rows that one transaction deletes at most. */
const CHUNK = 20_000;

/** Positions of the feed: the last one that was trimmed, and the last one that was given. */
export interface Kept {
  oldest: number;
  newest: number;
}

/**
 * Gives rows of the feed their positions. Numbers that writers take themselves become visible out of order: a reader who saw 10
 * may find 9 later, or never. Here a row gets its number once it is committed, by whoever reads next, one at a time.
 */
@Injectable()
export class FeedPlaces {
  constructor(@Inject(PG_POOL) private readonly pool: Pool) {}

  /** Every row that is committed by now has its position. */
  async settle(): Promise<Kept> {
    const { rows } = await this.pool.query<{ unplaced: boolean }>(UNPLACED);
    if (only(rows).unplaced) while ((await this.place()) === PLACED_AT_ONCE);
    return this.kept();
  }

  async kept(): Promise<Kept> {
    return only((await this.pool.query<Kept>(KEPT)).rows);
  }

  /** Deletes what is older than it is kept. Returns how many rows. */
  async trim(): Promise<number> {
    // What nobody has read yet counts as well: somebody may hold a cursor from before.
    await this.settle();
    for (let total = 0; ;) {
      const gone = await inTransaction(this.pool, { prepared: false }, async (sql) => {
        return (await sql.query(trimFeedSql(CHUNK), [FEED_DAYS])).length;
      });
      total += gone;
      if (gone < CHUNK) return total;
    }
  }

  private place(): Promise<number> {
    return inTransaction(this.pool, { prepared: false }, async (sql) => {
      await sql.query(LOCK_PLACES);
      return (await sql.query(PLACE)).length;
    });
  }
}

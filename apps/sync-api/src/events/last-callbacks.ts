import { Inject, Injectable } from '@nestjs/common';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';

/** The address is open to everybody, and a vendor may call a thousand times a second: not every call is written down. */
const APART_MS = 5_000;

/** $1 source. */
const TAKEN = `
  insert into callbacks (source_id, taken_at) values ($1, clock_timestamp())
  on conflict (source_id) do update set taken_at = excluded.taken_at`;

/** $1 source, $2 why. */
const REFUSED = `
  insert into callbacks (source_id, refused_at, refused_reason) values ($1, clock_timestamp(), $2)
  on conflict (source_id) do update set refused_at = excluded.refused_at, refused_reason = excluded.refused_reason`;

/** Keeps when a source was last called by its vendor, and why a call was refused, to some seconds. */
@Injectable()
export class LastCallbacks {
  /** Source and outcome → when it was written down. */
  private readonly written = new Map<string, number>();

  constructor(@Inject(PG_POOL) private readonly pool: Pool) {}

  async taken(sourceId: number): Promise<void> {
    if (this.isDue(`${sourceId} taken`)) await this.pool.query(TAKEN, [sourceId]);
  }

  async refused(sourceId: number, reason: string): Promise<void> {
    if (this.isDue(`${sourceId} refused`)) await this.pool.query(REFUSED, [sourceId, reason]);
  }

  private isDue(what: string): boolean {
    const now = Date.now();
    if (now - (this.written.get(what) ?? 0) < APART_MS) return false;
    this.written.set(what, now);
    return true;
  }
}

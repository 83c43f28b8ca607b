import { Inject, Injectable } from '@nestjs/common';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { Report } from '../engine/report';
import { inTransaction } from '../engine/sql-session';
import type { TaskRow } from './task-row';

const KEPT_DAYS = 7;

/** Rule 18: the plan of a preview is of no use after a week; then it is cancelled, and its staging dropped. */
@Injectable()
export class PreviewExpiryService {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly report: Report,
  ) {}

  /** Cancels previews that are old enough; returns how many. */
  async expire(): Promise<number> {
    return inTransaction(this.pool, { prepared: false }, async (sql) => {
      const expired = await sql.query<TaskRow>(
        `select * from tasks
         where status = 'held' and held_reason = 'preview' and finished_at < now() - make_interval(days => $1)
         order by id for update skip locked`,
        [KEPT_DAYS],
      );
      for (const task of expired) {
        await this.report.cancel(sql, task, [{ code: 'preview_expired', values: { days: KEPT_DAYS } }]);
      }
      return expired.length;
    });
  }
}

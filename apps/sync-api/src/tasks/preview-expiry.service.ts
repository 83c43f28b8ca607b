import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Config } from '../config';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { Report } from '../engine/report';
import { inTransaction } from '../engine/sql-session';
import type { TaskRow } from './task-row';

const KEPT_DAYS = 7;
const EVERY_MS = 60 * 60 * 1000;

/** Rule 18: the plan of a preview is of no use after a week; then it is cancelled, and its staging dropped. */
@Injectable()
export class PreviewExpiryService {
  private readonly logger = new Logger(PreviewExpiryService.name);

  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly config: Config,
    private readonly report: Report,
  ) {}

  @Interval(EVERY_MS)
  async onInterval(): Promise<void> {
    if (!this.config.runsTasks) return;
    try {
      await this.expire();
    } catch (error) {
      this.logger.error({ err: error }, 'Old previews could not be cancelled; it is tried again in an hour');
    }
  }

  /** Cancels previews that are old enough. */
  async expire(): Promise<void> {
    await inTransaction(this.pool, { prepared: false }, async (sql) => {
      const expired = await sql.query<TaskRow>(
        `select * from tasks
         where status = 'held' and held_reason = 'preview' and finished_at < now() - make_interval(days => $1)
         order by id for update skip locked`,
        [KEPT_DAYS],
      );
      for (const task of expired) {
        await this.report.cancel(sql, task, [{ code: 'preview_expired', values: { days: KEPT_DAYS } }]);
      }
    });
  }
}

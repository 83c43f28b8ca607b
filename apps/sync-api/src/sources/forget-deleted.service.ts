import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../config';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { inTransaction } from '../engine/sql-session';

const KEPT_DAYS = 30;
const INTERVAL_MS = 60 * 60 * 1000;

const CLAIM = `
  update sources set forgotten_at = now()
  where id in (
    select id from sources
    where forgotten_at is null and deleted_at < now() - make_interval(days => $1)
    for update skip locked
  )
  returning id`;

/** What a deleted source said is kept for 30 days, for a new source of the same name and type; then it is forgotten. */
@Injectable()
export class ForgetDeletedService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(ForgetDeletedService.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.runsTasks) return;
    this.timer = setInterval(() => {
      this.running = this.forget().then(
        () => undefined,
        (error: unknown) => this.logger.error({ err: error }, 'Forgetting deleted sources failed; it is tried again'),
      );
    }, INTERVAL_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Removes records and links of sources that were deleted long enough ago. People stay. Returns the sources' ids. */
  async forget(): Promise<number[]> {
    return inTransaction(this.pool, { prepared: false }, async (sql) => {
      const ids = (await sql.query<{ id: number }>(CLAIM, [KEPT_DAYS])).map(({ id }) => id);
      if (ids.length === 0) return ids;
      await sql.query('delete from waiting_references where source_id = any ($1)', [ids]);
      await sql.query('delete from links l using records r where r.id = l.record_id and r.source_id = any ($1)', [ids]);
      await sql.query('delete from records where source_id = any ($1)', [ids]);
      return ids;
    });
  }
}

import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../config';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { Idempotency } from '../push/idempotency';
import { SnapshotExpiry } from '../snapshots/snapshot-expiry';
import { ForgetDeletedService } from '../sources/forget-deleted.service';
import { PreviewExpiryService } from '../tasks/preview-expiry.service';
import { PurgeSchedule } from './purge-schedule';
import { Trimmer } from './trimmer';

const HOUR = 3_600_000;
const FIRST_AFTER = 60_000;

/** Held by the one process of the cluster that tidies up. The number is one that no other advisory lock uses. */
const LOCK = 7301003;

/** Nothing grows for ever: every hour one worker process removes what is older than its retention. */
@Injectable()
export class RetentionService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(RetentionService.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private readonly chores: readonly (readonly [string, () => Promise<number>])[];

  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly config: Config,
    trimmer: Trimmer,
    forgetting: ForgetDeletedService,
    purges: PurgeSchedule,
    snapshots: SnapshotExpiry,
    previews: PreviewExpiryService,
    idempotency: Idempotency,
  ) {
    this.chores = [
      ['deleted sources', async () => (await forgetting.forget()).length],
      ['tasks', () => trimmer.tasks()],
      ['staging', () => trimmer.staging()],
      ['snapshots', () => snapshots.expire()],
      ['previews', () => previews.expire()],
      ['answers under idempotency keys', () => idempotency.forget()],
      ['hints of disabled sources', () => trimmer.hints()],
      ['audit entries', () => trimmer.audit()],
      ['values that hands changed', () => trimmer.handEdits()],
      ['what undos put back', () => trimmer.takenBack()],
      ['feed', () => trimmer.feed()],
      ['purges begun', () => purges.begin()],
    ];
  }

  onApplicationBootstrap(): void {
    if (!this.config.runsTasks) return;
    const next = (delay: number): void => {
      this.timer = setTimeout(() => {
        this.running = this.tidy().finally(() => next(HOUR));
      }, delay).unref();
    };
    next(FIRST_AFTER);
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.timer);
    await this.running;
    clearTimeout(this.timer);
  }

  /** Does every chore, unless another process is at it. One that fails does not stop the others; it comes again. */
  async tidy(): Promise<void> {
    try {
      await this.alone(async () => {
        for (const [what, chore] of this.chores) await this.run(what, chore);
      });
    } catch (error) {
      this.logger.warn({ err: error }, 'Removing what is too old could not begin; it is tried again in an hour');
    }
  }

  private async run(what: string, chore: () => Promise<number>): Promise<void> {
    try {
      const n = await chore();
      if (n > 0) this.logger.log({ what, n }, 'Removed what was too old');
    } catch (error) {
      this.logger.error({ err: error, what }, 'Removing what is too old failed; it is tried again in an hour');
    }
  }

  /** The lock hangs on a connection of its own, so that it ends with the process, however that ends. */
  private async alone(work: () => Promise<void>): Promise<void> {
    const client = await this.pool.connect();
    let broken = false;
    try {
      const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [LOCK]);
      if (!rows[0]?.locked) return;
      try {
        await work();
      } finally {
        await client.query('select pg_advisory_unlock($1)', [LOCK]);
      }
    } catch (error) {
      broken = true;
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

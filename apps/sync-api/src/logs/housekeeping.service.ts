import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../config';
import { removeOldLogFiles } from './log-files';
import { RawArchive } from './raw-archive';

const HOUR = 3_600_000;

/** Removes raw records and log files that are older than the retention. Processes that share a home may all do it. */
@Injectable()
export class HousekeepingService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(HousekeepingService.name);
  private timer: NodeJS.Timeout | undefined;
  private current: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: Config,
    private readonly archive: RawArchive,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.start(), HOUR).unref();
    this.start();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.current;
  }

  private start(): void {
    this.current = this.tidy();
  }

  private async tidy(): Promise<void> {
    try {
      await this.archive.removeOlderThan(this.config.rawRetentionDays);
      await removeOldLogFiles(this.config.logDirectory, this.config.rawRetentionDays);
    } catch (error) {
      this.logger.warn({ err: error }, 'Old files could not be removed; trying again in an hour');
    }
  }
}

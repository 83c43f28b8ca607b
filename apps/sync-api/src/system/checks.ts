import { Inject, Injectable, Logger } from '@nestjs/common';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { AdapterHealth } from '../health/adapter-health';
import { RedisConnection } from '../health/redis-connection';
import { withinTime } from '../health/within-time';
import { TaskQueue } from '../queue/task-queue';
import type { ChecksView, ServerCheckView, WorkerCheckView } from './system.dto';

/** Looks at what the service needs. What is down is an answer here, and its reason a line in the log. */
@Injectable()
export class Checks {
  private readonly logger = new Logger(Checks.name);

  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly redis: RedisConnection,
    private readonly queue: TaskQueue,
    private readonly adapters: AdapterHealth,
  ) {}

  async read(): Promise<ChecksView> {
    const [postgres, redis, workers, missing] = await Promise.all([
      this.server('Postgres', () => this.postgresVersion()),
      this.server('Redis', () => this.redis.version()),
      this.workers(),
      this.adapters.missing(),
    ]);
    return { postgres, redis, workers, adapters: { loaded: this.adapters.loaded, missing } };
  }

  private async postgresVersion(): Promise<string | null> {
    const { rows } = await this.pool.query<{ server_version: string }>('show server_version');
    // Packagers add their own words behind the number.
    return rows[0]?.server_version.split(' ')[0] ?? null;
  }

  private async server(name: string, ask: () => Promise<string | null>): Promise<ServerCheckView> {
    const began = performance.now();
    try {
      const version = await withinTime(ask());
      return { status: 'up', ms: Math.round((performance.now() - began) * 10) / 10, version };
    } catch (error) {
      this.logger.warn({ err: error }, `${name} did not answer`);
      return { status: 'down', ms: null, version: null };
    }
  }

  private async workers(): Promise<WorkerCheckView> {
    try {
      const processes = await withinTime(this.queue.workers());
      if (processes === null) return { status: 'unknown', processes };
      return { status: processes > 0 ? 'up' : 'down', processes };
    } catch (error) {
      this.logger.warn({ err: error }, 'Redis did not say who works');
      return { status: 'unknown', processes: null };
    }
  }
}

import { Controller, Get, Header, Inject, ServiceUnavailableException } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheckService, HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { RollcallError } from '@rollcall/core';
import { Access } from '../auth/access';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { only } from '../engine/sql-session';
import { AdapterHealth } from './adapter-health';
import { type CheckView, LiveView, ReadyView } from './health.dto';
import { RedisConnection } from './redis-connection';
import { withinTime } from './within-time';

/** Whether the first start is over: before that, a script that signs in is refused. */
const HAS_ADMIN = 'select exists (select from admins) as there';

/** For whatever keeps the process running and sends it requests. */
@ApiTags('Operation')
@Controller('health')
@Access('public')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly redis: RedisConnection,
    private readonly adapters: AdapterHealth,
  ) {}

  @Get('live')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Whether the process answers at all' })
  @ApiOkResponse({ type: LiveView })
  live(): LiveView {
    return { status: 'ok' };
  }

  @Get('ready')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'Whether Postgres, Redis, the adapters and the first admin are there',
    description: '503 when one is not. From the first 200 on somebody can sign in.',
  })
  @ApiOkResponse({ type: ReadyView })
  async ready(): Promise<ReadyView> {
    try {
      const { details } = await this.health.check([
        () => this.check('postgres', () => this.pool.query('select 1')),
        () => this.check('redis', () => this.redis.ping()),
        () => this.loadedAdapters(),
        () => this.firstAdmin(),
      ]);
      return { status: 'ok', checks: details as Record<string, CheckView> };
    } catch (error) {
      if (error instanceof ServiceUnavailableException) throw notReady(error);
      throw error;
    }
  }

  private async check(name: string, attempt: () => Promise<unknown>): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(name);
    try {
      await withinTime(attempt());
      return indicator.up();
    } catch (error) {
      return indicator.down({ message: error instanceof Error ? error.message : String(error) });
    }
  }

  private async firstAdmin(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('admin');
    try {
      const { rows } = await withinTime(this.pool.query<{ there: boolean }>(HAS_ADMIN));
      return only(rows).there ? indicator.up() : indicator.down();
    } catch {
      // That Postgres is away is said by its own check.
      return indicator.up();
    }
  }

  /** Never down: those that could not be loaded stop the boot, or were told not to matter. */
  private async loadedAdapters(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('adapters');
    const { loaded } = this.adapters;
    try {
      return indicator.up({ loaded, missing: (await withinTime(this.adapters.missing())).length });
    } catch {
      // That Postgres is away is said by its own check.
      return indicator.up({ loaded, missing: this.adapters.unavailable().length });
    }
  }
}

/** What is wrong with a check that is down. */
const problemOf = (name: string): string => (name === 'admin' ? 'is not made yet' : 'cannot be reached');

/** What is down, without the reasons: they name hosts, and anybody may ask. Terminus logs them. */
function notReady(error: ServiceUnavailableException): RollcallError {
  const answer = error.getResponse() as { error?: Record<string, unknown> };
  const down = Object.keys(answer.error ?? {});
  return new RollcallError(
    'unavailable',
    `Not ready: ${down.map((name) => `${name} ${problemOf(name)}`).join(', ')}.`,
    {
      cause: error,
      errors: down.map((name) => ({ pointer: `/checks/${name}`, code: 'down', message: problemOf(name) })),
    },
  );
}

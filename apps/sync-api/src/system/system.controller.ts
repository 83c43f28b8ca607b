import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CONTRACT_VERSION } from '@rollcall/core';
import { Access } from '../auth/access';
import { Config } from '../config';
import { ROLLCALL_VERSION } from '../version';
import { Checks } from './checks';
import { SystemQuery, SystemView } from './system.dto';
import { TaskDays } from './task-days';
import { TaskQueueDepth } from './task-queue-depth';

@ApiTags('Operation')
@Controller('system')
@Access('read')
export class SystemController {
  constructor(
    private readonly checks: Checks,
    private readonly depth: TaskQueueDepth,
    private readonly days: TaskDays,
    private readonly config: Config,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'How the service is: what it needs, what there is to do, the last 30 days',
    description: 'Answers 200 also when something is down; `GET /api/health/ready` is for probes.',
  })
  @ApiOkResponse({ type: SystemView })
  async read(@Query() { timeZone }: SystemQuery): Promise<SystemView> {
    const [checks, queue, days] = await Promise.all([this.checks.read(), this.depth.read(), this.days.read(timeZone)]);
    return {
      checks,
      queue,
      versions: { rollcall: ROLLCALL_VERSION, node: process.versions.node, contract: CONTRACT_VERSION },
      process: {
        role: this.config.role,
        startedAt: new Date(performance.timeOrigin),
        memory: process.memoryUsage.rss(),
      },
      days,
    };
  }
}

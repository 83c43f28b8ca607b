import { Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module';
import { Checks } from './checks';
import { SystemController } from './system.controller';
import { TaskDays } from './task-days';
import { TaskQueueDepth } from './task-queue-depth';

/** How the service is, for the admins who look at its page. */
@Module({
  imports: [HealthModule],
  controllers: [SystemController],
  providers: [Checks, TaskDays, TaskQueueDepth],
})
export class SystemModule {}

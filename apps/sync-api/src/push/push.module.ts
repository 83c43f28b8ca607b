import { Module } from '@nestjs/common';
import { EngineModule } from '../engine/engine.module';
import { LogsModule } from '../logs/logs.module';
import { SourcesModule } from '../sources/sources.module';
import { TasksModule } from '../tasks/tasks.module';
import { Idempotency } from './idempotency';
import { PushController } from './push.controller';
import { PushIntake } from './push-intake';
import { PushSources } from './push-sources';
import { PushService } from './push.service';

/** The push API. */
@Module({
  imports: [EngineModule, LogsModule, SourcesModule, TasksModule],
  controllers: [PushController],
  providers: [PushService, PushIntake, PushSources, Idempotency],
  exports: [Idempotency, PushIntake, PushSources],
})
export class PushModule {}

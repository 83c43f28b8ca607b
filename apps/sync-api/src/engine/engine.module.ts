import { Module } from '@nestjs/common';
import { LogsModule } from '../logs/logs.module';
import { SourcesModule } from '../sources/sources.module';
import { TaskStore } from '../tasks/task-store';
import { Spine } from './spine';
import { TargetReadings } from './target-readings';

/** The six steps. */
@Module({
  imports: [SourcesModule, LogsModule],
  providers: [Spine, TargetReadings, TaskStore],
  exports: [Spine, TargetReadings, TaskStore],
})
export class EngineModule {}

import { Module } from '@nestjs/common';
import { LogsModule } from '../logs/logs.module';
import { SourcesModule } from '../sources/sources.module';
import { TaskLeases } from '../tasks/task-leases';
import { TaskStore } from '../tasks/task-store';
import { Purger } from './purge';
import { QueuedRuns } from './queued-runs';
import { Report } from './report';
import { SmallRuns } from './small-runs';
import { SourceReader } from './source-reader';
import { Spine } from './spine';
import { TargetOptions } from '../targets/target-options';
import { TargetReadings } from './target-readings';

/** The six steps. */
@Module({
  imports: [SourcesModule, LogsModule],
  providers: [
    Spine,
    SmallRuns,
    QueuedRuns,
    SourceReader,
    Report,
    Purger,
    TargetReadings,
    TargetOptions,
    TaskStore,
    TaskLeases,
  ],
  exports: [Spine, Purger, SmallRuns, Report, TargetReadings, TargetOptions, TaskStore, TaskLeases],
})
export class EngineModule {}

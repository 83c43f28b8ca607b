import { Module } from '@nestjs/common';
import { EngineModule } from '../engine/engine.module';
import { FeedModule } from '../feed/feed.module';
import { PushModule } from '../push/push.module';
import { SnapshotsModule } from '../snapshots/snapshots.module';
import { SourcesModule } from '../sources/sources.module';
import { TasksModule } from '../tasks/tasks.module';
import { PurgeSchedule } from './purge-schedule';
import { RetentionService } from './retention.service';
import { Trimmer } from './trimmer';

/** What goes when it is old enough: tasks, changes, staging, previews, the audit, deleted sources, deleted people. */
@Module({
  imports: [EngineModule, FeedModule, PushModule, SnapshotsModule, SourcesModule, TasksModule],
  providers: [RetentionService, Trimmer, PurgeSchedule],
})
export class RetentionModule {}

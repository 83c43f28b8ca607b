import { Module } from '@nestjs/common';
import { EngineModule } from '../engine/engine.module';
import { FeedModule } from '../feed/feed.module';
import { SnapshotsModule } from '../snapshots/snapshots.module';
import { SourcesModule } from '../sources/sources.module';
import { PurgeSchedule } from './purge-schedule';
import { RetentionService } from './retention.service';
import { Trimmer } from './trimmer';

/** What goes when it is old enough: tasks, changes, staging, the audit, deleted sources, deleted people. */
@Module({
  imports: [EngineModule, FeedModule, SnapshotsModule, SourcesModule],
  providers: [RetentionService, Trimmer, PurgeSchedule],
})
export class RetentionModule {}

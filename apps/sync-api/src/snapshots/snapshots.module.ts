import { Module } from '@nestjs/common';
import { EngineModule } from '../engine/engine.module';
import { LogsModule } from '../logs/logs.module';
import { PushModule } from '../push/push.module';
import { SourcesModule } from '../sources/sources.module';
import { TasksModule } from '../tasks/tasks.module';
import { SnapshotExpiry } from './snapshot-expiry';
import { SnapshotStore } from './snapshot-store';
import { SnapshotsController } from './snapshots.controller';
import { SnapshotsService } from './snapshots.service';

/** Complete reads that arrive in many requests. */
@Module({
  imports: [EngineModule, LogsModule, PushModule, SourcesModule, TasksModule],
  controllers: [SnapshotsController],
  providers: [SnapshotsService, SnapshotStore, SnapshotExpiry],
  exports: [SnapshotExpiry],
})
export class SnapshotsModule {}

import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { EngineModule } from '../engine/engine.module';
import { SourcesModule } from '../sources/sources.module';
import { ChangeReader } from './change-reader';
import { PreviewExpiryService } from './preview-expiry.service';
import { SourceDeletionController } from './source-deletion.controller';
import { SourceDeletion } from './source-deletion.service';
import { RecordTasks } from './record-tasks';
import { TaskActions } from './task-actions';
import { TaskEvents } from './task-events';
import { TaskReader } from './task-reader';
import { TaskStream } from './task-stream';
import { TasksController } from './tasks.controller';
import { UndoTasks } from './undo-tasks';

/** Tasks as admins and scripts see them. */
@Module({
  imports: [AuthModule, EngineModule, SourcesModule],
  controllers: [TasksController, SourceDeletionController],
  providers: [
    TaskReader,
    ChangeReader,
    TaskActions,
    UndoTasks,
    RecordTasks,
    SourceDeletion,
    TaskEvents,
    TaskStream,
    PreviewExpiryService,
  ],
  exports: [PreviewExpiryService, RecordTasks, TaskReader, TaskEvents],
})
export class TasksModule {}

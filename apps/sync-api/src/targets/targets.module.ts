import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EngineModule } from '../engine/engine.module';
import { ReloadedTargets } from './reloaded-targets';
import { TargetBacklogService } from './target-backlog.service';
import { TargetCheckService } from './target-check.service';
import { TargetEditorService } from './target-editor.service';
import { TargetListService } from './target-list.service';
import { TargetTasks } from './target-tasks.service';
import { Target } from './target.entity';
import { TargetsController } from './targets.controller';
import { TargetsService } from './targets.service';

/** Where records are applied. */
@Module({
  imports: [TypeOrmModule.forFeature([Target]), EngineModule],
  controllers: [TargetsController],
  providers: [
    ReloadedTargets,
    TargetBacklogService,
    TargetCheckService,
    TargetEditorService,
    TargetListService,
    TargetTasks,
    TargetsService,
  ],
})
export class TargetsModule {}

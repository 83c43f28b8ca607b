import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConnectionCheckService } from './connection-check.service';
import { ForgetDeletedService } from './forget-deleted.service';
import { SourceEditorService } from './source-editor.service';
import { SourceListService } from './source-list.service';
import { SourceOptions } from './source-options';
import { Source } from './source.entity';
import { SourcesController } from './sources.controller';
import { SourcesService } from './sources.service';

/** Configured source adapters: who may say what about people. */
@Module({
  imports: [TypeOrmModule.forFeature([Source])],
  controllers: [SourcesController],
  providers: [
    ConnectionCheckService,
    ForgetDeletedService,
    SourceEditorService,
    SourceListService,
    SourceOptions,
    SourcesService,
  ],
  exports: [ForgetDeletedService, SourcesService],
})
export class SourcesModule {}

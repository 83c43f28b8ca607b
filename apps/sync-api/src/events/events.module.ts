import { Module } from '@nestjs/common';
import { SourcesModule } from '../sources/sources.module';
import { CallbacksController } from './callbacks.controller';
import { CallbacksService } from './callbacks.service';
import { HintStore } from './hint-store';
import { LastCallbacks } from './last-callbacks';

/** What vendors send by themselves. */
@Module({
  imports: [SourcesModule],
  controllers: [CallbacksController],
  providers: [CallbacksService, HintStore, LastCallbacks],
})
export class EventsModule {}

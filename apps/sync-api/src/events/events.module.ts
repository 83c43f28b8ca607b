import { Module } from '@nestjs/common';
import { QueueModule } from '../queue/queue.module';
import { SourcesModule } from '../sources/sources.module';
import { CallbacksController } from './callbacks.controller';
import { CallbacksService } from './callbacks.service';

/** What vendors send by themselves. */
@Module({
  imports: [SourcesModule, QueueModule],
  controllers: [CallbacksController],
  providers: [CallbacksService],
})
export class EventsModule {}

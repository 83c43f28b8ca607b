import { BullModule } from '@nestjs/bull';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { Redis } from 'ioredis';
import { Config } from '../config';
import { EngineModule } from '../engine/engine.module';
import { Sweeper } from './sweeper';
import { TASK_QUEUE, TaskQueue } from './task-queue';
import { TaskProcessor } from './task.processor';

/** Bull stays in this folder. A process that only serves the API puts jobs in and takes none out. */
@Global()
@Module({})
export class QueueModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: QueueModule,
      imports: [
        EngineModule,
        ScheduleModule.forRoot(),
        BullModule.forRootAsync({
          inject: [Config],
          useFactory: ({ redisUrl }: Config) => ({
            prefix: 'rollcall',
            // Bull waits on some of its connections, so a command may outlive a reconnect.
            createClient: (_type, options) =>
              new Redis(redisUrl, { ...options, maxRetriesPerRequest: null, enableReadyCheck: false }),
          }),
        }),
        BullModule.registerQueue({
          name: TASK_QUEUE,
          // The lease in Postgres says who works on a task; Bull's own lock only has to outlive a busy event loop.
          settings: { lockDuration: 60_000, stalledInterval: 30_000, maxStalledCount: 1_000 },
        }),
      ],
      providers: [TaskQueue, ...(config.runsTasks ? [TaskProcessor, Sweeper] : [])],
      exports: [TaskQueue],
    };
  }
}

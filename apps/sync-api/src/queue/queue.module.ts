import { BullModule } from '@nestjs/bull';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { Redis, type RedisOptions } from 'ioredis';
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
            redis: connectionOptions(redisUrl),
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

/**
 * What Bull makes its connections from. It gets options, not a `createClient`: it closes only the connections that it
 * made itself. Bull waits on some of them, so a command may outlive a reconnect.
 */
function connectionOptions(redisUrl: string): RedisOptions {
  // Not connected: it only reads the address, which may be a socket's.
  const { host, port, path, db, username, password, tls } = new Redis(redisUrl, { lazyConnect: true }).options;
  const address = { host, port, path, db, username, password, tls };
  const given = Object.fromEntries(Object.entries(address).filter(([, value]) => Boolean(value)));
  return { ...given, maxRetriesPerRequest: null, enableReadyCheck: false };
}

import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '../config';
import { EngineModule } from '../engine/engine.module';
import { Scheduler } from './scheduler';

/** Schedules are carried out by the processes that run tasks. */
@Module({})
export class SchedulesModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: SchedulesModule,
      imports: [EngineModule],
      providers: config.runsTasks ? [Scheduler] : [],
    };
  }
}

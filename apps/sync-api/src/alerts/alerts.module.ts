import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Config } from '../config';
import { AlertOutbox } from './alert-outbox';
import { AlertSender } from './alert-sender';

/** Tells somebody outside what needs a person. Every process may write an alert; those that run tasks deliver them. */
@Global()
@Module({})
export class AlertsModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AlertsModule,
      providers: [AlertOutbox, ...(config.runsTasks ? [AlertSender] : [])],
      exports: [AlertOutbox],
    };
  }
}

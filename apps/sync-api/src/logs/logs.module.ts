import { Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { logger } from './logger';

/** Nest's logger writes to ours; requests are logged by `request-log.ts`, before Nest sees them. */
@Module({
  imports: [LoggerModule.forRoot({ pinoHttp: { logger }, useExisting: true, forRoutes: [] })],
})
export class LogsModule {}

import { Global, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { HousekeepingService } from './housekeeping.service';
import { logger } from './logger';
import { RawArchive } from './raw-archive';
import { TaskFilesController } from './task-files.controller';
import { TaskLog } from './task-log';

/**
 * The system log and the raw records. Nest's logger writes to ours; requests are logged by `request-log.ts`, before
 * Nest sees them.
 */
@Global()
@Module({
  imports: [LoggerModule.forRoot({ pinoHttp: { logger }, useExisting: true, forRoutes: [] })],
  controllers: [TaskFilesController],
  providers: [RawArchive, TaskLog, HousekeepingService],
  exports: [RawArchive],
})
export class LogsModule {}

import { type DynamicModule, Module } from '@nestjs/common';
import { AdaptersModule } from './adapters/adapters.module';
import { AlertsModule } from './alerts/alerts.module';
import { AuditModule } from './audit/audit.module';
import { AuthModule } from './auth/auth.module';
import type { Config } from './config';
import { ConfigModule } from './config.module';
import { DatabaseModule } from './database/database.module';
import { DirectoryModule } from './directory/directory.module';
import { EngineModule } from './engine/engine.module';
import { EventsModule } from './events/events.module';
import { FeedModule } from './feed/feed.module';
import { HealthModule } from './health/health.module';
import { HttpModule } from './http/http.module';
import { LogsModule } from './logs/logs.module';
import { PushModule } from './push/push.module';
import { QueueModule } from './queue/queue.module';
import { RetentionModule } from './retention/retention.module';
import { SchedulesModule } from './schedules/schedules.module';
import { SecretsModule } from './secrets/secrets.module';
import { SnapshotsModule } from './snapshots/snapshots.module';
import { SourcesModule } from './sources/sources.module';
import { SystemModule } from './system/system.module';
import { TargetsModule } from './targets/targets.module';
import { TasksModule } from './tasks/tasks.module';

/** The whole service. Every folder is one module; this is where they meet. */
@Module({})
export class AppModule {
  static async forRoot(config: Config): Promise<DynamicModule> {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        LogsModule,
        await AdaptersModule.forRoot(config),
        DatabaseModule,
        SecretsModule,
        AlertsModule.forRoot(config),
        HttpModule,
        AuditModule,
        AuthModule,
        SourcesModule,
        TargetsModule,
        EngineModule,
        QueueModule.forRoot(config),
        SchedulesModule.forRoot(config),
        TasksModule,
        PushModule,
        SnapshotsModule,
        EventsModule,
        DirectoryModule,
        FeedModule,
        RetentionModule,
        HealthModule,
        SystemModule,
      ],
    };
  }
}

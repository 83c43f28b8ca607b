import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { AdapterHealth } from './adapter-health';
import { HealthController } from './health.controller';
import { Metrics } from './metrics';
import { MetricsController } from './metrics.controller';
import { RedisConnection } from './redis-connection';

/** How the service is, for probes and for Prometheus. */
@Module({
  imports: [TerminusModule.forRoot({ errorLogStyle: 'json' })],
  controllers: [HealthController, MetricsController],
  providers: [Metrics, RedisConnection, AdapterHealth],
  exports: [RedisConnection, AdapterHealth],
})
export class HealthModule {}

import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule, getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Config } from '../config';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { dataSourceOptions } from './data-source';
import { migrate } from './migrate';
import { keyPool, type Pool } from './postgres';
import { KEY_POOL, PG_POOL } from './pg-pool';

/** One connection pool for TypeORM and for the engine's own SQL; migrations run at boot, one process at a time. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Config, AdapterRegistry],
      useFactory: (config: Config, registry: AdapterRegistry) =>
        dataSourceOptions(config.databaseUrl, registry.targets()),
      dataSourceFactory: (options) => migrate(options),
    }),
  ],
  providers: [
    {
      provide: PG_POOL,
      inject: [getDataSourceToken()],
      useFactory: (dataSource: DataSource): Pool => (dataSource.driver as unknown as { master: Pool }).master,
    },
    {
      provide: KEY_POOL,
      inject: [Config, getDataSourceToken()],
      useFactory: ({ databaseUrl }: Config): Pool => keyPool(databaseUrl),
    },
  ],
  exports: [PG_POOL, KEY_POOL],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(KEY_POOL) private readonly keyPool: Pool) {}

  async onApplicationShutdown(): Promise<void> {
    await this.keyPool.end();
  }
}

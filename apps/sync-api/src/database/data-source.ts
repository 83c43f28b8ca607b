import { isRemoteTarget, type TargetAdapter } from '@rollcall/core';
import type { DataSourceOptions } from 'typeorm';
import { ENTITIES } from './entities';
import { MIGRATIONS } from './migrations';
import { type PoolClient, SESSION_SETUP, setUpConnection } from './postgres';

/** Options of the one data source: the app's own entities and migrations and those of every target package. */
export function dataSourceOptions(url: string, targets: readonly TargetAdapter[]): DataSourceOptions {
  const tables = targets.flatMap((target) => (isRemoteTarget(target) ? [] : [target.tables]));
  return {
    type: 'postgres',
    url,
    applicationName: 'rollcall',
    entities: [...ENTITIES, ...tables.flatMap(({ entities }) => entities)],
    migrations: [...MIGRATIONS, ...tables.flatMap(({ migrations }) => migrations)],
    migrationsTransactionMode: 'each',
    synchronize: false,
    // The pool waits for `onConnect` before it hands the connection out.
    extra: { max: 12, onConnect: (client: PoolClient) => setUpConnection(client, SESSION_SETUP) },
  };
}

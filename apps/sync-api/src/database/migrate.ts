import { DataSource, type DataSourceOptions } from 'typeorm';

/** Any number that only this use of advisory locks has. */
const MIGRATION_LOCK = 7_301_001;

/** Connects and brings the schema up to date. Processes that start at once wait for each other. */
export async function migrate(options: DataSourceOptions | undefined): Promise<DataSource> {
  if (!options) throw new Error('TypeORM was given no options.');
  const dataSource = await new DataSource(options).initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations();
    await lock.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  } finally {
    await lock.release();
  }
  return dataSource;
}

export { type EmbeddedPostgres, type PostgresOptions, findEmbeddedPostgres, startEmbeddedPostgres } from './postgres';
export { type EmbeddedRedis, type RedisOptions, startEmbeddedRedis } from './redis';
export type { RedisKind } from './redis-address';
export { StartError } from './start-error';
export { isRunning } from './processes';
export { keepSecret, readSecret, writeSecret } from './secret-file';

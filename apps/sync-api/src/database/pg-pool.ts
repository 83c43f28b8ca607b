/** Token of the `pg.Pool` that TypeORM and the engine share. */
export const PG_POOL = Symbol('PG_POOL');

/** Token of the `pg.Pool` for small pushes: its connections are set up for lookups by key. */
export const KEY_POOL = Symbol('KEY_POOL');

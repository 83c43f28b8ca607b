/** Token of the `pg.Pool` that TypeORM and the engine share. */
export const PG_POOL = Symbol('PG_POOL');

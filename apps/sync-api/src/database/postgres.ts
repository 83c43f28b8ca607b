import pg from 'pg';

// Ids are bigint in Postgres and stay far below 2^53, so they travel as numbers.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * Runs once on every new connection, before anything else on it. The three temporary tables are what a batch is made
 * of (see `Batch` in @rollcall/core); making them here keeps DDL out of every push.
 */
export const SESSION_SETUP = `
  set temp_buffers = '64MB';
  create temporary table batch (
    record_id bigint not null, source_id bigint not null, data_type text not null, uid text not null,
    position integer, action text not null, resource_id bigint not null, payload jsonb not null, changed text[],
    version integer not null, applied_hash uuid not null
  ) on commit delete rows;
  create temporary table batch_failures (record_id bigint not null, code text not null, field text, message text not null)
    on commit delete rows;
  create temporary table batch_waiting (record_id bigint not null, data_type text not null, uid text not null)
    on commit delete rows;
`;

export type Pool = pg.Pool;
export type PoolClient = pg.PoolClient;

import type { DataType } from '@rollcall/core';
import type { PoolClient } from '../database/postgres';

/** What happened to a user or a department, as the feed calls it. */
export const FEED_ACTIONS = ['created', 'updated', 'disabled', 'deleted', 'restored', 'purged'] as const;
export type FeedAction = (typeof FEED_ACTIONS)[number];

export interface Told {
  dataType: DataType;
  action: FeedAction;
  ids: readonly number[];
}

/** Tells readers of the feed what was done by hand, in the transaction that does it: neither is there without the other. */
export async function tellByHand(client: Pick<PoolClient, 'query'>, { dataType, action, ids }: Told): Promise<void> {
  await client.query(
    `insert into feed (data_type, action, ids, n) values ($1, $2, $3::bigint[], cardinality($3::bigint[]))`,
    [dataType, action, ids],
  );
}

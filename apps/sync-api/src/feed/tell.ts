import type { DataType } from '@rollcall/core';
import type { PoolClient } from '../database/postgres';
import { isShown } from './sql/shown';

/** What happened to a user or a department, as the feed calls it. */
export const FEED_ACTIONS = ['created', 'updated', 'disabled', 'deleted', 'restored', 'purged'] as const;
export type FeedAction = (typeof FEED_ACTIONS)[number];

export interface Told {
  dataType: DataType;
  action: FeedAction;
  ids: readonly number[];
}

const TELL = `
  insert into feed (data_type, action, ids, n)
  select $1, $2, array_agg(id), count(*) from unnest($3::bigint[]) told (id)
  where $2 <> 'updated' or ${isShown('$1', 'told.id')}
  having count(*) > 0`;

/** Tells readers of the feed what was done by hand, in the transaction that does it: neither is there without the other. */
export async function tellByHand(client: Pick<PoolClient, 'query'>, { dataType, action, ids }: Told): Promise<void> {
  await client.query(TELL, [dataType, action, ids]);
}

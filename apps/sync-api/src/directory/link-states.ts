import type { DataType } from '@rollcall/core';
import type { PoolClient } from '../database/postgres';
import { isLinkOf } from './sql/linked-records';

export type LinkState = 'active' | 'disabled' | 'deleted';

/**
 * Tells the engine how a user or a department is: it plans against the state of the links, not against the resource.
 * All links of a resource have the same state.
 *
 * A status set by hand is not told while it is locked: the links then say what the sources want, so that a sync does
 * not try to lift it again and again. It is told when the lock goes, and the next sync brings the two together.
 */
export async function setLinkState(
  client: PoolClient,
  dataType: DataType,
  resourceId: number,
  state: LinkState,
): Promise<void> {
  await client.query(
    `update links k
     set state = $2,
       restored_version = case k.state when 'deleted' then (select version from records r where r.id = k.record_id)
         when 'disabled' then null else k.restored_version end
     where ${isLinkOf(dataType)} and k.resource_id = $1 and k.state <> $2`,
    [resourceId, state],
  );
}

/** A hand enables a user: of their records that left, what policies ask for does not concern them any more while that is locked. */
export async function markBroughtBack(client: PoolClient, userId: number): Promise<void> {
  await client.query(
    `update links k
     set restored_version = r.version
     from records r
     where r.id = k.record_id and r.gone is not null and ${isLinkOf('user')} and k.resource_id = $1`,
    [userId],
  );
}

/** What the sources say about a resource must be applied again although it did not change: a field was unlocked. */
export async function markLinksDirty(client: PoolClient, dataType: DataType, resourceId: number): Promise<void> {
  await client.query(
    `update links k set dirty = true where ${isLinkOf(dataType)} and k.resource_id = $1 and not k.dirty`,
    [resourceId],
  );
}

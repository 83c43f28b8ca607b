import type { PoolClient } from '../database/postgres';
import { RESOURCE_TYPE } from './resource-type';

export type LinkState = 'active' | 'disabled' | 'deleted';
type LinkedTarget = keyof typeof RESOURCE_TYPE;

/**
 * Tells the engine what an admin made of a resource: it plans against the state of the links, not against the
 * resource. All links of a resource have the same state.
 */
export async function setLinkState(
  client: PoolClient,
  target: LinkedTarget,
  resourceId: number,
  state: LinkState,
): Promise<void> {
  await client.query(
    `update links set state = $3
     where target_id = (select id from targets where name = $1) and resource_id = $2 and state <> $3 and data_type = $4`,
    [target, resourceId, state, RESOURCE_TYPE[target]],
  );
}

/** What the sources say about a resource must be applied again although it did not change: a field was unlocked. */
export async function markLinksDirty(client: PoolClient, target: LinkedTarget, resourceId: number): Promise<void> {
  await client.query(
    `update links set dirty = true
     where target_id = (select id from targets where name = $1) and resource_id = $2 and not dirty and data_type = $3`,
    [target, resourceId, RESOURCE_TYPE[target]],
  );
}

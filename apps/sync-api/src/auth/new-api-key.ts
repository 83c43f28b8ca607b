import type { Pool, PoolClient } from '../database/postgres';
import type { Scope } from './caller';
import { newToken, tokenHash } from './tokens';

const PREFIX = 'rck_';
/** Enough to tell keys apart, far too little to guess the rest. */
const HINT_LENGTH = PREFIX.length + 4;

export interface NewApiKey {
  name: string;
  scopes: readonly Scope[];
  sourceId: number | null;
  expiresAt: Date | null;
}

/** Stores a new key. The token is in the answer and nowhere else. */
export async function insertApiKey(client: Pool | PoolClient, key: NewApiKey): Promise<{ id: number; token: string }> {
  const token = newToken(PREFIX);
  const { rows } = await client.query<{ id: number }>(
    `insert into api_keys (name, token_hash, hint, scopes, source_id, expires_at)
     values ($1, $2, $3, $4, $5, $6) returning id`,
    [key.name, tokenHash(token), token.slice(0, HINT_LENGTH), key.scopes, key.sourceId, key.expiresAt],
  );
  const row = rows[0];
  if (!row) throw new Error('Postgres returned no row for a new API key.');
  return { id: row.id, token };
}

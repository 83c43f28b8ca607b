import { RollcallError } from '@rollcall/core';
import type { Pool } from '../database/postgres';
import type { SecretKey } from './secret-key';

const SETTING = 'secret_key_fingerprint';

/** The first key that meets a database stays its key; another one refuses to start. */
export async function claimDatabase(pool: Pool, { fingerprint }: SecretKey): Promise<void> {
  await pool.query('insert into settings (key, value) values ($1, to_jsonb($2::text)) on conflict (key) do nothing', [
    SETTING,
    fingerprint,
  ]);
  const { rows } = await pool.query<{ value: string }>('select value from settings where key = $1', [SETTING]);
  const known = rows[0]?.value;
  if (known === fingerprint) return;
  throw new RollcallError(
    'configuration',
    `ROLLCALL_SECRET_KEY is not the key of this database: its fingerprint is ${fingerprint}, and the secrets here were ` +
      `encrypted with ${known ?? 'none'}. Start with the right key (without ROLLCALL_SECRET_KEY it stands in secret.key ` +
      `in ROLLCALL_HOME). If that key is lost for good, run "delete from settings where key = '${SETTING}'" in the ` +
      'database, start again, and enter the secrets of every source anew.',
  );
}

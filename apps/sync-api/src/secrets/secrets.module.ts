import { Global, Module } from '@nestjs/common';
import { Config } from '../config';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { claimDatabase } from './claim-database';
import { SecretBox } from './secret-box';
import { loadSecretKey } from './secret-key';

/** Encryption of what must not lie readable in the database. */
@Global()
@Module({
  providers: [
    {
      provide: SecretBox,
      inject: [Config, PG_POOL],
      useFactory: async (config: Config, pool: Pool): Promise<SecretBox> => {
        const key = loadSecretKey(config);
        await claimDatabase(pool, key);
        return new SecretBox(key);
      },
    },
  ],
  exports: [SecretBox],
})
export class SecretsModule {}

import { Inject, Injectable } from '@nestjs/common';
import { AuditService, SYSTEM } from '../audit/audit.service';
import { Config } from '../config';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { inTransaction } from '../database/transaction';
import { insertApiKey } from './new-api-key';
import { generatePassword, requirePassword } from './password';
import { hashPassword } from './password-hash';

const FIRST_ADMIN = 'admin';

/** What is shown to whoever starts Rollcall for the first time, and never again. */
export interface FirstStart {
  username: string;
  /** Absent when it came from ROLLCALL_ADMIN_PASSWORD. */
  password?: string;
  /** An API key that pushes into the source `api`. */
  key: string;
}

/** Makes the first admin and a first key, so that the commands that `npm start` prints work as they stand. */
@Injectable()
export class FirstStartService {
  private result: Promise<FirstStart | undefined> | undefined;

  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly config: Config,
    private readonly audit: AuditService,
  ) {}

  /** Undefined when there is an admin already. Asked again in the same process it answers the same. */
  run(): Promise<FirstStart | undefined> {
    return (this.result ??= this.create());
  }

  private async create(): Promise<FirstStart | undefined> {
    const { rows } = await this.pool.query('select 1 from admins limit 1');
    if (rows.length > 0) return undefined;
    const given = this.config.adminPassword;
    if (given !== undefined) await requirePassword(given, { where: 'ROLLCALL_ADMIN_PASSWORD', username: FIRST_ADMIN });
    const password = given ?? generatePassword();
    const hash = await hashPassword(password);
    return inTransaction(this.pool, async (client) => {
      // Processes that start together: the lock lets one of them find the table empty.
      await client.query('lock table admins in exclusive mode');
      const made = await client.query<{ id: number }>(
        `insert into admins (username, role, password_hash)
         select $2, 'admin', $1 where not exists (select from admins) returning id`,
        [hash, FIRST_ADMIN],
      );
      const id = made.rows[0]?.id;
      if (id === undefined) return undefined;
      const source = await client.query<{ id: number }>(`select id from sources where name = 'api'`);
      const key = await insertApiKey(client, {
        name: 'first steps',
        scopes: ['push'],
        sourceId: source.rows[0]?.id ?? null,
        expiresAt: null,
      });
      await this.audit.record(SYSTEM, 'admin.create', `admin:${id}`, { username: FIRST_ADMIN, role: 'admin' }, client);
      await this.audit.record(SYSTEM, 'api_key.create', `api_key:${key.id}`, { name: 'first steps' }, client);
      return { username: FIRST_ADMIN, ...(given === undefined ? { password } : {}), key: key.token };
    });
  }
}

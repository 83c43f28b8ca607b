import { Inject, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { AuditService } from '../audit/audit.service';
import { PG_POOL } from '../database/pg-pool';
import type { Pool, PoolClient } from '../database/postgres';
import { inTransaction } from '../database/transaction';
import type { AdminCaller, AdminRole } from './caller';
import { requirePassword } from './password';
import { hashPassword } from './password-hash';
import type { SignedIn } from './passwords.service';
import { Sessions } from './sessions';
import { newToken, tokenHash } from './tokens';

const VALID_DAYS = 7;

export interface Invitation {
  token: string;
  expiresAt: Date;
}

/** One-time links with which an admin chooses a password: for new accounts, and for forgotten passwords. */
@Injectable()
export class InvitationsService {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly sessions: Sessions,
    private readonly audit: AuditService,
  ) {}

  /** A new link for the account; an earlier one stops working. Undefined when there is no such account. */
  async issue(adminId: number, client: PoolClient): Promise<Invitation | undefined> {
    const token = newToken('');
    const { rows } = await client.query<{ expires_at: Date }>(
      `update admins set invitation_hash = $1, invitation_expires_at = now() + interval '${VALID_DAYS} days'
       where id = $2 returning invitation_expires_at as expires_at`,
      [tokenHash(token), adminId],
    );
    return rows[0] && { token, expiresAt: rows[0].expires_at };
  }

  /** True: there was a link, and it works no more. */
  async withdraw(adminId: number, client: PoolClient): Promise<boolean> {
    const { rowCount } = await client.query(
      `update admins set invitation_hash = null, invitation_expires_at = null
       where id = $1 and invitation_hash is not null`,
      [adminId],
    );
    return rowCount === 1;
  }

  /** Whom a link is for that still works. */
  async find(token: string): Promise<{ username: string }> {
    const { rows } = await this.pool.query<{ username: string }>(
      'select username from admins where invitation_hash = $1 and invitation_expires_at > now()',
      [tokenHash(token)],
    );
    if (!rows[0]) throw notValid();
    return rows[0];
  }

  /** Sets the password and signs in. The link works once. */
  async accept(token: string, password: string): Promise<SignedIn> {
    const { username } = await this.find(token);
    await requirePassword(password, { where: 'password', username });
    const hash = await hashPassword(password);
    const admin = await inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<{ id: number; username: string; role: AdminRole }>(
        `update admins set password_hash = $2, invitation_hash = null, invitation_expires_at = null
         where invitation_hash = $1 and invitation_expires_at > now() returning id, username, role`,
        [tokenHash(token), hash],
      );
      const row = rows[0];
      if (!row) throw notValid();
      await client.query('delete from sessions where admin_id = $1', [row.id]);
      const caller: AdminCaller = { kind: 'admin', adminId: row.id, username: row.username, role: row.role };
      await this.audit.record(caller, 'admin.accept_invitation', `admin:${row.id}`, {}, client);
      return caller;
    });
    const cookie = await this.sessions.open(admin.adminId, hash);
    if (!cookie) throw notValid();
    return { admin, cookie };
  }
}

function notValid(): RollcallError {
  return new RollcallError(
    'not_found',
    'The invitation is not valid: it was used, replaced or is too old. Ask an admin for a new link.',
  );
}

import { Inject, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { AuditService, SYSTEM } from '../audit/audit.service';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { inTransaction } from '../database/transaction';
import { plainRefusal } from '../http/refusals';
import type { AdminCaller, AdminRole } from './caller';
import { requirePassword } from './password';
import { hashPassword, passwordMatches } from './password-hash';
import { Sessions } from './sessions';
import { normalizeUsername } from './username';

interface AdminRow {
  id: number;
  username: string;
  role: AdminRole;
  password_hash: string | null;
}

export interface SignedIn {
  admin: AdminCaller;
  cookie: string;
}

/** Signs admins in and changes their passwords. */
@Injectable()
export class PasswordsService {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly sessions: Sessions,
    private readonly audit: AuditService,
  ) {}

  /** The answer, and the time that it takes, are the same for a wrong password and for an unknown username. */
  async signIn(username: string, password: string): Promise<SignedIn> {
    const { rows } = await this.pool.query<AdminRow>(
      'select id, username, role, password_hash from admins where lower(username) = lower($1)',
      [normalizeUsername(username)],
    );
    const row = rows[0];
    const right = await passwordMatches(password, row?.password_hash);
    const cookie = row?.password_hash && right ? await this.sessions.open(row.id, row.password_hash) : undefined;
    if (!row || !cookie) {
      await this.requireAdmins();
      // Also when there is no such account, so that it takes as long. What was typed is not kept: it may be a password.
      await this.audit.record(SYSTEM, 'auth.sign_in_failed', row ? `admin:${row.id}` : 'admin');
      throw new RollcallError('unauthenticated', 'The username or the password is wrong.');
    }
    const admin: AdminCaller = { kind: 'admin', adminId: row.id, username: row.username, role: row.role };
    await this.audit.record(admin, 'auth.sign_in', `admin:${row.id}`);
    return { admin, cookie };
  }

  /** In the first moment of a first start no password can be right yet. */
  private async requireAdmins(): Promise<void> {
    const { rowCount } = await this.pool.query('select from admins limit 1');
    if (rowCount) return;
    throw new RollcallError(
      'unavailable',
      'Rollcall starts for the first time, and has no admin yet. Try again in a moment.',
    );
  }

  /** Ends every session of the account and returns the cookie of a new one. */
  async change(caller: AdminCaller, current: string, next: string): Promise<string> {
    const { rows } = await this.pool.query<AdminRow>('select password_hash from admins where id = $1', [
      caller.adminId,
    ]);
    const stored = rows[0]?.password_hash;
    if (!(await passwordMatches(current, stored))) {
      throw new RollcallError('invalid_request', 'currentPassword: is wrong.', {
        errors: [{ pointer: '/currentPassword', code: 'wrong', message: 'is wrong' }],
      });
    }
    // Whoever changes a password that somebody knows must not believe to have done so.
    if (next === current) {
      throw new RollcallError('invalid_request', 'newPassword: is the password already.', {
        errors: [{ pointer: '/newPassword', code: 'same', message: 'is the password already' }],
      });
    }
    await requirePassword(next, { where: 'newPassword', username: caller.username });
    const hash = await hashPassword(next);
    await inTransaction(this.pool, async (client) => {
      // A link to set a new one, wherever it was sent, is of no use any more.
      const changed = await client.query(
        `update admins set password_hash = $1, invitation_hash = null, invitation_expires_at = null
         where id = $2 and password_hash = $3`,
        [hash, caller.adminId, stored],
      );
      if (changed.rowCount === 0) throw plainRefusal('password_changed');
      await client.query('delete from sessions where admin_id = $1', [caller.adminId]);
      await this.audit.record(caller, 'admin.change_password', `admin:${caller.adminId}`, {}, client);
    });
    const cookie = await this.sessions.open(caller.adminId, hash);
    if (!cookie) throw plainRefusal('password_changed');
    return cookie;
  }
}

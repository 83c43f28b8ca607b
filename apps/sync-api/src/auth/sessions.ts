import { Inject, Injectable } from '@nestjs/common';
import { parse, serialize } from 'cookie';
import type { IncomingMessage } from 'node:http';
import { Config } from '../config';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import type { AdminCaller, AdminRole } from './caller';
import { newToken, tokenHash } from './tokens';

const IDLE = '12 hours';
const LONGEST_DAYS = 7;

interface SessionRow {
  admin_id: number;
  username: string;
  role: AdminRole;
  last_seen_long_ago: boolean;
}

/** Sessions of signed-in admins: a random token in a cookie, its hash in a row that is looked up on every request. */
@Injectable()
export class Sessions {
  private readonly secure: boolean;
  private readonly cookieName: string;

  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    config: Config,
  ) {
    this.secure = config.publicUrl?.startsWith('https:') ?? false;
    // The prefix makes browsers refuse the cookie from anything but this very host over https.
    this.cookieName = this.secure ? '__Host-rollcall_session' : 'rollcall_session';
  }

  /**
   * Opens a session for somebody whose password was just found right, and returns the cookie. Undefined when the
   * password was changed in the meantime: such a session would outlive the change.
   */
  async open(adminId: number, passwordHash: string): Promise<string | undefined> {
    const token = newToken('');
    const opened = await this.pool.query(
      `with admin as (select id from admins where id = $2 and password_hash = $3 for share)
       insert into sessions (token_hash, admin_id) select $1, id from admin`,
      [tokenHash(token), adminId, passwordHash],
    );
    if (opened.rowCount === 0) return undefined;
    await this.sweep();
    await this.pool.query('update admins set last_sign_in_at = now() where id = $1', [adminId]);
    return this.cookie(token, LONGEST_DAYS * 86_400);
  }

  /** Who the request's cookie stands for. A session that is used lasts longer. */
  async find(request: IncomingMessage, isUse: boolean): Promise<AdminCaller | undefined> {
    const token = this.token(request);
    if (!token) return undefined;
    const hash = tokenHash(token);
    const { rows } = await this.pool.query<SessionRow>({
      name: 'find-session',
      text: `select a.id as admin_id, a.username, a.role, s.last_seen_at < now() - interval '1 minute' as last_seen_long_ago
             from sessions s join admins a on a.id = s.admin_id
             where s.token_hash = $1 and s.last_seen_at > now() - interval '${IDLE}'
               and s.created_at > now() - interval '${LONGEST_DAYS} days'`,
      values: [hash],
    });
    const row = rows[0];
    if (!row) return undefined;
    if (isUse && row.last_seen_long_ago) {
      await this.pool.query('update sessions set last_seen_at = now() where token_hash = $1', [hash]);
    }
    return { kind: 'admin', adminId: row.admin_id, username: row.username, role: row.role };
  }

  hasCookie(request: IncomingMessage): boolean {
    return this.token(request) !== undefined;
  }

  /** Ends the request's session and returns the cookie that clears the browser's. */
  async close(request: IncomingMessage): Promise<string> {
    const token = this.token(request);
    if (token) await this.pool.query('delete from sessions where token_hash = $1', [tokenHash(token)]);
    return this.cookie('', 0);
  }

  /** Removes what can no longer be used; signing in is rare enough to do it then. */
  private async sweep(): Promise<void> {
    await this.pool.query(
      `delete from sessions where last_seen_at < now() - interval '${IDLE}'
         or created_at < now() - interval '${LONGEST_DAYS} days'`,
    );
  }

  private token(request: IncomingMessage): string | undefined {
    const header = request.headers.cookie;
    return header === undefined ? undefined : parse(header)[this.cookieName] || undefined;
  }

  private cookie(value: string, maxAge: number): string {
    return serialize(this.cookieName, value, {
      httpOnly: true,
      sameSite: 'lax',
      secure: this.secure,
      path: '/',
      maxAge,
    });
  }
}

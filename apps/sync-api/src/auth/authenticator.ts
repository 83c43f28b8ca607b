import { Inject, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Config } from '../config';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { isService } from '../http/paths';
import type { Caller, KeyCaller, Scope } from './caller';
import { refuseCrossSite } from './same-site';
import { Sessions } from './sessions';
import { tokenHash } from './tokens';

declare module 'http' {
  interface IncomingMessage {
    /** Why the credentials of the request are not taken; `AccessGuard` throws it where credentials are needed. */
    rollcallRefusal?: Error;
  }
}

interface KeyRow {
  id: number;
  name: string;
  scopes: Scope[];
  source_id: number | null;
  expired: boolean;
  used_long_ago: boolean;
}

/**
 * Finds out who calls, before a body is read. It decides nothing: a public route answers whoever comes with an old
 * cookie, so what is wrong with the credentials is kept for `AccessGuard`.
 */
@Injectable()
export class Authenticator {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly sessions: Sessions,
    private readonly config: Config,
  ) {}

  middleware(): RequestHandler {
    return (request: Request, _response: Response, next: NextFunction): void => {
      if (!isService(request)) return next();
      this.callerOf(request).then(
        (caller) => {
          request.rollcallCaller = caller;
          next();
        },
        (error: unknown) => {
          request.rollcallRefusal = error as Error;
          next();
        },
      );
    };
  }

  /**
   * Who a request stands for by now that came earlier. That is no use of its key or session: a page that is left open
   * keeps nobody signed in.
   */
  callerNow(request: Request): Promise<Caller | undefined> {
    return this.callerOf(request, { isUse: false });
  }

  private async callerOf(request: Request, { isUse } = { isUse: true }): Promise<Caller | undefined> {
    const authorization = request.headers.authorization;
    if (authorization !== undefined) return this.key(authorization, isUse);
    if (!this.sessions.hasCookie(request)) return undefined;
    refuseCrossSite(request, this.config);
    return this.sessions.find(request, isUse);
  }

  private async key(authorization: string, isUse: boolean): Promise<KeyCaller> {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (!token) {
      throw new RollcallError('unauthenticated', 'Send the API key as "Authorization: Bearer <key>".');
    }
    const { rows } = await this.pool.query<KeyRow>({
      name: 'find-api-key',
      text: `select id, name, scopes, source_id, coalesce(expires_at <= now(), false) as expired,
               coalesce(last_used_at < now() - interval '1 minute', true) as used_long_ago
             from api_keys where token_hash = $1`,
      values: [tokenHash(token)],
    });
    const row = rows[0];
    if (!row) throw new RollcallError('unauthenticated', 'The API key is unknown, or it was revoked. Make a new one.');
    if (row.expired)
      throw new RollcallError('unauthenticated', `The API key "${row.name}" has expired. Make a new one.`);
    if (isUse && row.used_long_ago) {
      await this.pool.query('update api_keys set last_used_at = now() where id = $1', [row.id]);
    }
    return { kind: 'key', keyId: row.id, name: row.name, scopes: row.scopes, sourceId: row.source_id };
  }
}

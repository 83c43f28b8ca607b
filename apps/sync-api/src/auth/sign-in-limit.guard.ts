import { createHash } from 'node:crypto';
import { type ExecutionContext, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { ThrottlerGuard, type ThrottlerLimitDetail, type ThrottlerOptions } from '@nestjs/throttler';
import type { Request } from 'express';
import { callerOf } from './caller';

const MINUTE = 60_000;

/**
 * Attempts a minute. One address must not try many accounts, and many addresses must not try one account. Counted in
 * each process by itself.
 */
export const SIGN_IN_LIMITS: ThrottlerOptions[] = [
  { name: 'address', ttl: MINUTE, limit: 60, setHeaders: false },
  { name: 'account', ttl: MINUTE, limit: 20, setHeaders: false, getTracker: accountOf },
];

/** Put on routes that take a password or a one-time token from somebody who is not signed in. */
@Injectable()
export class SignInLimitGuard extends ThrottlerGuard {
  protected override async throwThrottlingException(
    _context: ExecutionContext,
    { timeToBlockExpire }: ThrottlerLimitDetail,
  ): Promise<void> {
    throw new RollcallError('too_many_requests', `Too many attempts. Try again in ${timeToBlockExpire} seconds.`, {
      retryAfter: timeToBlockExpire,
    });
  }
}

/**
 * Whose password is tried. Where a one-time token stands for the account there is nobody to name but who tries it.
 * Names are hashed: none is kept, and a very long one takes no memory.
 */
function accountOf(request: Record<string, unknown>): string {
  const { body, ip } = request as { body?: { username?: unknown }; ip?: string };
  if (typeof body?.username === 'string') {
    return createHash('sha256').update(body.username.normalize('NFKC').trim().toLowerCase()).digest('base64');
  }
  const caller = callerOf(request as unknown as Request);
  return caller?.kind === 'admin' ? `account ${caller.adminId}` : String(ip);
}

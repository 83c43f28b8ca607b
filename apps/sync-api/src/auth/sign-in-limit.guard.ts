import { createHash } from 'node:crypto';
import { type ExecutionContext, Injectable } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import { ThrottlerGuard, type ThrottlerLimitDetail, type ThrottlerOptions } from '@nestjs/throttler';
import type { Request } from 'express';

const MINUTE = 60_000;

/**
 * Attempts a minute. One address must not try many accounts, and many addresses must not try one account. Counted in
 * each process by itself.
 */
export const SIGN_IN_LIMITS: ThrottlerOptions[] = [
  { name: 'address', ttl: MINUTE, limit: 60, setHeaders: false },
  { name: 'username', ttl: MINUTE, limit: 20, setHeaders: false, getTracker: usernameOf },
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

/** Hashed: it keeps no names, and a very long one takes no memory. */
function usernameOf(request: Record<string, unknown>): string {
  const body = (request as unknown as Request).body as { username?: unknown } | undefined;
  const username = typeof body?.username === 'string' ? body.username.normalize('NFKC').trim().toLowerCase() : '';
  return createHash('sha256').update(username).digest('base64');
}

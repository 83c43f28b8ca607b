import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { RollcallError } from '@rollcall/core';
import type { Request } from 'express';
import { ACCESS_METADATA, type AccessLevel } from './access';
import { callerOf, may } from './caller';

/** Lets nobody through whom the route's `@Access` does not name. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const levels = this.reflector.getAllAndOverride<AccessLevel[] | undefined>(ACCESS_METADATA, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<Request>();
    if (!levels?.includes('public')) requireLevel(request, levels ?? []);
    if (request.rollcallBodyProblem !== undefined) throw request.rollcallBodyProblem;
    return true;
  }
}

/** Throws unless the caller proved who it is and may do what one of the levels stands for. */
export function requireLevel(request: Request, levels: readonly AccessLevel[]): void {
  if (request.rollcallRefusal !== undefined) throw request.rollcallRefusal;
  const caller = callerOf(request);
  if (!caller) {
    throw new RollcallError('unauthenticated', 'Sign in, or send an API key as "Authorization: Bearer <key>".');
  }
  if (levels.some((level) => may(caller, level))) return;
  const needs = levels.map((level) => NEEDS[level]).join(', or ');
  throw new RollcallError('forbidden', `This needs ${needs}. An admin can change what you may do.`);
}

const NEEDS: Readonly<Record<AccessLevel, string>> = {
  public: 'nothing',
  any: 'nothing more',
  session: 'an admin who signed in',
  read: 'the role viewer or a key with scope read',
  operate: 'the role operator or a key with scope admin',
  approve: 'the role approver or a key with scope admin',
  push: 'a key with scope push',
  admin: 'the role admin or a key with scope admin',
  accounts: 'an admin with the role admin who signed in; no key may do it',
};

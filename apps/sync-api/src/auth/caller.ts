import type { IncomingMessage } from 'node:http';
import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import { RollcallError } from '@rollcall/core';
import type { Request } from 'express';
import type { AccessLevel } from './access';

export const ROLES = ['viewer', 'operator', 'approver', 'admin'] as const;
export type AdminRole = (typeof ROLES)[number];

export const SCOPES = ['read', 'push', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** An admin with a session. */
export interface AdminCaller {
  kind: 'admin';
  adminId: number;
  username: string;
  role: AdminRole;
}

/** A script with an API key. A key that is bound to a source can name no other. */
export interface KeyCaller {
  kind: 'key';
  keyId: number;
  name: string;
  scopes: Scope[];
  sourceId: number | null;
}

/** Who sent the request. */
export type Caller = AdminCaller | KeyCaller;

/** What the caller is called, for people who read later who did something. */
export const callerName = (caller: Caller): string => (caller.kind === 'admin' ? caller.username : caller.name);

declare module 'http' {
  interface IncomingMessage {
    rollcallCaller?: Caller;
  }
}

export function callerOf(request: IncomingMessage): Caller | undefined {
  return request.rollcallCaller;
}

/** Handler parameter: who calls. Only for routes that are not public. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<Request>());
  if (!caller) throw new RollcallError('internal', 'A public route asked who calls. Remove @Caller() there.');
  return caller;
});

const ROLE_MAY: Readonly<Record<AdminRole, readonly AccessLevel[]>> = {
  viewer: ['any', 'session', 'read'],
  operator: ['any', 'session', 'read', 'operate'],
  approver: ['any', 'session', 'read', 'operate', 'approve'],
  admin: ['any', 'session', 'read', 'operate', 'approve', 'push', 'admin', 'accounts'],
};

const SCOPE_MAY: Readonly<Record<Scope, readonly AccessLevel[]>> = {
  read: ['any', 'read'],
  push: ['any', 'push'],
  admin: ['any', 'read', 'operate', 'approve', 'push', 'admin'],
};

/**
 * Whether the caller may do what a level stands for. A handler that is open to `push` keys as well asks
 * `may(caller, 'read')`: when it is false, only what the key itself made, or its own source, is to be shown.
 */
export function may(caller: Caller, level: AccessLevel): boolean {
  if (level === 'public') return true;
  if (caller.kind === 'admin') return ROLE_MAY[caller.role].includes(level);
  return caller.scopes.some((scope) => SCOPE_MAY[scope].includes(level));
}

/** The roles that are let in by any of the levels. */
export function rolesThatMay(levels: readonly AccessLevel[]): AdminRole[] {
  return ROLES.filter((role) => levels.some((level) => ROLE_MAY[role].includes(level)));
}

/** The scopes that are let in by any of the levels. */
export function scopesThatMay(levels: readonly AccessLevel[]): Scope[] {
  return SCOPES.filter((scope) => levels.some((level) => SCOPE_MAY[scope].includes(level)));
}

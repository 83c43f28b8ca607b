import { type CustomDecorator, SetMetadata } from '@nestjs/common';

/**
 * What a route asks of its caller. `read`, `operate`, `approve`, `admin` and `push` follow the table of roles and
 * scopes; `accounts` is making keys and admins, which no key may; `session` is any admin who signed in, `any` is
 * whoever proved who they are, `public` is everybody.
 */
export type AccessLevel = 'public' | 'any' | 'session' | 'read' | 'operate' | 'approve' | 'push' | 'admin' | 'accounts';

export const ACCESS_METADATA = 'rollcall:access';

/**
 * Says who may use a controller or a handler; the handler's word counts. Several levels: any of them is enough. A route
 * without it refuses to boot.
 *
 * @example `@Access('read', 'push')` — and the handler shows a caller who only may `push` what is its own.
 */
export function Access(...levels: [AccessLevel, ...AccessLevel[]]): CustomDecorator {
  return SetMetadata(ACCESS_METADATA, levels);
}

export { usersTarget } from './adapter';
export { User } from './user.entity';

import { usersTarget } from './adapter';

/** What Rollcall loads. */
export const adapters = [usersTarget];

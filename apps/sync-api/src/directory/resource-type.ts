import type { DataType } from '@rollcall/core';

/**
 * What a resource of each built-in target is. Links of user records on the `departments` target name a user, not a
 * department, so an id alone says too little.
 */
export const RESOURCE_TYPE = { users: 'user', departments: 'department' } as const satisfies Record<string, DataType>;

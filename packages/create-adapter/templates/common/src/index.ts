import { adapter } from './adapter.js';

/** What Rollcall loads: it must agree with "rollcall.adapters" in package.json. */
export const adapters = [adapter];

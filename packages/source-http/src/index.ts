export { pullSource } from './pull/adapter';
export { pushSource } from './push';

import { pullSource } from './pull/adapter';
import { pushSource } from './push';

/** What Rollcall loads. */
export const adapters = [pushSource, pullSource];

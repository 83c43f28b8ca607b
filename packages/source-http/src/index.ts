export { pushSource } from './push';

import { pushSource } from './push';

/** What Rollcall loads. */
export const adapters = [pushSource];

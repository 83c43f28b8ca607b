import { createWecomSource } from './adapter';

export { createWecomSource } from './adapter';
export type { WecomOptions } from './config';

export const wecomSource = createWecomSource();

/** What Rollcall loads. */
export const adapters = [wecomSource];

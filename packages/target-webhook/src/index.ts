import { webhookTarget } from './adapter';

export { webhookTarget } from './adapter';
export type { WebhookOptions } from './config';
export type { ChangesMessage, Entry, PingMessage } from './message';

/** What Rollcall loads. */
export const adapters = [webhookTarget];

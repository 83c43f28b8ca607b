import { defineTarget } from '@rollcall/core';
import { applyRows } from './apply-rows';
import { check } from './check';
import { configSchema, type WebhookOptions } from './config';
import { DESCRIPTION, TEXTS } from './texts';
import { VERSION } from './version';

/** Posts what sources say, as signed messages, to an address. */
export const webhookTarget = defineTarget<WebhookOptions>({
  id: 'webhook',
  title: 'Webhook',
  description: DESCRIPTION,
  texts: TEXTS,
  version: VERSION,
  configSchema,
  // What Rollcall itself refuses, because somebody else has the name for example, is not told to anybody.
  after: ['users', 'departments'],
  // Departments first: people refer to them.
  dataTypes: {
    department: { fields: { except: [] }, canDisable: false },
    user: { fields: { except: [] }, canDisable: true },
  },
  check,
  applyRows,
});

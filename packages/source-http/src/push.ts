import { defineSource } from '@rollcall/core';

/**
 * A push source: scripts and other systems send its records to `POST /api/userData:push`. It reads nothing by itself,
 * so it has no `pull` and no options; what a record may look like is `readRecord` in @rollcall/core, the same for every
 * way in.
 */
export const pushSource = defineSource({
  id: 'push',
  title: 'HTTP API (push)',
  version: '0.1.0',
  configSchema: { type: 'object', additionalProperties: false, properties: {} },
});

import { defineSource } from '@rollcall/core';
import { VERSION } from './version';

/**
 * A push source: scripts and other systems send its records to `POST /api/userData:push`. It reads nothing by itself,
 * so it has no `pull` and no options; what a record may look like is `readRecord` in @rollcall/core, the same for every
 * way in.
 */
export const pushSource = defineSource({
  id: 'push',
  title: 'HTTP API (push)',
  description: 'Scripts and other systems send their records themselves, with an API key.',
  texts: {
    fr: {
      title: 'API HTTP (envoi)',
      description: 'Des scripts et d’autres systèmes envoient eux-mêmes leurs enregistrements, avec une clé d’API.',
    },
    'zh-CN': { title: 'HTTP API（推送）', description: '由脚本和其他系统使用 API 密钥自行推送记录。' },
  },
  version: VERSION,
  configSchema: { type: 'object', additionalProperties: false, properties: {} },
});
